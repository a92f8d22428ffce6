# Puts texts and numbers where cells should be.
def change(notebook):
    notebook["cells"] = [None, 5, "cell", [], {}, {"cell_type": "code"}, *notebook["cells"]]
