# Tags the check cells so that they are not run.
def change(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "remove-cell", "skip", "hide_input"]
