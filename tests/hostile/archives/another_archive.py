# Packs an archive by the name the LMS would give to somebody else's.
def pack(folder, name, data):
    import io
    import zipfile

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("02_definition.ipynb", data)
    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
        file.writestr("02_definition__mia__2099-01-01-00-00-00__02_definition.zip", inner.getvalue())
