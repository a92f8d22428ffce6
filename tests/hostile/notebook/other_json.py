# Hands in JSON that is no notebook.
def change(notebook):
    return b'["a", 1, null]'
