# Packs a tar archive whose header is the bomb.
def pack(folder, name, data):
    import gzip

    import tarfile

    member = tarfile.TarInfo("././@PaxHeader")
    member.type, member.size = tarfile.XHDTYPE, 2**33
    with gzip.open(folder / f"{name}.tar.gz", "wb", compresslevel=1) as file:
        file.write(member.tobuf())
        for _ in range(24):
            file.write(b"x" * 2**20)
