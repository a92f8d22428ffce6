"""How lesson 02 is examined."""

import numpy as np

from solutions.definition import formulas, quick, quizzes, variants
from solutions.definition import reference as right
from unrolled.definition import plays
from unrolled.exam.exercise import BEHAVIOUR, Case, Exercise, Part, Play
from unrolled.exam.steps import Steps

LESSON = "02_definition"
LARGE = "large numbers"


def _normal(rng, *shape):
    return rng.normal(size=shape).round(3)


def _aimed(rng, D, H, targets):
    """Arguments whose sums of products come out at the targets: inputs and weights matter, large as they are."""
    x, h, bias = _normal(rng, D), _normal(rng, H), _normal(rng, len(targets))
    scale = (np.array(targets) - bias) / (x @ x + h @ h)
    return x, h, np.outer(scale, x).round(3), np.outer(scale, h).round(3), bias


def _step_cases(rng):
    for D, H in [(3, 4), (5, 2), (1, 6), (4, 1), (3, 3), (7, 5)]:
        yield Case((_normal(rng, D), _normal(rng, H), _normal(rng, H, D), _normal(rng, H, H), _normal(rng, H)))
    below, above = rng.uniform(0.2, 0.8, 2).round(3)
    yield Case(_aimed(rng, 3, 4, [1000, -below, -1000, above]), LARGE)


def _output_cases(rng):
    for D, H, O in [(3, 4, 2), (2, 5, 1), (1, 3, 4), (4, 1, 3), (3, 3, 5)]:
        yield Case((_normal(rng, D), _normal(rng, H), _normal(rng, O, D), _normal(rng, O, H), _normal(rng, O)))
    yield Case(_aimed(rng, 2, 3, [1000, -0.8, -1000, 0.5, 300]), LARGE)
    yield Case(_aimed(rng, 4, 2, [1000]), LARGE)
    yield Case(_aimed(rng, 3, 2, [-0.6, 1000, 0.3]), LARGE)


def _params(rng, D, H, O):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    return {name: (0.8 * _normal(rng, *shape)).round(3) for name, shape in shapes.items()}


def _sequences(rng):
    for T, D, H, O in [(4, 3, 5, 2), (7, 2, 3, 1), (13, 1, 4, 2), (5, 2, 3, 3), (30, 3, 2, 1)]:
        yield Case((_normal(rng, T, D), _normal(rng, H), _params(rng, D, H, O)))
    yield Case((_normal(rng, 1, 2), _normal(rng, 4), _params(rng, 2, 4, 3)), "a single timestep")


def _strings(rng, length):
    """Strings of bits of one length: silent, first, somewhere; and, where that is quick, last and crowded."""
    places = np.arange(length)
    strings = [places < 0, places == 0, places == rng.integers(2, length - 2)]
    if length < 100:
        strings += [places == length - 1, rng.random(length) < 0.3]
    return [string.astype(np.int8) for string in strings]


def _bits(rng):
    for length, label in [(8, "up to 10 bits"), (10, "up to 10 bits"), (50, "up to 50 bits"), (500, "up to 500 bits")]:
        for string in _strings(rng, length):
            yield Case((string,), label)


def _parity_bits(rng):
    for length, label in [(6, "up to 20 bits"), (20, "up to 20 bits"), (500, "up to 500 bits")]:
        strings = [np.arange(length) == 0, rng.random(length) < 0.5, np.ones(length)]
        if length < 100:
            strings += [np.zeros(length), rng.random(length) < 0.2]
        for string in strings:
            yield Case((string.astype(np.int8),), label)


_CELL = {"rnn_step": right.rnn_step, "rnn_output": right.rnn_output}
_STEPS = Steps(
    step="rnn_step", rows="xs", states=("1",), names=("hs",), begin=("h_0",),
    rest=("params.u_x", "params.u_h", "params.u_0"), others="`ys` is",
)  # fmt: skip

