# Hands in a link to itself.
def put(path, data):
    path.symlink_to(path.name)
