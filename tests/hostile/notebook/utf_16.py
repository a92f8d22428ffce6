# Hands in a file in UTF-16.
def change(notebook):
    import json

    return json.dumps(notebook).encode("utf-16")
