# Begins the file with a byte order mark.
def change(notebook):
    import json

    return b"\xef\xbb\xbf" + json.dumps(notebook).encode()
