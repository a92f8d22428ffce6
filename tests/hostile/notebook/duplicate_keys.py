# Hands in an object with two lists of cells.
def change(notebook):
    import json

    text = json.dumps(notebook)
    return (text[:-1] + ', "cells": [], "cells": ' + json.dumps(notebook["cells"]) + "}").encode()
