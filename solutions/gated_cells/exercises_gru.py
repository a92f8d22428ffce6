"""How lesson 06's GRU is examined, forward and backward."""

from solutions.gated_cells import inputs, variants
from solutions.gated_cells import misconceptions_gru as wrong
from solutions.gated_cells import reference as right
from solutions.gated_cells.inputs import ALL_NEW, ALONE, NO_GATE_U_H, NO_STATE, NO_U_H, R_SHUT, SEVERAL, Z_SHUT
from solutions.gated_cells.patterns import kept_between_calls, own_gradient, sequence, stacked
from unrolled.exam.exercise import Exercise, Misconception, Part, Pattern, Play
from unrolled.exam.probing import nothing_more

GRU_STEP = Exercise(
    right.gru_step,
    inputs.gru_steps,
    (Part("gru_step", 3, axes="B H"),),
    (
        "Cut the weights into their three blocks of H rows first: `u_x[:H]`, `u_x[H:2*H]`, `u_x[2*H:]`, and u_h and "
        "u_0 likewise. H is `h.shape[1]`.",
        "A batch stands in rows, so u x becomes `x @ u.T`. Two of the three are sigmoids, the candidate is a tanh.",
        "The candidate reads `r * h`: multiply first, then `@ u_h[2*H:].T`. At the end z weighs the *old* state.",
    ),
    (
        Misconception("z-swapped", "Your z lets the new in where it should keep the old. Both conventions are in print "
                      "(Chung et al., 2014, write it your way); here, as in Cho et al. and PyTorch, z = 1 keeps.",
                      wrong.z_swapped),
        Misconception("no-reset", "The candidate reads all of h: the reset gate is computed, if at all, but never "
                                  "used.",
                      wrong.no_reset),
        Misconception("reset-after", "You reset *after* multiplying: r ⊙ (u_h h). That is PyTorch's GRU, a little "
                      "faster and a different network. The paper's, asked for here, resets the state first: u_h (r ⊙ "
                      "h).",
                      wrong.reset_after),
        Misconception("reset-after-bias", "You reset after multiplying with u_h and adding the bias. Asked for is the "
                      "paper's order: first r ⊙ h, then u_h, and the bias outside.", wrong.reset_after_bias),
        Misconception("reset-of-everything", "Your reset gate also shuts out the input and the bias. It stands "
                      "between h and the candidate only.", wrong.reset_of_everything),
        Misconception("sigmoid-candidate", "Your candidate is a sigmoid, so it can never be negative. Gates are "
                      "sigmoids; what is to be stored is a tanh.", wrong.sigmoid_candidate),
        Misconception("order-z-r-n", "You read the blocks in the order z, r, n. They are stacked r, z, n.",
                      wrong.order_z_r_n),
        Misconception("order-n-first", "You read the candidate's block first. They are stacked r, z, n.",
                      wrong.order_n_first),
        Misconception("reset-before-z", "Your update gate reads r ⊙ h. Both gates read h itself; only the candidate "
                      "sees the state reset.", wrong.reset_before_z),
        Misconception("reset-state-kept", "What z keeps is r ⊙ h in your code. The reset is for the candidate's eyes "
                      "only: h itself is kept.", wrong.reset_state_kept),
        Misconception("no-bias", "The biases are missing: u_0 is added inside both sigmoids and inside the tanh.",
                      wrong.no_bias),
        Misconception("u-h-not-transposed",
                      "You multiply h with the blocks of u_h as they are. A batch stands in rows, "
                      "so u_h h becomes a product with the transposed block.", wrong.u_h_not_transposed),
        Misconception("no-candidate-bias", "The candidate has a bias too: the third block of u_0.",
                      wrong.no_candidate_bias),
    ),
    (variants.gru_step_split, variants.gru_step_one_by_one),
    patterns=(
        Pattern("It is right where z is nearly 0, so the candidate n is: look at z, and at how it mixes old and new.",
                ("gru_step",), (f"gru_step @ {ALL_NEW}",)),
        Pattern("It is right where h is zero and wrong elsewhere: look at all that is done with h. It is read by r, by "
                "z and, reset, by n, and z keeps some of it.", ("gru_step",), (f"gru_step @ {NO_STATE}",)),
        Pattern("It is wrong even where h is zero. There r plays no part: look at what x and the biases do in z and "
                "in n, and at how z mixes.", (f"gru_step @ {NO_STATE}",)),
    ),
)  # fmt: skip

