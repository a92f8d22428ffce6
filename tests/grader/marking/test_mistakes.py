"""Mistakes are told in words."""

from rich.console import Console

from grader.marking.mistakes import in_words
from grader.marking.table import LessonTable


def test_a_questions_mistake_is_what_was_chosen():
    """Instructors would read `what_y_1_reads-c`, and have to look up what c was."""
    words = in_words("02_definition")
    assert words["what_y_1_reads", "what_y_1_reads-c"] == "c, “x_1 and h_1”"
    assert words["elman_forward", "h-0-ignored"] == "h-0-ignored"
    assert not [text for text in words.values() if set(text) & set("$\\")]


def test_the_table_tells_mistakes_in_words():
    """Words would be on the class page alone. A mistake that the course no longer knows keeps its name."""
    chosen = {"score": 0.0, "max_score": 0.0, "status": "failed", "misconception": "what_y_1_reads-d, gone"}
    grade = {"score": 0.0, "max_score": 15.0, "status": "graded", "exercises": {"what_y_1_reads": chosen}}
    console = Console(record=True, width=80)
    console.print(LessonTable("02_definition", {"ada": grade}))
    assert "what_y_1_reads: d, “all of x_1, …, x_T”, gone" in " ".join(console.export_text().split())
