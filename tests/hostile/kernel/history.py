# Looks for other people's code in IPython's history.
shell = get_ipython()
print(list(shell.history_manager.get_tail(1000)))
print(list(shell.history_manager.search("*")))
%history -g
