"""How the LSTM's backward passes are examined: each gradient on its own, each gate shut once."""

from solutions.gated_cells import inputs, variants
from solutions.gated_cells import misconceptions_backward as wrong
from solutions.gated_cells import reference as right
from solutions.gated_cells.inputs import (
    ALONE,
    F_SHUT,
    FORGETS,
    G_FLAT,
    I_SHUT,
    LAST,
    NO_DC,
    NO_DH,
    NO_U_H,
    O_SHUT,
    ONE,
    SEVERAL,
    TWO,
)  # fmt: skip
from solutions.gated_cells.patterns import kept_between_calls, own_gradient, stacked
from unrolled.exam.exercise import Exercise, Misconception, Part, Pattern, Play
from unrolled.exam.probing import nothing_more

_LSTM_STEP_PARTS = ("dx", "dh", "dc", "du_x", "du_h", "du_0")


_GATES = (
    ("i", "the input gate", "fgo", I_SHUT, "sigmoid"),
    ("f", "the forget gate", "igo", F_SHUT, "sigmoid"),
    ("o", "the output gate", "ifg", O_SHUT, "sigmoid"),
    ("g", "the candidate", "ifo", G_FLAT, "tanh"),
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
    (
        Misconception("dh-stays-outside", "What the loss wants of h_t never gets into the cell: h_t is made from c_t, "
                      "so its gradient goes on into c_t's.", wrong.dh_stays_outside),
        Misconception("dc-dropped", "You take what comes through h_t and drop the `dc` that comes from the next step. "
                      "The cell reaches the loss both ways.", wrong.dc_in_dropped),
        Misconception("no-slope-of-shown", "Between c_t and h_t stands a tanh: its slope is missing on the way from "
                      "dh to the cell.", wrong.no_slope_of_shown),
        Misconception("shown-ungated", "On the way from dh to the cell the output gate is missing: what it doesn't "
                      "show, it doesn't teach.", wrong.shown_ungated),
        Misconception("slope-of-raw-cell", "You write the tanh's slope as 1 − c². The square is that of what tanh put "
                      "*out*, and c_t is what went in.", wrong.slope_of_raw_cell),
        Misconception("not-forgotten", "You hand the cell's gradient on as it is. Going forward the old cell was "
                      "multiplied by the forget gate, so going back its gradient is too.", wrong.not_forgotten),
        Misconception("only-dc-in-carried", "You hand on only the `dc` that came in. What came into the cell through "
                      "h_t goes back to the old cell as well.", wrong.only_dc_in_carried),
        Misconception("f-times-new-cell", "For the forget gate you multiply with the cell after the step. It "
                      "multiplied the one before.", wrong.f_times_the_new_cell),
        Misconception("o-times-raw-cell", "For the output gate you multiply with c_t. What it lets through is "
                                          "tanh(c_t).",
                      wrong.o_times_the_raw_cell),
        Misconception("o-from-dc", "The output gate's gradient starts from the cell's. The gate stands after the "
                      "cell: it only knows what h_t wants.", wrong.o_from_dc),
        Misconception("no-slope-of-gates", "Your gradients for the gates stop at what the gates put out. The weights "
                      "stand inside the sigmoid: its slope is missing.", wrong.no_slope_of_gates),
        Misconception("no-slope-of-candidate", "The slope of the candidate's tanh is missing.",
                      wrong.no_slope_of_candidate),
        Misconception("sigmoid-slope-of-candidate", "You use the slope of a sigmoid for the candidate. It is the one "
                      "of the four that is a tanh.", wrong.sigmoid_slope_of_candidate),
        Misconception("tanh-slope-twice", "You apply tanh to g once more before squaring. g is what a tanh put out.",
                      wrong.tanh_slope_twice),
        Misconception("i-and-g-exchanged", "In the product i ⊙ g you multiply each factor's gradient with that factor "
                      "itself. It is the other one that counts.", wrong.i_and_g_exchanged),
        Misconception("stacked-i-f-o-g", "Your four blocks are stacked i, f, o, g. The weights' order is i, f, g, o.",
                      wrong.stacked_i_f_o_g),
        Misconception("stacked-f-i-g-o", "Your four blocks are stacked f, i, g, o. The weights' order is i, f, g, o.",
                      wrong.stacked_f_i_g_o),
        Misconception("sigmoid-twice", "You apply σ to the gates once more before you make their slopes. They are what "
                      "a σ put out.", wrong.sigmoid_twice),
        Misconception("bias-of-other-gates", "du_x and du_h are in order, but the biases' blocks are not: each gate "
                      "gets another gate's gradient. The same i, f, g, o holds for u_0.", wrong.bias_of_other_gates),
        Misconception("biases-per-sequence", "Your bias gradient still has a row for each sequence; all share one "
                                             "bias.",
                      wrong.biases_per_sequence),
        Misconception("biases-averaged", "You average the bias gradient over the batch. The loss is a sum over "
                                         "sequences.",
                      wrong.biases_averaged),
        Misconception("transposed", "You go back through u_h the same way as forward. In rows, forward is `h @ "
                      "u_h.T`; the way back is its mirror image.", wrong.transposed),
        Misconception("met-state-after", "For du_h you multiply with the hidden state the step made. u_h met the one "
                      "before.", wrong.met_the_state_after),
    ),
    (variants.lstm_backward_step_by_gate, variants.lstm_backward_step_in_place),
    patterns=(
        *kept_between_calls(_LSTM_STEP_PARTS),
        Pattern("dc is right where dh is zero and wrong where it isn't: how dh gets from h_t = o ⊙ tanh(c_t) into the "
                "cell is the term to look at.", (f"dc @ {SEVERAL}",), (f"dc @ {NO_DH}",)),
        Pattern("dc is right where the incoming dc is zero and wrong where it isn't: look at what you do with the dc "
                "that comes in.", (f"dc @ {SEVERAL}",), (f"dc @ {NO_DC}",)),
        Pattern("Everything that enters the gates is right (du_0 is), so the cell's gradient is too; only handing it "
                "on to the old cell isn't.", ("dc",), ("du_0",)),
        *_OWN_GRADIENTS,
        Pattern("Of du_0 the block g is right, so the cell's gradient is, and those of all three gates aren't: look "
                "at what they have in common, the slope of the sigmoid, and at what each is multiplied with going "
                "forward.",
                ("du_0[i]", "du_0[f]", "du_0[o]"), ("du_0[g]",)),
        Pattern("du_0 is right where dh is zero and wrong where it isn't: look at where dh goes: to the output gate, "
                "and into the cell.", (f"du_0 @ {SEVERAL}",), (f"du_0 @ {NO_DH}",)),
        Pattern("du_0 is right for one sequence and wrong for a batch: gradients add up over the batch.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ALONE}",)),
        Pattern("The gradients inside the gates are right (du_0 is). For dh they go back through u_h.",
                ("dh",), ("du_0",)),
        Pattern("The gradients inside the gates are right (du_0 is). For dx they go back through u_x.",
                ("dx",), ("du_0",)),
        Pattern("The gradients inside the gates are right (du_0 is). For du_x each is multiplied with the input, for "
                "du_h with the hidden state before the step.", ("du_x",), ("du_0",)),
        Pattern("The gradients inside the gates are right (du_0 is). For du_h each is multiplied with the hidden state "
                "before the step.", ("du_h",), ("du_0",)),
        Pattern("dc is right, so the cell's gradient is; what is wrong comes after it, on the way into the gates.",
                ("du_0",), ("dc",)),
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
    (
        Misconception("dc-not-carried", "The cell's gradient starts from zero at every step. It is the one thing an "
                      "LSTM carries far: hand each step's dc to the step before." + _OR_THE_STEP, wrong.dc_not_carried),
        Misconception("dh-not-carried", "The hidden state's gradient isn't handed to the step before, although u_h "
                      "reads h_{t-1} in all four gates.", wrong.dh_not_carried),
        Misconception("dc-piled-up", "Your dc keeps its old value and the new one is added on top. After passing a "
                      "step, the old one has done its work.", wrong.dc_piled_up),
        Misconception("dh-piled-up", "Your dh keeps its old value and the new one is added on top. After passing a "
                      "step, the old one has done its work.", wrong.dh_piled_up),
        Misconception("overwritten", "Each step's share of the weights' gradients replaces the one before. All steps "
                      "use the same weights.", wrong.overwritten),
        Misconception("forward-loop", "You loop from the first step to the last. What comes from later steps must be "
                      "there before a step can be passed.", wrong.forward_loop),
        Misconception("last-dhs-only", "You read `dhs` at the last step only. Every h_t may have an output of its own: "
                      "`dhs[:, t]` joins at each step.", wrong.last_dhs_only),
        Misconception("only-own-dhs", "Each step gets its own `dhs[:, t]` and nothing of what later steps want of "
                      "h_t. Both belong together.", wrong.only_own_dhs),
        Misconception("dhs-twice", "`dhs[:, t]` is counted twice.", wrong.dhs_added_twice),
        Misconception("cell-of-same-step", "As the cell before the step you pass the one after it. `cache[\"c\"][:, "
                      "t]` is what step t made." + _OR_THE_STEP, wrong.cell_of_the_same_step),
        Misconception("hidden-of-same-step", "As the hidden state before the step you pass the one after it. "
                      "`cache[\"h\"][:, t]` is what step t made." + _OR_THE_STEP, wrong.hidden_of_the_same_step),
        Misconception("wraps-around", "At the first step you read index −1, which in Python is the *last* step. The "
                      "states before the first are \"h_0\" and \"c_0\".", wrong.wraps_around),
        Misconception("zeros-at-start", "At the first step you take zeros for the states before it. They are in the "
                      "cache, under \"h_0\" and \"c_0\".", wrong.zeros_at_the_start),
        Misconception("c-0-from-h-0", "At the first step you take h_0 for both states. The cell has an initial state "
                      "of its own.", wrong.c_0_from_h_0),
        Misconception("first-step-not-visited",
                      "The loop stops before the first step: `range(T - 1, 0, -1)` ends at 1. "
                      "Step 0 has its share in the weights as well, and what it hands back is for h_0 and c_0.",
                      wrong.first_step_not_visited),
        Misconception("cell-before-as-new",
                      "As \"c_new\" you pass the cell before the step. It is the one that the step "
                      "made.", wrong.cell_before_as_new),
        Misconception("arguments-exchanged", "`lstm_backward_step` gets its dh and dc the wrong way round.",
                      wrong.arguments_exchanged),
        Misconception("handed-on-exchanged", "You hand on each step's gradient for c as dh, and the one for h as dc.",
                      wrong.handed_on_exchanged),
        Misconception("dhs-into-the-cell-too", "You add `dhs[:, t]` to dc as well. It is the gradient for h_t; how it "
                      "gets from there into the cell is the step's business.", wrong.dhs_into_the_cell_too),
        Misconception("dhs-into-the-cell-only",
                      "You add `dhs[:, t]` to dc. It is the gradient for h_t, so it joins dh.",
                      wrong.dhs_into_the_cell_only),
        Misconception("dhs-joins-after", "`dhs[:, t]` joins one step late: you add it to what step t hands back. It is "
                      "what the loss wants of h_t, which step t *made*.", wrong.dhs_joins_after_the_step),
        Misconception("dhs-of-step-before",
                      "At step t you add `dhs[:, t - 1]`. Step t made h_t, and `dhs[:, t]` is its "
                      "gradient.", wrong.dhs_of_the_step_before),
        Misconception("last-dhs-twice", "dh begins with `dhs[:, -1]`, and the loop adds it once more at the last step.",
                      wrong.last_dhs_twice),
        Misconception("averaged-over-time", "Your weight gradients are divided by the number of timesteps. The steps' "
                      "shares are summed.", wrong.averaged_over_time),
        Misconception("averaged-over-batch", "Your weight gradients are divided by the number of sequences. If the "
                      "loss is an average, `dhs` already holds that factor." + _OR_THE_STEP,
                      wrong.averaged_over_the_batch),
        Misconception("initial-exchanged", "The gradients of h_0 and c_0 are exchanged.",
                      wrong.initial_gradients_exchanged),
        Misconception("initial-missing", "The gradients of h_0 and c_0 stay zero. What the first step hands back is "
                      "exactly theirs.", wrong.initial_gradients_missing),
    ),
    (variants.lstm_backward_step_by_step, variants.lstm_backward_recursive),
    patterns=(
        *kept_between_calls(_LSTM_PARTS),
        Pattern("All is well for one timestep but not beyond, and it is well again where the forget gate is shut, so "
                "that no cell reaches the next step: what is carried along the cell, dc, is the term to look at.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ONE}", f"du_0 @ {FORGETS}")),
        Pattern("All is well for one timestep but not beyond, and it is well again where u_h is zero: what is carried "
                "along the hidden state, dh, is the term to look at.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ONE}", f"du_0 @ {NO_U_H}")),
        Pattern("All is well if only the last step has a gradient and not if every step has: look at how `dhs[:, t]` "
                "joins on the way.", (f"du_0 @ {SEVERAL}",), (f"du_0 @ {LAST}",)),
        Pattern("du_0 is right for two timesteps and wrong beyond: look at what is handed from step to step, and "
                "whether it replaces what was there.", (f"du_0 @ {SEVERAL}",), (f"du_0 @ {TWO}",)),
        Pattern("du_0 is right for one timestep and wrong beyond: what one step hands to the step before it, or how "
                "the steps' shares are put together.", (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ONE}",)),
        Pattern("du_x and du_0 are right and du_h isn't: look at the hidden state it is multiplied with.",
                ("du_h",), ("du_x", "du_0")),
        Pattern("du_h and du_0 are right and du_x isn't: look at the input it is multiplied with.",
                ("du_x",), ("du_h", "du_0")),
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
    probe=Play(nothing_more, needs=("lstm_backward_step",)),
)  # fmt: skip
