"""What learners' code displayed, made safe to keep."""

import base64
import re

from grader.judging.clean import clean_outputs


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
    assert "onload" not in data["text/html"]
    assert base64.b64decode(data["text/html"].partition("base64,")[2].partition('"')[0]).decode() == svg


def test_markup_that_runs_is_lost_and_words_are_kept():
    """If this failed, opening a graded notebook would run a learner's script."""
    html = '<p onclick="x()">mine<script>alert(1)</script></p><iframe src="https://example.org"></iframe>'
    assert cleaned({"text/html": html})["text/html"] == "<p>mine</p>"


def test_a_label_can_not_break_out_of_its_attribute():
    """If this failed, a drawing's description could write HTML into the feedback."""
    svg = '<svg aria-label="&quot;><script>alert(1)</script>"></svg>'
    assert "<script" not in cleaned({"image/svg+xml": svg})["text/html"]
