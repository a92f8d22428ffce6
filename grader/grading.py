"""Grading one notebook: its cells run confined, its functions are called there, and judged here.

Two confined processes see the same cells. In the first, the *examined* one, each exercise is called on inputs from
the secret seed at the place of its check cell; only the numbers of its verdict, never a text or an output, leave
for the learner, since by then the learner's code knows secret inputs. In the second, the *shown* one, nothing
secret is ever called: its outputs are the notebook's, and what the learner reads about a mistake comes from calls
on the public inputs of the answer key.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache

from nbformat import NotebookNode, from_dict

from grader.clean import clean_outputs, error, stream
from grader.deadline import TooLong, deadline
from grader.errors import InfrastructureError
from grader.sandbox import CellResult, Sandbox
from solutions import exercises
from unrolled.calling import Outcome, play
from unrolled.diagnose import PartVerdict, Verdict, diagnose
from unrolled.exercise import BEHAVIOUR, VALUE, Case, Examination, Exercise
from unrolled.key import PUBLIC_SEED
from unrolled.probes import with_probe
from unrolled.show import as_html

ONLY_HERE = (
    "Right on the numbers your notebook checks with, but not on others. Does it count on certain sizes or values, "
    "or on something an earlier call left behind?"
)
DEADLINE = 600.0
SHOWN_DEADLINE = 20.0
CLEANING_DEADLINE = 5.0
_UNPACK = """
def _unpack(files):
    import base64, pathlib
    for name, data in files.items():
        path = pathlib.Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))
_unpack({files})
del _unpack
"""


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
    """One pass over a notebook's cells in a confined process of its own.

    Parameters
    ----------
    sandbox : Sandbox
    files : dict of bytes
        Put into the scratch folder first.
    clock : callable
    seconds : float
        How long the pass may take; cells whose turn comes later aren't run.
    """

    def __init__(self, sandbox: Sandbox, files: dict[str, bytes] | None, clock: Callable[[], float], seconds: float):
        self.sandbox, self.files = sandbox, files
        self.clock, self.end = clock, clock() + seconds

    def __enter__(self) -> Run:
        self.session = self.sandbox.session()
        if self.files:
            self.session.run_cell(_unpacking(self.files))
        return self

    def __exit__(self, *exception: object) -> None:
        self.session.close()

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return self.clock() > self.end

    def cell(self, source: str) -> CellResult:
        """Run a cell."""
        return self.session.run_cell(source)

    def examine(self, exercise: Exercise, examination: Examination) -> list[Outcome]:
        """What the exercise's function, or variable, gives here."""
        if exercise.kind == VALUE:
            return [self.session.get(exercise.name)] * len(examination.cases)
        if exercise.kind == BEHAVIOUR:
            if exercise.source:
                handed_in = self.session.get(exercise.name)
            else:
                (handed_in,) = self.session.call(exercise.name, [Case()])
            return play(examination, handed_in, exercise.tools)
        return self.session.call(exercise.name, examination.cases)


@lru_cache(maxsize=256)
def examination(lesson: str, name: str, seed: int) -> Examination:
    """The exercise on the inputs of `seed`, computed once per process."""
    (exercise,) = (exercise for exercise in exercises(lesson) if exercise.name == name)
    return exercise.examine(seed)


def _unpacking(files: dict[str, bytes]) -> str:
    return _UNPACK.replace("{files}", repr({name: base64.b64encode(data) for name, data in files.items()}))


def _run_plain(notebook: NotebookNode, run: Run) -> None:
    with run:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = _not_run() if run.late else _outputs(run.cell(cell.source))


def _examine_all(
    notebook: NotebookNode, checks: dict[int, Exercise], run: Run, seed: int
) -> tuple[dict[str, Verdict], dict[int, CellResult]]:
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
        return unjudged(exam, "The notebook took too long before its turn came.")
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
    notebook: NotebookNode,
    checks: dict[int, Exercise],
    run: Run,
    secret: dict[str, Verdict],
    faulty: dict[int, CellResult],
) -> dict[str, Verdict]:
    verdicts = dict(secret)
    with run:
        for place, cell in enumerate(notebook.cells):
            if place in checks:
                name = checks[place].name
                verdicts[name] = _worded(checks[place], secret[name], run)
            elif place in faulty:
                cell.outputs = _fault_alone(faulty[place])
            elif cell.cell_type == "code":
                cell.outputs = _not_shown() if run.late else _outputs(run.cell(cell.source))
    return verdicts


def _worded(exercise: Exercise, secret: Verdict, run: Run) -> Verdict:
    """The secret verdict in words that can't hold anything secret."""
    if secret.passed:
        return secret
    exam = examination(exercise.lesson, exercise.name, PUBLIC_SEED)
    public = None if run.late else _judged_in_public(exercise, exam, run)
    parts = tuple(replace(part, text="") for part in secret.parts)
    if public and not public.passed:
        mistakes = secret.misconceptions or public.misconceptions
        return replace(public, score=secret.score, parts=parts, misconceptions=mistakes)
    known = {mistake.name: mistake.explanation for mistake in exam.known}
    explained = "\n".join(known[name] for name in secret.misconceptions if name in known)
    message = explained or (ONLY_HERE if public else "Not right yet.")
    return replace(secret, message=message, parts=parts, lines=(), case=None)


def _judged_in_public(exercise: Exercise, exam: Examination, run: Run) -> Verdict:
    outcomes = list(run.examine(exercise, exam))
    return with_probe(exam, outcomes, _judge(exam, outcomes, reveal=True), exercise.tools)


def _outputs(result: CellResult) -> list[NotebookNode]:
    try:
        with deadline(CLEANING_DEADLINE):
            outputs = clean_outputs(result.outputs)
    except TooLong:
        outputs = [stream("not shown: it takes too long to make safe to look at\n")]
    if result.status != "ok" and not any(output["output_type"] == "error" for output in outputs):
        outputs.append(error(result.status, "the cell did not run to its end"))
    return [from_dict(output) for output in outputs]


def _fault_alone(result: CellResult) -> list[NotebookNode]:
    """What stopped a cell, without what it showed: that was in the examined run."""
    return [from_dict(error(result.fault.kind.capitalize(), result.fault.text))]


def _not_run() -> list[NotebookNode]:
    return [from_dict(error("NotRun", "the notebook took too long before its turn came"))]


def _not_shown() -> list[NotebookNode]:
    return [from_dict(stream("not run again for display: the notebook takes too long\n"))]
