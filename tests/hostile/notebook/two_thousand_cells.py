# [slow] Hands in as many cells as are allowed, each with something to show.
def change(notebook):
    notebook["cells"] += [{"cell_type": "code", "metadata": {}, "source": "'x' * 1000"}] * 1900
