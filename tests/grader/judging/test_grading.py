"""A notebook earns what its functions compute, and its learner reads nothing that came from secret inputs."""

import inspect
import itertools
import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import solutions
from grader.authoring.build import solution_source
from grader.errors import InfrastructureError
from grader.judging.grading import NOT_SHOWN, ONLY_HERE, grade_notebook, own_seed, public_examination
from grader.sandbox.process import Forked
from tests.courses import cell, check_pair
from unrolled.exam.key import PUBLIC_SEED

LESSON = "02_definition"
SEED = 20260102
STEP = "def rnn_step(x, h, u_x, u_h, u_0):\n    return np.tanh(u_x @ x + u_h @ h + u_0)"
OUTPUT = solution_source(next(e for e in solutions.exercises(LESSON) if e.name == "rnn_output"))


@pytest.fixture
def graded(sandbox):
    """Grades a notebook whose cells are given; a name stands for that exercise's check cell."""
    by_name = {exercise.name: exercise for exercise in solutions.exercises(LESSON)}

    def grade(*sources):
        sources = ("import numpy as np", *sources)
        cells = [check_pair(by_name[source])[1] if source in by_name else new_code_cell(source) for source in sources]
        notebook = new_notebook(cells=cells)
        before = nbformat.writes(notebook)
        result = grade_notebook(notebook, LESSON, sandbox, SEED)
        assert nbformat.writes(notebook) == before
        return result

    return grade


def test_a_right_function_earns_its_points(graded):
    """Right answers would go unrewarded."""
    verdict = graded(STEP, "rnn_step").verdicts["rnn_step"]
    assert (verdict.score, verdict.status) == (2.0, "passed")


def test_a_submission_takes_two_processes_and_no_message_too_many(graded, monkeypatch):
    """Grading would become slower by what nobody asked for: pictures, or cells that decide nothing."""
    ask, asked = Forked.ask, []

    def noting(forked, request, seconds):
        asked.append((forked, request["do"], request.get("quiet")))
        return ask(forked, request, seconds)

    monkeypatch.setattr(Forked, "ask", noting)
    graded(STEP, "rnn_step", "print(1)")
    run, examined = [("run", False)] * 2, [("run", True)] * 2
    assert [tuple(what) for _, *what in asked] == [*run, ("call", None), run[0], *examined, ("call", None)]
    assert len({id(forked) for forked, *_ in asked}) == 2


def test_the_check_cell_holds_one_output_whose_text_is_the_score(graded):
    """nbgrader would read something else than the verdict as the score."""
    (output,) = cell(graded(STEP, "rnn_step").notebook, "check_rnn_step").outputs
    assert output.output_type == "execute_result"
    assert output.data["text/plain"] == "2.0"
    assert "rnn_step" in output.data["text/html"]


def test_a_mistake_is_named_and_explained(graded):
    """Learner and instructor would not know what went wrong."""
    verdict = graded(STEP.replace("u_h @ h + u_0)", "u_h @ h) + u_0"), "rnn_step").verdicts["rnn_step"]
    assert verdict.score == 0.0
    assert verdict.misconceptions
    assert verdict.message


def test_a_function_is_judged_as_it_is_at_its_check(graded):
    """What a later cell redefines would change the grade of an exercise already checked."""
    verdicts = graded(STEP, "rnn_step", "rnn_step = None", OUTPUT, "rnn_output").verdicts
    assert verdicts["rnn_step"].passed
    assert verdicts["rnn_output"].passed


def test_an_unsolved_exercise_says_so(graded):
    """Not having begun would look like a mistake."""
    verdict = graded("def rnn_step(*args):\n    raise NotImplementedError()", "rnn_step").verdicts["rnn_step"]
    assert (verdict.score, verdict.status) == (0.0, "unsolved")


