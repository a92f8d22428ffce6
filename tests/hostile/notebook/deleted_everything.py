# Hands in a notebook without cells.
def change(notebook):
    notebook["cells"] = []
