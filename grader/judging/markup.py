"""HTML that learners made, reduced to what can be shown: a list of tags, attributes, classes and style properties.

What is not on the list is left out. Nothing that stays can run, load anything, or be larger than its bounds; that it
doesn't leave its place is up to the page, which puts it in a box of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from threading import get_ident

import tinycss2
from bleach import Cleaner
from bleach.html5lib_shim import Filter
from pygments.token import STANDARD_TYPES

from grader.judging.drawn import ADDRESS, SVG

PICTURES = ("image/png", "image/jpeg", "image/gif")
LONGEST, MOST = 50_000, 5_000
TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i"
    " img kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul"
    " var".split()
)
CLASSES = frozenset(STANDARD_TYPES.values()) - {""} | {"highlight", "dataframe", "anchor-link"}
COLOURS = ("rgb", "rgba", "hsl", "hsla")
STYLES = frozenset(
    "align-items background background-color border border-bottom border-collapse border-color border-left"
    " border-left-color border-radius border-right border-right-color border-top border-top-color box-sizing color"
    " display flex flex-wrap float font font-family font-size font-style font-variant font-weight gap height"
    " letter-spacing line-height margin margin-bottom margin-left margin-right margin-top max-width opacity overflow"
    " padding padding-bottom padding-left padding-right padding-top text-align text-decoration text-indent"
    " vertical-align white-space width".split()
)
LARGEST = {"%": 100, "px": 1000, "pt": 750, "em": 60, "rem": 60, "ex": 120, "ch": 120}
LARGEST_NUMBER = 1000
_NUMBERS = {"colspan": 100, "rowspan": 100, "start": 10**6, "height": 2000, "width": 2000}
_WORDS = {"align", "dir", "lang", "scope", "title"}
_OWN = {"a": {"href"}, "img": {"alt", "height", "src", "width"}, "ol": {"start"}}
_DRAWN = re.compile(rf"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]*|{ADDRESS.pattern}", re.ASCII)
_RUNS = re.compile(r"(?i)</?(?:style|script)\b")


def clean_html(text: str, *filters: type[Filter]) -> str:
    """HTML that can't run, load or imitate anything; as plain text where it is more than anybody reads.

    Parameters
    ----------
    text : str
    filters : type
        html5lib's: what is done to the HTML once it is clean.
    """
    if is_too_much(text):
        return f"<pre>{escape(text[:MOST])}\n… the rest is not shown: it is too much</pre>"
    return _cleaner_of(get_ident(), *filters).clean(without_programs(text.replace("\0", "")))


def is_too_much(text: str) -> bool:
    """Whether a parser of HTML, whose time can grow with the square of what it reads, might take long."""
    read = _DRAWN.sub("", text)
    return len(read) > LONGEST or read.count("<") + read.count("&") > MOST


def without_programs(text: str) -> str:
    """The text without what stands between `<style>` or `<script>` and its end; one pass, whatever it holds."""
    kept, start, hidden = [], 0, False
    for tag in _RUNS.finditer(text):
        if not hidden:
            kept.append(text[start : tag.start()])
        hidden = text[tag.start() + 1] != "/"
        start = text.find(">", tag.end()) + 1 or len(text)
    return "".join(kept) + ("" if hidden else text[start:])


@lru_cache(maxsize=32)
def _cleaner_of(thread: int, *filters: type[Filter]) -> Cleaner:
    return Cleaner(
        tags=TAGS,
        filters=filters,
        attributes=_allowed,
        protocols=["http", "https", "mailto", "data"],
        strip=True,
        css_sanitizer=BoundedStyles(),
    )


class BoundedStyles:
    """What bleach asks about a `style`: known properties, with words, colours, and numbers within bounds."""

    def sanitize_css(self, style: str) -> str:
        """The declarations that may stay."""
        declarations = tinycss2.parse_declaration_list(style[:2000], skip_comments=True, skip_whitespace=True)
        kept = [d for d in declarations if d.type == "declaration" and d.lower_name in STYLES and _bounded(d.value)]
        return ";".join(f"{d.lower_name}:{tinycss2.serialize(d.value).strip()}" for d in kept)


def _bounded(tokens: list) -> bool:
    return all(_is_bounded(token) for token in tokens)


def _is_bounded(token: tinycss2.ast.Node) -> bool:
    if token.type == "function":
        plain = all(part.type not in ("function", "() block", "[] block", "{} block") for part in token.arguments)
        return token.lower_name in COLOURS and plain and _bounded(token.arguments)
    if token.type in ("number", "percentage", "dimension"):
        unit = {"number": "", "percentage": "%"}.get(token.type) if token.type != "dimension" else token.lower_unit
        return 0 <= token.value <= LARGEST.get(unit, 0 if unit else LARGEST_NUMBER)
    return token.type in ("ident", "hash", "string", "whitespace") or (token.type == "literal" and token.value in ",/")


def _allowed(tag: str, name: str, value: str) -> bool:
    if name in _NUMBERS:
        known = name in _OWN.get(tag, ()) or name.endswith("span")
        return known and value.isascii() and value.isdigit() and len(value) < 8 and int(value) <= _NUMBERS[name]
    if name == "class":
        return all(word in CLASSES for word in value.split())
    if name == "src":
        known = value.startswith(tuple(f"data:{kind};base64," for kind in (*PICTURES, SVG)))
        return tag == "img" and (known or bool(ADDRESS.fullmatch(value)))
    if name == "href":
        return tag == "a" and value.startswith(("http://", "https://", "mailto:", "#"))
    return name == "style" or name in _WORDS or name in _OWN.get(tag, ())
