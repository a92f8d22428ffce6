# Fills the disk with one file.
with open("huge", "wb", buffering=0) as file:
    while True:
        file.write(b"x" * 2**22)
