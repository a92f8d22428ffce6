"""How lesson 06 is examined."""

from solutions.gated_cells import formulas, inputs, quizzes, variants
from solutions.gated_cells import reference as right
from solutions.gated_cells.exercises_backward import LSTM_BACKWARD, LSTM_BACKWARD_STEP
from solutions.gated_cells.exercises_gru import GRU_BACKWARD_STEP, GRU_FORWARD, GRU_STEP
from solutions.gated_cells.patterns import sequence
from unrolled.exam.exercise import BEHAVIOUR, Exercise, Part, Pattern, Play
from unrolled.exam.steps import Steps
from unrolled.gated_cells import plays
from unrolled.gated_cells.probes import probe_drawn

LESSON = "06_gated_cells"


LSTM_STEP = Exercise(
    right.lstm_step,
    inputs.lstm_steps,
    (Part("h", 2, 0, axes="B H"), Part("c", 2, 1, axes="B H")),
    (
        "One product for all four: `a = x @ u_x.T + h @ u_h.T + u_0` has shape (B, 4H). Cut it into four.",
        "`np.split(a, 4, axis=1)` gives the blocks in the order i, f, g, o. Three sigmoids, and tanh for g.",
        "First the cell, c_new = f * c + i * g; then what is shown of it, h_new = o * tanh(c_new). Return h first.",
    ),
    terms={
        "a_i": "i's sum",
        "a_f": "f's sum",
        "a_g": "g's sum",
        "a_o": "o's sum",
        "a": "the four sums",
        "c": "the cell state",
    },
    variants=(variants.lstm_step_slices, variants.lstm_step_einsum),
    patterns=(
        Pattern("c is right, so i, f and g are: look at o, and at what it lets through.", ("h",), ("c",)),
        Pattern("h is right, so the new cell inside it is: look at what you return as c.", ("c",), ("h",)),
        Pattern(
            "Begin with c: it is f ⊙ c + i ⊙ g, and h is made from it. So the matter is with i, f or g, with the sums "
            "they are made of, or with this one.",
            ("c",),
        ),
    ),
)

LSTM_FORWARD = Exercise(
    right.lstm_forward,
    inputs.lstm_sequences,
    (Part("hs", 1, 0, axes="B T H"), Part("cache", 1, 1, extras=True)),
    (
        "A loop over t that carries two arrays, h and c, and keeps six: i, f, g, o, c and h of every step.",
        "`lstm_step` doesn't give you the gates, so write its equations out once more inside the loop.",
        '`np.stack(list_of_steps, axis=1)` makes (B, T, H). Put "h_0" and "c_0" into the cache as they came.',
    ),
    terms={
        "h": "the hidden state",
        "c": "the cell state",
        "x": "x_t",
        "a_i": "i's sum",
        "a_f": "f's sum",
        "a_g": "g's sum",
        "a_o": "o's sum",
    },
    formula=formulas.lstm_forward,
    variants=(variants.lstm_forward_lists, variants.lstm_forward_float32),
    patterns=sequence("lstm_step"),
    steps=Steps(
        step="lstm_step",
        rows="xs",
        states=("0", "1.c"),
        names=("hs", "c"),
        begin=("h_0", "c_0"),
        rest=("params",),
        others="the rest of the cache is",
        axis=1,
    ),
    tools={"lstm_step": right.lstm_step},
    builds_on=("lstm_step",),
)

HOLD_WEIGHTS = Exercise(
    right.hold_weights,
    inputs.commands,
    (
        Part("written when told", 1, "held", "writes close together"),
        Part(inputs.KEPT, 1, "held", inputs.KEPT),
        Part("both at once", 1, "held"),
    ),
    (
        "One unit is enough, and u_h may be zero. Say for each gate when it should be open and when shut: at "
        '"write", and otherwise.',
        "Writing means: input gate open, forget gate shut. Keeping means: input gate shut, forget gate open. So both "
        "hang on the command alone, in opposite ways. The output gate can stay open.",
        "How open is open? A forget gate of 0.99 leaves 0.99^500, under one percent. σ(10) is about 0.99995: with a "
        "weight of 20 for the command and a bias of −10, a gate swings from σ(−10) to σ(10). The same for shut: what "
        "lets in 0.007 at each step lets in 3.5 over 500.",
        "The candidate only has to carry the value's sign: weight 5 for the value, nothing else.",
    ),
    variants=(variants.hold_weights_with_spare_units, variants.hold_weights_lists),
    kind=BEHAVIOUR,
    play=Play(plays.play_hold, ("lstm_forward",), plays.hold_mistake),
    tools={"lstm_forward": right.lstm_forward},
)

INIT_LSTM = Exercise(
    right.init_lstm,
    inputs.starts,
    (Part("init_lstm", 1),),
    (
        "Three arrays. Only u_x and u_h are random, and the order in which you draw them matters.",
        "`rng.uniform(-k, k, size=(4 * H, D))` with k = 1 / np.sqrt(H).",
        "The forget gate is the second of four blocks: `u_0[H : 2 * H]`.",
    ),
    terms={"k": "k"},
    variants=(variants.init_lstm_stacked, variants.init_lstm_concatenated),
    probe=Play(probe_drawn),
)

CELL_GRADIENT = Exercise(
    right.cell_gradient,
    inputs.forget_gates,
    (Part("cell_gradient", 2, axes="T H"),),
    (
        "Write c_3 in terms of c_2, then of c_1. What does c_1 get multiplied by on its way into c_3?",
        "By all the forget gates *after* it: ∂c_T/∂c_t = f_{t+1} ⊙ … ⊙ f_T. For t = T that is a product of nothing, 1.",
        "Go backwards with a running product: store it, then multiply it by the gate of that step.",
    ),
    terms={"later": "the product"},
    formula=formulas.cell_gradient,
    variants=(variants.cell_gradient_loop, variants.cell_gradient_products),
    relative=True,
)

EXERCISES = [
    LSTM_STEP,
    LSTM_FORWARD,
    HOLD_WEIGHTS,
    CELL_GRADIENT,
    INIT_LSTM,
    LSTM_BACKWARD_STEP,
    LSTM_BACKWARD,
    GRU_STEP,
    GRU_FORWARD,
    GRU_BACKWARD_STEP,
    quizzes.WHY_THE_CELL_LASTS,
    quizzes.WHAT_THE_BIAS_DOES,
    quizzes.WHICH_GRU,
]
