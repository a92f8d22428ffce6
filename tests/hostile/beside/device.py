# Hands in a device, as far as that is allowed.
def put(path, data):
    import os
    import stat

    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        path.write_bytes(b"")
