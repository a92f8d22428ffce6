"""Whether the links of a folder of static pages lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Links(HTMLParser):
    """Collects a page's anchors, and what it links to or loads."""

    def __init__(self, html: str):
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.drawings = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.drawings += tag == "svg"
        for name, value in attrs:
            if name == "id" and not self.drawings:  # the same letter drawn twice is the same
                self.anchors.append(value or "")
            elif name in ("href", "src") and tag != "use":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.drawings -= tag == "svg"


def broken_links(folder: Path) -> list[str]:
    """Links to files or anchors that aren't there, anchors that are there twice, and what is loaded from elsewhere."""
    pages = {path.name: _Links(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))}
    return [f"{name}: {trouble}" for name in pages for trouble in _troubles(name, pages, folder)]


def _troubles(name: str, pages: dict[str, _Links], folder: Path) -> Iterator[str]:
    page = pages[name]
    yield from (f"#{anchor} is there twice" for anchor in {*page.anchors} if page.anchors.count(anchor) > 1)
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme in ("http", "https", "mailto", "data"):
            continue
        target = unquote(parts.path) or name
        if not (folder / target).is_file():
            yield f"{link} is not there"
        elif parts.fragment and unquote(parts.fragment) not in pages[target].anchors:
            yield f"{link} has no such place"
