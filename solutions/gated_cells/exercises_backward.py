"""How lesson 06's backward passes are examined: each gradient on its own, each gate shut once."""

from solutions.gated_cells import inputs, variants
from solutions.gated_cells import misconceptions_backward as wrong
from solutions.gated_cells import reference as right
from solutions.gated_cells.inputs import (
    AGAIN,
    ALONE,
    F_SHUT,
    FIRST,
    FORGETS,
    G_FLAT,
    I_SHUT,
    LAST,
    N_FLAT,
    NO_DC,
    NO_DH,
    NO_GATE_U_H,
    NO_U_H,
    O_SHUT,
    ONE,
    R_SHUT,
    SEVERAL,
    TWO,
    Z_SHUT,
)  # fmt: skip
from unrolled.exercise import Exercise, Misconception, Part, Pattern


def _kept_between_calls(parts):
    text = (
        "{} is right at first and wrong when the same call is made again: something is kept from call to call. Start "
        "every call afresh."
    )
    return tuple(Pattern(text.format(part), (f"{part} @ {AGAIN}",), (f"{part} @ {FIRST}",)) for part in parts)


def _stacked(points, blocks):
    """The weights' gradients, whose rows are stacked gate by gate."""
    return tuple(Part(f"d{name}", points, name, blocks=blocks) for name in ("u_x", "u_h", "u_0"))


_GRU_PARTS = ("dx", "dh", "du_x", "du_h", "du_0")

