# Hands in at a time that is a program.
def put(path, data):
    path.write_bytes(data)
    (path.parent / "timestamp.txt").write_bytes(b"\xff\x00" + b"9" * 50 + b"; DROP TABLE grade")
