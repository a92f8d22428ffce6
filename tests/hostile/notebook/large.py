# Hands in more megabytes than a notebook can sensibly have.
def change(notebook):
    import json

    notebook["metadata"]["x"] = "x" * (21 * 2**20)
    return json.dumps(notebook).encode()
