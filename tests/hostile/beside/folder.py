# Hands in a folder by the name of the notebook.
def put(path, data):
    path.mkdir()
    (path / path.name).write_bytes(data)
