# Hands in a folder that is a link to somebody else's.
def put(path, data):
    path.parent.rmdir()
    path.parent.symlink_to(path.parents[2] / "ada" / path.parent.name)
