"""Lesson 05: answers agree with independent oracles, feedback names the term, experiments come out."""

import numpy as np
import pytest

import solutions
from grader.authoring.prove import published
from solutions.vanishing_gradients.reference import (
    gradient_norms,
    numerical_gradient,
    orthogonal,
    relative_error,
    rnn_backward,
    state_jacobians,
)
from solutions.weight_sharing.reference import batch_forward
from unrolled.exam.calling import outcomes_of
from unrolled.exam.diagnose import diagnose
from unrolled.exam.probing import with_probe

SEEDS = range(5)


def network(rng, D, H, O):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    return {name: rng.normal(size=shape) / np.sqrt(shape[-1]) for name, shape in shapes.items()}


# Oracles


@pytest.fixture
def example():
    """A batch of sequences with targets, and its gradients by `rnn_backward`."""
    rng = np.random.default_rng(5)
    B, T, D, H, O = 3, 6, 4, 5, 2
    params, h_0 = network(rng, D, H, O), rng.normal(size=(B, H))
    xs, targets = rng.normal(size=(B, T, D)), rng.integers(0, 2, size=(B, T, O)).astype(float)
    ys, hs = batch_forward(xs, np.ones((B, T), bool), h_0, params)
    return xs, targets, h_0, params, rnn_backward(xs, hs, h_0, params, ys - targets)


def test_rnn_backward_agrees_with_finite_differences(example):
    """Learners would be marked against a wrong gradient."""
    xs, targets, h_0, params, gradients = example

    def loss(**changed):
        given = {"xs": xs, "h_0": h_0} | params | changed
        weights = {name: given[name] for name in params}
        ys, _ = batch_forward(given["xs"], np.ones(xs.shape[:2], bool), given["h_0"], weights)
        return -np.sum(targets * np.log(ys) + (1 - targets) * np.log(1 - ys))

    for name, value in ({"xs": xs, "h_0": h_0} | params).items():
        numeric = numerical_gradient(lambda v, name=name: loss(**{name: v}), value)
        assert relative_error(gradients[name], numeric) < 1e-6, name


def test_rnn_backward_agrees_with_pytorch(example):
    """Learners would be marked against a wrong gradient, and against a loop that shares our mistakes."""
    torch = pytest.importorskip("torch", reason="PyTorch is an optional oracle")
    xs, targets, h_0, params, gradients = example
    given = {n: torch.tensor(v, requires_grad=True) for n, v in ({"xs": xs, "h_0": h_0} | params).items()}
    cell = torch.nn.RNN(xs.shape[2], h_0.shape[1], batch_first=True, dtype=torch.float64)
    weights = {"weight_ih_l0": given["u_x"], "weight_hh_l0": given["u_h"], "bias_ih_l0": given["u_0"],
               "bias_hh_l0": torch.zeros(h_0.shape[1], dtype=torch.float64)}  # fmt: skip
    hs, _ = torch.func.functional_call(cell, weights, (given["xs"], given["h_0"][None]))
    before = torch.cat([given["h_0"][:, None], hs[:, :-1]], dim=1)
    logits = given["xs"] @ given["w_x"].T + before @ given["w_h"].T + given["w_0"]
    cross_entropy = torch.nn.functional.binary_cross_entropy_with_logits
    cross_entropy(logits, torch.tensor(targets), reduction="sum").backward()
    for name, tensor in given.items():
        np.testing.assert_allclose(gradients[name], tensor.grad.numpy(), atol=1e-6, err_msg=name)


def test_gradient_norms_are_those_of_the_derivative_of_the_last_state():
    """The lesson's central curve would show something else than its caption says."""
    rng = np.random.default_rng(3)
    params, h_0, xs = network(rng, 2, 3, 1), rng.normal(size=3), rng.normal(size=(4, 2))

    def states(first, start):
        hs = [start]
        for x in xs[first:]:
            hs.append(np.tanh(params["u_x"] @ x + params["u_h"] @ hs[-1] + params["u_0"]))
        return np.array(hs[1:])

    hs = states(0, h_0)
    norms = gradient_norms(state_jacobians(hs, h_0, params["u_h"]))
    for t in range(3):
        columns = [(states(t + 1, hs[t] + d)[-1] - states(t + 1, hs[t] - d)[-1]) / 2e-6 for d in 1e-6 * np.eye(3)]
        assert norms[t] == pytest.approx(np.linalg.norm(np.array(columns).T, 2), rel=1e-6)


# Feedback on mistakes that are in no bank


def _loop(xs, hs, h_0, params, dys, slope, carry, count=1.0):
    total, dxs, dh = {n: np.zeros_like(p) for n, p in params.items()}, np.zeros_like(xs), np.zeros_like(h_0)
    for t in reversed(range(xs.shape[1])):
        before, dy = hs[:, t - 1] if t else h_0, dys[:, t]
        da = dh * slope(hs[:, t])
        for name, d in (("u", da), ("w", dy)):
            total[f"{name}_x"] += d.T @ xs[:, t]
            total[f"{name}_h"] += d.T @ before
            total[f"{name}_0"] += count * d.sum(axis=0)
        dxs[:, t] = da @ params["u_x"] + dy @ params["w_x"]
        dh = carry(da, params) + dy @ params["w_h"]
    return total | {"h_0": dh, "xs": dxs}


