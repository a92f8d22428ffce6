# Has a regular expression go wrong for a million years.
import re

re.match(r"(a+)+$", "a" * 60 + "b")
