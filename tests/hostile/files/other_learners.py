# Reads what others have handed in, and hands it in as its own.
from pathlib import Path

for path in Path("@COURSE@/submitted").rglob("*.ipynb"):
    print(path.read_text())
print(open("@VICTIM@").read())
