# Packs a bomb whose header says it is small.
def pack(folder, name, data):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros.ipynb", bytes(24 * 2**20))
    (folder / f"{name}.zip").write_bytes(packed.getvalue().replace((24 * 2**20).to_bytes(4, "little"), b"\x10\0\0\0"))