GRU_BACKWARD_STEP = Exercise(
    right.gru_backward_step,
    inputs.gru_back_steps,
    (Part("dx", 1, "x"), Part("dh", 1, "h"), *_stacked(1, "r z n")),
    (
        "Begin at h_new = z ⊙ h + (1 − z) ⊙ n and ask of each of z, h and n what happens to h_new when it moves a "
        "little. That gives three gradients: for z, for n, and a first share of the one for h.",
        "Go inside the gates by their slopes: z (1 − z) for a sigmoid, 1 − n² for the tanh, both in terms of what the "
        "gate put out. Call the results da_z and da_n.",
        "Inside n stands u_h[n] (r ⊙ h). So `d_rh = da_n @ u_h[2*H:]` is the gradient for the product r ⊙ h: times h "
        "it is r's, times r it is another share of h's. Then da_r follows by r's slope.",
        "h is read four times: kept by z, inside n, inside r, inside z. Sum all four. For the weights, u_h[r] and "
        "u_h[z] met h, but u_h[n] met r ⊙ h.",
    ),
    (
        Misconception("not-kept", "The most direct path is missing from your gradient for h: where z keeps the old "
                      "state, h_new moves with it. That path is the reason why a GRU remembers.", wrong.gru_not_kept),
        Misconception("no-path-through-candidate", "The gradient for h doesn't come back through the candidate: n "
                      "reads r ⊙ h.", wrong.gru_no_path_through_candidate),
        Misconception("no-path-through-r", "The gradient for h doesn't come back through the reset gate, which reads h "
                      "to decide.", wrong.gru_no_path_through_r),
        Misconception("no-path-through-z", "The gradient for h doesn't come back through the update gate, which reads "
                      "h to decide.", wrong.gru_no_path_through_z),
        Misconception("no-path-through-gates", "The gradient for h comes back by the state and the candidate, but not "
                      "by the gates r and z. They read h as well.", wrong.gru_no_path_through_gates),
        Misconception("candidate-ungated", "The candidate's gradient ignores the update gate: only a part of n gets "
                      "into h_new, and only that part of the gradient gets back.", wrong.gru_candidate_ungated),
        Misconception("candidate-gated-by-z", "You gate the candidate's gradient by z. Look at the equation again: "
                      "which factor stands beside n?", wrong.gru_candidate_gated_by_z),
        Misconception("no-slope-of-candidate", "The candidate is a tanh: its slope is missing on the way inside.",
                      wrong.gru_no_slope_of_candidate),
        Misconception("z-moves-h-only", "For z you count that more of h comes through, and forget that less of n does.",
                      wrong.gru_z_moves_h_only),
        Misconception("z-moves-n-only", "For z you count that less of n comes through, and forget that more of h does.",
                      wrong.gru_z_moves_n_only),
        Misconception("z-sign", "The sign of the update gate's gradient is turned round: in this convention z = 1 "
                      "keeps the old state.", wrong.gru_z_sign),
        Misconception("no-slope-of-gates", "Your gradients for the gates stop at what the gates put out. The weights "
                      "stand inside the sigmoid: its slope is missing.", wrong.gru_no_slope_of_gates),
        Misconception("tanh-slope-of-gates", "You use the slope of tanh for the gates. They are sigmoids: in terms of "
                      "what it puts out, a sigmoid has another slope.", wrong.gru_tanh_slope_of_gates),
        Misconception("r-times-r", "For the reset gate you multiply by r. In the product r ⊙ h, it is the *other* "
                      "factor that says how much r matters.", wrong.gru_r_times_r),
        Misconception("u-h-met-h", "For the candidate's block of u_h you multiply with h. That block met r ⊙ h.",
                      wrong.gru_u_h_met_h),
        Misconception("transposed", "You go back through u_h the same way as forward. In rows, forward is `h @ "
                      "u_h.T`; the way back is its mirror image.", wrong.gru_transposed),
        Misconception("biases-per-sequence", "Your bias gradient still has a row for each sequence; all share one "
                                             "bias.",
                      wrong.gru_biases_per_sequence),
        Misconception("biases-averaged", "You average the bias gradient over the batch. The loss is a sum over "
                                         "sequences.",
                      wrong.gru_biases_averaged),
        Misconception("order-z-r-n", "Your blocks are stacked in the order z, r, n. The weights' order is r, z, n.",
                      wrong.gru_order_z_r_n),
        Misconception("reset-after", "This is the backward pass of PyTorch's GRU, which resets *after* multiplying "
                      "with u_h. Here r ⊙ h is made first, and u_h multiplies the product.",
                      wrong.gru_back_reset_after),
    ),
    (variants.gru_backward_step_by_gate, variants.gru_backward_step_einsum),
    patterns=(
        *_kept_between_calls(_GRU_PARTS),
        Pattern("The biases' gradient is right where z is fully open or shut and wrong elsewhere: the update gate's "
                "own gradient is the term to look at, how z moves h_new and the slope of its sigmoid.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {Z_SHUT}",)),
        Pattern("The biases' gradient is right where r is fully open or shut and wrong elsewhere: the reset gate's own "
                "gradient is the term to look at, what it multiplies and the slope of its sigmoid.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {R_SHUT}",)),
        Pattern("The biases' gradient is right where the candidate is saturated and wrong elsewhere: the way through "
                "n is the one to look at, its gate and the slope of tanh.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {N_FLAT}",)),
        Pattern("du_0 is right for one sequence and wrong for a batch: gradients add up over the batch.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ALONE}",)),
        Pattern("dh is wrong even where u_h is zero. There h reaches h_new by a single way: z keeps it.",
                (f"dh @ {NO_U_H}",)),
        Pattern("dh is right while only the candidate reads h, and wrong when the gates do: look at the ways through "
                "r and through z.", (f"dh @ {SEVERAL}",), (f"dh @ {NO_GATE_U_H}",)),
        Pattern("The gradients inside the gates are right (du_0 is), and dh is wrong already where only the candidate "
                "reads h: look at the way through r ⊙ h.", (f"dh @ {NO_GATE_U_H}",), ("du_0",)),
        Pattern("The gradients inside the gates are right (du_0 is). For du_x each is multiplied with the input.",
                ("du_x",), ("du_0",)),
        Pattern("The gradients inside the gates are right (du_0 is). For du_h each is multiplied with what its block "
                "of u_h met: that is not the same for all three.", ("du_h",), ("du_0",)),
        Pattern("The gradients inside the gates are right (du_0 is): dx sums them over all three blocks of u_x.",
                ("dx",), ("du_0",)),
        Pattern("Begin with du_0: it holds what enters r, z and n, and everything else is made from that.",
                (f"du_0 @ {SEVERAL}",)),
    ),
)  # fmt: skip

_LSTM_STEP_PARTS = ("dx", "dh", "dc", "du_x", "du_h", "du_0")


def _gate_pattern(name, label, gate):
    return Pattern(
        f"The biases' gradient is right where {gate} is saturated and wrong elsewhere: {name} is the one to look at, "
        "what it multiplies going forward and its slope.",
        (f"du_0 @ {SEVERAL}",),
        (f"du_0 @ {label}",),
    )


