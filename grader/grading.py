"""Grading one notebook: its cells run confined, its functions are called there, and judged here.

Two confined processes see the same cells. In the first, the *examined* one, each exercise is called on inputs from
the secret seed at the place of its check cell; only the numbers of its verdict, never a text or an output, leave
for the learner, since by then the learner's code knows secret inputs. In the second, the *shown* one, nothing
secret is ever called: its outputs are the notebook's, and what the learner reads about a mistake comes from calls
on the public inputs of the answer key.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode, from_dict
from solutions import exercises
from unrolled.calling import Outcome, play
from unrolled.diagnose import PartVerdict, Verdict, diagnose
from unrolled.exercise import BEHAVIOUR, VALUE, Case, Examination, Exercise
from unrolled.key import PUBLIC_SEED
from unrolled.show import as_html

from grader.clean import clean_outputs, error, stream
from grader.errors import InfrastructureError
from grader.sandbox import Sandbox

ONLY_HERE = (
    "Right on the numbers your notebook checks with, but not on others. Does it count on certain sizes or values, "
    "or on something an earlier call left behind?"
)
DEADLINE = 600.0
SHOWN_DEADLINE = 20.0


@dataclass(frozen=True)
class GradedNotebook:
    """A graded notebook and what was found out about each exercise.

    Attributes
    ----------
    notebook : NotebookNode
        With outputs of the shown run; a check cell's only output is its verdict, whose text is the score.
    verdicts : dict
        By exercise, in the notebook's order.
    """

    notebook: NotebookNode
    verdicts: dict[str, Verdict]


def grade_notebook(
    notebook: NotebookNode,
    lesson: str,
    sandbox: Sandbox,
    seed: int,
    files: dict[str, bytes] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> GradedNotebook:
    """Grade a sanitised notebook.

    Parameters
    ----------
    notebook : NotebookNode
        As `grader.submission.sanitise` makes it; not changed.
    lesson : str
        Whose exercises are examined. A lesson without any is run as it is, and its own tests decide.
    sandbox : Sandbox
    seed : int
        The secret seed.
    files : dict of bytes
        What lies beside the notebook, by relative path.
    clock : callable
        Seconds; grows.

    Raises
    ------
    InfrastructureError
        If grading itself failed: the submission is as ungraded as before.
    """
    notebook, asked = deepcopy(notebook), {exercise.name: exercise for exercise in exercises(lesson)}
    checks = check_cells(notebook, asked)
    if not checks:
        _run_plain(notebook, Run(sandbox, files, clock, DEADLINE))
        return GradedNotebook(notebook, {})
    secret, faulty = _examine_all(notebook, checks, Run(sandbox, files, clock, DEADLINE), seed)
    verdicts = _show_all(notebook, checks, Run(sandbox, files, clock, SHOWN_DEADLINE), secret, faulty)
    for place, exercise in checks.items():
        write_verdict(notebook.cells[place], verdicts[exercise.name])
    return GradedNotebook(notebook, verdicts)


def check_cells(notebook: NotebookNode, asked: dict[str, Exercise]) -> dict[int, Exercise]:
    """The places of the check cells of exercises of ours."""
    found = {}
    for place, cell in enumerate(notebook.cells):
        marks = cell.metadata.get("nbgrader", {})
        name = str(marks.get("grade_id", "")).removeprefix("check_")
        if marks.get("grade") and name in asked and cell.source.strip() == f"check({name})":
            found[place] = asked[name]
    return found


def write_verdict(cell: NotebookNode, verdict: Verdict) -> None:
    """Make the verdict the cell's only output. Its text is the score alone, which is what nbgrader reads."""
    score = max(0.0, min(float(verdict.score), float(cell.metadata.nbgrader.points)))
    data = {"text/html": as_html(verdict), "text/plain": str(score)}
    output = {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}
    cell.outputs = [from_dict(output)]


class Run:
    """One pass over a notebook's cells in a confined process, begun anew where a cell killed it.

    What a cell that killed the process, or overran its time, would have done is missing from then on; all cells
    before it are run again, so that one bad cell costs what depends on it and nothing else.
    """

    def __init__(self, sandbox: Sandbox, files: dict[str, bytes] | None, clock: Callable[[], float], seconds: float):
        self.sandbox, self.files, self.clock = sandbox, files or {}, clock
        self.end = clock() + seconds
        self.restarts = 3
        self.done: list[str] = []
        self.session: Any = None

    def __enter__(self) -> Run:
        self._start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.session.__exit__(*exception)

    @property
    def late(self) -> bool:
        """Whether the notebook's time is up, or it killed its process too often."""
        return self.clock() > self.end or self.restarts < 0

    def cell(self, source: str) -> Any:
        """Run a cell; its result."""
        result = self.session.run_cell(source)
        if self.session.alive:
            self.done.append(source)
        else:
            self._restart()
        return result

    def examine(self, exercise: Exercise, examination: Examination) -> list[Outcome]:
        """What the exercise's function, or variable, gives here."""
        outcomes = self._outcomes(exercise, examination)
        if not self.session.alive:
            self._restart()
        return outcomes

    def _outcomes(self, exercise: Exercise, examination: Examination) -> list[Outcome]:
        if exercise.kind == VALUE:
            return [self.session.get(exercise.name)] * len(examination.cases)
        if exercise.kind == BEHAVIOUR:
            (handed_in,) = self.session.call(exercise.name, [Case()])
            return play(examination, handed_in, exercise.tools)
        return self.session.call(exercise.name, examination.cases)

    def _start(self) -> None:
        self.session = self.sandbox.session(files=self.files).__enter__()

    def _restart(self) -> None:
        self.session.__exit__(None, None, None)
        self.restarts -= 1
        self._start()
        if self.late:
            return
        sources, self.done = self.done, []
        for source in sources:
            self.cell(source)


