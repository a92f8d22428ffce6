"""How `rnn_backward` and `truncated_bptt` are examined: each gradient on its own, on inputs that isolate its terms."""

import numpy as np

from solutions.vanishing_gradients import misconceptions_backward as wrong
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from unrolled.exercise import Case, Exercise, Misconception, Part, Pattern

SEVERAL, TWO, ONE = "several timesteps", "two timesteps", "one timestep"
ALONE, LAST = "one sequence", "a gradient at the last step only"
NO_U_H, TINY, FIRST, AGAIN = "u_h is zero", "states near zero", "the first call", "the same call again"


def _params(rng, D, H, O):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    return {name: rng.normal(size=shape).round(3) for name, shape in shapes.items()}


def _states(xs, h, params, digits):
    hs = []
    for t in range(xs.shape[1]):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(hs, axis=1).round(digits)


def _backward(rng, label, B, T, D, H, O, scale=1.0, u_h=1.0, only_last=False):
    params, digits = _params(rng, D, H, O), 6 if scale == 1 else 10
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
    yield _backward(rng, SEVERAL, 3, 5, 1, 2, 4)
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
    *_per_part(("dw_x", "dw_h", "dw_0"), "{part} is right for one timestep and wrong beyond. Each step adds its own "
               "share to it, and no step's share depends on another's: look at how they are put together.",
               [f"{{part}} @ {SEVERAL}"], f"{{part}} @ {ONE}"),
    Pattern("dw_x is right and dw_h wrong: the gradient at the output is fine, so look at the state it is multiplied "
            "with. Which state did y_t read?", ("dw_h",), ("dw_x",)),
    Pattern("dw_x is wrong even for a single timestep, where nothing recurs at all: s = w_x x + w_h h_0 + w_0. Get "
            "that one right first.", (f"dw_x @ {ONE}",)),
    Pattern("Everything is right but dw_0: each sequence of the batch and each step adds to the same w_0.",
            ("dw_0",), ("dw_x",)),
    *_per_part(_DU, "{part} is right while states are near zero, where tanh is a straight line, and wrong where it "
               "bends: the slope of tanh is the term to look at. At which number is it taken, and in terms of what?",
               [f"{{part}} @ {TWO}"], f"{{part}} @ {TINY}"),
    *_per_part(_DU, "{part} is right where u_h is zero and wrong elsewhere: what goes wrong is the path from h_t to "
               "h_{{t-1}} through u_h.", [f"{{part}} @ {SEVERAL}"], f"{{part}} @ {NO_U_H}"),
    *_per_part(_DU, "{part} is right for two timesteps and wrong beyond: what each step hands to the step before it "
               "isn't carried on as it should be. From the third step on, dh holds two paths.",
               [f"{{part}} @ {SEVERAL}"], f"{{part}} @ {TWO}"),
    *_per_part(_DU, "{part} is right when only the last step has a gradient and wrong when every step has: the "
               "gradient that joins at each step on the way back is the one to look at.",
               [f"{{part}} @ {SEVERAL}"], f"{{part}} @ {LAST}"),
    *_per_part(_DU, "{part} is right for one sequence and wrong for a batch: gradients of a shared weight add up over "
               "the batch.", [f"{{part}} @ {SEVERAL}"], f"{{part}} @ {ALONE}"),
    Pattern("du_x and du_0 are right, so the gradient inside the tanh is: du_h multiplies it with the wrong state.",
            ("du_h",), ("du_x", "du_0")),
    Pattern("du_h is right, so the gradient inside the tanh is: du_x multiplies it with the wrong input.",
            ("du_x",), ("du_h",)),
    Pattern("du_x and du_h are right and du_0 isn't: u_0 is added in every sequence, at every step.",
            ("du_0",), ("du_x", "du_h")),
    Pattern("du_0 is wrong already for two timesteps, where one way alone leads to it: from the second output through "
            "w_h to h_1, and through the tanh that made h_1. Write down the factor of each.",
            (f"du_0 @ {TWO}",), ("dw_x",)),
    Pattern("All six weights are right, and so is dxs for one timestep: what dxs lacks is the way an input acts "
            "through the state it makes.", ("dxs",), ("du_x", f"dxs @ {ONE}")),
    Pattern("dxs is wrong even for one timestep, where an input acts on nothing but its own output.",
            (f"dxs @ {ONE}",), ("dw_x",)),
    Pattern("All six weights are right, so what is carried back is too; only its last stop, h_0, isn't.",
            ("dh_0",), ("du_x", "du_h", "dw_h")),
    Pattern("Begin with dh_0 for one timestep: h_0 acts on one output and, in that case, on nothing else.",
            (f"dh_0 @ {ONE}",)),
)  # fmt: skip

