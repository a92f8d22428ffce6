# Packs a tar archive whose names lead out.
def pack(folder, name, data):
    import io
    import tarfile

    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as file:
        for path in ("02_definition.ipynb", "../evil.txt", "/tmp/evil-absolute.txt", "a/../../../evil.txt"):
            member = tarfile.TarInfo(path)
            member.size = len(data)
            file.addfile(member, io.BytesIO(data))