def test_where_nothing_could_be_shown_it_says_the_rest_all_the_same(graded, monkeypatch):
    """A notebook that takes long would be told less than there is to tell, and an unsolved exercise be called wrong."""
    monkeypatch.setattr("grader.judging.grading.SHOWN_DEADLINE", -1.0)
    stub, wrong = solutions.find("rnn_output"), STEP.replace("u_h @ h + u_0)", "u_h @ h) + u_0")
    stub = (
        f"def rnn_output({', '.join(inspect.signature(stub.reference).parameters)}):\n    raise NotImplementedError()"
    )
    verdicts = graded(wrong, "rnn_step", stub, "rnn_output").verdicts
    assert verdicts["rnn_output"].message == "Not solved yet: `raise NotImplementedError()` is still there."
    assert verdicts["rnn_step"].misconceptions
    unknown = graded("def rnn_step(x, *rest):\n    return x.sum() - 1e3", "rnn_step").verdicts["rnn_step"]
    assert unknown.message == NOT_SHOWN


def test_wrong_answers_without_a_cause_are_known_by_their_numbers(graded):
    """Nobody would see that many of a class made one mistake that has no name yet."""
    one, again, other, named = (
        graded(f"def rnn_step(x, h, u_x, u_h, u_0):\n    return {said}", "rnn_step").verdicts["rnn_step"].cluster
        for said in (
            "np.cos(u_x @ x) ** 3",
            "np.cos(x @ u_x.T) ** 3",
            "np.cos(u_x @ x) ** 5",
            "u_x @ x + u_h @ h + u_0",
        )
    )
    assert one == again != other
    assert len(one) == len(other) == 8 and named == ""


def test_right_on_public_inputs_only_earns_nothing(graded):
    """A table of the answer key's numbers would be worth full marks."""
    public = public_examination(LESSON, "rnn_step")
    table = [(case.args[0].tolist(), expected.tolist()) for case, expected in zip(public.cases, public.expected)]
    body = "return np.array([v for k, v in table if k == x.tolist()][0])"
    cheat = f"table = {table!r}\ndef rnn_step(x, *rest):\n    {body}"
    verdict = graded(cheat, "rnn_step").verdicts["rnn_step"]
    assert verdict.score == 0.0
    assert verdict.message == ONLY_HERE


def test_every_submission_has_inputs_of_its_own():
    """What one learner finds out about hidden inputs would serve the class, or the next attempt."""

    def own(*sources, files=None, seed=SEED):
        return own_seed(seed, new_notebook(cells=[new_code_cell(source) for source in sources]), files or {})

    assert own(STEP) == own(STEP)
    others = [
        own(STEP, seed=SEED + 1), own(STEP + "  # again"), own(STEP + " "), own("\n" + STEP), own(STEP, ""),
        own(STEP, files={"a.py": b""}), own(STEP, files={"a.py": b" "}), own(STEP, files={"b.py": b""}),
        own(STEP, files={"a": b"", "b": b""}),
    ]  # fmt: skip
    assert len({own(STEP), *others}) == 1 + len(others)


@pytest.mark.parametrize(
    ("hindrance", "ours"),
    [
        (lambda: any(False for _ in itertools.count()), False),
        (lambda: bytes(2**62), True),
    ],
    ids=["work without end", "no memory left"],
)
def test_what_hinders_judging_is_laid_at_the_right_door(graded, monkeypatch, hindrance, ours):
    """A machine short of memory would cost a learner marks, or a learner's answer be called our fault."""
    monkeypatch.setattr("grader.judging.grading.JUDGING_DEADLINE", 0.4)
    monkeypatch.setattr("grader.judging.grading.diagnose", lambda *args, **settings: hindrance())
    if ours:
        with pytest.raises(InfrastructureError):
            graded(STEP, "rnn_step")
    else:
        assert "too long to be judged" in graded(STEP, "rnn_step").verdicts["rnn_step"].message


def test_what_cannot_be_explained_is_judged(graded, monkeypatch):
    """An answer that nobody foresaw would leave its learner without marks, and be graded again and again."""
    monkeypatch.setattr("grader.judging.grading.with_probe", lambda *args: 1 / 0)
    verdict = graded("def rnn_step(*args):\n    return 10**400", "rnn_step").verdicts["rnn_step"]
    assert (verdict.score, verdict.status, verdict.message) == (0.0, "failed", "Not right yet.")


