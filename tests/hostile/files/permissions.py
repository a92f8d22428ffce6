# Opens up the gradebook and others' files by chmod, chown, utime and rename.
import os

for path in ("@COURSE@/gradebook.db", "@VICTIM@", "@SECRET@", "@COURSE@/.grading-seed", "@COURSE@"):
    for change in (
        lambda path: os.chmod(path, 0o777),
        lambda path: os.chown(path, os.getuid(), os.getgid()),
        lambda path: os.utime(path, (0, 0)),
        lambda path: os.rename(path, path + ".@TOKEN@"),
        lambda path: os.truncate(path, 0),
        lambda path: os.setxattr(path, "user.token", b"@TOKEN@"),
        lambda path: os.replace("/dev/null", path),
    ):
        try:
            change(path)
        except OSError as error:
            print(error)
