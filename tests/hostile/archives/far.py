# Packs a file that begins far behind the archive's end, where no walking ever gets.
def pack(folder, name, data):
    import struct

    def listed(offset):
        more = struct.pack("<HHQ", 1, 8, offset)
        entry = b"PK\1\2" + struct.pack("<6H3L5H2L", 45, 45, 0, 0, 0, 33, 0, 1, 1, 1, len(more), 0, 0, 0, 0, 2**32 - 1)
        entry += b"a" + more
        return entry + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry), 0, 0)

    (folder / f"{name}.zip").write_bytes(listed(2**62))
    (folder / f"{name}.again.zip").write_bytes(listed(2**63))
