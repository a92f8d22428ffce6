"""`grader collect` takes what each learning platform gives out: everybody's own work, and no file without a word."""

import gzip
import io
import os
import resource
import stat
import struct
import tarfile
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook
from rich.console import Console

from grader.cli import main
from grader.errors import CourseError
from grader.judging.deadline import deadline
from grader.lms import unpacking
from grader.lms.collect import Options, collect
from grader.nbgrader.bridge import our_config
from tests.courses import make_deep, make_long, remove
from tests.grader.lms.downloads import (
    BLANK,
    KNOWS_TIME,
    LESSON,
    OTHER,
    SHAPES,
    packed,
    time_of,
    work,
)
from unrolled.desk import handing_in


@pytest.mark.parametrize("unpacked", [False, True], ids=["zip", "folder"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_platforms_download_becomes_everybodys_work(course, taken, tmp_path, shape, unpacked):
    """An instructor would sort a class's files by hand, or have one learner's work replaced by another's."""
    path = tmp_path / "download.zip"
    path.write_bytes(packed(SHAPES[shape] | {"__MACOSX/._x": b"junk"}))
    if unpacked:
        zipfile.ZipFile(path).extractall(tmp_path / "download")
        path = tmp_path / "download"
    code, found, said = taken(path)
    hostile = {} if shape in ("canvas", "moodle", "blackboard") and "eve" not in found else {"eve": "eve 1"}
    assert found == {"ada": "ada 1", "ben": "ben 1", "cyd": "cyd 2"} | hostile
    assert code == 0
    assert (
        "was called my homework.ipynb" in said
        and ("solution.py" in said or "dan.py" in said)
        and "Ask for the .ipynb" in said
    )
    assert (course / "submitted/dan" / LESSON).is_dir()
    assert not list(course.rglob("x.ipynb")), "a name led out of its folder"
    if shape in KNOWS_TIME:
        assert time_of(course, "ben").replace(microsecond=0) == datetime(2026, 11, 1, 12, 30)
        assert "late by 0:30:00" in said
    assert time_of(course, "eve") != datetime(2000, 1, 1)
    if shape in ("blackboard", "brightspace"):
        assert "the newest of 2 attempts" in said


def test_who_is_not_on_the_roster_is_refused_by_name_or_enrolled(course, taken, tmp_path):
    """A mistyped or foreign name would become a learner, or work of somebody new be lost without a word."""
    path = tmp_path / "submissions.zip"
    path.write_bytes(packed({f"new_999_1_{LESSON}.ipynb": work("new"), f"ada_101_2_{LESSON}.ipynb": work("ada")}))
    code, found, said = taken(path)
    assert (code, found) == (0, {"ada": "ada 1"})
    assert "new (999) ✗" in said and "not on the roster" in said
    _, found, said = taken(path, enrol=True)
    assert found == {"ada": "ada 1", "999": "new 1"} and "Enrolled: 999" in said
    path.write_bytes(packed({f"other_998_1_{LESSON}.ipynb": work("other")}))
    assert "998" not in taken(path)[1], "whom collecting enrolled makes no roster, but the roster is there"


def test_where_there_is_no_roster_everybody_is_enrolled(tmp_path):
    """A class without a list could not be collected at all."""
    course, path = tmp_path / "course", tmp_path / "gradebook_1_02.zip"
    files = {name: data for name, data in SHAPES["blackboard"].items() if "_ada_" in name and "eve" not in name}
    path.write_bytes(packed(files))
    our_config()
    console = Console(width=80, file=io.StringIO())
    assert collect(course, LESSON, [path], Options(), console) == 0
    assert (course / "submitted/ada" / LESSON / f"{LESSON}.ipynb").read_bytes() == work("ada")
    with Gradebook(f"sqlite:///{course}/gradebook.db", "unrolled") as book:
        assert (book.find_student("ada").first_name, book.find_student("ada").last_name) == ("Ada", "Lovelace")


def test_of_two_people_with_one_name_none_is_taken_for_the_other(course, taken, tmp_path):
    """Whoever changes their name on the platform would hand in as somebody else."""
    path = tmp_path / "a.zip"
    mine, theirs = ({f"{n} - Ada Lovelace - Nov 1, 2026 1030 AM/{LESSON}.ipynb": work(who)}
                    for n, who in (("101-7", "ada"), ("666-7", "eve")))  # fmt: skip
    path.write_bytes(packed(mine | theirs))
    _, found, said = taken(path)
    assert found == {"ada": "ada 1"} and "somebody else has this learner's name" in said
    shared = {name.replace("666", "667"): data for name, data in theirs.items()}
    path.write_bytes(packed(theirs | shared))
    _, found, said = taken(path)
    assert found == {"ada": "ada 1"} and "two people hand in as this learner" in said


def test_a_number_that_people_share_is_nobodys(course, taken, tmp_path):
    """Some Brightspaces write the course's number where others write the person's: all would be one learner."""
    path = tmp_path / "a.zip"
    names = [f"101-7 - {name} - Nov 1, 2026 1030 AM/{LESSON}.ipynb" for name in ("Ada Lovelace", "Cyd O'Hara")]
    path.write_bytes(packed({names[0]: work("ada"), names[1]: work("cyd")}))
    assert taken(path)[1] == {"ada": "ada 1", "cyd": "cyd 1"}


def test_of_what_is_handed_in_again_the_newest_counts(course, taken, tmp_path):
    """An older download would undo what was handed in since, or a newer one change nothing."""
    path = tmp_path / "gradebook.zip"
    for hour, version, kept, word in (
        (10, 1, 1, ""),
        (11, 2, 2, "replaces"),
        (9, 3, 2, "newer"),
        (11, 2, 2, "as it was"),
    ):
        name = f"{LESSON}_ada_attempt_2026-11-01-{hour:02}-00-00_{LESSON}.ipynb"
        path.write_bytes(packed({name: work("ada", version)}))
        _, found, said = taken(path)
        assert found == {"ada": f"ada {kept}"} and word in said
    assert time_of(course, "ada") == datetime(2026, 11, 1, 11)
    path.write_bytes(packed({f"{LESSON}_ada_attempt_2026-11-01-13-00-00_{LESSON}.py": b""}))
    _, found, said = taken(path)
    assert found == {"ada": "ada 2"} and "has a notebook, and stays" in said


def test_the_platforms_clock_is_where_it_is_said_to_be(course, taken, tmp_path):
    """Everybody would be late by an hour, or by nine."""
    path = tmp_path / "gradebook.zip"
    path.write_bytes(packed({f"02_ada_attempt_2026-11-01-10-30-00_{LESSON}.ipynb": work("ada")}))
    taken(path, zone=ZoneInfo("America/New_York"))
    assert time_of(course, "ada") == datetime(2026, 11, 1, 15, 30)


def test_files_by_themselves_are_taken_as_well(course, taken, tmp_path):
    """Who unpacks a download, or gets a file by mail, could not collect it."""
    files, receipt = {f"{LESSON}.ipynb": work("ada"), "net.npz": b"1"}, "ada.zip"
    (tmp_path / receipt).write_bytes(handing_in.packed(LESSON, files)[0])
    (tmp_path / f"delatourbenoit_102_9_{LESSON}.zip").write_bytes(packed({f"{LESSON}.ipynb": work("ben")}))
    (tmp_path / "cyd.ipynb").write_bytes(work("cyd"))
    (tmp_path / f"{LESSON}-0123abcd.zip").write_bytes(handing_in.packed(LESSON, files)[0])
    _, found, said = taken(*sorted(tmp_path.glob("[!c]*.zip")))
    assert found == {"ben": "ben 1"} and "does not say whose it is" in said, "a receipt names nobody"
    _, found, _ = taken(tmp_path / receipt, tmp_path / "cyd.ipynb")
    assert found == {"ada": "ada 1", "ben": "ben 1", "cyd": "cyd 1"}
    assert (course / "submitted/ada" / LESSON / "net.npz").read_bytes() == b"1"


def test_names_of_two_platforms_are_asked_about(taken, tmp_path):
    """A file's own name could decide whose it is."""
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"eve_105_3_02_ada_attempt_2026-11-01-10-30-00_{LESSON}.ipynb": work("eve")}))
    with pytest.raises(CourseError, match="--from"):
        taken(path)
    assert taken(path, platform="canvas")[1] == {"eve": "eve 1"}