MISCONCEPTIONS = (
    Misconception(
        "overwritten", "Each step's share replaces the one before, so what you return is the first timestep's share "
        "alone. The weights are used at every step: what does that mean for their gradient?", wrong.overwritten),
    Misconception(
        "nothing-carried", "Every step starts from its own dys alone: nothing of what later steps want arrives at "
        "earlier ones, so no output can teach a state more than one step back. What a step finds out about h_{t-1} "
        "has to be handed to the step before it, through tanh and u_h too.", wrong.nothing_carried),
    Misconception(
        "carried-twice", "Your dh keeps its old value and the new one is added on top. The gradient for h_t has done "
        "its work once it has passed through step t; what step t - 1 needs is the gradient for h_{t-1} only.",
        wrong.carried_twice),
    Misconception(
        "around-tanh", "You carry the gradient of h_t back through u_h without passing the tanh on the way. Between "
        "h_t and h_{t-1} lie both: walk through them in reverse order.", wrong.carried_around_tanh),
    Misconception(
        "slope-of-state-before", "You take the slope of tanh at h_{t-1}. The tanh of step t made h_t: its slope "
        "belongs to the number it put out.", wrong.slope_at_the_state_before),
    Misconception(
        "no-slope", "The tanh is passed as if it were not there: its slope is missing between the gradient of h_t and "
        "that of what is inside it.", wrong.no_slope),
    Misconception(
        "slope-of-state", "You apply tanh to h_t once more before you square it. But h_t is already a tanh: the slope "
        "in terms of what tanh put *out* is shorter than the one in terms of what went in.", wrong.slope_of_the_state),
    Misconception(
        "slope-not-squared", "The slope you use is 1 − h. Differentiate tanh once more on paper: its slope is the "
        "same for h and −h.", wrong.slope_not_squared),
    Misconception(
        "slope-of-sigmoid", "h (1 − h) is the slope of a sigmoid. The state is made by tanh.",
                            wrong.slope_of_a_sigmoid),
    Misconception(
        "transposed", "You go back through u_h the same way as forward. In rows, forward is `h @ u_h.T`; the way back "
        "is its mirror image. (With H = D shapes would not have told you.)", wrong.transposed),
    Misconception(
        "u-h-state-after", "For du_h you multiply with h_t, the state the step made. u_h was multiplied with the "
        "state that went *into* the step.", wrong.u_h_times_the_state_after),
    Misconception(
        "w-h-state-after", "For dw_h you multiply with h_t. By the definition y_t reads the state before the update: "
        "that one met w_h.", wrong.w_h_times_the_state_after),
    Misconception(
        "reads-state-after", "You send the gradient of y_t to h_t, as it is right for networks whose output reads the "
        "new state (Elman's, and most libraries'). In Definition 15.1 y_t reads h_{t-1}: which state does its "
        "gradient reach, and does it pass the tanh of step t?", wrong.reads_the_state_after),
    Misconception(
        "forward-loop", "You loop from the first step to the last. A state's gradient comes from the steps *after* "
        "it, so those must have been visited already.", wrong.forward_loop),
    Misconception(
        "biases-per-sequence", "Your bias gradients still have a row for each sequence. The whole batch shares one "
        "bias, so its gradient has the bias's own shape.", wrong.biases_per_sequence),
    Misconception(
        "biases-averaged", "You average the bias gradients over the batch. The loss is a sum over sequences, and the "
        "other weights' gradients add up too.", wrong.biases_averaged),
    Misconception(
        "averaged-over-time", "Your weight gradients are divided by the number of timesteps. Nothing in the loss is: "
        "the shares of a shared weight are summed.", wrong.averaged_over_time),
    Misconception(
        "averaged-over-batch", "Your weight gradients are divided by the number of sequences. If the loss is an "
        "average, `dys` already holds that factor; here it is a sum.", wrong.averaged_over_the_batch),
    Misconception(
        "no-gradient-for-h-0", "The gradient under \"h_0\" stays zero. What the first step hands back has reached its "
        "last stop: that is it.", wrong.no_gradient_for_h_0),
    Misconception(
        "h-1-for-h-0", "Under \"h_0\" you return the gradient for h_1: it is one step short. The first step has to be "
        "passed as well.", wrong.h_1_for_h_0),
    Misconception(
        "w-h-path-missing", "The path from y_t through w_h to h_{t-1} is missing. In this network it is the only way "
        "from the loss to the states, so du_x, du_h and du_0 all come out zero.", wrong.w_h_path_missing),
    Misconception(
        "no-output-in-dxs", "For dxs you count what x_t does through the state, and forget that y_t reads x_t "
                            "directly.",
        wrong.no_output_in_dxs),
    Misconception(
        "no-state-in-dxs", "For dxs you count what x_t does to its own output, and forget what it does through the "
        "state to all later ones.", wrong.no_state_in_dxs),
    Misconception(
        "sigmoid-again", "You multiply `dys` by the sigmoid's slope. They are gradients *before* the sigmoid, so it "
        "has been passed already: read their description once more.", wrong.sigmoid_again),
    Misconception(
        "wraps-around", "At the first step you read `hs[:, -1]`, which in Python is the *last* state. The state "
        "before the first step has a name of its own.", wrong.wraps_around),
    Misconception(
        "zeros-for-h-0", "At the first step you take zeros for the state before it. The sequence started from `h_0`.",
        wrong.zeros_for_h_0),
)  # fmt: skip

