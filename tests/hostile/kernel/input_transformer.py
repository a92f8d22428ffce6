# Rewrites every cell that is run, with an input transformer of IPython's.
shell = get_ipython()
shell.input_transformers_cleanup.append(lambda lines: ["2.0\n"])
shell.input_transformers_post.append(lambda lines: ["2.0\n"])
