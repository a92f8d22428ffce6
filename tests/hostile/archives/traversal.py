# Packs files whose names lead out of the folder they are unpacked to.
def pack(folder, name, data):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
        file.writestr("02_definition.ipynb", data)
        for path in ("../evil.txt", "../../../submitted/mia/02_definition/02_definition.ipynb", "a/../../evil.txt"):
            file.writestr(path, data)
