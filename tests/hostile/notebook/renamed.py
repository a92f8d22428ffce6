# Gives the check cells each other's ids.
def change(notebook):
    checks = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in checks]
    for cell, name in zip(checks, ids[1:] + ids[:1]):
        cell["metadata"]["nbgrader"]["grade_id"] = name
