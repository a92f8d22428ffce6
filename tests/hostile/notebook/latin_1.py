# Hands in a file in another encoding.
def change(notebook):
    import json

    notebook["cells"][0]["source"] = "# déjà vu"
    return json.dumps(notebook, ensure_ascii=False).encode("latin-1")
