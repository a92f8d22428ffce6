# Hands in a link to somebody else's notebook.
def put(path, data):
    path.symlink_to(path.parents[2] / "ada" / path.parent.name / path.name)
