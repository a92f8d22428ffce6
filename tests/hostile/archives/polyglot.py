# Hands in a file that is a zip archive and a tar archive at once.
def pack(folder, name, data):
    import gzip
    import io
    import tarfile
    import zipfile

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as file:
        member = tarfile.TarInfo("../evil.txt")
        member.size = len(data)
        file.addfile(member, io.BytesIO(data))
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr("02_definition.ipynb", data)
    (folder / f"{name}.tar.gz").write_bytes(packed.getvalue())
    (folder / f"{name}.zip").write_bytes(gzip.compress(packed.getvalue()))
