# Takes all memory there is, piece by piece.
pieces = []
while True:
    pieces.append(bytearray(2**24))
