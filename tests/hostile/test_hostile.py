"""A class of attackers, graded together with honest learners in one run: nobody gains, learns or breaks anything."""

import os
import re
import sys
from pathlib import Path

import pytest

from grader.marking.handed_in import is_id
from grader.sandbox import outer
from grader.sandbox.sandbox import missing_walls
from tests.grader.nbgrader.test_feedback import DANGER
from tests.hostile import classroom
from tests.hostile.attacks import LESSON, groups, load

pytestmark = [
    pytest.mark.skipif(bool(missing_walls()), reason="nothing can be confined here"),
    pytest.mark.timeout(1200),
]
QUICK, ALL = load(), load(slow=True)


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """The class, graded once for all tests."""
    return classroom.stage(tmp_path_factory.mktemp("hostile"), QUICK)


def test_there_are_enough_attackers(record_property):
    """The promise is only as good as the attempts to break it."""
    counts = groups(QUICK)
    record_property("note", f"{len(QUICK)} hostile submissions: " + ", ".join(f"{len(counts[g])} {g}" for g in counts))
    assert len(QUICK) >= 120
    assert len({attack.tries for attack in ALL}) == len(ALL)
    assert all(attack.text.startswith("# ") and attack.tries.endswith(".") for attack in ALL)


@pytest.mark.parametrize("attack", QUICK, ids=lambda attack: attack.name)
def test_attacker_gains_nothing(aftermath, attack):
    """Somebody would have been paid for attacking."""
    if not is_id(attack.learner):
        assert f"submitted/{ascii(attack.learner)[1:-1]} was not graded".replace(" ", "") in _unwrapped(aftermath.shown)
        return
    if attack.is_archive and attack.learner not in aftermath.results:
        assert f"__{attack.learner}__" in "".join(re.findall("Left out.*", aftermath.collected))
        return
    result = aftermath.results[attack.learner]
    assert result["status"] == "graded" or len(result["reason"]) > 20, result
    assert result["score"] == 0.0
    assert result["max_score"] == aftermath.results["ada"]["max_score"]
    grades = [row for row in aftermath.rows if row[:2] == (attack.learner, "grade")]
    handed_in = "is not in the submitted folder" not in result.get("reason", "")
    assert len(grades) == (len(aftermath.results["ada"]["exercises"]) if handed_in else 0)
    assert not any(auto or manual or extra for _, _, _, auto, manual, extra, *_ in grades)


def test_honest_learners_fare_as_without_attackers(aftermath):
    """Somebody's marks would depend on who else is in the class."""
    for learner in classroom.HONEST:
        assert aftermath.results[learner] == aftermath.alone[learner]
    assert aftermath.results["ada"]["score"] == aftermath.results["ada"]["max_score"]
    honest = [row for row in aftermath.rows if row[0] in classroom.HONEST]
    assert honest == aftermath.rows_alone


def test_no_secret_is_in_what_attackers_get(aftermath):
    """Seeds, answers, hidden inputs or other people's work would be for everybody to read."""
    found = []
    for path in _given_out(aftermath):
        text = path.read_text(encoding="utf-8", errors="replace")
        learner = path.relative_to(aftermath.course).parts[1] if path.name != "grades.json" else ""
        for what, canary in aftermath.canaries.items():
            if canary in text and learner not in classroom.HONEST:
                found.append((str(path), what))
    assert not found


def test_planted_secrets_would_be_found(aftermath):
    """A search that finds nothing must be able to find something."""
    ada = aftermath.course / "autograded" / "ada"
    text = "".join(path.read_text() for path in ada.rglob("*.ipynb"))
    assert aftermath.canaries["ada's submission"] in text
    assert aftermath.canaries["a right answer"] in text


def test_archives_unpack_where_they_belong(aftermath):
    """One learner's archive would overwrite another's work, or the instructor's files."""
    uploaded = (aftermath.course.parent / "uploaded" / f"{LESSON}.ipynb").read_bytes()
    assert (aftermath.course / "submitted" / classroom.UPLOADS / LESSON / f"{LESSON}.ipynb").read_bytes() == uploaded
    out = aftermath.course / "downloaded" / LESSON / "extracted"
    assert not [path for path in aftermath.course.parent.rglob("evil*.txt") if out not in path.parents]
    assert not [path for path in out.rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())]
    assert sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) < 25 * 8 * 2**20


def test_nobody_reached_the_network(aftermath):
    """Secrets leave by the network, if there is one."""
    assert not aftermath.visitors


def test_nothing_of_others_was_touched(aftermath):
    """What was handed in is the evidence."""
    assert classroom._contents(aftermath.course / "submitted") == aftermath.before
    assert len((aftermath.course / ".grading-seed").read_text().split()) == 1


def test_nothing_outlives_its_grading(aftermath):
    """Somebody would still be there when the next one is graded."""
    started = {sandbox["pid"] for sandbox in aftermath.sandboxes}
    assert started
    alive = [pid for pid, session in _sessions().items() if pid in started or session in started]
    assert not alive
    assert not [sandbox["scratch"] for sandbox in aftermath.sandboxes if os.path.exists(sandbox["scratch"])]
    left = [os.path.join(folder, name) for folder in classroom.LOOKED_INTO for name in os.listdir(folder)]
    assert not [path for path in left if f"evil-{aftermath.token}" in path or "evil-absolute" in path]
    assert not list(Path(sys.prefix).rglob(f"*evil-{aftermath.token}*"))


def test_pages_are_safe_to_open(aftermath):
    """An instructor opens them with all an instructor's rights."""
    for path in aftermath.course.glob("feedback/*/*/*.html"):
        html = path.read_text(encoding="utf-8")
        assert not DANGER.search(html[html.index("<body>") :]), path
        assert "full-credit" not in re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL), path
        assert len(re.findall(r'class="(?:[^"]* )?says[ "]', html)) <= len(aftermath.results["ada"]["exercises"]), path


def test_the_terminal_obeys_nobody(aftermath):
    """Names and errors could repaint the table."""
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", aftermath.shown)
    assert aftermath.code == 1


@pytest.mark.full
@pytest.mark.parametrize("outer_wall", [outer.BUBBLEWRAP, outer.NAMESPACES, outer.NONE])
def test_slow_attackers_gain_nothing_either(tmp_path, outer_wall, record_property):
    """The worst attacks take long, and the inner walls must hold without the outer one."""
    if not outer.works(outer_wall):
        pytest.skip(f"there is no outer wall of this kind here: {outer_wall}")
    aftermath = classroom.stage(tmp_path, ALL, outer_wall)
    for attack in ALL:
        test_attacker_gains_nothing(aftermath, attack)
    for check in (
        test_honest_learners_fare_as_without_attackers,
        test_no_secret_is_in_what_attackers_get,
        test_nobody_reached_the_network,
        test_nothing_of_others_was_touched,
        test_nothing_outlives_its_grading,
        test_pages_are_safe_to_open,
    ):
        check(aftermath)
    walls = "the inner walls alone" if outer_wall == outer.NONE else f"{outer_wall} and the inner walls"
    record_property("note", f"{len(ALL)} hostile submissions, slow ones included, behind {walls}: no points gained")


def _unwrapped(text):
    return re.sub(r"\s", "", text)


def _given_out(aftermath):
    folders = [aftermath.course / name for name in ("autograded", "feedback", "report")]
    files = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    return [*files, aftermath.course / "grades.json"]


def _sessions():
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(stat.parent.name)] = int(fields[3])
    return found