def right_slope(h):
    return 1 - h**2


def right_carry(da, params):
    return da @ params["u_h"]


def slope_squared(*args):
    return _loop(*args, slope=lambda h: right_slope(h) ** 2, carry=right_carry)


def half_carried(*args):
    return _loop(*args, slope=right_slope, carry=lambda da, params: 0.5 * da @ params["u_h"])


def bias_counted_twice(*args):
    return _loop(*args, slope=right_slope, carry=right_carry, count=2.0)


def dxs_of_the_past_halved(xs, hs, h_0, params, dys):
    gradients = rnn_backward(xs, hs, h_0, params, dys)
    return gradients | {"xs": 0.5 * (gradients["xs"] + dys @ params["w_x"])}


def dh_0_through_a_tanh(xs, hs, h_0, params, dys):
    gradients = rnn_backward(xs, hs, h_0, params, dys)
    return gradients | {"h_0": gradients["h_0"] * (1 - np.tanh(h_0) ** 2)}


def remembers_its_last_call():
    kept = {}

    def answer(xs, hs, h_0, params, dys):
        gradients = rnn_backward(xs, hs, h_0, params, dys)
        for name in params:
            same = name in kept and kept[name].shape == gradients[name].shape
            kept[name] = gradients[name] + kept[name] if same else gradients[name]
        return gradients | {name: kept[name] for name in params}

    return answer


@pytest.mark.parametrize(
    "answer, term",
    [
        (slope_squared, "nothing but the gradient at h_t's sum or the gradient at the state is wrong"),
        (half_carried, "nothing but the gradient at the state is wrong"),
        (bias_counted_twice, "The numbers of du_0 and dw_0 are the right ones times 2."),
        (dxs_of_the_past_halved, "x_t also acts through the state it makes"),
        (dh_0_through_a_tanh, "only its last stop, h_0, isn't"),
        (remembers_its_last_call(), "something survives from call to call"),
    ],
)
def test_a_mistake_nobody_listed_is_told_its_term(answer, term):
    """The learner would be told that a number differs, and search all of the backward pass for it."""
    examination = published("05_vanishing_gradients")["rnn_backward"]
    verdict = diagnose(examination, outcomes_of(examination, answer, {}))
    assert verdict.misconceptions == ()
    assert term in verdict.message


def starts_from_a_constant(xs, hs, h_0, params, dys):
    longer = np.concatenate([xs, xs[:, -1:]], axis=1), np.concatenate([hs, hs[:, -1:]], axis=1)
    dys_ = np.concatenate([dys, np.ones_like(dys[:, -1:])], axis=1)
    gradients = rnn_backward(*longer, h_0, params, dys_)
    return gradients | rnn_backward_of_w(xs, hs, h_0, params, dys) | {"xs": gradients["xs"][:, :-1]}


def rnn_backward_of_w(*args):
    return {name: gradient for name, gradient in rnn_backward(*args).items() if name[0] == "w"}


def test_a_gradient_at_the_last_state_is_noticed_where_there_is_one_timestep():
    """The learner would read formulas that are right, where the first line before the loop is wrong."""
    examination = published("05_vanishing_gradients")["rnn_backward"]
    told = diagnose(examination, outcomes_of(examination, starts_from_a_constant, {})).message
    assert "nothing but the gradient at the state is wrong" in told


def _chunks(xs, dys, h_0, params, k, step=np.tanh, first=lambda h: h, steps=1, carried=1.0):
    total, h = {name: np.zeros_like(weight) for name, weight in params.items()}, h_0
    for start in range(0, xs.shape[1], k):
        part, hs, begin = slice(start, start + k), [], h
        for x in np.swapaxes(xs[:, part], 0, 1):
            h = step(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
            hs.append(h)
        told = begin if start == 0 else first(begin)
        gradients = rnn_backward(xs[:, part], np.stack(hs, 1), told, params, dys[:, part][:, ::steps])
        for name in total:
            total[name] += gradients[name] * (carried if name[0] == "u" and start else 1)
    return total


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"step": np.sin}, ("even for a single chunk", "so a state is wrong")),
        ({"steps": -1}, ("even for a single chunk", "is each step counted once?")),
        ({"first": lambda h: h / 2}, ("right for one chunk", "which one does each chunk start from")),
        ({"carried": 2}, ("right for one chunk", "All of dw is right")),
    ],
)
def test_a_mistake_in_chunks_is_told_what_it_cannot_be(how, words):
    """The learner would be sent to states that are right, or to borders that are."""
    examination = solutions.find("truncated_bptt").examine(7)
    verdict = diagnose(examination, outcomes_of(examination, lambda *args: _chunks(*args, **how), {}))
    assert verdict.misconceptions == ()
    assert all(word in verdict.message for word in words), verdict.message


def test_random_numbers_from_elsewhere_are_told_from_wrong_algebra():
    """The learner would search an orthogonal matrix for what makes it not orthogonal."""
    examination = solutions.find("orthogonal").examine(7)
    elsewhere = np.random.default_rng(99)
    outcomes = outcomes_of(examination, lambda H, rng: orthogonal(H, elsewhere), {})
    verdict = with_probe(examination, outcomes, diagnose(examination, outcomes, reveal=True), {})
    assert "normal numbers, all from `rng`" in verdict.message
