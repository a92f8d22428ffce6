"""Lesson 06: what a learner is told of a mistake, listed or not."""

import shutil

import numpy as np
import pytest

import solutions
from grader.authoring.build import NOTEBOOKS
from grader.authoring.prove import published
from solutions.gated_cells.misconceptions import gru_backward_step as wrong_gru_back
from solutions.gated_cells.misconceptions import lstm_backward as wrong_loop
from solutions.gated_cells.misconceptions import lstm_backward_step as wrong_back
from solutions.gated_cells.misconceptions.lstm_step import order_i_f_o_g
from solutions.gated_cells.reference import gru_backward_step, init_lstm, lstm_backward, lstm_backward_step
from unrolled import check
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose


def spoiled(reference, **factors):
    """A backward step with some of its gradients scaled."""

    def answer(*args):
        gradients = reference(*args)
        return gradients | {name: factor * gradients[name] for name, factor in factors.items()}

    return answer


def half_a_gate(block):
    """An LSTM backward step in which one gate's own gradient is halved, with all that follows from it."""

    def answer(dh, dc, cache, params):
        right = lstm_backward_step(dh, dc, cache, params)
        rows = slice(block * dh.shape[1], (block + 1) * dh.shape[1])
        scale = np.ones(4 * dh.shape[1])
        scale[rows] = 0.5
        i, f, g, o, shown = (*(cache[name] for name in "ifgo"), np.tanh(cache["c_new"]))
        cell = dc + dh * o * (1 - shown**2)
        inside = [
            cell * g * i * (1 - i),
            cell * cache["c"] * f * (1 - f),
            cell * i * (1 - g**2),
            dh * shown * o * (1 - o),
        ]
        da = scale * np.concatenate(inside, axis=1)
        back = {"x": da @ params["u_x"], "h": da @ params["u_h"], "u_x": da.T @ cache["x"], "u_h": da.T @ cache["h"]}
        return right | back | {"u_0": da.sum(axis=0)}

    return answer


def with_slope(**slopes):
    """An LSTM backward step with other slopes for some of its sigmoids."""

    def at(name, value, slope):
        return value * slopes.get(name, lambda gate: gate * (1 - gate))(slope)

    def answer(*args):
        return wrong_back._lstm_back(
            *args,
            at_i=lambda dc, i, g: at("i", dc * g, i),
            at_f=lambda dc, f, c, c_new: at("f", dc * c, f),
            at_o=lambda dh, dc, o, shown, c_new: at("o", dh * shown, o),
        )

    return answer


def gru_with_slopes(r=lambda r: r * (1 - r), z=lambda z: z * (1 - z)):
    def answer(*args):
        return wrong_gru_back._gru_back(
            *args,
            through_z=lambda dh, h, n, gate: dh * (h - n) * z(gate),
            through_r=lambda d_rh, h, gate: d_rh * h * r(gate),
        )

    return answer


def with_half_a_candidate(*args):
    return wrong_gru_back._gru_back(*args, through_candidate=lambda dh, z, n: dh * (1 - z) * (1 - n**2) / 2)


def through(back_step):
    """An LSTM's backpropagation through time that calls another step."""
    return lambda *args: wrong_loop._bptt(*args, back_step=back_step)


