"""Grading one notebook: its cells run confined, its functions are called there, and judged here.

Two confined processes see the same cells. In the first, the *shown* one, nothing secret is ever called: its outputs
are the notebook's, and what the learner reads about a mistake comes from calls on the public inputs of the answer
key. Only when it has ended does the second begin, the *examined* one, where each exercise is called on secret inputs
at the place of its check cell; only the numbers of its verdict, never a text or an output, leave for the learner.

Every submission is examined on inputs of its own: whatever one may find out is of no use to another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from random import Random
from typing import Any

from nbformat import NotebookNode, from_dict

from grader.errors import InfrastructureError
from grader.judging.clean import clean_outputs, error, stream
from grader.judging.deadline import TooLong, deadline
from grader.judging.stops import Stop, stop_in, why_missing
from grader.sandbox.sandbox import CellResult, Sandbox
from solutions import exercises
from unrolled.desk.lessons import packaged_keys
from unrolled.exam.calling import Outcome, play
from unrolled.exam.diagnose import PartVerdict, Verdict, diagnose
from unrolled.exam.exercise import BEHAVIOUR, FUNCTION, VALUE, Case, Examination, Exercise
from unrolled.exam.key import PUBLIC_SEED, SUFFIX, load_key
from unrolled.exam.probing import with_probe
from unrolled.exam.recognise import fingerprint
from unrolled.exam.show import as_html

ONLY_HERE = (
    "Right on the numbers your notebook checks with, but not on others. Does it count on certain sizes or values, "
    "or on something an earlier call left behind?"
)
NOT_SHOWN = "Not right yet. What else there is to say takes a second run, and this notebook takes too long for one."
DEADLINE = 600.0
SHOWN_DEADLINE = 20.0
CLEANING_DEADLINE = 5.0
JUDGING_DEADLINE = 15.0


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
) -> GradedNotebook:
    """Grade a sanitised notebook.

    Parameters
    ----------
    notebook : NotebookNode
        As `grader.judging.submission.sanitise` makes it; not changed.
    lesson : str
        Whose exercises are examined. A lesson without any is run as it is, and its own tests decide.
    sandbox : Sandbox
    seed : int
        The secret seed.
    files : dict of bytes
        What lies beside the notebook, by relative path.

    Raises
    ------
    InfrastructureError
        If grading itself failed: the submission is as ungraded as before.
    """
    notebook, asked = _with_cells_of_its_own(notebook), {exercise.name: exercise for exercise in exercises(lesson)}
    checks = check_cells(notebook, asked)
    if not checks:
        _run_plain(notebook, Pass(sandbox, files, DEADLINE))
        return GradedNotebook(notebook, {})
    own = own_seed(seed, notebook, files or {})
    public = _show_all(notebook, checks, Pass(sandbox, files, SHOWN_DEADLINE))
    secret = _examine_all(notebook, checks, Pass(sandbox, files, DEADLINE, shown=False), own)
    verdicts = {}
    for place, exercise in checks.items():
        given, why = public[exercise.name]
        why = why or not_handed_in(exercise, files or {})
        verdicts[exercise.name] = _after(why, _worded(exercise, *secret[exercise.name], given))
        write_verdict(notebook.cells[place], verdicts[exercise.name])
    return GradedNotebook(notebook, verdicts)


def _with_cells_of_its_own(notebook: NotebookNode) -> NotebookNode:
    """The notebook, whose cells can be given outputs without the other's having them."""
    return NotebookNode(notebook, cells=[NotebookNode(cell) for cell in notebook.cells])


def own_seed(seed: int, notebook: NotebookNode, files: Mapping[str, bytes]) -> int:
    """The seed of one submission's hidden inputs: another as soon as any byte is another that its code can read."""
    digest = hashlib.sha256()
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    beside = (part for name in sorted(files) for part in (name, hashlib.sha256(files[name]).hexdigest()))
    for piece in (str(seed), *sources, *beside):
        digest.update(json.dumps(piece).encode())
    return int.from_bytes(digest.digest()[:8], "big")


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
    mark = {"verdict": verdict.status}  # outputs of submissions have no metadata
    output = {"output_type": "execute_result", "execution_count": None, "metadata": mark, "data": data}
    cell.outputs = [from_dict(output)]


