# Is uploaded under a file name that reads, after the LMS's own part, like another learner's upload: as a file and packed.
def pack(folder, name, data):
    import zipfile

    mine = f"{name.removesuffix('02_definition')}x__mia__2099-01-01-00-00-00__02_definition"
    (folder / f"{mine}.ipynb").write_bytes(data)
    with zipfile.ZipFile(folder / f"{mine}.zip", "w") as file:
        file.writestr("02_definition.ipynb", data)
