# Hands in every cell three times.
def change(notebook):
    notebook["cells"] = notebook["cells"] * 3
