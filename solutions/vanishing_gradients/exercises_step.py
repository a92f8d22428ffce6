"""How `rnn_backward_step` is examined: each gradient on its own, one step back."""

from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from solutions.vanishing_gradients.exercises_backward import AGAIN, ALONE, FIRST, TINY, random_params
from solutions.vanishing_gradients.scales import cut_off, scaled
from unrolled.exam.exercise import Case, Exercise, Part, Pattern

SEVERAL, NO_DH, NO_DY = "several sequences", "dh is zero", "dy is zero"
_PARTS = ("dx", "dh", "du_x", "du_h", "du_0", "dw_x", "dw_h", "dw_0")


def _drawn(rng, label, B, D, H, O, size=0.5, dh=1.0, dy=1.0):
    cache = {"x": rng.normal(size=(B, D)).round(3), "h": rng.uniform(-0.9, 0.9, size=(B, H)).round(3)}
    cache["h_new"] = (2 * size * rng.uniform(-0.9, 0.9, size=(B, H))).round(8)
    back = (dh * rng.normal(size=(B, H))).round(3), (dy * rng.normal(size=(B, O))).round(3)
    return Case((*back, cache, random_params(rng, D, H, O)), label)


def _steps(rng):
    first = _drawn(rng, FIRST, 2, 5, 3, 4)
    yield first
    yield Case(first.args, AGAIN)
    yield from scaled(first, (0, 1))
    yield _drawn(rng, SEVERAL, 4, 1, 2, 3)
    yield _drawn(rng, ALONE, 1, 3, 4, 2)
    yield _drawn(rng, TINY, 3, 2, 5, 1, size=1e-5)
    yield _drawn(rng, NO_DH, 3, 4, 2, 1, dh=0.0)
    yield _drawn(rng, NO_DY, 3, 2, 4, 1, dy=0.0)


def _where(text, wrong, *right):
    return Pattern(text, (wrong,), right)


RNN_BACKWARD_STEP = Exercise(
    right.rnn_backward_step,
    _steps,
    tuple(Part(name, 0.5, name[1:]) for name in _PARTS),
    (
        "Two things were made at this step, a_t and s_t, and each of x_t, h_{t-1} and the weights went into one or "
        "both of them. First find the gradient for a_t.",
        "h_t = tanh(a_t), and the slope of tanh is 1 − tanh², which is 1 − h_t²: `da = dh * (1 - h_new**2)`. For s_t "
        "it is `dy`, as it came.",
        "Forward in rows it was `x @ u_x.T`. Backward, u_x's gradient is `da.T @ x` (which sums over the batch) and "
        "x's is `da @ u_x`. The three w are like the three u, with `dy` for `da`.",
        "x_t and h_{t-1} were used twice, in a_t and in s_t: add both ways. `da @ u_h + dy @ w_h` is the gradient "
        "for h_{t-1}.",
    ),
    terms={
        "da": "the gradient at h_t's sum",
        "dh": "the gradient at the state",
    },
    variants=(variants.rnn_backward_step_einsum, variants.rnn_backward_step_one_by_one),
    patterns=(
        *(
            _where(f"{part} is right at first and wrong when the same call is made again: something is kept from call "
                   "to call. Start every call afresh.", f"{part} @ {AGAIN}", f"{part} @ {FIRST}")
            for part in _PARTS
        ),
        *cut_off(_PARTS),
        _where("du_0 is right for one sequence and wrong for a batch: gradients of a shared weight add up over it.",
               f"du_0 @ {SEVERAL}", f"du_0 @ {ALONE}"),
        _where("dw_0 is right for one sequence and wrong for a batch: gradients of a shared weight add up over it.",
               f"dw_0 @ {SEVERAL}", f"dw_0 @ {ALONE}"),
        _where("dh is right where dy is zero and wrong elsewhere: look at the way from s_t back to h_{t-1}.",
               f"dh @ {SEVERAL}", f"dh @ {NO_DY}"),
        _where("dh is right where it comes from the output alone: look at the way from h_t back to h_{t-1}.",
               f"dh @ {SEVERAL}", f"dh @ {NO_DH}"),
        _where("dx is right where dy is zero and wrong elsewhere: look at the way from s_t back to x_t.",
               f"dx @ {SEVERAL}", f"dx @ {NO_DY}"),
        _where("dx is right where it comes from the output alone: look at the way from h_t back to x_t.",
               f"dx @ {SEVERAL}", f"dx @ {NO_DH}"),
        _where("Begin with du_0: it is what enters the tanh, summed over the batch; du_x and du_h are made of that.",
               f"du_0 @ {SEVERAL}"),
    ),
)  # fmt: skip
