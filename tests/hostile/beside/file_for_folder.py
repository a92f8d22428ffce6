# Hands in a file where the lesson's folder should be.
def put(path, data):
    path.parent.rmdir()
    path.parent.write_bytes(data)
