# Nests metadata a hundred thousand levels deep.
def change(notebook):
    import json

    text = json.dumps(notebook)
    return (text[:-1] + ', "x": ' + "[" * 100_000 + "]" * 100_000 + "}").encode()
