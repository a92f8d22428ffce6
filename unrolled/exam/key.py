"""Answer keys: examinations on public inputs, as JSON beside the notebook. Numbers and texts, never code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from unrolled.exam.between import Between
from unrolled.exam.codec import decode, encode
from unrolled.exam.edits import Edits
from unrolled.exam.exercise import Case, Examination, Known, Part, Pattern, Play, Raised
from unrolled.exam.simpler import Simpler
from unrolled.exam.steps import Steps

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
    made = {
        "cases": [_dump_case(case) for case in examination.cases],
        "expected": [None if case.again else _dump_output(output) for case, output in _answered(examination)],
        "known": [_dump_known(known, examination) for known in examination.known],
        "edits": _dump_edits(examination.edits),
        "simpler": _dump_simpler(examination.simpler),
        "between": _dump_between(examination.between),
    }
    names = [each.name for each in fields(Examination)]
    return {name: made[name] if name in made else _dump_field(getattr(examination, name)) for name in names}


def _answered(examination: Examination) -> Iterator[tuple[Case, Any]]:
    return zip(examination.cases, examination.expected, strict=True)


def _dump_field(value: Any) -> Any:
    """A text, a number, a play, or a list of such or of a dataclass' entries that aren't as they are by default."""
    if isinstance(value, Play):
        mistake = {"mistake": encode(value.mistake)} if value.mistake else {}
        return {"run": encode(value.run), "needs": list(value.needs)} | mistake
    if isinstance(value, tuple):
        return [_dump_field(item) for item in value]
    if is_dataclass(value):
        entries = {each.name: getattr(value, each.name) for each in fields(value)}
        return {each.name: entries[each.name] for each in fields(value) if entries[each.name] != each.default}
    return value


def _dump_edits(edits: Edits | None) -> dict | None:
    if edits is None:
        return None
    small = {"prints": np.float32, "pair_prints": np.float32, "rows": np.uint16, "pairs": np.uint16}
    return {"texts": list(edits.texts)} | {
        name: encode(getattr(edits, name).astype(kind)) for name, kind in small.items()
    }


def _dump_simpler(simpler: Simpler | None) -> dict | None:
    if simpler is None:
        return None
    arrays = {"groups": simpler.groups, "prints": simpler.prints, "cut_prints": simpler.cut_prints}
    texts = {"names": list(simpler.names), "axes": list(simpler.axes), "cuts": list(simpler.cuts)}
    return texts | {name: encode(_rounded(array)) for name, array in arrays.items()}


def _dump_between(between: Between | None) -> dict | None:
    """Of the numbers that a result moves with, most are zero: those that aren't, and their places."""
    if between is None:
        return None
    places = [np.flatnonzero(columns) for columns in between.columns]
    return {
        "names": list(between.names),
        "steps": [list(steps) for steps in between.steps],
        "shapes": [list(columns.shape) for columns in between.columns],
        "places": [encode(each.astype(np.uint16 if each.max(initial=0) < 2**16 else np.uint32)) for each in places],
        "moves": [encode(_rounded(columns.flat[each])) for columns, each in zip(between.columns, places)],
        "touched": encode(between.touched),
    }


def _load_between(item: dict | None) -> Between | None:
    return item and Between(
        tuple(item["names"]),
        tuple(map(tuple, item["steps"])),
        tuple(map(_load_moves, item["shapes"], item["places"], item["moves"])),
        decode(item["touched"]),
    )


def _load_moves(shape: list, places: Any, moves: Any) -> np.ndarray:
    columns = np.zeros(shape)
    columns.flat[decode(places)] = decode(moves)
    return columns


def _load_edits(item: dict | None) -> Edits | None:
    return item and Edits(**{name: tuple(value) if name == "texts" else decode(value) for name, value in item.items()})


def _load_simpler(item: dict | None) -> Simpler | None:
    texts = ("names", "axes", "cuts")
    return item and Simpler(**{key: tuple(value) if key in texts else decode(value) for key, value in item.items()})


