"""Answer keys: examinations on public inputs, as JSON beside the notebook. Numbers and texts, never code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from unrolled.exam.codec import decode, encode
from unrolled.exam.exercise import Case, Examination, Known, Part, Pattern, Play, Raised

PUBLIC_SEED = 151
SUFFIX = ".key.json"
_NOISE = 1e-9


def dump_key(examinations: Iterable[Examination]) -> str:
    """Examinations as the text of an answer key, the same on every machine.

    Expected numbers are kept to seven digits, and what is only rounding noise beside the largest number of its array
    is zero, so that another processor's last bit doesn't change the text. Of a misconception's outputs only what
    differs from the expected ones is kept.
    """
    return "[\n" + ",\n".join(_lines(_dump(examination)) for examination in examinations) + "\n]\n"


def load_key(text: str) -> list[Examination]:
    """Read back what `dump_key` wrote.

    Raises
    ------
    ValueError
        If the text isn't an answer key.
    """
    try:
        return [_load(item) for item in json.loads(text)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an answer key of this version of unrolled ({error})") from error


def find_keys(folder: Path) -> list[Path]:
    """Answer keys for notebooks opened in `folder`: beside them first, then in the neighbouring lessons' folders."""
    beside = sorted(folder.glob(f"*{SUFFIX}"))
    return (
        beside
        + [path for path in sorted(folder.parent.glob(f"*/*{SUFFIX}")) if path not in beside]
        + sorted(folder.glob(f"notebooks/*/*{SUFFIX}"))
    )


def _dump(examination: Examination) -> dict:
    return {
        "name": examination.name,
        "lesson": examination.lesson,
        "kind": examination.kind,
        "parts": [vars(part) for part in examination.parts],
        "hints": list(examination.hints),
        "tolerance": examination.tolerance,
        "relative": examination.relative,
        "may_mutate": examination.may_mutate,
        "arguments": list(examination.arguments),
        "play": _dump_play(examination.play),
        **({"probe": _dump_play(examination.probe)} if examination.probe else {}),
        "patterns": [vars(pattern) for pattern in examination.patterns],
        "cases": [{"label": case.label, "args": encode(case.args)} for case in examination.cases],
        "expected": [_dump_output(output) for output in examination.expected],
        "known": [_dump_known(known, examination.expected) for known in examination.known],
    }


def _lines(item: dict) -> str:
    """A dict as JSON, a line for each entry and for each item of a list in it."""
    return "{\n" + ",\n".join(f"{_json(key)}: {_block(value)}" for key, value in item.items()) + "\n}"


def _block(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n" + ",\n".join(f" {_json(item)}" for item in value) + "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _dump_play(play: Play | None) -> dict | None:
    if play is None:
        return None
    mistake = {"mistake": encode(play.mistake)} if play.mistake else {}
    return {"run": encode(play.run), "needs": list(play.needs)} | mistake


def _dump_known(known: Known, expected: tuple) -> dict:
    outputs = [_dump_beside(output, right) for output, right in zip(known.outputs, expected, strict=True)]
    return {"name": known.name, "explanation": known.explanation, "outputs": outputs}


def _dump_output(output: Any) -> Any:
    return {"raised": output.error} if isinstance(output, Raised) else encode(_rounded(output))


def _dump_beside(output: Any, expected: Any) -> Any:
    if isinstance(output, dict) and isinstance(expected, dict) and list(output) == list(expected):
        own = {name: item for name, item in output.items() if _dump_output(item) != _dump_output(expected[name])}
        return {"expected but": _dump_output(own)}
    return _dump_output(output)


def _rounded(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return _quiet(value).astype(np.float32) + np.float32(0)
    if isinstance(value, np.ndarray) and value.dtype.kind == "c":
        return (_rounded(value.real) + 1j * _rounded(value.imag)).astype(np.complex64)
    if isinstance(value, float) and np.isfinite(value):
        return float(f"{value:.7g}") + 0.0
    if isinstance(value, list | tuple):
        return type(value)(_rounded(item) for item in value)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def _quiet(array: np.ndarray) -> np.ndarray:
    size = np.abs(array)
    largest = size[np.isfinite(size)].max(initial=0.0)
    return np.where(size < _NOISE * largest, 0.0, array)


def _load(item: dict) -> Examination:
    expected = tuple(_load_output(output) for output in item["expected"])
    return Examination(
        name=item["name"],
        lesson=item["lesson"],
        kind=item["kind"],
        parts=tuple(Part(**part) for part in item["parts"]),
        hints=tuple(item["hints"]),
        tolerance=item["tolerance"],
        relative=item["relative"],
        may_mutate=item["may_mutate"],
        arguments=tuple(item["arguments"]),
        play=_load_play(item["play"]),
        probe=_load_play(item.get("probe")),
        patterns=tuple(_load_pattern(pattern) for pattern in item["patterns"]),
        cases=tuple(Case(decode(case["args"]), case["label"]) for case in item["cases"]),
        expected=expected,
        known=tuple(_load_known(known, expected) for known in item["known"]),
    )


def _load_play(item: dict | None) -> Play | None:
    return item and Play(decode(item["run"]), tuple(item["needs"]), decode(item.get("mistake")))


def _load_pattern(item: dict) -> Pattern:
    return Pattern(item["text"], tuple(item["wrong"]), tuple(item["right"]))


def _load_known(item: dict, expected: tuple) -> Known:
    outputs = tuple(_load_beside(output, right) for output, right in zip(item["outputs"], expected, strict=True))
    return Known(item["name"], item["explanation"], outputs)


def _load_beside(output: Any, expected: Any) -> Any:
    if isinstance(output, dict) and output.keys() == {"expected but"}:
        return expected | decode(output["expected but"])
    return _load_output(output)


def _load_output(output: Any) -> Any:
    return Raised(output["raised"]) if isinstance(output, dict) and output.keys() == {"raised"} else decode(output)
