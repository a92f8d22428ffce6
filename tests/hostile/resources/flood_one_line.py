# Prints a hundred megabytes in one line.
print("x" * 10**8)
