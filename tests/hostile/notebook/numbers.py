# Hands in numbers that take for ever to read.
def change(notebook):
    import json

    return json.dumps(notebook).replace('"nbformat": 4', '"nbformat": 4, "x": ' + "9" * 1_000_000, 1).encode()
