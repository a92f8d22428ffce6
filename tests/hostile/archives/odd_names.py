# Packs files whose names are endless, invisible, commands, or devices of another system.
def pack(folder, name, data):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
        for path in ("x" * 5000, "a\x00b.ipynb", "\u202enotebook.ipynb", "\n", "\x1b[2J.ipynb", "CON", "-rf", "a/" * 200 + "b"):
            file.writestr(path, data)
        file.writestr("02_definition.ipynb", data)