def test_nothing_but_regular_files_within_bounds_is_read(course, taken, tmp_path, monkeypatch):
    """Somebody could hand in the instructor's files, fill the disk, or keep the class waiting for ever."""
    monkeypatch.setattr(unpacking, "MOST_BYTES", 3 * len(BLANK))
    inner = packed({f"{place}.zip": b"PK" for place in range(2)})
    for _ in range(6):
        inner = packed({"deep.zip": inner})
    for learner, files in {
        "ada": {"large.zip": packed({"zeros": bytes(4 * len(BLANK))}), f"{LESSON}.ipynb": work("ada")},
        "ben": {"deep.zip": inner, f"{LESSON}.ipynb": work("ben")},
        "cyd": {"cut.zip": packed({"a": b"1"})[:30], f"{LESSON}.ipynb": work("cyd")},
    }.items():
        (tmp_path / "up" / learner).mkdir(parents=True)
        for name, data in files.items():
            (tmp_path / "up" / learner / name).write_bytes(data)
    (tmp_path / "up/dan").mkdir()
    (tmp_path / "up/dan" / f"{LESSON}.ipynb").symlink_to(tmp_path / "up/ada" / f"{LESSON}.ipynb")
    (tmp_path / "up/eve").mkdir()
    os.mkfifo(tmp_path / "up/eve" / f"{LESSON}.ipynb")
    code, found, said = taken(tmp_path / "up")
    assert (code, found) == (0, {"ada": "ada 1", "ben": "ben 1", "cyd": "cyd 1"})
    for why in ("too much", "packed too deep", "can't be read", "no regular file"):
        assert why in said, said


