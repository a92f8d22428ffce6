# Attaches scripts and paths to Markdown.
def change(notebook):
    notebook["cells"].append(
        {"cell_type": "markdown", "metadata": {}, "source": "![x](attachment:a.png)![y](attachment:../../b.svg)",
         "attachments": {"a.png": {"text/html": "<script>alert(1)</script>", "image/png": "\"onerror=\"alert(1)"},
                         "../../b.svg": {"image/svg+xml": "<svg onload=alert(1)>"}, "c": [1], "d": None}}
    )
