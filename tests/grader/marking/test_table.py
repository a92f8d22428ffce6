"""The table in the terminal fits, whatever was graded."""

import io
import json

from rich.cells import cell_len
from rich.console import Console

from grader.marking.table import LessonTable, print_outcome, score_of
from grader.marking.told import write_json

KINDS = ("passed", "failed", "unsolved", "waiting")


def test_ninety_two_graded_cells_fit_into_eighty_columns():
    """The table of an ordinary course would break apart."""
    exercises = {
        f"problem_{place}": {"score": 0.5, "max_score": 1.0, "status": KINDS[place % 4], "misconception": None}
        for place in range(92)
    }
    learner = {"score": 46.0, "max_score": 92.0, "status": "graded", "exercises": exercises}
    console = Console(width=80, file=io.StringIO())
    print_outcome(console, {"ps1": {"a_learner_with_a_long_name": learner, "ben": learner}}, 1.0)
    shown = console.file.getvalue()
    assert max(map(len, shown.splitlines())) <= 80
    assert sum(shown.count(sign) for sign in "✓◐○✎") == 2 * 92 + 4


def test_tests_in_cells_are_said_to_run_at_the_learner_s():
    """Who grades an ordinary assignment would take its points for as safe as those of exercises."""
    shown = {}
    for lesson in ("ps1", "02_definition"):
        console = Console(width=80, file=io.StringIO())
        print_outcome(console, {lesson: {}}, 1.0)
        shown[lesson] = " ".join(console.file.getvalue().split())
    assert "ps1: tests in cells run in the learner's own process" in shown["ps1"]
    assert "own process" not in shown["02_definition"]


def test_late_work_shows_what_it_earned_and_what_was_taken_off():
    """Six ticks would stand beside 0 points, and nobody could tell why."""
    late = {"score": 0.0, "earned": 7.0, "late_penalty": 7.0, "max_score": 15.0}
    assert score_of(late) == "7 \N{MINUS SIGN} 7 late = 0/15"
    assert score_of({"score": 7.0, "max_score": 15.0}) == "7/15"


def test_a_class_of_thousands_ends_with_how_many_more_there_are():
    """The lines that say what went wrong would be lost behind ten thousand others, after minutes of laying them out."""
    learner = {"exercises": {}, "status": "graded", "score": 1.0, "max_score": 1.0}
    console = Console(width=80, file=io.StringIO())
    print_outcome(console, {"ps1": {f"learner{number}": learner for number in range(10_000)}}, 1.0)
    lines = console.file.getvalue().splitlines()
    assert len(lines) < 230 and "… and 9,800 more: the class page has all" in lines
    assert "10000 graded; 1.0 s." in lines[-1]


def test_results_are_written_a_line_for_each_learner(tmp_path):
    """To write a class of thousands prettily would take seconds; in one line, no tool could look for a learner."""
    outcome = {"ps1": {'"ä': {"score": 1.0, "exercises": {"a": {"message": "one\ntwo"}}}, "ben": {}}, "ps2": {}}
    write_json(tmp_path / "grades.json", outcome)
    text = (tmp_path / "grades.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"lessons": outcome} and len(text.splitlines()) == 5


def test_a_narrow_terminal_cuts_nothing_off():
    """Names from elsewhere would push what became of a learner out of a small window."""
    wrong = {"score": 0.0, "max_score": 1.0, "status": "failed", "misconception": None}
    many = {str(place): wrong for place in range(30)}
    console = Console(width=48, file=io.StringIO())
    learners = {
        "王" * 12: {"status": "graded", "score": 1.0, "max_score": 3.0, "exercises": many},
        "ben": {"status": "missing", "score": 0.0, "max_score": 3.0, "exercises": {}},
    }
    console.print(LessonTable("x", learners))
    shown = console.file.getvalue()
    assert shown.count("✗") == 30 and "missing" in shown and "王王 …" in shown
    assert max(map(cell_len, shown.splitlines())) <= 48