@lru_cache(maxsize=256)
def examination(lesson: str, name: str, seed: int) -> Examination:
    """The exercise on the inputs of `seed`, computed once per process."""
    (exercise,) = (exercise for exercise in exercises(lesson) if exercise.name == name)
    return exercise.examine(seed)


def digest(lesson: str) -> str:
    """A hash of all a verdict depends on besides submission and seed: exercises' inputs, answers and texts."""
    parts = [repr(examination(lesson, exercise.name, PUBLIC_SEED)) for exercise in exercises(lesson)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _run_plain(notebook: NotebookNode, run: Run) -> None:
    with run:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = _outputs(run.cell(cell.source)) if not run.late else _not_run(cell)


def _examine_all(notebook: NotebookNode, checks: dict[int, Exercise], run: Run, seed: int) -> tuple[dict, dict]:
    """Secret verdicts by exercise, and the results of cells that went wrong by place."""
    verdicts, faulty = {}, {}
    with run:
        for place, cell in enumerate(notebook.cells):
            if place in checks:
                verdicts[checks[place].name] = _examine(checks[place], run, seed)
            elif cell.cell_type == "code" and not run.late:
                result = run.cell(cell.source)
                if result.status in ("timeout", "died"):
                    faulty[place] = result
    return verdicts, faulty


def _examine(exercise: Exercise, run: Run, seed: int) -> Verdict:
    exam = examination(exercise.lesson, exercise.name, seed)
    if run.late:
        return unjudged(exam, "The notebook took too long, or broke off too often, before its turn came.")
    return _judge(exam, run.examine(exercise, exam), reveal=False)


def _judge(exam: Examination, outcomes: Iterable[Outcome], reveal: bool) -> Verdict:
    try:
        return diagnose(exam, list(outcomes), reveal=reveal)
    except Exception as error:
        raise InfrastructureError(f"judging {exam.name} failed: {type(error).__name__}: {error}") from error


def unjudged(exam: Examination, message: str) -> Verdict:
    """No points, and why."""
    parts = tuple(PartVerdict(part.name, part.points, 0.0) for part in exam.parts)
    return Verdict(exam.name, 0.0, exam.points, parts, message)


def _show_all(
    notebook: NotebookNode, checks: dict[int, Exercise], run: Run, secret: dict[str, Verdict], faulty: dict[int, Any]
) -> dict[str, Verdict]:
    verdicts = dict(secret)
    with run:
        for place, cell in enumerate(notebook.cells):
            if place in checks:
                name = checks[place].name
                verdicts[name] = _worded(checks[place], secret[name], run)
            elif place in faulty:
                cell.outputs = _outputs(faulty[place])
            elif cell.cell_type == "code":
                cell.outputs = _outputs(run.cell(cell.source)) if not run.late else _not_shown()
    return verdicts


def _worded(exercise: Exercise, secret: Verdict, run: Run) -> Verdict:
    """The secret verdict in words that can't hold anything secret."""
    if secret.passed or run.late:
        return replace(secret, message=secret.message if secret.passed else "Not right yet.", lines=(), case=None)
    exam = examination(exercise.lesson, exercise.name, PUBLIC_SEED)
    public = _judge(exam, run.examine(exercise, exam), reveal=True)
    if public.passed:
        known = {mistake.name: mistake.explanation for mistake in exam.known}
        explained = "\n".join(known[name] for name in secret.misconceptions if name in known)
        return replace(secret, message=explained or ONLY_HERE, lines=(), case=None)
    parts = tuple(replace(part, text="") for part in secret.parts)
    return replace(public, score=secret.score, parts=parts, misconceptions=secret.misconceptions or public.misconceptions)


def _outputs(result: Any) -> list[NotebookNode]:
    outputs = clean_outputs(result.outputs)
    if result.status != "ok" and not any(output["output_type"] == "error" for output in outputs):
        outputs.append(error(result.status, result.fault or "the cell did not run to its end"))
    return [from_dict(output) for output in outputs]


def _not_run(cell: NotebookNode) -> list[NotebookNode]:
    return [from_dict(error("NotRun", "the notebook took too long, or broke off too often, before this cell"))]


def _not_shown() -> list[NotebookNode]:
    return [from_dict(stream("not run again for display: the notebook takes too long\n"))]
