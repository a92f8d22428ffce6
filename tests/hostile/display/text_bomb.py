# Prints a million colour codes.
print("\x1b[31m" * 10**5 + "\x1b[" * 10**5 + "\x1b]0;@TOKEN@\x07\r\b\b\b")
