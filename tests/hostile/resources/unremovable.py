# Leaves files that are hard to remove: without permissions, with odd names, many links.
import os

os.umask(0o777)
os.mkdir("closed")
for name in (b"\xff\xfe", b"\n", b"-rf", b"a" * 255, " ", "\u202egpj.exe", "..."):
    open(name, "w").close()
os.umask(0)
open("one", "w").close()
try:
    for place in range(10**5):
        os.link("one", f"link{place}")
except OSError as error:
    print(error)
