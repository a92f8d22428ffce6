# Hands in a second notebook by the same name in capitals, and one in a folder below.
def put(path, data):
    path.write_bytes(data)
    (path.parent / path.name.upper()).write_bytes(data)
    (path.parent / "sub").mkdir()
    (path.parent / "sub" / path.name).write_bytes(data)