@pytest.mark.parametrize(
    "exercise, answer, term",
    [
        ("lstm_backward_step", half_a_gate(0), "the input gate's own gradient is the term to look at. It is right"),
        ("lstm_backward_step", half_a_gate(1), "the forget gate's own gradient is the term to look at. It is right"),
        ("lstm_backward_step", half_a_gate(2), "the candidate's own gradient is the term to look at. It is right"),
        ("lstm_backward_step", half_a_gate(3), "the output gate's own gradient is the term to look at. It is right"),
        ("lstm_backward_step", with_slope(o=lambda o: 1 - o), "if `o` is left out in the gradient at o's sum"),
        ("lstm_backward_step", with_slope(i=lambda i: i), "`i` is left out in the gradient at i's sum"),
        ("lstm_backward_step", spoiled(lstm_backward_step, c=0.5), "The numbers of dc are the right ones times 0.5"),
        ("lstm_backward_step", spoiled(lstm_backward_step, h=0.5), "The numbers of dh are the right ones times 0.5"),
        ("lstm_backward", spoiled(lstm_backward, c_0=0.5), "The numbers of dc_0 are the right ones times 0.5"),
        ("lstm_backward", through(with_slope(f=lambda f: f)), "nothing but c_{t-1} or the gradient at f's sum"),
        (
            "lstm_backward",
            through(lambda dh, dc, *rest: lstm_backward_step(2 * dh, dc, *rest)),
            "nothing but the gradient at the hidden state",
        ),
        ("gru_backward_step", gru_with_slopes(r=lambda r: r), "`r` is left out in the gradient at r's sum"),
        ("gru_backward_step", gru_with_slopes(z=lambda z: 1 - z), "`z` is left out in the gradient at z's sum"),
        ("gru_backward_step", gru_with_slopes(z=lambda z: z * (1 - z) / 2), "so its slope is there"),
        (
            "gru_backward_step",
            gru_with_slopes(lambda a: a, lambda a: a),
            "and at the same time the factor with `r` is left out",
        ),
        ("gru_backward_step", with_half_a_candidate, "nothing but the gradient at n's sum"),
        ("gru_backward_step", spoiled(gru_backward_step, u_h=0.5), "The numbers of du_h are the right ones times 0.5"),
        ("gru_backward_step", spoiled(gru_backward_step, h=0.5), "The numbers of dh are the right ones times 0.5"),
    ],
)
def test_a_mistake_nobody_listed_is_told_its_term(exercise, answer, term):
    """The learner would be told that a number differs, and search four gates for it."""
    examination = published("06_gated_cells")[exercise]
    verdict = diagnose(examination, outcomes_of(examination, answer, {}))
    assert verdict.misconceptions == ()
    assert term in verdict.message


def test_a_cell_gradient_that_decays_on_its_way_is_told_so():
    """The one thing an LSTM adds to a plain cell would be the hardest to debug."""

    def answer(xs, cache, params, dhs):
        total = {name: np.zeros_like(weight) for name, weight in params.items()}
        dxs, dh, dc = np.zeros_like(xs), np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
        for t in reversed(range(xs.shape[1])):
            step = {name: cache[name][:, t] for name in "ifgo"} | {"x": xs[:, t], "c_new": cache["c"][:, t]}
            step |= {name: cache[name][:, t - 1] if t else cache[f"{name}_0"] for name in "hc"}
            back = lstm_backward_step(dh + dhs[:, t], 0.9 * dc, step, params)
            dxs[:, t], dh, dc = back["x"], back["h"], back["c"]
            total = {name: total[name] + back[name] for name in params}
        return total | {"h_0": dh, "c_0": dc, "xs": dxs}

    examination = published("06_gated_cells")["lstm_backward"]
    message = diagnose(examination, outcomes_of(examination, answer, {})).message
    assert "nothing but the gradient at the cell state is wrong" in message


# As a learner writes it

LOOP = """
def lstm_backward(xs, cache, params, dhs):
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    dxs, dh, dc = np.zeros_like(xs), np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    for t in range(xs.shape[1] - 1, -1, -1):
        step = {name: cache[name][:, t] for name in "ifgo"} | {"x": xs[:, t], "c_new": cache["c"][:, t]}
        step |= {name: cache[name][:, t - 1] if t else cache[f"{name}_0"] for name in "hc"}
        back = lstm_backward_step(dh + dhs[:, t], dc, step, params)
        dxs[:, t], dh, dc = back["x"], back["h"], back["c"]
        total = {name: total[name] + back[name] for name in params}
    return total | {"h_0": dh, "c_0": dc, "xs": dxs}
"""


NEW_IS_OLD = '"c_new": cache["c"][:, t - 1] if t else cache["c_0"]'


@pytest.fixture
def told(tmp_path, monkeypatch):
    """What `check` says of a function defined by some code, among other names of the notebook."""
    (tmp_path / "lesson").mkdir()
    shutil.copy(NOTEBOOKS / "06_gated_cells" / "06_gated_cells.key.json", tmp_path / "lesson")
    monkeypatch.chdir(tmp_path / "lesson")
    monkeypatch.setenv("UNROLLED_PROGRESS", str(tmp_path / "progress.json"))

    def say(name, code, **names):
        notebook = {"np": np, "check": check} | names
        exec(code, notebook)
        exec(f"report = check({name})", notebook)
        return notebook["report"].verdict

    return say