EXERCISES = [
    Exercise(
        right.rnn_step,
        _step_cases,
        (Part("h_t", 1.5, label=""), Part("h_t for large numbers", 0.5, label=LARGE)),
        (
            "Count the terms in the brackets of f: how many are there, and which of them are matrix times vector?",
            "`u_x` has shape (H, D) and `x` has shape (D,): `u_x @ x` has shape (H,). All three terms should have"
            " that shape.",
            "Add the three terms first. Then hand the sum to `np.tanh`, which works on whole arrays.",
            "One line does it: `return np.tanh(... + ... + u_0)`.",
        ),
        terms={},
        variants=(variants.step_one_matrix, variants.step_loops, variants.step_in_float32),
    ),
    Exercise(
        right.rnn_output,
        _output_cases,
        (Part("y_t", 1, label=""), Part("y_t for large numbers", 1, label=LARGE)),
        (
            "The sum has the same form as in `rnn_step`, with other weights. Only the last thing you do with it "
            "differs.",
            "Give the sum a name, `a`, and apply the sigmoid to it: 1 / (1 + e^(-a)), with `np.exp`.",
            "Large numbers: `np.exp(1000)` is inf. 1 / (1 + inf) is 0, as it should be; inf / inf is nan. Which "
            "do you have?",
            "NumPy may warn of an overflow though the numbers are right. The warning goes if the exponent is "
            "never positive: the sigmoid of a is 1 / (1 + e) for a ≥ 0 and e / (1 + e) for a < 0, with e = "
            "`np.exp(-np.abs(a))`.",
        ),
        terms={},
        formula=formulas.rnn_output,
        tolerance=1e-5,
        variants=(
            variants.output_from_tanh,
            variants.output_as_written,
            variants.output_clipped,
            variants.output_loops,
        ),
        equivalent=(
            (
                "return np.where(a >= 0, 1, e) / (1 + e) → return np.where(a > 0, 1, e) / (1 + e)",
                "at a = 0 both branches are 1",
            ),
        ),
    ),
    Exercise(
        right.rnn_forward,
        _sequences,
        (Part("ys", 2, pick=0, axes="T O"), Part("hs", 2, pick=1, axes="T H")),
        (
            "Keep the current state in a variable `h`, which is `h_0` before the loop. Each turn of the loop "
            "reads one row of `xs`.",
            "Two things happen in each turn: make y_t, and make h_t. Both read the same state. Which must come "
            "first, if the step replaces `h`?",
            "Start with two empty lists; in the loop append y and the new h to them; at the end `np.array(...)` "
            "makes a list of T rows into one array.",
            "The turn: `y = rnn_output(x, h, ...)`, then `h = rnn_step(x, h, ...)`, then append both. The weights"
            ' are `params["w_x"]` and so on.',
        ),
        terms={"y": "y_t", "h": "the state", "x": "x_t"},
        formula=formulas.rnn_forward,
        variants=(variants.forward_in_place, variants.forward_outputs_at_once, variants.forward_recursive),
        tools=_CELL,
        steps=_STEPS,
        builds_on=tuple(_CELL),
    ),
    quizzes.WHAT_Y_1_READS,
    quizzes.WHAT_X_3_CHANGES,
    Exercise(
        right.elman_forward,
        _sequences,
        (Part("ys", 1, pick=0, axes="T O"), Part("hs", 1, pick=1, axes="T H")),
        (
            "The states are those of `rnn_forward`. Only what y_t reads is new, and so is the order in the loop.",
            "Step first, so that `h` is h_t; then make y_t from it.",
            "You can use your `rnn_output`: what `x` must you give it so that `w_x` plays no part?",
        ),
        terms={"y": "y_t", "h": "the state", "x": "x_t"},
        formula=formulas.elman_forward,
        variants=(variants.elman_in_place, variants.elman_one_step_late),
        tools=_CELL,
        steps=_STEPS,
        builds_on=tuple(_CELL),
        equivalent=(
            (
                "ys.append(rnn_output(0 * x, h, params['w_x'], pa → ys.append(rnn_output(0 / x, h, params['w_x'], pa",
                "0 / x is 0 wherever x isn't, and no input is exactly 0",
            ),
        ),
    ),
    quizzes.SAME_NUMBERS_SHIFTED,
    Exercise(
        right.latch_weights,
        _bits,
        (
            Part("up to 10 bits", 1, "on", "up to 10 bits", "T"),
            Part("up to 50 bits", 1, "on", "up to 50 bits", "T"),
            Part("up to 500 bits", 1, "on", "up to 500 bits", "T"),
        ),
        (
            'H = 1 is enough. Let the state mean "a 1 has come in": h near 0 before, h near 1 from then on.',
            "The state must stay where it is while 0s come in: with u_0 = 0, h = tanh(u_h h) holds at h = 0. For "
            "which u_h does it hold near 1 as well? Draw tanh(u_h h) against h for u_h = 0.9 and u_h = 5.",
            "y_t reads x_t and the old state. It must be on if either is 1: make the sum positive when one of "
            "them is about 1, negative when both are 0.",
            'The sum w_x x + w_h h + w_0 with w_x = w_h = 20 and w_0 = -10 is that "or". What is left is to find '
            "u_x, u_h.",
        ),
        variants=(variants.latch_at_rest_below_zero, variants.latch_of_three),
        kind=BEHAVIOUR,
        play=Play(plays.play_latch, ("rnn_forward",), plays.latch_mistake),
        tools={"rnn_forward": quick.rnn_forward},
    ),
    Exercise(
        right.parity_weights,
        _parity_bits,
        (Part("up to 20 bits", 1, "on", "up to 20 bits", "T"), Part("up to 500 bits", 1, "on", "up to 500 bits", "T")),
        (
            "Let p be the parity so far, 0 or 1. The new parity is 1 if x + p is exactly 1. One unit is not "
            'enough to say "exactly"; two are.',
            'One unit for "x + p is at least 1", one for "x + p is at least 2": with large weights tanh is a '
            "switch, near -1 below its threshold and near 1 above.",
            "If the two units are h[0] and h[1], each -1 or 1, then p = (h[0] - h[1]) / 2. Put that in for p "
            "wherever the units need it: it makes the rows of `u_h`.",
            "A switch at x + p = 0.5 is tanh(10 (x + p - 0.5)). Its row of `u_x` is 10, of `u_h` (5, -5), of "
            "`u_0` -5. The other unit switches at 1.5, and the readout is the same difference once more.",
        ),
        variants=(variants.parity_of_differences, variants.parity_steeper),
        kind=BEHAVIOUR,
        play=Play(plays.play_parity, ("elman_forward",), plays.parity_mistake),
        tools={"elman_forward": quick.elman_forward},
    ),
]
