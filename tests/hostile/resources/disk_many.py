# Fills the disk with many files of ordinary size.
for place in range(10**6):
    with open(f"{place}.bin", "wb") as file:
        file.write(b"x" * 2**20)
