"""Frames: how the trusted and the confined side talk over two pipes.

    4 bytes length of the body | 16 bytes nonce | body: UTF-8 JSON

A reply must echo the nonce of its request; the first frame, which answers none, has the nonce `HELLO`. This
module is the confined side's half, which may trust what it reads; the trusted side's, which may not, is
`grader.sandbox.replies`.
"""

from __future__ import annotations

import json
import os
import struct
from typing import Any

HEADER = struct.Struct("!I16s")
HELLO = bytes(HEADER.size - 4)
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(nonce: bytes, message: Any) -> bytes:
    """One frame holding `message`."""
    body = _as_json(message).encode("utf-8", "replace")
    return HEADER.pack(len(body), nonce) + body


def read(fd: int) -> tuple[bytes, Any]:
    """Block until a frame has arrived; return its nonce and message.

    Raises
    ------
    EOFError
        If the other side is gone.
    """
    length, nonce = HEADER.unpack(_read_exactly(fd, HEADER.size))
    return nonce, json.loads(_read_exactly(fd, length))


def write(fd: int, nonce: bytes, message: Any) -> None:
    """Write a frame, blocking until the pipe has taken all of it."""
    rest = memoryview(pack(nonce, message))
    while rest:
        rest = rest[os.write(fd, rest) :]


def _read_exactly(fd: int, size: int) -> bytes:
    chunks = []
    while size:
        chunk = os.read(fd, min(size, 1 << 20))
        if not chunk:
            raise EOFError("the other side has closed the pipe")
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
