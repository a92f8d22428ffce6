# Hands in a pipe, so that whoever reads it waits for ever.
def put(path, data):
    import os

    os.mkfifo(path)
