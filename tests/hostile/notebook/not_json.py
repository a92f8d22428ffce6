# Hands in a program instead of a notebook.
def change(notebook):
    return b"#!/bin/sh\ntouch /tmp/@TOKEN@-program\n"
