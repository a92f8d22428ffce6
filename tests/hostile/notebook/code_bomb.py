# [slow] Hands in megabytes of code to be coloured.
def change(notebook):
    for source in ("x = 1\n" * 500000, "a." * 200000, "(" * 100000, '"' * 100001):
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": source})