def beyond(offset):
    """A zip whose only file begins far behind its end."""
    extra = struct.pack("<HHQ", 1, 8, offset)
    entry = b"PK\1\2" + struct.pack("<6H3L5H2L", 45, 45, 0, 0, 0, 33, 0, 1, 1, 1, len(extra), 0, 0, 0, 0, 2**32 - 1)
    entry += b"a" + extra
    return entry + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry), 0, 0)


def tarred(*blocks):
    return gzip.compress(b"".join(blocks))


def header(name, kind, size):
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


def unending():
    """A tar archive that has more of a list in its next block, and no next block."""
    block = bytearray(header("a", tarfile.GNUTYPE_SPARSE, 0))
    block[482] = 1
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    return tarred(block)


DIGITS = tarred(header("x", tarfile.XHDTYPE, 2**20), b"1" * 2**20, header("a", tarfile.REGTYPE, 0), bytes(1024))


def test_no_name_is_too_long_to_be_refused(course, taken, tmp_path):
    """A name of sixty thousand characters had as many readings, and these filled the memory."""
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"_1_1" * 15_000: b"1", f"lovelaceada_101_3_{LESSON}.ipynb": work("ada")}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, found, said = taken(path, platform="canvas")
    assert found == {"ada": "ada 1"} and "1 not taken" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB


@pytest.mark.parametrize("make", [make_deep, make_long])
def test_no_folder_is_too_deep_to_collect_the_others(taken, tmp_path, make):
    """A thousand folders in one another, or a path too long to be asked about, ended the collecting of the class."""
    for learner in ("ada", "ben"):
        (tmp_path / "up" / learner).mkdir(parents=True)
        (tmp_path / "up" / learner / f"{LESSON}.ipynb").write_bytes(work(learner))
    make(tmp_path / "up" / "ada")
    code, found, _ = taken(tmp_path / "up")
    assert (code, found) == (0, {"ada": "ada 1", "ben": "ben 1"})
    remove(tmp_path / "up")


