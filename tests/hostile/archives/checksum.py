# Packs content that does not have the checksum it should.
def pack(folder, name, data):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        file.writestr("02_definition.ipynb", data)
    (folder / f"{name}.zip").write_bytes(packed.getvalue().replace(b'"nbformat"', b'"NBFORMAT"', 1))
