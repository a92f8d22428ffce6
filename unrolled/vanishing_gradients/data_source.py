"""Python's own source code as data: characters of the standard library, and what Python's tokenizer says about each."""

from __future__ import annotations

import importlib.util
import io
import tokenize
from functools import lru_cache

import numpy as np

# Every printable ASCII character and the line break; anything else shares one more place, the last.
ALPHABET = "\n" + "".join(map(chr, range(32, 127)))
V = len(ALPHABET) + 1
CODE, STRING, COMMENT = range(3)

TRAINING = (
    "argparse", "ast", "calendar", "code", "configparser", "copy", "csv", "dataclasses", "datetime",
    "difflib", "enum", "filecmp", "fileinput", "fractions", "ftplib", "functools", "getpass", "gettext", "glob",
    "gzip", "heapq", "html.parser", "http.client", "http.cookies", "inspect", "ipaddress", "json.decoder",
    "json.encoder", "locale", "logging", "logging.config", "mailbox", "mimetypes", "optparse", "pickle", "pickletools",
    "platform", "plistlib", "poplib", "pprint", "pstats", "random", "reprlib", "sched", "selectors", "shelve",
    "shutil", "smtplib", "socketserver", "statistics", "subprocess", "tarfile", "tempfile", "threading", "timeit",
    "trace", "traceback", "typing", "unittest.case", "unittest.mock", "urllib.parse", "urllib.request", "uuid",
    "weakref", "xml.dom.minidom",
)  # fmt: skip
HELD_OUT = ("textwrap", "shlex", "string", "queue", "bisect", "zipapp", "netrc", "cmd")


@lru_cache(maxsize=128)
def source(module: str) -> str:
    """The source code of a module of the standard library, as it is on this machine.

    Raises
    ------
    FileNotFoundError
        If this Python was installed without it.
    """
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        raise FileNotFoundError(f"this Python has no source code of its module {module}")
    with tokenize.open(spec.origin) as file:
        return file.read()


def snippet(module: str, start: str, length: int, before: int = 0) -> tuple[str, np.ndarray]:
    """`length` characters of a module's source, from the line that contains `start` on, and their labels.

    With `before`, so many characters more, from before that line.
    """
    text = source(module)
    line = text.rfind("\n", 0, max(text.find(start), 0)) + 1
    part = slice(max(line - before, 0), line + length)
    return text[part], labels(text)[part]


def stretches(kind: int, length: int, modules: tuple[str, ...] = HELD_OUT) -> list[str]:
    """Pieces of source that are nothing but code, or nothing but the inside of a string, without any quotes.

    Parameters
    ----------
    kind : int
        CODE or STRING.
    length : int
        Characters; what is longer is cut off behind them. Each begins with a line.
    """
    found = []
    for text in map(source, modules):
        runs = np.flatnonzero(np.diff(labels(text) == kind, prepend=False, append=False)).reshape(-1, 2)
        for start, end in runs:
            piece = text[text.find("\n", start, end) + 1 : end][:length]
            if len(piece) == length and not set(piece) & set("\"'"):
                found.append(piece)
    return found


def labels(text: str) -> np.ndarray:
    """What each character of Python source is part of.

    Parameters
    ----------
    text : str
        Python source; it may break off in the middle.

    Returns
    -------
    (T,) array of int
        0 code, 1 a string (its quotes and prefix included), 2 a comment.
    """
    found = np.full(len(text), CODE)
    starts = np.cumsum([0] + [len(line) for line in text.splitlines(keepends=True)])
    opened = []  # where f-strings began, which newer tokenizers report in pieces
    for token in _tokens(text):
        begin, end = (int(starts[row - 1]) + column for row, column in (token.start, token.end))
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_START":
            opened.append(begin)
        elif kind == "FSTRING_END":
            found[opened.pop() : end] = STRING
        elif kind in ("STRING", "COMMENT"):
            found[begin:end] = STRING if kind == "STRING" else COMMENT
    return found


def numbers(text: str) -> np.ndarray:
    """Each character's place in the alphabet: (T,) array of int."""
    places = {character: place for place, character in enumerate(ALPHABET)}
    return np.array([places.get(character, V - 1) for character in text], dtype=int)


def one_hot(places: np.ndarray) -> np.ndarray:
    """One-hot vectors: (…, V) array of floats from (…) integers."""
    return np.eye(V)[places]


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    """Tokens as far as the text makes sense."""
    tokens = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            tokens.append(token)
    except (tokenize.TokenError, SyntaxError):
        pass
    return tokens