RNN_BACKWARD = Exercise(
    right.rnn_backward,
    _rnn_backward,
    (
        Part("du_x", 1, "u_x"),
        Part("du_h", 2, "u_h"),
        Part("du_0", 1, "u_0"),
        Part("dw_x", 1, "w_x"),
        Part("dw_h", 1, "w_h"),
        Part("dw_0", 1, "w_0"),
        Part("dh_0", 1, "h_0"),
        Part("dxs", 2, "xs", axes="B T D"),
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
    MISCONCEPTIONS,
    (
        variants.rnn_backward_collected, variants.rnn_backward_sequence_by_sequence,
        variants.rnn_backward_recursive, variants.rnn_backward_float32,
    ),
    patterns=PATTERNS,
)  # fmt: skip


def _chunked(rng, label, k, B, T, D, H, O):
    params = _params(rng, D, H, O)
    xs, dys, h_0 = (rng.normal(size=size).round(3) for size in [(B, T, D), (B, T, O), (B, H)])
    return Case((xs, dys, h_0, params, k), label)


def _truncated(rng):
    yield _chunked(rng, "the last chunk is shorter", 3, 2, 7, 4, 3, 1)
    yield _chunked(rng, "chunks of equal length", 3, 3, 6, 1, 2, 4)
    yield _chunked(rng, "one chunk", 5, 3, 5, 2, 4, 1)
    yield _chunked(rng, "k larger than T", 9, 2, 4, 3, 1, 5)
    yield _chunked(rng, "k = 1", 1, 3, 4, 2, 5, 1)
    yield _chunked(rng, "one sequence", 2, 1, 5, 3, 4, 2)


TRUNCATED_BPTT = Exercise(
    right.truncated_bptt,
    _truncated,
    (Part("several chunks", 2, None), Part("one chunk", 1, None, "one chunk")),
    (
        "Two things happen at a border: the state goes on, the gradient stops. So run the states forward through all "
        "T steps, in a loop of your own, and call `rnn_backward` once per chunk.",
        "`range(0, T, k)` gives the chunks' first steps, and slicing beyond the end of an array is no error: the short "
        "chunk at the end comes for free.",
        "`rnn_backward` needs the state *its* chunk started from: h_0 for the first chunk, the last state of the chunk "
        "before for all others. Add up the six weights' gradients; leave \"h_0\" and \"xs\" out.",
    ),
    (
        Misconception(
            "state-reset", "At each border the state starts again from zeros, so later chunks see nothing of earlier "
            "ones. Only the gradient stops there; the state flows on.", wrong.state_reset),
        Misconception(
            "from-h-0-again", "Every chunk starts from `h_0`. That is the state before the *first* step; the others "
            "go on from where the chunk before ended.", wrong.started_from_h_0),
        Misconception(
            "not-truncated", "The gradient flows on over the borders: this is the full gradient, whatever k is. Within "
            "a chunk its first state counts as a constant.", wrong.not_truncated),
        Misconception(
            "cut-too-early", "You cut one step too early. The first step of a chunk still belongs to it: it hears of "
            "the chunk's later steps, and only what it would pass on to the step before is dropped.",
            wrong.cut_too_early),
        Misconception(
            "short-chunk-dropped", "When k does not divide T, the steps that remain at the end are left out. They "
            "make a shorter chunk.", wrong.short_chunk_dropped),
        Misconception(
            "last-chunk-only", "Only the last chunk's gradient is returned. Every chunk has outputs of its own, and "
            "their gradients add up.", wrong.last_chunk_only),
        Misconception(
            "averaged", "You average over the chunks. The loss is a sum over all steps, however they are cut.",
            wrong.averaged_over_chunks),
        Misconception(
            "averaged-over-k", "You divide by k, the length of a chunk. Nothing in the loss is divided: the shares of "
            "a shared weight are summed, within a chunk and over all of them.", wrong.averaged_over_k),
        Misconception(
            "averaged-over-time", "You divide by the number of timesteps. The loss is a sum over all steps, and so is "
            "the gradient.", wrong.averaged_over_all_steps),
        Misconception(
            "told-h-0", "Your states are right, but every call of `rnn_backward` is told that its chunk began at "
            "`h_0`. It multiplies with that state to get du_h and dw_h of the chunk's first step.",
            wrong.backward_told_h_0),
    ),
    (variants.truncated_bptt_states_first, variants.truncated_bptt_one_loop, variants.truncated_bptt_recursive),
    patterns=(
        Pattern("It is right for one chunk and wrong for several: look at the borders. What goes on there, what stops, "
                "and how are the chunks' gradients put together?", ("several chunks",), ("one chunk",)),
        Pattern("It is wrong even for a single chunk, where it is no more than `rnn_backward` on the whole sequence: "
                "look at the states you made for it.", ("one chunk",)),
    ),
)  # fmt: skip