class Pass:
    """One pass over a notebook's cells in a confined process of its own.

    Parameters
    ----------
    sandbox : Sandbox
    files : dict of bytes
        Put into the scratch folder first.
    seconds : float
        How much time the submission may use; cells whose turn comes later aren't run. However long it is kept
        waiting by others, nothing of it is run less.
    shown : bool
        Whether what comes of it may be shown: then it is made where nothing hidden has ever been.
    """

    def __init__(self, sandbox: Sandbox, files: dict[str, bytes] | None, seconds: float, shown: bool = True):
        self.sandbox, self.files, self.seconds, self.shown = sandbox, files, seconds, shown

    def __enter__(self) -> Pass:
        self.session = self.sandbox.session(self.shown)
        if self.files:
            self.session.put(self.files)
        return self

    def __exit__(self, *exception: object) -> None:
        self.session.close()

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return self.session.used > self.seconds

    def cell(self, source: str, lenient: bool = True) -> CellResult:
        """Run a cell; a test, for one, stops at whatever it raises."""
        return self.session.run_cell(source, lenient, quiet=not self.shown)

    def ask(self, exercise: Exercise, examination: Examination, seed: int | None = None) -> list[Outcome]:
        """What the exercise's function gives here for every case; or the variable, or the one thing it makes.

        Drawn from a seed, the order of the cases is nothing that a function could count on.
        """
        if exercise.kind == FUNCTION:
            order = called_in(len(examination.cases), seed)
            given = self.session.call(exercise.name, [examination.cases[place] for place in order])
            return [outcome for _, outcome in sorted(zip(order, given), key=itemgetter(0))]
        if exercise.kind == BEHAVIOUR and not exercise.source:
            given = self.session.call(exercise.name, [Case()])
            if not (given[0].fault and given[0].fault.kind == "undefined"):
                return given
        return [self.session.get(exercise.name)]


def called_in(cases: int, seed: int | None) -> list[int]:
    """The order in which a function is called on so many cases: their own, or one drawn from a seed."""
    order = list(range(cases))
    if seed is not None:
        Random(seed).shuffle(order)
    return order


@lru_cache(maxsize=256)
def public_examination(lesson: str, name: str) -> Examination:
    """The exercise on the inputs of its answer key, computed once per process."""
    (exercise,) = (exercise for exercise in exercises(lesson) if exercise.name == name)
    return exercise.examine(PUBLIC_SEED)


@lru_cache(maxsize=256)
def help_in_key(lesson: str, name: str) -> dict[str, Any]:
    """What the lesson's answer key has of an exercise that would take seconds to make anew; nothing without a key.

    It is looked for only where nothing else explains an answer.
    """
    for path in packaged_keys():
        if path.name == f"{lesson}{SUFFIX}":
            found = load_key(path.read_text(encoding="utf-8"))
            return next(({"edits": each.edits, "between": each.between} for each in found if each.name == name), {})
    return {}


@lru_cache(maxsize=256)
def with_edits(lesson: str, name: str) -> Examination:
    """The exercise on the inputs of its answer key, with what small changes of its reference give."""
    return replace(public_examination(lesson, name), **help_in_key(lesson, name))


def _run_plain(notebook: NotebookNode, run: Pass) -> None:
    with run:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                test = bool(cell.metadata.get("nbgrader", {}).get("grade"))
                cell.outputs = _not_run() if run.late else _outputs(run.cell(cell.source, lenient=not test))
                if test:
                    _excuse_warnings(cell.outputs)


def _excuse_warnings(outputs: list[NotebookNode]) -> None:
    """Show what a test wrote to stderr as printed: nbgrader gives nothing for a test that a library warns in."""
    for output in outputs:
        if output.output_type == "stream":
            output.name = "stdout"


def _show_all(
    notebook: NotebookNode, checks: dict[int, Exercise], run: Pass
) -> dict[str, tuple[list[Outcome] | None, str]]:
    """Give every cell its outputs; returns what each exercise gave on public inputs, None where time was up.

    With it goes which earlier cell is why a name was missing, if one is.
    """
    given: dict[str, tuple[list[Outcome] | None, str]] = {}
    stops: list[Stop] = []
    with run:
        for place, cell in enumerate(notebook.cells):
            if place in checks:
                exercise = checks[place]
                exam = public_examination(exercise.lesson, exercise.name)
                outcomes = None if run.late else run.ask(exercise, exam)
                given[exercise.name] = outcomes, why_missing(stops, outcomes or ())
            elif cell.cell_type == "code" and run.late:
                cell.outputs = _not_shown()
            elif cell.cell_type == "code":
                result = run.cell(cell.source)
                cell.outputs = _outputs(result)
                stops += stop_in(cell.source, result)
    return given


def not_handed_in(exercise: Exercise, files: Container[str]) -> str:
    """Which file that belongs to an exercise isn't there, in a sentence."""
    return "".join(f"`{file}` was not handed in." for file in exercise.files if file not in files)


