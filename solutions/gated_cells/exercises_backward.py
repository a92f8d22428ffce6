"""How the LSTM's backward passes are examined: each gradient on its own, each gate shut once."""

from solutions.gated_cells import formulas, inputs, variants
from solutions.gated_cells import reference as right
from solutions.gated_cells.inputs import (
    ALONE,
    F_SHUT,
    G_FLAT,
    I_SHUT,
    NO_DC,
    NO_DH,
    O_SHUT,
    ONE,
    SEVERAL,
)
from solutions.gated_cells.patterns import kept_between_calls, own_gradient, stacked
from solutions.vanishing_gradients.scales import cut_off
from unrolled.exam.exercise import Exercise, Part, Pattern

_LSTM_STEP_PARTS = ("dx", "dh", "dc", "du_x", "du_h", "du_0")


_GATES = (
    ("i", "the input gate", "fgo", I_SHUT, "sigmoid"),
    ("f", "the forget gate", "igo", F_SHUT, "sigmoid"),
    ("o", "the output gate", "ifg", O_SHUT, "sigmoid"),
    ("g", "the candidate", "ifo", G_FLAT, "tanh"),
)
_ONLY_BIASES = Pattern(
    "du_x and du_h are right, so what enters the gates is, too. Only du_0 isn't: each block is the sum over the batch "
    "of what enters its gate, and the blocks stand in the weights' order.",
    ("du_0",),
    ("du_x", "du_h"),
)
_OWN_GRADIENTS = tuple(pattern for gate in _GATES for pattern in own_gradient(*gate))


LSTM_BACKWARD_STEP = Exercise(
    right.lstm_backward_step,
    inputs.lstm_back_steps,
    (
        Part("dx", 1, "x"), Part("dh", 1, "h"), Part("dc", 1, "c"), *stacked(1, "i f g o"),
    ),
    (
        "The cell state c_t reaches the loss in two ways: by the next step's cell, which is `dc`, and through h_t = o "
        "⊙ tanh(c_t), which you have to add to it. Do that first.",
        "∂L/∂c_t is `dc + dh * o * (1 - np.tanh(c_new)**2)`. Everything else that is not the output gate starts from "
        "it.",
        "c_t = f ⊙ c_{t-1} + i ⊙ g: in each product, a factor's gradient is the total times the *other* factor. The "
        "output gate gets dh times what it let through, tanh(c_t).",
        "Then go inside: times s (1 − s) for the three sigmoids, 1 − g² for the candidate. Stack the four in the order "
        "i, f, g, o to one (B, 4H) array `da`; the rest is as in `rnn_backward`: `da.T @ x`, `da @ u_x` and so on.",
    ),
    terms={
        "dc": "the gradient at c_t",
        "shown": "tanh(c_t)",
        "da_i": "the gradient at i's sum",
        "da_f": "the gradient at f's sum",
        "da_g": "the gradient at g's sum",
        "da_o": "the gradient at o's sum",
        "da": "the gradients at all four sums",
    },
    variants=(variants.lstm_backward_step_by_gate, variants.lstm_backward_step_in_place),
    patterns=(
        *kept_between_calls(_LSTM_STEP_PARTS),
        *cut_off(_LSTM_STEP_PARTS),
        Pattern("dc is right where dh is zero and wrong where it isn't: how dh gets from h_t = o ⊙ tanh(c_t) into the "
                "cell is the term to look at.", (f"dc @ {SEVERAL}",), (f"dc @ {NO_DH}",)),
        Pattern("dc is right where the incoming dc is zero and wrong where it isn't: look at what you do with the dc "
                "that comes in.", (f"dc @ {SEVERAL}",), (f"dc @ {NO_DC}",)),
        _ONLY_BIASES,
        *_OWN_GRADIENTS,
        Pattern("du_0 is right for one sequence and wrong for a batch: gradients add up over the batch.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ALONE}",)),
        Pattern("Begin with dc: all but the output gate is made from it.", (f"dc @ {SEVERAL}",)),
    ),
)  # fmt: skip

_OR_THE_STEP = " If the loop does that right, it is your `lstm_backward_step` that doesn't."
_LSTM_PARTS = ("du_x", "du_h", "du_0", "dh_0", "dc_0", "dxs")

LSTM_BACKWARD = Exercise(
    right.lstm_backward,
    inputs.lstm_back_sequences,
    (
        *stacked(0.5, "i f g o"), Part("dh_0", 0.5, "h_0"), Part("dc_0", 1, "c_0"),
        Part("dxs", 1, "xs", axes="B T D"),
    ),
    (
        "It is the loop of `rnn_backward`, with two arrays to carry back instead of one: `dh` and `dc`. Both begin as "
        "zeros.",
        "At step t, what h_t is wanted to do is `dh + dhs[:, t]`: by later steps, and by its own output. Call your "
        "`lstm_backward_step` with it and with `dc`.",
        "The step wants a cache of its own: its gates, its input, the cell *after* it as \"c_new\", and the states "
        "*before* it as \"h\" and \"c\". In the big cache, \"h\" and \"c\" are those after each step: before step t "
        "means t − 1. And before the first step?",
        "`cache[name][:, t]` for \"i\", \"f\", \"g\" and \"o\"; \"x\" is `xs[:, t]`, \"c_new\" is `cache[\"c\"][:, "
        "t]`; \"h\" and \"c\" are those at `t - 1`, or \"h_0\" and \"c_0\" if t is 0. Weights: `+=`. After the loop, "
        "`dh` and `dc` are the gradients of h_0 and c_0.",
    ),
    terms={
        "dc": "the gradient at the cell state",
        "dh": "the gradient at the hidden state",
        "da_i": "the gradient at i's sum",
        "da_f": "the gradient at f's sum",
        "da_g": "the gradient at g's sum",
        "da_o": "the gradient at o's sum",
        "da": "the gradients at all four sums",
        "c_before": "c_{t-1}",
        "h_before": "h_{t-1}",
        "x": "x_t",
        "c": "c_t",
    },
    formula=formulas.lstm_backward,
    variants=(variants.lstm_backward_step_by_step, variants.lstm_backward_recursive),
    patterns=(
        *kept_between_calls(_LSTM_PARTS),
        *cut_off(_LSTM_PARTS),
        Pattern("The weights' gradients are right, so all that is carried is; look at what you return for h_0 and c_0.",
                ("dc_0",), ("du_x", "du_h")),
        Pattern("The weights' gradients are right, so all that is carried is; look at what you return for h_0.",
                ("dh_0",), ("du_x", "du_h")),
        Pattern("The weights' gradients are right; look at where each step's gradient for x is stored.",
                ("dxs",), ("du_x", "du_h")),
        *(
            Pattern(f"For one timestep, where nothing is carried, only the block {gate} of du_0 is wrong: {name}'s own "
                    "gradient is the term to look at. If your `lstm_backward_step` is right, look at what you hand it.",
                    (f"du_0[{gate}] @ {ONE}",), tuple(f"du_0[{other}] @ {ONE}" for other in others))
            for gate, name, others, *_ in _GATES
        ),
        Pattern("It is wrong even for one timestep, where nothing is carried. If your `lstm_backward_step` is right, "
                "look at what you hand it: dh and dc, which of them `dhs[:, t]` joins, and which states are those "
                "before the step and after it. If you write the equations out here, begin with du_0: it holds what "
                "enters each gate.",
                (f"du_0 @ {ONE}",)),
    ),
    builds_on=("lstm_backward_step",),
)  # fmt: skip