@pytest.mark.parametrize("name, data", [
    ("a.zip", beyond(2**63)),
    ("a.zip", beyond(2**62)),
    ("a.tar.gz", tarred(header("a", b"Z", 2**70), bytes(1024))),
    ("a.tar.gz", unending()),
    ("a.tar.gz", DIGITS),
], ids=["too far", "far", "unending way", "unending list", "digits"])  # fmt: skip
def test_no_archive_stops_the_class_or_keeps_it_waiting(course, taken, tmp_path, name, data):
    """A place behind the end of all files was walked to for ever, or was an error that nobody had thought of."""
    for learner in ("ada", "ben"):
        (tmp_path / "up" / learner).mkdir(parents=True)
        (tmp_path / "up" / learner / f"{LESSON}.ipynb").write_bytes(work(learner))
    (tmp_path / "up" / "ada" / name).write_bytes(data)
    with deadline(5):
        code, found, said = taken(tmp_path / "up")
    assert (code, found) == (0, {"ada": "ada 1", "ben": "ben 1"}) and "ada" in said
    assert "too much" in said or "can't be read" in said


def test_who_is_not_on_the_roster_hands_in_as_nobody_who_is(taken, tmp_path):
    """A guest could call a file so that it replaces somebody's work."""
    path = tmp_path / "a.zip"
    path.write_bytes(packed({
        f"guest_666_1_x_101_2_{LESSON}.ipynb": work("guest"), f"lovelaceada_101_3_{LESSON}.ipynb": work("ada"),
    }))  # fmt: skip
    _, found, said = taken(path, platform="canvas")
    assert found == {"ada": "ada 1"} and "not the first" in said


def test_a_time_in_somebodys_name_is_not_when_it_was_handed_in(course, taken, tmp_path):
    """Whoever is late could be called as if they were not."""
    path = tmp_path / "a.zip"
    name = f"101-77 - Ada - Nov 1, 2026 900 AM - Nov 1, 2026 1130 AM/{LESSON}.ipynb"
    path.write_bytes(packed({name: work("ada")}))
    taken(path)
    assert time_of(course, "ada") == datetime(2026, 11, 1, 11, 30)


def test_a_download_that_is_cut_off_is_named(taken, tmp_path):
    """Half a class would be missing, and the command say that all is well."""
    path = tmp_path / "submissions.zip"
    path.write_bytes(packed(SHAPES["canvas"])[:200])
    code, found, said = taken(path)
    assert (code, found) == (1, {}) and "can't be read" in said


def test_what_is_collected_is_for_its_owner_alone(course, taken, tmp_path):
    """On a shared machine everybody could read everybody's work."""
    (tmp_path / "ada.ipynb").write_bytes(work("ada"))
    taken(tmp_path / "ada.ipynb")
    found = [course / "submitted", *(course / "submitted").rglob("*"), *(course / ".lms").rglob("*")]
    assert len(found) == 5 and all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in found)


def test_another_lessons_notebook_is_not_taken_for_this_one(taken, tmp_path):
    """Whoever uploads the wrong file would be graded on it."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "x.ipynb").write_bytes(OTHER)
    (tmp_path / "ada" / "y.ipynb").write_bytes(work("ada"))
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / "x.ipynb").write_bytes(OTHER)
    _, found, said = taken(tmp_path / "ada", tmp_path / "ben")
    assert found == {"ada": "ada 1"} and "x.ipynb is not it" in said


def test_the_command_takes_what_its_function_takes(course, tmp_path):
    """What the tests here show would not be what an instructor types."""
    (tmp_path / "ada.ipynb").write_bytes(work("ada"))
    words = ["collect", str(tmp_path / "ada.ipynb"), "--lesson", LESSON, "--course", str(course)]
    result = CliRunner().invoke(main, [*words, "--timezone", "Europe/Berlin"])
    assert result.exit_code == 0, result.output
    assert "1 taken, 0 not taken" in result.output
    assert CliRunner().invoke(main, [*words, "--timezone", "Nowhere/At all"]).exit_code == 2
