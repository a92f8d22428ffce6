"""The learner's own progress, kept in a file on their machine: best score of every exercise checked."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from unrolled.exam.diagnose import Verdict

ASKED = "UNROLLED_VERDICTS"
"""Names the file in which whoever runs a whole notebook reads what its checks said."""


def location() -> Path:
    """Where progress is kept: `$UNROLLED_PROGRESS`, or a file in Jupyter's data folder."""
    return Path(os.environ.get("UNROLLED_PROGRESS") or _data_folder() / "unrolled" / "progress.json")


def _data_folder() -> Path:
    try:
        from jupyter_core.paths import jupyter_data_dir  # not there in every Python that runs notebooks
    except ImportError:
        return Path.home() / ".jupyter"
    return Path(jupyter_data_dir())


def read() -> dict[str, dict[str, float]]:
    """Best scores so far: lesson → exercise → points. Empty if there are none, or the file can't be read."""
    try:
        stored = json.loads(location().read_text(encoding="utf-8"))
        return {
            str(lesson): {str(name): float(score) for name, score in scores.items()}
            for lesson, scores in stored.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def record(verdict: Verdict, lesson: str) -> None:
    """Keep the verdict's score if it is the best so far. A read-only disk is no reason to fail a check.

    What is not begun is not kept. What is worth no points is kept only once it is right: an exercise of 0 points that
    is listed is solved.
    """
    if verdict.status == "unsolved" or not (verdict.max_score or verdict.passed):
        return
    scores = read()
    best = scores.setdefault(lesson, {})
    if verdict.score <= best.get(verdict.exercise, -1.0):
        return
    best[verdict.exercise] = verdict.score
    path = location()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f"{path.name}.{os.getpid()}")
        scratch.write_text(json.dumps(scores, indent=1), encoding="utf-8", newline="\n")
        scratch.replace(path)


def tell(exercise: str, status: str, score: float = 0.0, needs: Sequence[str] = ()) -> None:
    """Tell whoever runs the whole notebook what a check said; `needs` are the functions it has to wait for."""
    if path := os.environ.get(ASKED):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"exercise": exercise, "status": status, "score": score, "needs": [*needs]}) + "\n")
