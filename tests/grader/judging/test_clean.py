"""What learners' code displayed, made safe to keep."""

import base64
import re
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import canonicalize

from grader.judging.clean import clean_outputs
from grader.judging.drawn import as_address


def cleaned(data):
    (output,) = clean_outputs([{"output_type": "display_data", "data": data, "metadata": {}}])
    return output["data"]


def test_a_drawing_stays_a_picture_and_can_not_run():
    """If this failed, a drawing would turn into stray letters in the feedback, or its script would run there."""
    svg = '<svg role="img" aria-label="a cell &amp; its loop" onload="alert(1)"><text>x</text></svg>'
    data = cleaned({"text/html": svg, "image/svg+xml": svg})
    assert set(data) == {"text/html"}
    assert re.fullmatch(
        r'<img alt="a cell &amp; its loop" src="data:image/svg\+xml;base64,[^"]*" style="[^"]*">', data["text/html"]
    )
    assert [*ElementTree.fromstring(data["text/html"].replace(">", "/>")).attrib] == ["alt", "src", "style"]
    assert "onload" not in data["text/html"]
    shown = base64.b64decode(data["text/html"].partition(";base64,")[2].partition('"')[0]).decode()
    assert canonicalize(shown.replace("<style></style>", "")) == canonicalize(svg)


def test_markup_that_runs_is_lost_and_words_are_kept():
    """If this failed, opening a graded notebook would run a learner's script."""
    html = '<p onclick="x()">mine<script>alert(1)</script></p><iframe src="https://example.org"></iframe>'
    assert cleaned({"text/html": html})["text/html"] == "<p>mine</p>"


def test_a_label_can_not_break_out_of_its_attribute():
    """If this failed, a drawing's description could write HTML into the feedback."""
    svg = '<svg aria-label="&quot;><script>alert(1)</script>"></svg>'
    assert "<script" not in cleaned({"image/svg+xml": svg})["text/html"]


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" aria-label="a state\'s loop, h_{t-1}">'
    + "".join(
        f'<g><text x="{x}" fill="#123456" style="font-family:\'STIX\',serif;fill:#e69f00">{x}% #h</text>'
        f'<path d="M0 {x}" stroke="#0072b2" stroke-width="2"/></g>'
        for x in range(20)
    )
    + '<rect x="1" fill="red"/><rect x="2" fill="}x{" /><rect x="3" fill="}x{"/></svg>'
)


def test_a_drawing_takes_little_and_looks_the_same():
    """Pictures that everybody has would fill half of the disk; one that is no longer the same explains nothing."""
    address = as_address(DRAWING)
    assert len(address) < 0.7 * len(base64.b64encode(DRAWING.encode()))
    assert cleaned({"image/svg+xml": DRAWING})["text/html"].count(address) == 1
    shown = unquote(address.partition(",")[2])
    assert looks(shown) == looks(DRAWING)
    assert unquote(as_address("<svg class='x'/>").partition(",")[2]) == "<svg class='x'/>"
    foreign = as_address("<svg>" + "ü" * 500)
    assert base64.b64decode(foreign.partition(";base64,")[2]).decode().endswith("ü" * 500)


def looks(svg):
    """Every element with what it says and how it looks: a rule counts more than an attribute."""
    root = ElementTree.fromstring(svg)
    styles = root.findall("{*}style")
    rules = dict(re.findall(r"\.(\w+)\{([^}]*)\}", "".join(style.text or "" for style in styles)))
    [root.remove(style) for style in styles]
    found = []
    for element in root.iter():
        own = dict(element.attrib)
        named = own.pop("class", None)
        css = own.pop("style", "") if named is None else rules[named]
        own |= dict(each.split(":", 1) for each in css.split(";") if each and element is not root)
        found.append((element.tag, element.text, own if element is not root else element.attrib))
    return found


def test_no_address_of_a_picture_leaves_its_attribute():
    """A learner could write HTML into the feedback, or have the reader's browser ask somebody for a picture."""
    for address in ('data:image/svg+xml,<svg/onload="x">', "data:image/svg+xml,a\nb", "data:image/svg+xml;x,a", "//x"):
        assert "src" not in cleaned({"text/html": f"<img src='{address}'>"})["text/html"]
