# Puts all checks first, before there is anything to check.
def change(notebook):
    notebook["cells"].sort(key=lambda cell: not cell["metadata"].get("nbgrader", {}).get("grade"))
