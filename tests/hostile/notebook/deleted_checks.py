# Deletes the check cells, in hope of having to be graded by hand.
def change(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]
