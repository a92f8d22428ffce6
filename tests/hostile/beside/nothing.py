# Hands in an empty folder.
def put(path, data):
    pass