LSTM_BACKWARD_STEP = Exercise(
    right.lstm_backward_step,
    inputs.lstm_back_steps,
    (
        Part("dx", 1, "x"), Part("dh", 1, "h"), Part("dc", 1, "c"), *_stacked(1, "i f g o"),
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
        *_kept_between_calls(_LSTM_STEP_PARTS),
        Pattern("dc is right where dh is zero and wrong where it isn't: how dh gets from h_t = o ⊙ tanh(c_t) into the "
                "cell is the term to look at.", (f"dc @ {SEVERAL}",), (f"dc @ {NO_DH}",)),
        Pattern("dc is right where the incoming dc is zero and wrong where it isn't: look at what you do with the dc "
                "that comes in.", (f"dc @ {SEVERAL}",), (f"dc @ {NO_DC}",)),
        Pattern("Everything that enters the gates is right (du_0 is), so the cell's gradient is too; only handing it "
                "on to the old cell isn't.", ("dc",), ("du_0",)),
        _gate_pattern("the input gate", I_SHUT, "i"),
        _gate_pattern("the forget gate", F_SHUT, "f"),
        _gate_pattern("the output gate", O_SHUT, "o"),
        _gate_pattern("the candidate", G_FLAT, "g"),
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

_LSTM_PARTS = ("du_x", "du_h", "du_0", "dh_0", "dc_0", "dxs")

LSTM_BACKWARD = Exercise(
    right.lstm_backward,
    inputs.lstm_back_sequences,
    (
        *_stacked(0.5, "i f g o"), Part("dh_0", 0.5, "h_0"), Part("dc_0", 1, "c_0"),
        Part("dxs", 1, "xs", axes="B T D"),
    ),
    (
        "It is the loop of `rnn_backward`, with two arrays to carry back instead of one: `dh` and `dc`. Both begin as "
        "zeros.",
        "At step t, what h_t is wanted to do is `dh + dhs[:, t]`: by later steps, and by its own output. Call your "
        "`lstm_backward_step` with it and with `dc`.",
        "The step's cache is put together from the big one: \"i\", \"f\", \"g\", \"o\" at t; \"x\" is `xs[:, t]`, "
        "\"c_new\" is `cache[\"c\"][:, t]`; \"h\" and \"c\" are those of t − 1, or \"h_0\" and \"c_0\" at the first "
        "step.",
        "Weights: `+=`. After the loop, `dh` and `dc` are the gradients of h_0 and c_0.",
    ),
    (
        Misconception("dc-not-carried", "The cell's gradient starts from zero at every step. It is the one thing an "
                      "LSTM carries far: hand each step's dc to the step before.", wrong.dc_not_carried),
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
                      "t]` is what step t made.", wrong.cell_of_the_same_step),
        Misconception("hidden-of-same-step", "As the hidden state before the step you pass the one after it. "
                      "`cache[\"h\"][:, t]` is what step t made.", wrong.hidden_of_the_same_step),
        Misconception("wraps-around", "At the first step you read index −1, which in Python is the *last* step. The "
                      "states before the first are \"h_0\" and \"c_0\".", wrong.wraps_around),
        Misconception("zeros-at-start", "At the first step you take zeros for the states before it. They are in the "
                      "cache, under \"h_0\" and \"c_0\".", wrong.zeros_at_the_start),
        Misconception("c-0-from-h-0", "At the first step you take h_0 for both states. The cell has an initial state "
                      "of its own.", wrong.c_0_from_h_0),
        Misconception("averaged-over-time", "Your weight gradients are divided by the number of timesteps. The steps' "
                      "shares are summed.", wrong.averaged_over_time),
        Misconception("averaged-over-batch", "Your weight gradients are divided by the number of sequences. If the "
                      "loss is an average, `dhs` already holds that factor.", wrong.averaged_over_the_batch),
        Misconception("initial-exchanged", "The gradients of h_0 and c_0 are exchanged.",
                      wrong.initial_gradients_exchanged),
        Misconception("initial-missing", "The gradients of h_0 and c_0 stay zero. What the first step hands back is "
                      "exactly theirs.", wrong.initial_gradients_missing),
    ),
    (variants.lstm_backward_step_by_step, variants.lstm_backward_recursive),
    patterns=(
        *_kept_between_calls(_LSTM_PARTS),
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
        Pattern("It is wrong even for one timestep, where nothing is carried: get the equations of one step right "
                "first. du_0 holds what enters each gate.", (f"du_0 @ {ONE}",)),
    ),
)  # fmt: skip
