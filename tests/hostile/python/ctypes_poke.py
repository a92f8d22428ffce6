# Changes what numbers are, by writing into Python's own objects.
import ctypes
import sys


def poke(number, value):
    ctypes.c_int.from_address(id(number) + 24).value = value


poke(200, 0)
poke(199, 200)
print(200 == 0)
