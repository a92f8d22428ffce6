# Hands in thousands of files beside the notebook.
def put(path, data):
    path.write_bytes(data)
    for place in range(3000):
        (path.parent / f"{place}.txt").touch()
