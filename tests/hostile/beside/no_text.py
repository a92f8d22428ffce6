# Lays files and folders beside the notebook whose names are no text in any encoding.
def put(path, data):
    import os

    path.write_bytes(data)
    here = os.fsencode(path.parent)
    for name in (b"\xff.py", b"numpy\xfe.py", b"\xed\xa0\x80", b"a\n\xc3.ipynb"):
        with open(here + b"/" + name, "wb") as file:
            file.write(data)
    os.makedirs(here + b"/\xc0\x80/\xff")
