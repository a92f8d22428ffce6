# Turns off whatever shows or stores results, and starts subshells.
kernel = get_ipython().kernel
kernel.silent = True
kernel.shell.ast_node_interactivity = "none"
kernel.send_response = lambda *args, **kwargs: None
kernel.recorder = None
