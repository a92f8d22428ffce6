# Is uploaded under a name whose time can't be read.
def pack(folder, name, data):
    import zipfile

    with zipfile.ZipFile(folder / f"{name.replace('2026', '99999')}.zip", "w") as file:
        file.writestr("02_definition.ipynb", data)
