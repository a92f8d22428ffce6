# Makes folders in folders until no path is long enough to name them.
import os

while True:
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
