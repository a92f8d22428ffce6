# Gives cells the same ids, and ids that are paths or markup.
def change(notebook):
    for place, cell in enumerate(notebook["cells"]):
        cell["id"] = ("same", "../x", "<script>", None, 5, "x" * 1000)[place % 6]
