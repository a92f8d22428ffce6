# Hands in megabytes of code to be coloured for the page.
def change(notebook):
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "x = 1\n" * 500_000})
