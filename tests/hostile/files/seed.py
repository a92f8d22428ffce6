# Reads the secret seed that hidden inputs come from.
import os

print(os.listdir("@COURSE@"))
print(open("@COURSE@/.grading-seed").read())
