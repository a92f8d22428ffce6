"""What is handed in is seen once it is there in full, again when it changed, and not when it was dealt with."""

import os
from pathlib import Path

import pytest

from grader.marking.arrivals import PATIENCE, Arrival, Arrivals, ring
from grader.marking.cache import Cache
from grader.marking.line import Line
from grader.nbgrader.bridge import course_directory, load_config
from grader.nbgrader.places import Places


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def course(tmp_path):
    return tmp_path / "course"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def arrivals(course, clock):
    return watching(course, clock)


def watching(course, clock):
    config = load_config(course)
    return Arrivals(Places(course_directory(course, config), config), Cache(course), clock)


def write(course, text, learner="ada", name="ps1.ipynb"):
    path = course / "submitted" / learner / "ps1" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def seen(arrivals, looks=2):
    """Who is told of in so many looks."""
    return [arrival.learner for _ in range(looks) for arrival in arrivals.look()]


def test_each_is_told_once_and_again_when_it_changed(course, arrivals):
    """A learner who hands in a better version would keep the marks of the first, or everybody be graded for ever."""
    write(course, "{}")
    assert seen(arrivals, 4) == ["ada"]
    write(course, "{ }")
    write(course, "{}", "ben")
    assert sorted(seen(arrivals, 4)) == ["ada", "ben"]


def test_what_still_changes_is_waited_for(course, arrivals):
    """Half an upload would be graded, and its learner told that the file is broken."""
    path = write(course, "{}")
    for size in range(3, 6):
        assert seen(arrivals, 1) == []
        path.write_text("{" + " " * size + "}")
    assert seen(arrivals) == ["ada"]


@pytest.mark.parametrize("text, name", [('{"cells": [', "ps1.ipynb"), ("", "ps1.ipynb"), ("1", "weights.npz")])
def test_what_looks_half_written_gets_its_time_and_no_more(course, arrivals, clock, text, name):
    """A slow upload would be graded before its end; one that broke off never be named at all."""
    write(course, text, name=name)
    assert seen(arrivals, 3) == []
    clock.now += PATIENCE
    assert seen(arrivals, 3) == ["ada"]


def test_what_was_dealt_with_is_known_to_the_next_watch(course, arrivals, clock):
    """Every start would grade the whole class once more."""
    write(course, "{}")
    write(course, "{}", "ben")
    for arrival in [arrival for _ in range(2) for arrival in arrivals.look()]:
        if arrival.learner == "ada":
            arrivals.done(arrival)
    assert seen(watching(course, clock)) == ["ben"]


def test_what_could_not_be_done_is_told_again_later(course, arrivals, clock):
    """A gradebook that was locked for a moment would cost a learner the marks."""
    write(course, "{}")
    (arrival,) = [arrival for _ in range(2) for arrival in arrivals.look()]
    arrivals.once_more(arrival, 30.0)
    assert seen(arrivals, 3) == []
    clock.now += 31.0
    assert seen(arrivals, 3) == ["ada"]


def test_what_can_never_be_done_is_told_ever_less_often(course, arrivals, clock):
    """One submission that fails each time would keep the machine busy for good; handed in anew it is a new one."""
    write(course, "{}")
    (arrival,) = [arrival for _ in range(2) for arrival in arrivals.look()]
    for wait in (30.0, 60.0, 120.0):
        arrivals.once_more(arrival, 30.0)
        clock.now += wait - 1.0
        assert seen(arrivals, 3) == []
        clock.now += 2.0
        assert seen(arrivals, 3) == ["ada"]
    arrivals.once_more(arrival, 30.0)
    write(course, "{} ")
    assert seen(arrivals, 3) == ["ada"]


def test_the_bell_tells_at_once_and_only_once(course, arrivals):
    """Learners of a large class would wait until somebody has looked through all of it, or be graded twice."""
    write(course, "{}")
    ring(arrivals.cache, "ada", "ps1")
    ring(arrivals.cache, "nobody", "ps1")
    assert [arrival.names for arrival in arrivals.known_to_be_there()] == [("ada", "ps1")]
    assert not arrivals.known_to_be_there([("ada", "ps1")]) and not seen(arrivals)
    write(course, "{ }")
    assert [arrival.names for arrival in arrivals.known_to_be_there([("ada", "ps1")])] == [("ada", "ps1")]


def test_who_came_first_is_told_of_first(course, arrivals):
    """The first of fifty could be the last to be graded."""
    names = [f"learner-{number}" for number in range(6)]
    for number, name in enumerate(names):
        write(course, "{}", name)
        ring(arrivals.cache, name, "ps1")
        newest = max((arrivals.cache.folder / "came").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, ns=(number, number))
    assert [arrival.learner for arrival in arrivals.known_to_be_there()] == names


def waiting(line, *learners):
    line.extend(Arrival(learner, "ps1", Path(), "") for learner in learners)


def in_turn(line):
    return [line.next().learner for _ in range(len(line))]


def test_it_is_everybodys_turn_when_they_came(clock):
    """A class would be graded in any order, and somebody always last."""
    line = Line(clock)
    waiting(line, "cid", "ada", "ben")
    assert in_turn(line) == ["cid", "ada", "ben"]


def test_nobody_has_others_wait_for_all_of_theirs(clock):
    """Whoever hands in eight lessons at once, or one that takes a minute, would keep the class waiting each time."""
    line = Line(clock)
    waiting(line, "ada", "ada", "ada", "ben")
    clock.now += 1.5
    waiting(line, "cid")
    assert in_turn(line) == ["ada", "ben", "ada", "cid", "ada"]
    line.took(Arrival("ada", "ps1", Path(), ""), 60.0)
    waiting(line, "ada", "ben")
    clock.now += 30.0
    waiting(line, "cid")
    assert in_turn(line) == ["ben", "cid", "ada"]
    waiting(line, "ada")
    assert in_turn(line) == ["ada"], "where nobody else waits, nobody does"


def test_of_many_versions_only_the_newest_waits_to_be_graded(course, arrivals):
    """Whoever hands in twenty times in a row would have everybody wait for twenty gradings."""
    told = []
    for version in range(3):
        write(course, "{} " + version * " ")
        told += [arrival for _ in range(2) for arrival in arrivals.look()]
    assert [arrivals.is_outdated(arrival) for arrival in told] == [True, True, False]


def test_drafts_links_and_bad_names_are_nobodys(course, arrivals):
    """What is only being prepared would be graded, or a loop of links be followed for ever."""
    write(course, "{}", ".hidden")
    draft = write(course, "{}").parent
    draft.rename(draft.with_name(".ps1.draft"))
    os.symlink(course / "submitted", course / "submitted" / "link")
    assert seen(arrivals, 3) == []
