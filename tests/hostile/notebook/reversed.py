# Hands in all cells in reverse.
def change(notebook):
    notebook["cells"].reverse()
