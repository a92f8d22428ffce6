"""How `rnn_backward` is examined: each gradient on its own, on inputs that isolate its terms."""

import numpy as np

from solutions.vanishing_gradients import misconceptions_backward as wrong
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from unrolled.exam.exercise import Case, Exercise, Misconception, Part, Pattern

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
    Pattern("dw_x is wrong even for a single timestep, where nothing recurs at all: s = w_x x + w_h h_0 + w_0. Is "
            "that step visited, and what does it add?", (f"dw_x @ {ONE}",)),
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
    Pattern("du_x and du_0 are right, so the gradient inside the tanh is, too. Look at du_h alone: with which state is "
            "it multiplied, from which side, and how are the steps' shares put together?", ("du_h",), ("du_x", "du_0")),
    Pattern("du_h is right, so the gradient inside the tanh is, too. Look at du_x alone: with which input is it "
            "multiplied, from which side, and how are the steps' shares put together?", ("du_x",), ("du_h",)),
    Pattern("du_x and du_h are right, so the gradient inside the tanh is, too. Look at du_0 alone: u_0 is added once "
            "in every sequence, at every step, and so is every share of its gradient.", ("du_0",), ("du_x", "du_h")),
    Pattern("du_0 is wrong even for one timestep, where it has to be zero: nothing reads h_T, so nothing comes back to "
            "the last step's tanh. With what does your dh begin?", (f"du_0 @ {ONE}",)),
    Pattern("du_0 is wrong already for two timesteps, where one way alone leads to it: from the second output through "
            "w_h to h_1, and through the tanh that made h_1. Write down the factor of each.",
            (f"du_0 @ {TWO}",), ("dw_x",)),
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
    Misconception(
        "both-state-after", "For du_h and dw_h you multiply with h_t, the state the step made. Both matrices met the "
        "state that went *into* the step.", wrong.both_times_the_state_after),
    Misconception(
        "first-step-skipped", "The first step is never visited: `range(T - 1, 0, -1)` ends at 1. It adds its share to "
        "the weights' gradients, and it is the one that hands back dh_0.", wrong.first_step_skipped),
    Misconception(
        "last-step-skipped", "The last step is never visited: `range(T - 2, -1, -1)` begins with the last but one. "
        "Its output has a gradient as well, and sends it on.", wrong.last_step_skipped),
    Misconception(
        "steps-of-batch", "You visit as many steps as there are sequences. The axes are (B, T, …): the second one is "
        "time.", wrong.as_many_steps_as_sequences),
    Misconception(
        "starts-from-output", "Your dh begins with the last output's gradient, as if y_T read h_T. It read h_{T-1}, "
        "and nothing reads h_T: for a single timestep du_x, du_h and du_0 have to be zero.",
        wrong.starts_from_the_last_output),
    Misconception(
        "u-h-flipped", "The numbers of du_h are right, and its rows and columns are exchanged. It is shaped like u_h: "
        "a row for each unit of the state that is made, a column for each of the one before.",
        wrong.u_h_transposed_sum),
    Misconception(
        "output-path-sign", "What comes back from the outputs, through w_h, is subtracted. The two ways back to "
        "h_{t-1} are added.", wrong.output_path_subtracted),
    Misconception(
        "slope-at-h-0", "You send the gradient for h_0 through one more tanh. The tanh that made h_t belongs to step "
        "t, and no step made h_0: what arrives there is its gradient.", wrong.slope_at_h_0),
    Misconception(
        "dxs-backwards", "The numbers of dxs are right, and their order in time is reversed. If you append while you "
        "go backwards, the last step comes first.", wrong.dxs_backwards),
    Misconception(
        "dxs-one-early", "The numbers of dxs are right, and each stands one step too early (the first one at the end: "
        "`dxs[:, -1]` is the last row). What step t finds out about x_t belongs into row t.", wrong.dxs_one_early),
    Misconception(
        "dxs-around-tanh", "In dxs the tanh is missing between the gradient of h_t and x_t: x_t acts on h_t through "
        "a_t, inside the tanh.", wrong.dxs_around_tanh),
    Misconception(
        "dxs-from-before", "For dxs you use the gradient for h_{t-1}, which x_t never touched. x_t acts on h_t: has "
        "`dh` been replaced already when you use it?", wrong.dxs_from_the_state_before),
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
