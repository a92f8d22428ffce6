"""Hints are in the page itself: they open where no kernel runs."""

from html.parser import HTMLParser

from unrolled.desk.hints import as_details


class _Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.depth, self.summaries = 0, []

    def handle_starttag(self, tag, attrs):
        assert "open" not in dict(attrs)
        self.depth += tag == "details"

    def handle_endtag(self, tag):
        self.depth -= tag == "details"

    def handle_data(self, data):
        if data.startswith("Hint "):
            self.summaries.append((data, self.depth))


def test_each_hint_holds_the_next():
    """All hints would be uncovered by one press."""
    outline = _Outline()
    outline.feed(as_details(("`a` < b", "second", "third")))
    assert outline.summaries == [("Hint 1 of 3", 1), ("Hint 2 of 3", 2), ("Hint 3 of 3", 3)]
    assert outline.depth == 0


def test_hints_are_text_not_markup():
    """A hint with a < in it would lose its end."""
    assert "<code>a</code> &lt; b" in as_details(("`a` < b",))


def test_without_hints_there_is_nothing_to_press():
    """An empty button would stand under every verdict."""
    assert as_details(()) == ""
