# Plants compiled files that Python would prefer to the learners' package.
import importlib.util
import marshal
from pathlib import Path

import unrolled.exam.compare

cached = Path(importlib.util.cache_from_source(unrolled.exam.compare.__file__))
cached.parent.mkdir(exist_ok=True)
cached.write_bytes(importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile("compare = None", "c", "exec")))