SPIES = {
    "printed later": ("seen.append(x)\n    return x", "print(seen)"),
    "in an exception": ("raise ValueError(f'{x.tolist()}')", "pass"),
    "as an exception's name": ("raise type(str(x.tolist()), (Exception,), {})()", "pass"),
    "as a key": ("return {str(x.tolist()): 1}", "pass"),
    "before a loop that never ends": ("seen.append(x)", "print(seen)\nwhile True: pass"),
    "in a public error": ("seen.append(x)\n    raise ValueError(f'{[s.tolist() for s in seen]}')", "print(seen)"),
    "through a file": ("open('seen', 'a').write(f'{x.tolist()}')", "print(open('seen').read())"),
}


def inputs(seed):
    """All numbers a function is called with, as text."""
    cases = solutions.find("rnn_step").examine(seed).cases
    return {str(number) for case in cases for argument in case.args for number in argument.ravel().tolist()}


@pytest.mark.parametrize("spy", SPIES)
def test_no_secret_input_is_shown(graded, spy, monkeypatch):
    """What a submission is examined on would be told in its feedback."""
    monkeypatch.setattr("grader.judging.grading.own_seed", lambda seed, *rest: seed)
    body, tell = SPIES[spy]
    result = graded("seen = []", f"def rnn_step(x, *rest):\n    {body}", "rnn_step", tell, OUTPUT, "rnn_output")
    shown = set(re.findall(r"-?\d+\.\d+", nbformat.writes(result.notebook) + repr(result.verdicts)))
    assert not shown & (inputs(SEED) - inputs(PUBLIC_SEED))
    assert result.verdicts["rnn_step"].score == 0.0
    assert result.verdicts["rnn_output"].passed


@pytest.mark.parametrize("ruin", ["import os; os._exit(3)", "while True: pass", "1 +", "raise SystemExit", "exit()"])
def test_a_ruinous_cell_costs_nothing_else(graded, ruin):
    """One bad cell would take the points of every other exercise."""
    result = graded(STEP, "rnn_step", ruin, OUTPUT, "rnn_output")
    assert [verdict.passed for verdict in result.verdicts.values()] == [True, True]


@pytest.mark.parametrize(
    "forge",
    [
        "import numpy.testing\nnumpy.testing.assert_allclose = lambda *a, **k: None",
        "import unrolled.exam.diagnose\nunrolled.diagnose.diagnose = lambda *a, **k: None",
        "check = lambda f: 2.0",
        "get_ipython().display_formatter.format = lambda *a: ({'text/plain': '2.0'}, {})",
        "class rnn_step:\n    def __eq__(self, other): return True\nprint('2.0')",
    ],
)
def test_forgery_earns_nothing(graded, forge):
    """Points could be had without computing anything."""
    result = graded("def rnn_step(*args):\n    return 2.0", forge, "rnn_step")
    assert result.verdicts["rnn_step"].score == 0.0
    assert cell(result.notebook, "check_rnn_step").outputs[0].data["text/plain"] == "0.0"


def test_what_a_learner_displays_cannot_run_in_a_browser(graded):
    """A submission could act as the instructor who opens it."""
    script = "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<b>ok</b><script>alert(1)</script>'"
    result = graded(script + "'<img src=x onerror=alert(1)>'), Javascript('alert(1)'))", STEP, "rnn_step")
    shown = json.dumps([c.get("outputs", []) for c in result.notebook.cells])
    assert "<b>ok</b>" in shown
    assert "alert" not in shown.replace("<IPython", "")


def test_experiments_are_left_out(graded):
    """Grading would take as long as every learner's training runs together."""
    assert cell_outputs(graded("import os\nos.environ.get('NBGRADER_EXECUTION')", STEP, "rnn_step"), 1) == "'autograde'"


def cell_outputs(result, place):
    return result.notebook.cells[place].outputs[0].data["text/plain"]