def _after(why: str, verdict: Verdict) -> Verdict:
    """The verdict, after what happened before."""
    return replace(verdict, message=f"{why}\n{verdict.message}") if why and not verdict.score else verdict


def _examine_all(
    notebook: NotebookNode, checks: dict[int, Exercise], run: Pass, seed: int
) -> dict[str, tuple[Verdict, Callable[[], Verdict]]]:
    """By exercise, its secret verdict, and what explains it. What comes after the last check decides nothing."""
    found = {}
    with run:
        for place, cell in enumerate(notebook.cells[: max(checks) + 1]):
            if place in checks:
                found[checks[place].name] = _examine(checks[place], run, seed)
            elif cell.cell_type == "code" and not run.late:
                run.cell(cell.source)
    return found


def _examine(exercise: Exercise, run: Pass, seed: int) -> tuple[Verdict, Callable[[], Verdict]]:
    exam = exercise.examine(seed)
    if run.late:
        late = unjudged(exam, "The notebook took too long before its turn came.")
        return late, lambda: late
    given = run.ask(exercise, exam, seed)
    return _judge(exercise, exam, given, explain=False), lambda: _judge(exercise, exam, given)


def _judge(
    exercise: Exercise, exam: Examination, given: list[Outcome], public: bool = False, explain: bool = True
) -> Verdict:
    """The verdict on what was given; on public inputs, with what the exercise's probe can tell.

    What can be judged and not explained is judged all the same.
    """
    try:
        with deadline(JUDGING_DEADLINE):
            outcomes = _outcomes(exercise, exam, given)
            verdict = diagnose(exam, outcomes, reveal=public, explain=explain)
            verdict = with_probe(exam, outcomes, verdict, exercise.tools) if public else verdict
            unexplained = public and exercise.kind == FUNCTION and verdict.status == "failed" and not verdict.cause
            return replace(verdict, cluster=fingerprint(exam, outcomes)) if unexplained else verdict
    except TooLong:
        return unjudged(exam, "What it returned takes too long to be judged.")
    except Exception as error:
        if explain and not isinstance(error, MemoryError):
            return _judge(exercise, exam, given, explain=False)
        raise InfrastructureError(f"judging {exam.name} failed: {type(error).__name__}: {error}") from error


def _outcomes(exercise: Exercise, exam: Examination, given: list[Outcome]) -> list[Outcome]:
    if exercise.kind == VALUE:
        return given * len(exam.cases)
    return play(exam, given[0], exercise.tools) if exercise.kind == BEHAVIOUR else list(given)


def unjudged(exam: Examination, message: str) -> Verdict:
    """No points, and why."""
    parts = tuple(PartVerdict(part.name, part.points, False) for part in exam.parts)
    return Verdict(exam.name, 0.0, exam.points, parts, message)


def _worded(
    exercise: Exercise, secret: Verdict, explained: Callable[[], Verdict], given: list[Outcome] | None
) -> Verdict:
    """The secret verdict in words that can't hold anything secret: those for public inputs, or for known mistakes."""
    if secret.passed:
        return secret
    exam = public_examination(exercise.lesson, exercise.name)
    public = None if given is None else _judge(exercise, exam, given, public=True)
    if public and not public.passed and not public.misconceptions and exercise.terms is not None:
        public = _judge(exercise, with_edits(exam.lesson, exam.name), given, public=True)
    if public and not public.passed:
        return replace(public, score=secret.score, parts=secret.parts)
    if secret.status == "unsolved" and public is None:  # its words are the same whatever the inputs
        return secret
    known = {mistake.name: mistake.explanation for mistake in exam.known}
    mistakes = tuple(name for name in explained().misconceptions if name in known)
    message = "\n".join(known[name] for name in mistakes) or (ONLY_HERE if public else NOT_SHOWN)
    return replace(secret, message=message, misconceptions=mistakes)


def _outputs(result: CellResult) -> list[NotebookNode]:
    try:
        with deadline(CLEANING_DEADLINE):
            outputs = clean_outputs(result.outputs)
    except TooLong:
        outputs = [stream("not shown: it takes too long to make safe to look at\n")]
    if result.status != "ok" and not any(output["output_type"] == "error" for output in outputs):
        outputs.append(error(result.status, "the cell did not run to its end"))
    return [from_dict(output) for output in outputs]


def _not_run() -> list[NotebookNode]:
    return [from_dict(error("NotRun", "the notebook took too long before its turn came"))]


def _not_shown() -> list[NotebookNode]:
    return [from_dict(stream("not run again for display: the notebook takes too long\n"))]
