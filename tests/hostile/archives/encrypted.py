# Hands in an archive that asks for a password.
def pack(folder, name, data):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("02_definition.ipynb", data)
    content = bytearray(packed.getvalue())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    (folder / f"{name}.zip").write_bytes(content)
