"""Making what a learner's code displayed safe to store and to open in an instructor's browser.

Outputs are rebuilt from scratch: known kinds, known types, no metadata; HTML loses everything that could run,
load something or leave its place; SVG becomes an image. Scripts, widgets and unknown types are dropped.
"""

from __future__ import annotations

import re
from typing import Any

from grader.judging.drawn import SVG, as_address
from grader.judging.markup import PICTURES, clean_html

TEXTS = ("text/plain", "text/latex", "text/markdown")
MAX_TRACEBACK, LONGEST_NUMBER = 100, 100


def clean_outputs(outputs: Any, limit: int = 2**20) -> list[dict]:
    """Outputs of a confined process as trusted nbformat outputs.

    Parameters
    ----------
    outputs : list of dict
        As they came: nothing about them is believed.
    limit : int
        What all texts of a cell may hold together, in characters; pictures count an eighth.

    Returns
    -------
    list of dict
        A result that is a number is among them, whatever was shown before it.
    """
    kept, left = [], limit
    for output in outputs if isinstance(outputs, list | tuple) else []:
        cleaned = _clean(output) if isinstance(output, dict) else None
        if cleaned is None:
            continue
        full, left = left < 0, left - _weight(cleaned)
        if left >= 0:
            kept.append(cleaned)
        elif _decides(cleaned):
            kept.append(cleaned | {"data": {"text/plain": cleaned["data"]["text/plain"]}})
        elif not full:
            kept.append(stream("… the rest of the output was too long and is not shown.\n"))
    return kept


def _decides(output: dict) -> bool:
    """Whether it is a result like those by which tests give part of their points: never left out."""
    return output["output_type"] == "execute_result" and 0 < len(output["data"].get("text/plain", "")) < LONGEST_NUMBER


def stream(text: str) -> dict:
    """A line of plain output."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def error(name: str, text: str) -> dict:
    """An error output without a traceback of its own."""
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}


def _clean(output: dict) -> dict | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        lines = output.get("traceback")
        traceback = [_text(line) for line in lines] if isinstance(lines, list) else []
        return {"output_type": "error", "ename": _text(output.get("ename")), "evalue": _text(output.get("evalue")),
                "traceback": _shortened(traceback)}  # fmt: skip
    if kind in ("display_data", "execute_result"):
        cleaned = {"output_type": kind, "metadata": {}, "data": _clean_data(output.get("data"))}
        return cleaned | ({"execution_count": None} if kind == "execute_result" else {})
    return None


def _clean_data(data: Any) -> dict:
    data = data if isinstance(data, dict) else {}
    cleaned = {kind: _text(data[kind]) for kind in TEXTS if kind in data}
    if SVG in data:
        cleaned["text/html"] = _as_image(_text(data[SVG]))
    elif "text/html" in data:
        cleaned["text/html"] = clean_html(_text(data["text/html"]))
    pictures = {kind: _text(data[kind]) for kind in PICTURES if kind in data}
    return cleaned | {kind: text for kind, text in pictures.items() if re.fullmatch(r"[A-Za-z0-9+/=\s]*", text)}


def _as_image(svg: str) -> str:
    """An SVG as a picture, not as part of the page: inside an image nothing runs and nothing is loaded."""
    label = re.search(r'aria-label="([^"<>]*)"', svg)
    return clean_html(f'<img alt="{label[1] if label else ""}" src="{as_address(svg)}" style="max-width:100%">')


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= MAX_TRACEBACK:
        return lines
    return [*lines[: MAX_TRACEBACK // 2], "… traceback shortened …", *lines[-MAX_TRACEBACK // 2 :]]


def _weight(output: dict) -> int:
    texts = [output.get("text", ""), output.get("ename", ""), output.get("evalue", ""), *output.get("traceback", ())]
    data = output.get("data", {})
    return sum(map(len, texts)) + sum(len(text) // (8 if kind in PICTURES else 1) for kind, text in data.items())


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(item for item in value if isinstance(item, str))
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
