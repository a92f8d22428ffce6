"""Whether the step or what is done with it is at fault."""

import numpy as np
import pytest

import solutions
from solutions.definition.reference import rnn_forward, rnn_step
from unrolled.exam.calling import call, outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.probing import with_probe
from unrolled.exam.steps import first_to_go_wrong
from unrolled.vanishing_gradients.probes import probe_orthogonal

EXERCISE = next(e for e in solutions.exercises("02_definition") if e.name == "rnn_forward")
EXAMINATION = EXERCISE.examine(151)
ARGS = EXAMINATION.cases[2].args


def stored(change):
    """A forward function whose states are changed after they were made."""

    def forward(xs, h_0, params):
        ys, hs = rnn_forward(xs, h_0, params)
        return ys, change(hs, xs, h_0, params)

    return forward


def said(change):
    return of_steps(stored(change))


def of_steps(answer):
    given = dict(zip(EXERCISE.arguments, ARGS))
    return first_to_go_wrong(EXERCISE.steps, given, answer(*ARGS), rnn_step)


def halved(hs, *_):
    return np.vstack([hs[:3], hs[3:] / 2])


def repeated(hs, *_):
    return np.vstack([hs[:2], hs[1:-1]])


def two_steps_back(hs, xs, h_0, params):
    weights = params["u_x"], params["u_h"], params["u_0"]
    return np.vstack([hs[:2], [rnn_step(xs[t], hs[t - 2], *weights) for t in range(2, len(hs))]])


def unfilled(hs, *_):
    return np.vstack([hs[:4], 0 * hs[4:]])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (halved, "`hs[2]` is right, and your `rnn_step` makes something else of it and `xs[3]` than your `hs[3]`"),
        (repeated, "Your `hs[2]` is equal to `hs[1]`"),
        (two_steps_back, "Your `hs[2]` is one step from `hs[0]` with `xs[2]`; it should be one from `hs[1]`"),
        (unfilled, "Your `hs[4]` is equal to `zeros`"),
        (lambda hs, *_: hs, "All your states are right"),
    ],
)
def test_the_place_where_the_state_went_astray_is_named(change, sentence):
    """If this failed, a learner would look for the mistake in a step that is right."""
    assert sentence in said(change)


def test_a_formula_written_into_the_loop_is_not_ruled_out():
    """If this failed, a learner who wrote the step out, wrongly, would be told that it is right."""

    def transposed(xs, h_0, params):
        h, hs = h_0, []
        for x in xs:
            h = np.tanh(params["u_x"] @ x + params["u_h"].T @ h + params["u_0"])
            hs.append(h)
        return rnn_forward(xs, h_0, params)[0], np.array(hs)

    told = of_steps(transposed)
    assert "is the formula in the loop the same" in told and "`hs[0]`" in told


@pytest.mark.parametrize(
    ("returned", "is_orthogonal"),
    [(np.eye(3)[::-1], True), (np.ones((3, 3)), False), (np.eye(2), False), (None, False), ("x", False)],
)
def test_an_orthogonal_matrix_from_elsewhere_is_recognised(returned, is_orthogonal):
    """If this failed, a learner with random numbers of their own would search for a fault in the algebra."""
    with_words = call(probe_orthogonal, (returned, 3, None)).value
    assert bool(with_words) == is_orthogonal


def verdicts(function, tools):
    outcomes = outcomes_of(EXAMINATION, function, {})
    plain = diagnose(EXAMINATION, outcomes, reveal=True)
    return plain, with_probe(EXAMINATION, outcomes, plain, tools)


def test_a_probe_adds_words_and_no_points():
    """If this failed, help could change a mark."""
    plain, more = verdicts(stored(halved), {"rnn_step": rnn_step})
    assert more.message.startswith(plain.message) and "`hs[2]` is right" not in plain.message
    assert (more.score, more.parts, more.status) == (plain.score, plain.parts, plain.status)


@pytest.mark.parametrize("hs", [None, "x", np.zeros((2, 2)), [[1], [2, 3]], np.full((4, 5), np.nan)])
def test_a_hostile_answer_passes_the_probe_by(hs):
    """If this failed, what a submission returns could stop the grader."""
    plain, more = verdicts(
        lambda xs, h_0, params: (np.zeros((len(xs), len(params["w_0"]))), hs), {"rnn_step": rnn_step}
    )
    assert more.score == plain.score == 0


def test_known_mistakes_and_right_answers_need_no_probe():
    """If this failed, a named mistake would be explained twice."""
    for function in (rnn_forward, EXERCISE.misconceptions[0].answer):
        plain, more = verdicts(function, {"rnn_step": rnn_step})
        assert plain is more


@pytest.mark.parametrize("name", ["gru_forward", "lstm_forward"])
def test_a_batch_is_told_the_step_that_went_astray(name):
    """If this failed, only who reads one sequence at a time would be told where to look."""
    exercise = solutions.find(name)

    def astray(*args):
        hs, cache = exercise.reference(*args)
        hs, t = hs.copy(), hs.shape[1] - 1
        hs[:, t] = 0.9 * hs[:, t] ** 2
        return hs, cache

    examination = exercise.examine(151)
    outcomes = outcomes_of(examination, astray, {})
    plain = diagnose(examination, outcomes, reveal=True)
    more = with_probe(examination, outcomes, plain, exercise.tools)
    step = name.replace("forward", "step")
    assert f"your `{step}` makes" in more.message.removeprefix(plain.message)
    right = outcomes_of(examination, exercise.reference, {})
    assert with_probe(examination, right, diagnose(examination, right), exercise.tools).passed
