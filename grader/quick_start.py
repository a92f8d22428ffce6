"""Import this first: it keeps a second of work out of every process that imports nbformat.

`nbformat` imports `jsonschema`; this imports `rfc3987_syntax`, if it is there; and that builds a parser of all
the world's addresses each time. Only the schema formats `iri` and `iri-reference` need it, and notebooks have neither.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
