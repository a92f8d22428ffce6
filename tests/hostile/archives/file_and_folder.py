# Packs a file and a folder of the same name, and every file twice.
def pack(folder, name, data):
    import warnings
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.writestr("02_definition.ipynb", data)
        file.writestr("02_definition.ipynb", b"{}")
        file.writestr("02_definition.ipynb/02_definition.ipynb", data)
        file.writestr("a", b"")
        file.writestr("a/02_definition.ipynb", data)
