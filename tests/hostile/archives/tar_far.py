# Packs a tar archive with a file longer than any disk, one with a list that never ends, and one with a number of a million digits.
def pack(folder, name, data):
    import gzip
    import tarfile

    def header(kind, size):
        member = tarfile.TarInfo("a")
        member.type, member.size = kind, size
        return member.tobuf(tarfile.GNU_FORMAT)

    listing = bytearray(header(tarfile.GNUTYPE_SPARSE, 0))
    listing[482], listing[148:156] = 1, b"        "
    listing[148:156] = b"%06o\0 " % sum(listing)
    digits = header(tarfile.XHDTYPE, 2**20) + b"1" * 2**20 + header(tarfile.REGTYPE, 0)
    for word, content in (("long", header(b"Z", 2**70)), ("listing", listing), ("digits", digits)):
        (folder / f"{name}.{word}.tar.gz").write_bytes(gzip.compress(bytes(content) + bytes(1024)))
