# Lays folders in one another, and in the last a file whose path is longer than any may be.
def put(path, data):
    from tests.courses import make_long

    path.write_bytes(data)
    make_long(path.parent)