@pytest.mark.parametrize(
    "old, new, name",
    [
        ("- 1, -1, -1)", "- 1, 0, -1)", "first-step-not-visited"),
        ('"c_new": cache["c"][:, t]', NEW_IS_OLD, "cell-before-as-new"),
        ("dh + dhs[:, t], dc", "dc, dh + dhs[:, t]", "arguments-exchanged"),
        ("dh + dhs[:, t], dc", "dh + dhs[:, t], dc + dhs[:, t]", "dhs-into-the-cell-too"),
        ("dh + dhs[:, t], dc", "dh + dhs[:, t - 1], dc", "dhs-of-step-before"),
        ('np.zeros_like(cache["h_0"])', "dhs[:, -1]", "last-dhs-twice"),
    ],
)
def test_a_right_step_that_is_called_wrongly_is_not_the_one_blamed(told, old, new, name):
    """A learner whose step has all its points would be sent to look for the mistake there."""
    assert LOOP.count(old) == 1
    verdict = told("lstm_backward", LOOP.replace(old, new), lstm_backward_step=lstm_backward_step)
    assert verdict.misconceptions == (name,)


def test_a_wrong_step_is_named_where_the_loop_calls_it(told):
    """A learner would search a loop that is right."""
    wrong = wrong_back.no_slope_of_shown
    message = told("lstm_backward", LOOP, lstm_backward_step=wrong).message
    assert "It calls your `lstm_backward_step`, which isn't right yet: begin there" in message


@pytest.mark.parametrize("wrong", ["dc_dropped", "f_times_new_cell", "met_state_after"])
def test_what_may_be_the_loops_or_the_steps_mistake_is_said_to_be_either(told, wrong):
    """A learner would search a loop that is right."""
    message = told("lstm_backward", LOOP, lstm_backward_step=getattr(wrong_back, wrong)).message
    assert "it is your `lstm_backward_step` that doesn't" in message


def test_a_wrong_step_whose_mistake_no_loop_makes_is_where_to_begin(told):
    """A learner would search a loop that is right."""
    message = told("lstm_backward", LOOP, lstm_backward_step=wrong_back.biases_averaged).message
    assert "It calls your `lstm_backward_step`, which isn't right yet: begin there" in message


def test_a_sequence_through_a_wrong_step_points_at_the_step(told):
    """A learner would be told to compare with the very step that is wrong."""
    code = """
def lstm_forward(xs, h_0, c_0, params):
    h, c, hs, cs = h_0, c_0, [], []
    for t in range(xs.shape[1]):
        h, c = lstm_step(xs[:, t], h, c, params)
        hs.append(h)
        cs.append(c)
    hs, cs = np.stack(hs, 1), np.stack(cs, 1)
    return hs, dict.fromkeys("ifgo", hs) | {"c": cs, "h": hs, "h_0": h_0, "c_0": c_0}
"""
    message = told("lstm_forward", code, lstm_step=order_i_f_o_g).message
    assert "It calls your `lstm_step`, which isn't right yet: begin there" in message
    assert "number by number" not in message


def test_weights_from_another_generator_are_told_so(told):
    """A learner would compare numbers that differ from call to call."""
    code = """
def init_lstm(D, H, rng, forget_bias=1.0):
    return init(D, H, np.random.default_rng(), forget_bias)
"""
    message = told("init_lstm", code, init=init_lstm).message
    assert "draw from the generator that comes in as an argument" in message


def test_a_cache_that_holds_more_is_welcome(told):
    """A learner who keeps what the backward pass will want would earn nothing for it."""
    code = """
def lstm_forward(xs, h_0, c_0, params):
    hs, cache = forward(xs, h_0, c_0, params)
    return hs, cache | {"xs": xs, "tanh_c": np.tanh(cache["c"])}
"""
    assert told("lstm_forward", code, forward=solutions.find("lstm_forward").reference).passed
