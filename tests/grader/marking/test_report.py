"""The class page says what happened in the class, and shows learners' text as text."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from statistics import correlation

import pytest

from grader.marking.items import items
from grader.marking.overview import overview
from grader.marking.report import common_mistakes, histogram, parted, write_report


def result(score, status, misconception=None, message=""):
    return {"score": score, "max_score": 2.0, "status": status, "misconception": misconception, "message": message}


def graded(late=0.0, **results):
    score = sum(found["score"] for found in results.values()) - late
    more = {"late_penalty": late} if late else {}
    return {"status": "graded", "score": score, "max_score": 2.0 * len(results), "exercises": results} | more


MISSING = {"status": "missing", "score": 0.0, "max_score": 2.0, "exercises": {"f": result(0.0, "unsolved")}}


def test_every_score_is_in_one_bar():
    """Full marks, or an empty lesson, would fall off the histogram."""
    assert histogram([0.0, 0.9, 5.0, 10.0], 10.0) == (2, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    assert sum(histogram([0.0, 0.0], 0.0)) == 0


def test_difficulty_tells_wrong_from_not_begun_and_from_not_graded():
    """An exercise nobody reached, or nobody has graded yet, would look like one nobody understands."""
    kinds = (2.0, "passed"), (1.0, "failed"), (0.0, "failed"), (0.0, "unsolved"), (0.0, "waiting")
    (found,) = items({str(place): graded(f=result(*kind)) for place, kind in enumerate(kinds)})
    assert (found.full, found.some, found.none, found.unsolved, found.waiting) == (1, 1, 1, 1, 1)
    assert found.mean == 0.375
    assert found.rest is found.upper_lower is None


def test_discrimination_is_the_correlation_with_the_other_exercises():
    """An exercise that only those get wrong who know best would go unnoticed."""
    right = {"good": range(5, 12), "easy": range(12), "wrong": range(4), "hard": range(8, 12), "mid": range(3, 12)}
    of = {n: {name: float(n in who) for name, who in right.items()} for n in range(12)}
    kinds = {1.0: result(2.0, "passed"), 0.0: result(0.0, "failed")}
    class_ = {f"{n:02}": graded(**{name: kinds[share] for name, share in mine.items()}) for n, mine in of.items()}
    for item in items(class_):
        share = [mine[item.exercise] for mine in of.values()]
        rest = [sum(mine.values()) - mine[item.exercise] for mine in of.values()]
        assert item.rest == (None if item.exercise == "easy" else pytest.approx(correlation(share, rest)))
        assert item.backwards == (item.exercise == "wrong")
    wrong = next(item for item in items(class_) if item.exercise == "wrong")
    assert wrong.upper_lower == -1.0  # the lower three of twelve have it right, the upper three have not


def test_the_most_common_mistake_comes_first():
    """The instructor would talk about the rare one."""
    class_ = {
        "ann": graded(f=result(0.0, "failed", "rare")),
        "bob": graded(f=result(0.0, "failed", "usual, odd")),
        "cem": graded(f=result(0.0, "failed", "usual")),
    }
    found = common_mistakes("99_none", class_)
    assert [(m.called, m.learners) for m in found] == [("usual", ("bob", "cem")), ("rare", ("ann",)), ("odd", ("bob",))]
    assert [[mistake.called for mistake in part] for part in parted(found, 3)] == [["usual"], ["rare", "odd"]]


def test_the_course_says_who_fell_behind_who_waits_and_what_was_not_graded():
    """A learner who stopped coming, or whom nobody has graded, would be noticed at the end of term."""
    failed = {"status": "failed", "score": 0.0, "max_score": 2.0, "exercises": {}, "reason": "it is no notebook"}
    good, bad = graded(f=result(2.0, "passed")), graded(f=result(0.0, "failed"))
    late = graded(late=2.0, f=result(2.0, "passed"))
    first = {"ann": good, "bob": good, "cem": good, "dee": good, "eve": MISSING, "late": good, "own": good}
    third = first | {"bob": MISSING, "cem": bad, "dee": failed | {"blame": "submission"}, "late": late}
    third["ann"] = graded(f=result(0.0, "waiting"))
    third["own"] = failed | {"blame": "infrastructure", "reason": "grading broke off"}
    few = dict.fromkeys(first, MISSING) | {"ann": good}
    found = overview({"01_a": first, "02_b": first, "03_c": third, "04_few": few})
    behind = {each.learner: each.missing or each.dropped for each in found.behind}
    # The fourth lesson has only begun: nobody is behind with it.
    assert behind == {"bob": ("03_c",), "cem": "100% before, 0% in 03_c"}
    assert found.absent == ("eve",)
    assert found.waiting == {("03_c", "f"): ["ann"]}
    assert found.failed == [("dee", "03_c", "it is no notebook")]
    assert found.lost == [("own", "03_c", "grading broke off")]


HOSTILE = "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "\u202eada\u2028"


@pytest.fixture
def page(tmp_path):
    """A class page full of hostile text."""
    first, image, template, bent = HOSTILE
    lessons = {
        "01_x": {
            first: graded(f=result(0.0, "failed", first, image), **{image: result(1.0, "failed", template)}),
            bent: {"status": "failed", "score": 0.0, "max_score": 4.0, "exercises": {}, "reason": image},
            template: graded(late=1.0, f=result(2.0, "passed")),
        },
        image: {image: MISSING, first: graded(f=result(0.0, "waiting"))},
    }
    (tmp_path / "grades.json").write_text(json.dumps({"lessons": lessons}))
    return write_report(tmp_path)


def test_learners_text_stays_text(page):
    """A name or message could run as script in the instructor's browser."""
    html = page.read_text()
    assert len(re.findall("(?i)<script", html)) == len(re.findall("(?i)</script", html)) == 2
    assert "<img" not in html
    assert "{{ 7 * 7 }}" in html
    assert "&lt;script&gt;" in html


def test_nothing_but_the_pages_own_script_and_style_may_act(page):
    """What slips past the escaping would run; and without its own script, the page would show no learners."""
    html = page.read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    for tag, kind in (("script", "script-src"), ("style", "style-src")):
        texts = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", html)
        hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]
        assert re.search(rf"{kind} ([^;]*);", policy)[1].split() == hashes
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"""(?i)<[a-z][^<>"']*("[^"]*"[^<>"']*)*\s(style|on\w+)=|https?://|@import|url\(""", html)


def test_without_grades_there_is_no_page(tmp_path):
    """An empty page would look like an empty class."""
    with pytest.raises(FileNotFoundError):
        write_report(tmp_path)
