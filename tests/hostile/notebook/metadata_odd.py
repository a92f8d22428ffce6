# Puts lists and numbers where metadata should be.
def change(notebook):
    notebook["metadata"] = [1, 2]
    for place, cell in enumerate(notebook["cells"]):
        cell["metadata"] = ([], None, "x", 5, {"nbgrader": []}, {"nbgrader": "x"}, {"nbgrader": {"grade_id": {}}})[place % 7]
