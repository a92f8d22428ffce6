# Answers with arrays whose shape, type and bytes don't fit together.
# %% answer
import json
import os
import struct
import sys

odd = [
    {"array": "|O", "shape": [1], "base64": "AAAAAAAAAAA="},
    {"array": "<f8", "shape": [-1], "base64": ""},
    {"array": "<f8", "shape": [2**62, 2**62], "base64": ""},
    {"array": "<f8", "shape": [0] * 64, "base64": ""},
    {"array": "V0", "shape": [2**31], "base64": ""},
    {"array": "<f8,<i4", "shape": [1], "base64": "AAAA"},
    {"int": "0x" + "f" * 999},
    {"float": "nan", "shape": None},
]


def rnn_step(x, h, u_x, u_h, u_0):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    body = json.dumps({"outcomes": [{"value": odd[len(h) % len(odd)], "mutated": []}] * 7}).encode()
    os.write(frame.f_locals["replies"], struct.pack("!I16s", len(body), frame.f_locals["nonce"]) + body)
    os._exit(0)
