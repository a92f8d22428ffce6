# Hands in a format that is no number.
def change(notebook):
    notebook["nbformat"], notebook["nbformat_minor"] = "4", float("nan")
