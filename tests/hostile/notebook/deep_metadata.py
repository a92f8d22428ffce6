# Nests a cell's metadata as deep as JSON readers allow.
def change(notebook):
    nested = {}
    for _ in range(800):
        nested = {"a": nested}
    for cell in notebook["cells"]:
        cell["metadata"]["x"] = nested
