"""How `rnn_backward` is examined: each gradient on its own, on inputs that isolate its terms."""

import numpy as np

from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from solutions.vanishing_gradients.scales import cut_off, scaled
from unrolled.exam.exercise import Case, Exercise, Part, Pattern

SEVERAL, TWO, ONE = "several timesteps", "two timesteps", "one timestep"
ALONE, LAST = "one sequence", "a gradient at the last step only"
NO_U_H, TINY, FIRST, AGAIN = "u_h is zero", "states near zero", "the first call", "the same call again"


def random_params(rng, D, H, O):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    return {name: rng.normal(size=shape).round(3) for name, shape in shapes.items()}


def _states(xs, h, params, digits):
    hs = []
    for t in range(xs.shape[1]):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(hs, axis=1).round(digits)


def _backward(rng, *sizes_and_settings, **more):
    """Drawn until no state is so close to ±1 that single precision would lose its slope, 1 − h²."""
    while True:
        case = _drawn(rng, *sizes_and_settings, **more)
        if np.abs(case.args[1]).max() < 0.9995:
            return case


def _drawn(rng, label, B, T, D, H, O, scale=1.0, u_h=1.0, only_last=False):
    params, digits = random_params(rng, D, H, O), 6 if scale == 1 else 10
    params["u_h"] = u_h * params["u_h"]
    params["u_0"] = (scale * params["u_0"]).round(digits)
    xs, h_0 = ((scale * rng.normal(size=size)).round(digits) for size in [(B, T, D), (B, H)])
    dys = rng.normal(size=(B, T, O)).round(3)
    if only_last:
        dys[:, :-1] = 0
    return Case((xs, _states(xs, h_0, params, digits), h_0, params, dys), label)


def _rnn_backward(rng):
    first = _backward(rng, FIRST, 2, 4, 5, 3, 1)
    yield first
    yield Case(first.args, AGAIN)
    yield from scaled(first, (4,))
    yield _backward(rng, SEVERAL, 3, 9, 1, 2, 4)  # more than the windows that truncated code has
    yield _backward(rng, ONE, 3, 1, 2, 4, 5)
    yield _backward(rng, TWO, 4, 2, 1, 3, 5)
    yield _backward(rng, ALONE, 1, 4, 3, 2, 5)
    yield _backward(rng, LAST, 2, 5, 3, 4, 1, only_last=True)
    yield _backward(rng, NO_U_H, 2, 4, 1, 3, 5, u_h=0.0)
    yield _backward(rng, TINY, 3, 4, 1, 2, 5, scale=0.0001)


def _per_part(names, text, wrong_at, *right_at):
    """The same pattern for each of several parts, told under the part's name."""
    return tuple(
        Pattern(
            text.format(part=name),
            tuple(spot.format(part=name) for spot in wrong_at),
            tuple(spot.format(part=name) for spot in right_at),
        )
        for name in names
    )


_DU = ("du_x", "du_h", "du_0")
_ALL = (*_DU, "dw_x", "dw_h", "dw_0", "dh_0", "dxs")
PATTERNS = (
    *_per_part(_ALL, "{part} is right at first and wrong when the same call is made again: something is kept from call "
               "to call. Start every call with fresh zeros.",
               [f"{{part}} @ {AGAIN}"], f"{{part}} @ {FIRST}"),
    *cut_off(_ALL),
    Pattern("Everything is right but dw_0: each sequence of the batch and each step adds to the same w_0.",
            ("dw_0",), ("dw_x",)),
    Pattern("All six weights are right, and so is dxs for one timestep. Beyond, x_t also acts through the state it "
            "makes, by way of the tanh and u_x: is that path there, taken at step t, and stored in row t?",
            ("dxs",), ("du_x", f"dxs @ {ONE}")),
    Pattern("dxs is wrong even for one timestep, where an input acts on nothing but its own output.",
            (f"dxs @ {ONE}",), ("dw_x",)),
    Pattern("All six weights are right, so what is carried back is too; only its last stop, h_0, isn't.",
            ("dh_0",), ("du_x", "du_h", "dw_h")),
    Pattern("Begin with dh_0 for one timestep: h_0 acts on one output and, in that case, on nothing else.",
            (f"dh_0 @ {ONE}",)),
)  # fmt: skip

RNN_BACKWARD = Exercise(
    right.rnn_backward,
    _rnn_backward,
    (
        Part("du_x", 0.5, "u_x"),
        Part("du_h", 1, "u_h"),
        Part("du_0", 0.5, "u_0"),
        Part("dw_x", 0.5, "w_x"),
        Part("dw_h", 0.5, "w_h"),
        Part("dw_0", 0.5, "w_0"),
        Part("dh_0", 1, "h_0"),
        Part("dxs", 1.5, "xs", axes="B T D"),
    ),
    (
        "Start with one timestep. There s = w_x x + w_h h_0 + w_0 is all there is: dw_x, dw_h, dw_0, dh_0 and dxs "
        "follow, and du_x, du_h, du_0 are zero, because no output reads h_1.",
        "Walk backwards and carry one array `dh` of shape (B, H): the gradient for h_t, all later steps counted. At "
        "the end of the sequence nothing reads h_T, so it begins as zeros.",
        "At step t, first go through the tanh: with a_t what is inside it, da_t = dh * (1 − h_t²). All of du_x, du_h, "
        "du_0 come from da_t, as those of w come from dys[:, t].",
        "h_{t-1} was used twice at step t: in a_t by u_h, and in s_t by w_h. Its gradient is the sum over both, each "
        "going back through its matrix: `da @ u_h + dy @ w_h`. That is the next `dh`; after the first step it is dh_0.",
        "For a weight in rows: forward `x @ u_x.T`, backward `u_x`'s gradient is `da.T @ x` (which sums over the "
        "batch), the input's is `da @ u_x`. Use `+=` for weights, since every step adds its share.",
    ),
    terms={
        "da": "the gradient at h_t's sum",
        "dh": "the gradient at the state",
        "h": "h_t",
        "h_before": "h_{t-1}",
        "x": "x_t",
        "dy": "dy_t",
    },
    variants=(
        variants.rnn_backward_collected,
        variants.rnn_backward_sequence_by_sequence,
        variants.rnn_backward_recursive,
        variants.rnn_backward_float32,
    ),
    patterns=PATTERNS,
    builds_on=("rnn_backward_step",),
)
