# Packs megabytes of nothing into kilobytes.
def pack(folder, name, data):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("02_definition.ipynb", data)
        with file.open("zeros.ipynb", "w", force_zip64=True) as member:
            for _ in range(24):
                member.write(bytes(2**20))
