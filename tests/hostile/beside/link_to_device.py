# Hands in a link to a file that never ends.
def put(path, data):
    path.symlink_to("/dev/zero")
