# Hands in at a time of many digits and a zone nobody knows.
def put(path, data):
    path.write_bytes(data)
    (path.parent / "timestamp.txt").write_text("1" * 180 + " EVIL")
