"""Formulas as MathML, which browsers draw by themselves: no script, no network.

Markdown's formulas pass the cleaning of HTML as words that can't be mistaken for anything else; afterwards each word
becomes the elements that latex2mathml makes of it, reduced to a list. What it can't read is shown as it was written.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from bleach.html5lib_shim import Filter
from latex2mathml.converter import convert_to_element

LONGEST = 2_000
BEGIN, END = "\ue010", "\ue011"
_WORD = re.compile(f"({BEGIN}[bi][A-Za-z0-9_=-]{{0,{8 * LONGEST}}}{END})")
_TAGS = frozenset(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub"
    " msubsup msup mtable mtd mtext mtr munder munderover".split()
)
_ATTRIBUTES = frozenset(
    "accent columnalign displaystyle fence form largeop linebreak linethickness mathvariant"
    " movablelimits rowspacing separator stretchy symmetric".split()
)
_WIDTH = re.compile(r"\d(\.\d{1,4})?em")


def word(latex: str, block: bool = False) -> str:
    """The formula as a word that passes the cleaning; one that is too long as it was written."""
    if len(latex) > LONGEST:
        return ""
    return BEGIN + ("b" if block else "i") + urlsafe_b64encode(latex.encode("utf-8", "replace")).decode() + END


class Formulas(Filter):
    """Puts formulas where their words stand, in HTML that is clean already."""

    def __iter__(self) -> Iterator[dict]:
        for token in super().__iter__():
            if token["type"] != "Characters" or BEGIN not in token["data"]:
                yield token
                continue
            for place, piece in enumerate(_WORD.split(token["data"])):
                yield from _formula(piece) if place % 2 else _text(piece)


def _formula(piece: str) -> Iterator[dict]:
    block = piece[1] == "b"
    try:
        latex = urlsafe_b64decode(piece[2:-1]).decode("utf-8", "replace")
    except ValueError:
        return
    try:
        yield from list(_tokens(_flat(convert_to_element(latex.strip(), display="block" if block else "inline"))))
    except Exception:  # whatever a library of somebody else's raises at what somebody else wrote
        yield _start("code", {})
        yield from _text(latex)
        yield {"type": "EndTag", "name": "code", "namespace": None}


def _flat(formula: Element) -> Element:
    """The formula without the row that all of it stands in: it is one by itself."""
    if [child.tag for child in formula] == ["mrow"] and not formula[0].attrib:
        formula[:] = formula[0][:]
    return formula


def _tokens(element: Element) -> Iterator[dict]:
    known = element.tag in _TAGS
    if known:
        yield _start(element.tag, {name: text for name, text in element.attrib.items() if _stays(name, text)})
    yield from _text(unescape(element.text or ""))
    for child in element:
        yield from _tokens(child)
    if known:
        yield {"type": "EndTag", "name": element.tag, "namespace": None}


def _stays(name: str, text: str) -> bool:
    if name in ("width", "lspace", "rspace"):
        return _WIDTH.fullmatch(text) is not None
    return (name in _ATTRIBUTES and len(text) < 80) or (name == "display" and text == "block")


def _start(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {"type": "StartTag", "name": name, "namespace": None,
            "data": {(None, key): text for key, text in attributes.items()}}  # fmt: skip


def _text(text: str) -> Iterator[dict]:
    if text:
        yield {"type": "Characters", "data": text}
