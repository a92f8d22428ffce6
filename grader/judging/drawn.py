"""Drawings as addresses of pictures, short ones: a graded notebook and its page hold each of them once more."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from itertools import count
from urllib.parse import quote

SVG = "image/svg+xml"
ADDRESS = re.compile(rf"data:{re.escape(SVG)},[\w%.~!*'()/:;=,?@+$ -]*", re.ASCII)
"""What an address of a drawing looks like."""
_READABLE = "%.~!*'()/:;=,?@+$ -_".replace("%", "")
_FORMS = {
    "dominant-baseline", "fill", "fill-opacity", "opacity", "stroke", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity", "stroke-width", "style", "text-anchor",
}  # fmt: skip
_ATTRIBUTE = r' ([a-zA-Z:-]+)="([^"<>]*)"'
_TAG = re.compile(rf"<([a-z]+)((?:{_ATTRIBUTE})*)(/?)>")
_ROOT = re.compile(rf"<svg(?:{_ATTRIBUTE})*>")
_PLAIN = re.compile(r"[^{}&@\\]+")
_ACTS = re.compile(r"(?i)script|\son\w+\s*=|position\s*:")
_OTHERS = re.compile(r"<style|<!|<\?| class=")


def as_address(svg: str) -> str:
    """The drawing as a picture's address: its text with some signs quoted; base64 where that is shorter or it may act.

    What acts does nothing in a picture, but a page can be searched for it, and has none of it.
    """
    text = shorter(svg)
    quoted, encoded = quote(text, safe=_READABLE), b64encode(text.encode()).decode()
    plain = len(quoted) < len(encoded) and not _ACTS.search(text)
    return f"data:{SVG},{quoted}" if plain else f"data:{SVG};base64,{encoded}"


def shorter(svg: str) -> str:
    """The drawing, each look that several of its elements have written once; as it was, if it has styles already."""
    root = _ROOT.match(svg)
    if not root or _OTHERS.search(svg):
        return svg
    looks = Counter(_look(tag) for tag in _TAG.finditer(svg, root.end()))
    often = (look for look, times in looks.items() if times > 1 and _PLAIN.fullmatch(look))
    names = dict(zip(often, map("s{}".format, count())))
    styles = "".join(f".{name}{{{look}}}" for look, name in names.items())
    rest = _TAG.sub(lambda tag: _named(tag, names), svg[root.end() :])
    return f"{_cheap(root[0])}<style>{styles}</style>{rest}"


def _look(tag: re.Match) -> str:
    """How an element looks, as CSS: a `style` counts more than an attribute, so it comes last."""
    forms = dict(found for found in re.findall(_ATTRIBUTE, tag[2]) if found[0] in _FORMS)
    style = forms.pop("style", "")
    return ";".join([*(f"{name}:{value}" for name, value in sorted(forms.items())), *[style] * bool(style)])


def _named(tag: re.Match, names: dict[str, str]) -> str:
    name = names.get(_look(tag))
    if name is None:
        return _cheap(tag[0])
    own = (f' {name}="{value}"' for name, value in re.findall(_ATTRIBUTE, tag[2]) if name not in _FORMS)
    return _cheap(f'<{tag[1]}{"".join(own)} class="{name}"{tag[5]}>')


def _cheap(tag: str) -> str:
    """The tag in quotation marks that an address may hold as they are."""
    return tag if "'" in tag else tag.replace('"', "'")
