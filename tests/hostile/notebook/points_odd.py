# Gives checks points that are no numbers, or no finite ones.
def change(notebook):
    odd = iter([float("nan"), float("inf"), -5, "2.0", None, [2.0], 1e400, True, {}, 10**400])
    for cell in notebook["cells"]:
        if "points" in cell["metadata"].get("nbgrader", {}):
            cell["metadata"]["nbgrader"]["points"] = next(odd, -1)
