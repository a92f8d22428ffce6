# Packs archives in archives, thirty deep.
def pack(folder, name, data):
    import io
    import zipfile

    content, inner = data, "02_definition.ipynb"
    for depth in range(30):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            file.writestr(inner, content)
        content, inner = packed.getvalue(), f"{depth}.zip"
    (folder / f"{name}.zip").write_bytes(content)
