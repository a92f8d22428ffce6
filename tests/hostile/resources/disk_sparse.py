# Makes files that look enormous.
import os

for place in range(10):
    with open(f"{place}", "wb") as file:
        try:
            file.truncate(2**40)
        except OSError as error:
            print(error)
        try:
            os.posix_fallocate(file.fileno(), 0, 2**40)
        except OSError as error:
            print(error)
