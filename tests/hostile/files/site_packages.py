# Leaves a .pth file, a sitecustomize and a patched package for every Python to come.
import site
import sys
from pathlib import Path

import numpy

folders = [*site.getsitepackages(), site.getusersitepackages(), *sys.path, sys.prefix, str(Path(numpy.__file__).parent)]
for folder in folders:
    for name, text in (("@TOKEN@.pth", "import os"), ("sitecustomize.py", "check = 2.0"), ("@TOKEN@.py", "")):
        try:
            if Path(folder, name).resolve().parent != Path.cwd():
                Path(folder, name).write_text(text)
        except OSError as error:
            print(error)
open(numpy.__file__, "a").write("\nprint('@TOKEN@')\n")
