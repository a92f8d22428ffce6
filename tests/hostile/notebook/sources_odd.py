# Puts lists, numbers and half characters where source should be.
def change(notebook):
    for place, cell in enumerate(notebook["cells"]):
        cell["source"] = (None, 5, {"a": 1}, ["a", 5, ["b"]], "\ud800\udfff\x00", [], "print(1)\r\nprint(2)\x0c")[place % 7]
