"""Near-identical work is found in classes of any size, and nothing else is."""

import json
import random
import re
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.judging.winnowing import MOST, fingerprints
from grader.marking.alike import COMMON, Written, compare, groups, kept
from grader.marking.report import lesson_page, write_report

TEXTS = {
    "ann": "total = 0\nfor step in range(1, 9):\n    if step % 3 == 0:\n        total += np.log(step) / (step - 0.5)\n"
    "best = sorted(total * k for k in (1, 4, 2))[-1]\nprint(total, best, '<script>alert(1)</script>')",
    "bob": "s = 0\nfor i in range(1, 9):  # my own\n    if i % 3 == 0:\n        s += np.log(i) / (i - 0.5)\n"
    "b = sorted(s * q for q in (1, 4, 2))[-1]\nprint(s, b, '</mark>')",
    "cem": "while queue and not seen[queue[0]]:\n    name = queue.pop(0)\n"
    "    seen[name] = [n for n in links[name] if n > 1]\n"
    "    queue.extend(seen[name] or {5: 7}.keys())\nassert len(seen) == 12 or print(seen)",
}


def prints(rng, many, own=40):
    return {f"l{n}": frozenset(f"{rng.getrandbits(32):08x}" for _ in range(own)) for n in range(many)}


@pytest.fixture
def course(tmp_path):
    """A class of three whose work has been held against itself."""
    works = []
    for learner, text in TEXTS.items():
        notebook, path = (
            new_notebook(cells=[new_code_cell("x = 1"), new_code_cell(text)]),
            tmp_path / f"{learner}.ipynb",
        )
        nbformat.write(notebook, path)
        works.append(Written(learner, fingerprints(notebook), path))
    compare(tmp_path, "ps1", [new_notebook()], works)
    return tmp_path


def test_renamed_work_stands_side_by_side_and_nobody_elses(course):
    """A copy would go unseen, or an honest learner stand beside it."""
    (group,) = kept(course, "ps1")
    assert group.learners == group.pair == ["ann", "bob"]
    assert group.share == 1.0
    for name, text in zip(group.pair, group.texts, strict=True):
        assert "".join(piece for piece, _ in text).strip() == TEXTS[name]
        assert "np.log(" in "".join(piece for piece, both in text if both)


def test_the_class_page_shows_it_as_text(course):
    """Code that holds markup would act in the instructor's browser."""
    grade = {"status": "graded", "score": 0.0, "max_score": 0.0, "exercises": {}}
    (course / "grades.json").write_text(json.dumps({"lessons": {"ps1": dict.fromkeys(TEXTS, grade)}}))
    html = write_report(course).read_text()
    shown = re.search(r'(?s)<div class="pair">.*?</details>', html)[0]
    assert "&lt;script&gt;" in shown and "&lt;/mark&gt;" in shown and "<script" not in shown
    assert lesson_page("ps1", {}, []).alike == []


def test_what_many_have_is_how_everybody_writes_it():
    """An idiom of the class, or of a library, would make suspects of all who know it."""
    rng = random.Random(0)
    class_ = prints(rng, 30)
    idiom = frozenset(f"{n:08x}" for n in range(60))
    assert groups({name: mine | idiom for name, mine in class_.items()}) == []
    few = {name: mine | idiom if number < COMMON else mine for number, (name, mine) in enumerate(class_.items())}
    ((learners, _, share),) = groups(few)
    assert len(learners) == COMMON and share == 0.6


def test_a_copy_of_a_copy_is_in_one_group_and_all_who_have_the_same_are_named():
    """A class of copies would be shown as hundreds of pairs, or hidden for being many."""
    class_ = prints(random.Random(1), 60)
    first = sorted(class_["l0"])
    class_ |= {"l1": frozenset(first[:30]) | frozenset(sorted(class_["l1"])[:10])}
    class_ |= {"l2": frozenset(sorted(class_["l1"])[:34]) | frozenset(sorted(class_["l2"])[:6])}
    class_ |= {f"l{n}": class_["l20"] for n in range(20, 50)}
    many, few = groups(class_)
    assert many[0] == sorted(f"l{n}" for n in range(20, 50)) and many[2] == 1.0
    assert few[0] == ["l0", "l1", "l2"]


def test_little_in_common_is_nothing():
    """Two who share a line would be shown."""
    class_ = prints(random.Random(2), 3)
    some = frozenset(sorted(class_["l0"])[:7])
    assert groups({"a": some, "b": some, "c": class_["l1"] | some, "d": class_["l2"] | some}) == []


def test_three_thousand_are_compared_in_seconds():
    """The class page of a large class would keep its grades waiting."""
    rng = random.Random(3)
    class_ = prints(rng, 3000, own=100)
    common = [f"{n:08x}" for n in range(400)]
    class_ = {name: mine | frozenset(rng.sample(common, 60)) for name, mine in class_.items()}
    class_["l1"] = class_["l0"]
    class_["flood"] = frozenset(sorted(mark for n in range(9) for mark in class_[f"l{n}"])[:MOST])
    started = time.process_time()
    found = groups(class_)
    assert time.process_time() - started < 5
    assert found[0][:2] == (["l0", "l1"], ["l0", "l1"])


def test_what_was_kept_badly_is_nothing(tmp_path):
    """A file somebody touched would keep the class page from being written."""
    assert kept(tmp_path, "ps1") == []
    path = tmp_path / ".verdicts" / "alike" / "ps1.json"
    path.parent.mkdir(parents=True)
    for text in ("[", "{}", '[{"learners": []}]', "3"):
        path.write_text(text)
        assert kept(tmp_path, "ps1") == []
