# Claims a version of nbgrader's metadata that does not exist yet.
def change(notebook):
    for version, cell in enumerate(notebook["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = (99, "3", None, -1, 1, 0, 1e9)[version % 7]
