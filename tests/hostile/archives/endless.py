# Packs an archive that holds itself: every unpacking makes another one.
def pack(folder, name, data):
    import io
    import zipfile

    content = data
    for _ in range(200):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("again.zip", content)
            file.writestr("02_definition.ipynb", data)
        content = packed.getvalue()
    (folder / f"{name}.zip").write_bytes(content)
