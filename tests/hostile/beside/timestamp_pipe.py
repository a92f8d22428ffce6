# Hands in a time that nobody ever says.
def put(path, data):
    import os

    path.write_bytes(data)
    os.mkfifo(path.parent / "timestamp.txt")
