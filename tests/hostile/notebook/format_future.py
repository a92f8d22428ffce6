# Hands in a format of the future.
def change(notebook):
    notebook["nbformat"] = 5
