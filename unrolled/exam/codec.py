"""Values as JSON, both ways: how arguments and results travel, and how answer keys are stored.

Carries None, bool, int, float, str, list, tuple, dict with string keys, real and complex NumPy arrays, `Rng(seed)`
and functions of the `unrolled` package. Nothing else, never pickle: decoding a hostile text can build numbers and
texts, and name a public function of `unrolled`, but it can't run anything.
"""

from __future__ import annotations

import base64
import importlib
import math
from array import array as typed_array
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CoroutineType, GeneratorType
from typing import Any

import numpy as np

MAX_DEPTH = 20
MAX_BYTES = 64 * 2**20
KINDS_OF_DTYPE = "biufc"
DTYPES = ("|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
_PLAIN = (bool, int, float, str)
_AS_CARRIED = {name: (np.dtype(name), np.dtype(name).newbyteorder("=")) for name in DTYPES}


class CodecError(ValueError):
    """A value that can't be carried, or a text that isn't a carried value."""


@dataclass(frozen=True)
class Rng:
    """A random generator to be made at call time: `np.random.default_rng(seed)`."""

    seed: int


def encode(value: Any, depth: int = 0) -> Any:
    """Turn `value` into what `json.dumps` accepts.

    Raises
    ------
    CodecError
        If it holds something that can't be carried, or is nested deeper than 20 levels.
    """
    if depth > MAX_DEPTH:
        raise CodecError(f"a value nested more than {MAX_DEPTH} levels deep")
    if value is None or type(value) in (bool, str):
        return value
    if type(value) is int:
        return value if abs(value) < 2**53 else {"int": hex(value)}
    if type(value) is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, np.ndarray):
        return _encode_array(np.asarray(value))
    if isinstance(value, (np.longdouble, np.clongdouble)):
        return encode(value.astype(complex if value.dtype.kind == "c" else float), depth)
    if isinstance(value, np.generic) and value.dtype.kind in KINDS_OF_DTYPE + "U":
        return encode(value.item(), depth)
    if isinstance(value, str | bool | int | float):
        return encode(next(kind for kind in (str, bool, int, float) if isinstance(value, kind))(value), depth)
    if isinstance(value, deque | typed_array):
        return encode(list(value), depth)
    if isinstance(value, tuple):
        return {"tuple": [encode(item, depth + 1) for item in value]}
    if isinstance(value, list):
        return [encode(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {"dict": [[_key(key), encode(item, depth + 1)] for key, item in value.items()]}
    if isinstance(value, complex):
        return {"complex": [encode(value.real), encode(value.imag)]}
    if isinstance(value, Rng):
        return {"rng": value.seed}
    if callable(value) and str(getattr(value, "__module__", "")).startswith("unrolled."):
        return {"function": f"{value.__module__}:{value.__qualname__}"}
    if hasattr(type(value), "__array__"):
        return _encode_array(_as_array(value))
    raise CodecError(_named(value))


def _as_array(value: Any) -> np.ndarray:
    """What NumPy makes of another library's array."""
    try:
        return np.asarray(value)
    except Exception as error:
        raise CodecError(_named(value)) from error


_MEANT = {
    Iterator: ", which gives its items one by one: `list(...)` gives them all",
    GeneratorType: ": is there a `yield` where `return` belongs? If not, `list(...)` gives all its items",
    CoroutineType: ": leave out the `async` before `def`",
}


def _named(value: Any) -> str:
    """What can't be carried, and what would have been meant by it."""
    kind = type(value).__name__
    meant = _MEANT.get(type(value), _MEANT[Iterator] if isinstance(value, Iterator) else "")
    return f"{'an' if kind[0].lower() in 'aeio' else 'a'} {kind}{meant}"


def decode(text: Any, depth: int = 0) -> Any:
    """Turn what `encode` made, or hostile JSON, back into a value.

    Raises
    ------
    CodecError
        If it isn't a carried value.
    """
    if depth > MAX_DEPTH:
        raise CodecError(f"a value nested more than {MAX_DEPTH} levels deep")
    if text is None or isinstance(text, _PLAIN):
        return text
    if isinstance(text, list):
        return [decode(item, depth + 1) for item in text]
    if isinstance(text, dict) and len(text) == 1:
        ((kind, content),) = text.items()
        if kind in _DECODERS:
            try:
                return _DECODERS[kind](content, depth + 1)
            except CodecError:
                raise
            except (TypeError, ValueError, OverflowError, AttributeError, KeyError, MemoryError) as error:
                raise CodecError(f"a malformed {kind}") from error
    if isinstance(text, dict) and text.keys() == {"array", "shape", "base64"}:
        return _decode_array(text)
    raise CodecError("something that is not a carried value")


def copy_value(value: Any) -> Any:
    """A deep copy, with plain types; `Rng` becomes a fresh generator, generators and functions stay."""
    if isinstance(value, np.ndarray):
        return np.array(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Rng):
        return np.random.default_rng(value.seed)
    if isinstance(value, list | tuple):
        return (
            type(value)(copy_value(item) for item in value)
            if type(value) in (list, tuple)
            else tuple(copy_value(item) for item in value)
        )
    if isinstance(value, Mapping):
        return {key: copy_value(item) for key, item in value.items()}
    return value


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise CodecError(f"a dict with a {type(key).__name__} as key")
    return str(key)


def _encode_array(array: np.ndarray) -> dict:
    if array.dtype.kind == "O":
        array = _of_numbers(array)
    if array.dtype.kind not in KINDS_OF_DTYPE:
        raise CodecError(f"an array of {array.dtype}")
    if array.dtype.itemsize > (16 if array.dtype.kind == "c" else 8):
        array = array.astype(complex if array.dtype.kind == "c" else float)
    if array.nbytes > MAX_BYTES:
        raise CodecError(f"an array of {array.nbytes / 2**20:.0f} MiB")
    if array.dtype.str not in _AS_CARRIED:
        array = array.astype(array.dtype.newbyteorder("<"))
    data = base64.b64encode(array.tobytes()).decode()
    return {"array": array.dtype.str, "shape": list(array.shape), "base64": data}


def _of_numbers(array: np.ndarray) -> np.ndarray:
    """An array of objects as one of numbers, if that is what they are."""
    if not all(isinstance(item, bool | int | float | complex | np.number | np.bool_) for item in array.flat):
        return array
    return np.array(array.tolist()).reshape(array.shape)


def _decode_array(text: dict) -> np.ndarray:
    dtype, shape, data = text["array"], text["shape"], text["base64"]
    if not (isinstance(dtype, str) and isinstance(shape, list) and isinstance(data, str)):
        raise CodecError("a malformed array")
    if len(shape) > 16 or not all(type(size) is int and size >= 0 for size in shape):
        raise CodecError("an array with a malformed shape")
    if math.prod([size or 1 for size in shape]) > MAX_BYTES:
        raise CodecError("an array with a malformed shape")
    if dtype not in _AS_CARRIED:  # to have NumPy read any text as a type takes gigabytes for some
        raise CodecError("an array of no type that is carried")
    try:
        (kind, ours), raw = _AS_CARRIED[dtype], base64.b64decode(data, validate=True)
    except ValueError as error:
        raise CodecError("a malformed array") from error
    if len(raw) > MAX_BYTES or len(raw) != math.prod(shape) * kind.itemsize:
        raise CodecError("an array whose size is not its shape's")
    if kind.kind == "b" and any(byte > 1 for byte in set(raw)):
        raise CodecError("a malformed array")
    return np.frombuffer(raw, kind).reshape(shape).astype(ours)


def _decode_pairs(pairs: list, depth: int) -> dict:
    return {_key(key): decode(item, depth) for key, item in pairs}


def _decode_int(text: str, depth: int) -> int:
    if len(text) > 1000:
        raise CodecError("an integer of more than 1000 digits")
    return int(text, 16)


def _decode_float(text: str, depth: int) -> float:
    return {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}[text]


def _decode_rng(seed: int, depth: int) -> Rng:
    if type(seed) is not int or seed < 0:
        raise CodecError("a malformed seed")
    return Rng(seed)


def _decode_function(name: str, depth: int) -> Any:
    module, _, qualname = name.partition(":")
    if not module.startswith("unrolled.") or qualname.startswith("_") or "." in qualname:
        raise CodecError("a function that is not of unrolled")
    function = getattr(importlib.import_module(module), qualname)
    if not callable(function) or getattr(function, "__module__", None) != module:
        raise CodecError("a function that is not of unrolled")
    return function


_DECODERS = {
    "tuple": lambda items, depth: tuple(decode(item, depth) for item in items),
    "dict": _decode_pairs,
    "int": _decode_int,
    "float": _decode_float,
    "complex": lambda pair, depth: complex(decode(pair[0], depth), decode(pair[1], depth)),
    "rng": _decode_rng,
    "function": _decode_function,
}
