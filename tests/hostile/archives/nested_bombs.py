# Packs archives of archives of nothing: sixteen times sixteen times sixteen times a megabyte.
def pack(folder, name, data):
    import io
    import zipfile

    content, inner = bytes(2**20), "zeros.ipynb"
    for _ in range(3):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for copy in range(16):
                file.writestr(f"{copy}-{inner}", content)
        content, inner = packed.getvalue(), "bomb.zip"
    (folder / f"{name}.zip").write_bytes(content)
