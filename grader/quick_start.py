"""Import this first: it keeps work out of every process that grades.

`nbformat` imports `jsonschema`; this imports `rfc3987_syntax`, if it is there; and that builds a parser of all
the world's addresses each time, which takes a second. Only the schema formats `iri` and `iri-reference` need it, and
notebooks have neither.

Linear algebra takes as many threads as the machine has cores, in each of the workers, and these threads would mostly
wait for one another.
"""

import os
import sys

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

sys.modules.setdefault("rfc3987_syntax", None)
for _name, _number in ONE_THREAD.items():
    os.environ.setdefault(_name, _number)
