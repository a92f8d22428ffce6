# Lets errors happen unseen: no traceback, no error message.
shell = get_ipython()
shell.showtraceback = shell._showtraceback = shell.showsyntaxerror = lambda *args, **kwargs: None
shell.kernel._publish_status = lambda *args, **kwargs: None
