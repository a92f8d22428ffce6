# Hands in half a file.
def change(notebook):
    import json

    text = json.dumps(notebook).encode()
    return text[: len(text) // 2]
