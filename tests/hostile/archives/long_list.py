# Packs two million names and nothing else, in an archive whose list of contents alone fills the memory.
def pack(folder, name, data):
    import struct

    entry = b"PK\1\2" + struct.pack("<6H3L5H2L", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    size, block = 2_000_000 * len(entry), entry * 20_000
    with (folder / f"{name}.zip").open("wb") as file:
        for _ in range(100):
            file.write(block)
        file.write(b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 65535, 65535, size, 0, 0))
