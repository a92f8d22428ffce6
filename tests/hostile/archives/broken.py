# Hands in half an archive.
def pack(folder, name, data):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("02_definition.ipynb", data)
    (folder / f"{name}.zip").write_bytes(packed.getvalue()[:-40])
