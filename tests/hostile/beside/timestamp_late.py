# Hands in at the end of time.
def put(path, data):
    path.write_bytes(data)
    (path.parent / "timestamp.txt").write_text("9999-12-31 23:59:59 -23:59")