GRU_FORWARD = Exercise(
    right.gru_forward,
    inputs.gru_sequences,
    (Part("hs", 1, 0, axes="B T H"), Part("cache", 1, 1, extras=True)),
    (
        "It is a loop over t with the equations of `gru_step` inside. `gru_step` itself gives the state only; the "
        "backward pass needs the gates too, so write the equations out here.",
        "Collect r, z, n and h in lists, one (B, H) array per step, and join them with `np.stack(..., axis=1)`.",
        "What z keeps is the old h, so compute everything of step t before you replace h. `xs[:, t]` is the input of "
        "step t.",
    ),
    (
        Misconception("from-zeros", "You start from zeros instead of `h_0`.", wrong.gru_from_zeros),
        Misconception("never-advanced", "Every step starts from `h_0`: the new state isn't handed to the next step.",
                      wrong.gru_never_advanced),
        Misconception("states-before", "Your states are those *before* each step. `hs[:, t]` is what step t made.",
                      wrong.gru_states_before),
        Misconception("one-array", "All your states are the last one: the same array was stored T times and changed "
                      "afterwards. Make a new one at each step.", wrong.gru_one_array),
        Misconception("time-first", "Batch and time are exchanged. `np.stack` puts a new axis in front unless told "
                      "where.", wrong.gru_time_first),
        Misconception("candidate-inside", "Under \"n\" you keep what stands inside the tanh. The backward pass wants "
                      "what came out.", wrong.gru_candidate_inside),
        Misconception("gates-exchanged", "r and z are exchanged in your cache.", wrong.gru_gates_exchanged),
        Misconception("z-swapped", "Your z lets the new in where it should keep the old.", wrong.gru_z_swapped),
        Misconception("reset-after", "You reset after multiplying with u_h, as PyTorch does. The paper's order is "
                      "asked for, as in `gru_step`.", wrong.gru_reset_after),
    ),
    (variants.gru_forward_lists, variants.gru_forward_float32),
    patterns=sequence("gru_step"),
    probe=Play(nothing_more, needs=("gru_step",)),
)  # fmt: skip

_GRU_PARTS = ("dx", "dh", "du_x", "du_h", "du_0")

GRU_BACKWARD_STEP = Exercise(
    right.gru_backward_step,
    inputs.gru_back_steps,
    (Part("dx", 1, "x"), Part("dh", 1, "h"), *stacked(1, "r z n")),
    (
        "Begin at h_new = z ⊙ h + (1 − z) ⊙ n and ask of each of z, h and n what happens to h_new when it moves a "
        "little. That gives three gradients: for z, for n, and a first share of the one for h.",
        "Go inside the gates by their slopes: z (1 − z) for a sigmoid, 1 − n² for the tanh, both in terms of what the "
        "gate put out. Call the results da_z and da_n.",
        "Inside n stands u_h[n] (r ⊙ h). So `d_rh = da_n @ u_h[2*H:]` is the gradient for the product r ⊙ h: times h "
        "it is r's, times r it is another share of h's. Then da_r follows by r's slope.",
        "h is read four times: kept by z, inside n, inside r, inside z. Sum all four: `dh * z + d_rh * r + da_r @ "
        "u_h[:H] + da_z @ u_h[H:2*H]`. For the weights, u_h[r] and u_h[z] met h, but u_h[n] met r ⊙ h.",
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
        Misconception("no-slope-of-r", "Your gradient for the reset gate stops at what the gate put out. Its weights "
                      "stand inside the sigmoid: the slope is missing.", wrong.gru_no_slope_of_r),
        Misconception("no-slope-of-z", "Your gradient for the update gate stops at what the gate put out. Its weights "
                      "stand inside the sigmoid: the slope is missing.", wrong.gru_no_slope_of_z),
        Misconception("sigmoid-twice", "You apply σ to r and z once more before you make their slopes. They are what a "
                      "σ put out.", wrong.gru_sigmoid_twice),
        Misconception("nothing-for-r", "The reset gate gets no gradient at all. It decides how much of h the candidate "
                      "sees, so the loss reaches it through n.", wrong.gru_nothing_for_r),
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
        *kept_between_calls(_GRU_PARTS),
        Pattern("du_0 is right for one sequence and wrong for a batch: gradients add up over the batch.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ALONE}",)),
        *own_gradient("r", "the reset gate", "zn", R_SHUT),
        *own_gradient("z", "the update gate", "rn", Z_SHUT),
        Pattern("Of du_0 the block z is right and the block n isn't: the way through n is the one to look at, how much "
                "of it gets into h_new and the slope of its tanh. What r gets is made from it.",
                ("du_0[n]",), ("du_0[z]",)),
        Pattern("Of du_0 the block n is right, and those of both gates aren't: look at what they have in common, the "
                "slope of the sigmoid, and at what each gate is multiplied with going forward.",
                ("du_0[r]", "du_0[z]"), ("du_0[n]",)),
        Pattern("dh is wrong even where u_h is zero. There h reaches h_new by a single way: z keeps it.",
                (f"dh @ {NO_U_H}",)),
        Pattern("dh is right while only the candidate reads h, and wrong when the gates do: look at the ways through "
                "r and through z.", (f"dh @ {SEVERAL}",), ("du_0", f"dh @ {NO_GATE_U_H}")),
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
