# Packs megabytes that nobody needs before the notebook.
def pack(folder, name, data):
    import gzip

    import tarfile

    member = tarfile.TarInfo("zeros")
    member.size = 24 * 2**20
    with gzip.open(folder / f"{name}.tar.gz", "wb", compresslevel=1) as file:
        file.write(member.tobuf())
        for _ in range(24):
            file.write(bytes(2**20))
