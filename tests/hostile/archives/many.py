# Packs five thousand empty files.
def pack(folder, name, data):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
        file.writestr("02_definition.ipynb", data)
        for place in range(5_000):
            file.writestr(f"{place}", b"")