def _dump_case(case: Case) -> dict:
    return {"again": True} if case.again else {"label": case.label, "args": encode(case.args)}


def _lines(item: dict) -> str:
    """A dict as JSON, a line for each entry and for each item of a list in it."""
    return "{\n" + ",\n".join(f"{_json(key)}: {_block(value)}" for key, value in item.items()) + "\n}"


def _block(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n" + ",\n".join(f" {_json(item)}" for item in value) + "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _dump_known(known: Known, examination: Examination) -> dict:
    return {
        "name": known.name,
        "explanation": known.explanation,
        **({"outputs": _dump_outputs(known.outputs, examination)} if known.outputs else {}),
        **({"others": [_dump_outputs(other, examination) for other in known.others]} if known.others else {}),
        **({"everywhere": True} if known.everywhere else {}),
    }


def _dump_outputs(outputs: tuple, examination: Examination) -> dict:
    """What is not as expected, by its case's place; and of a call made again, what is not as it was at first."""
    dumped = {}
    for place, (case, right) in enumerate(_answered(examination)):
        usual = outputs[place - 1] if case.again else right
        if _dump_output(outputs[place]) != _dump_output(usual):
            dumped[str(place)] = _dump_beside(outputs[place], right)
    return dumped


def _dump_output(output: Any) -> Any:
    if isinstance(output, Raised):
        return {"raised": output.error} | ({"about": output.about} if output.about else {})
    return encode(_rounded(output))


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
    cases = _load_cases(item["cases"])
    expected = _load_expected(item["expected"], cases)
    made = {
        "cases": cases,
        "expected": expected,
        "known": tuple(_load_known(known, cases, expected) for known in item["known"]),
        "edits": _load_edits(item["edits"]),
        "simpler": _load_simpler(item["simpler"]),
        "between": _load_between(item["between"]),
    }
    return Examination(**made, **{name: _load_field(name, item[name]) for name in item.keys() - made.keys()})


def _load_field(name: str, value: Any) -> Any:
    if name in ("play", "probe"):
        return value and Play(decode(value["run"]), tuple(value["needs"]), decode(value.get("mistake")))
    if name == "steps":
        return value and Steps(**{key: _listed(entry) for key, entry in value.items()})
    if name == "parts":
        return tuple(Part(**part) for part in value)
    if name == "patterns":
        return tuple(Pattern(**{key: _listed(entry) for key, entry in pattern.items()}) for pattern in value)
    return _listed(value)


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _load_cases(items: list) -> tuple[Case, ...]:
    cases: list[Case] = []
    for item in items:
        again = item.get("again")
        cases.append(replace(cases[-1], again=True) if again else Case(decode(item["args"]), item["label"]))
    return tuple(cases)


def _load_expected(items: list, cases: tuple[Case, ...]) -> tuple:
    expected: list = []
    for item, case in zip(items, cases, strict=True):
        expected.append(expected[-1] if case.again else _load_output(item))
    return tuple(expected)


def _load_known(item: dict, cases: tuple[Case, ...], expected: tuple) -> Known:
    if "outputs" not in item:
        return Known(item["name"], item["explanation"], ())
    outputs, *others = (_load_outputs(each, cases, expected) for each in (item["outputs"], *item.get("others", ())))
    return Known(item["name"], item["explanation"], outputs, tuple(others), item.get("everywhere", False))


def _load_outputs(item: dict, cases: tuple[Case, ...], expected: tuple) -> tuple:
    outputs: list = []
    for place, (case, right) in enumerate(zip(cases, expected, strict=True)):
        usual = outputs[-1] if case.again else right
        outputs.append(_load_beside(item[str(place)], right) if str(place) in item else usual)
    return tuple(outputs)


def _load_beside(output: Any, expected: Any) -> Any:
    if isinstance(output, dict) and output.keys() == {"expected but"}:
        return expected | decode(output["expected but"])
    return _load_output(output)


def _load_output(output: Any) -> Any:
    if isinstance(output, dict) and output.keys() <= {"raised", "about"} and "raised" in output:
        return Raised(output["raised"], output.get("about", ""))
    return decode(output)
