# Packs files with absolute names, of this system and of another.
def pack(folder, name, data):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
        file.writestr("02_definition.ipynb", data)
        for path in ("/tmp/evil-absolute.txt", "//tmp/evil-absolute.txt", "C:\\evil.txt", "..\\..\\evil.txt"):
            file.writestr(path, data)
