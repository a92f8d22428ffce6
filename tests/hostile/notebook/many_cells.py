# Hands in a hundred thousand cells.
def change(notebook):
    notebook["cells"] += [{"cell_type": "code", "metadata": {}, "source": "1"}] * 100_000
