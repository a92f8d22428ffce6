"""What platforms say of a hand-in elsewhere than in its name, or in a few letters of it, counts as well."""

from datetime import datetime

from tests.grader.lms.downloads import LESSON, SHAPES, packed, time_of, work


def test_canvas_says_that_it_was_late_and_not_when(course, taken, tmp_path):
    """Who was late would lose nothing, because nobody knows by how much."""
    path = tmp_path / "submissions.zip"
    path.write_bytes(packed(SHAPES["canvas"]))
    said = taken(path)[2]
    assert "late, the platform says, and not when: counted as a second late" in said
    assert time_of(course, "ben") == datetime(2026, 11, 1, 12, 0, 1) and time_of(course, "ada") is None


def test_what_canvas_numbered_is_what_was_handed_in_last(course, taken, tmp_path):
    """Who handed in again would be graded by the first version, or without networks that Canvas called otherwise."""
    path = tmp_path / "submissions.zip"
    first = {f"lovelaceada_101_{9001 + i}_{name}": data for i, (name, data) in enumerate(
        {f"{LESSON}.ipynb": work("ada", 1), "net.npz": b"old"}.items())}  # fmt: skip
    again = {f"lovelaceada_101_9011_{LESSON}-1.ipynb": work("ada", 2), "lovelaceada_101_9012_net-1.npz": b"new"}
    for files in (first | again, again):
        path.write_bytes(packed(files))
        assert taken(path)[1] == {"ada": "ada 2"}
        assert (course / "submitted/ada" / LESSON / "net.npz").read_bytes() == b"new"


WORKSHEET = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Last modified (submission)\n"
    'Participant 7001,Ada Lovelace,101,ada@example.org,Submitted,-,"Sunday, 1 November 2026, 10:30 AM"\n'
    'Participant 7002,Ada Lovelace,102,ben@example.org,Submitted,-,"Sunday, 1 November 2026, 12:30 PM"\n'
    "Participant 7003,Cyd O'Hara,,,No submission,-,-\n"
)


def test_moodles_grading_worksheet_says_who_and_when(course, taken, tmp_path):
    """Nobody's work would be late, and people of one name refused, though Moodle says whose it is in another file."""
    path, sheet = tmp_path / "submissions.zip", tmp_path / "Grades-02.csv"
    names = {"ada": "Ada Lovelace_7001", "ben": "Ada Lovelace_7002", "cyd": "Cyd O'Hara_7003"}
    path.write_bytes(packed({f"{name}_assignsubmission_file/{LESSON}.ipynb": work(who) for who, name in names.items()}))
    sheet.write_text(WORKSHEET)
    _, found, said = taken(path, sheet)
    assert found == {"ada": "ada 1", "ben": "ben 1", "cyd": "cyd 1"} and "late by 0:30:00" in said
    assert time_of(course, "ben") == datetime(2026, 11, 1, 12, 30) and time_of(course, "cyd") is None
    again = tmp_path / "ben" / f"{LESSON}.ipynb"
    again.parent.mkdir()
    again.write_bytes(work("ben"))
    assert "as it was already" in taken(again.parent)[2] and time_of(course, "ben") == datetime(2026, 11, 1, 12, 30)


def test_what_classroom_does_not_say_is_nobodys(course, taken, tmp_path):
    """Drive numbers files that are called alike, and says no owner: a learner called `02` would get somebody's work."""
    path = tmp_path / "drive-download.zip"
    nobodys = [f"{LESSON}.ipynb", f"{LESSON}(1).ipynb", f"{LESSON} (2).ipynb", "Rapport.ipynb"]
    zipped = {f"Ada Lovelace - {LESSON[:2]}.zip": packed({f"{LESSON}/{LESSON}.ipynb": work("ada")})}
    by_api = {f"Cyd_O'Hara/{LESSON}.ipynb": work("cyd")}
    for enrol in (False, True):
        path.write_bytes(packed({name: work("?") for name in nobodys[: 3 + (not enrol)]} | zipped | by_api))
        code, found, said = taken(path, enrol=enrol)
        assert code == 0 and found == {"ada": "ada 1", "cyd": "cyd 1"}
        assert all(name in said for name in nobodys[:3]) and "does not say whose it is" in said
