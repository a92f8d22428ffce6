# Hands in files that are archives by name only.
def pack(folder, name, data):
    (folder / f"{name}.gz").write_bytes(data)
    (folder / f"{name}.zip").write_bytes(b"")
