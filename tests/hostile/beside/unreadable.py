# Hands in a file that nobody may read.
def put(path, data):
    path.write_bytes(data)
    path.chmod(0)
    path.parent.chmod(0o500)
