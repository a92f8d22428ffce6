# [slow] Writes Markdown that takes hours to render.
def change(notebook):
    for source in ("<div>" * 20000, "# x\n" * 50000, "\\begin{a}" * 20000, "[a](b" * 20000, "> " * 20000, "`" * 40000):
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})
