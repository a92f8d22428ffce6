"""How lesson 06's GRU is examined, forward and backward."""

from solutions.gated_cells import formulas, inputs, variants
from solutions.gated_cells import reference as right
from solutions.gated_cells.inputs import ALL_NEW, ALONE, NO_GATE_U_H, NO_STATE, NO_U_H, R_SHUT, SEVERAL, Z_SHUT
from solutions.gated_cells.patterns import kept_between_calls, own_gradient, sequence, stacked
from solutions.vanishing_gradients.scales import cut_off
from unrolled.exam.exercise import Exercise, Part, Pattern
from unrolled.exam.steps import Steps

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
    terms={},
    variants=(variants.gru_step_split, variants.gru_step_one_by_one),
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
    terms={"h": "the state", "x": "x_t"},
    formula=formulas.gru_forward,
    variants=(variants.gru_forward_lists, variants.gru_forward_float32),
    patterns=sequence("gru_step"),
    steps=Steps(
        step="gru_step",
        rows="xs",
        states=("0",),
        names=("hs",),
        begin=("h_0",),
        rest=("params",),
        others="the cache is",
        axis=1,
    ),
    tools={"gru_step": right.gru_step},
    builds_on=("gru_step",),
)

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
    terms={
        "da_n": "the gradient at n's sum",
        "da_z": "the gradient at z's sum",
        "da_r": "the gradient at r's sum",
        "d_rh": "the gradient at r ⊙ h",
        "da_gates": "the gradients at the gates' sums",
        "da": "the gradients at all three sums",
    },
    variants=(variants.gru_backward_step_by_gate, variants.gru_backward_step_einsum),
    patterns=(
        *kept_between_calls(_GRU_PARTS),
        *cut_off(_GRU_PARTS),
        Pattern("du_0 is right for one sequence and wrong for a batch: gradients add up over the batch.",
                (f"du_0 @ {SEVERAL}",), (f"du_0 @ {ALONE}",)),
        *own_gradient("r", "the reset gate", "zn", R_SHUT),
        *own_gradient("z", "the update gate", "rn", Z_SHUT),
        Pattern("dh is wrong even where u_h is zero. There h reaches h_new by a single way: z keeps it.",
                (f"dh @ {NO_U_H}",)),
        Pattern("dh is right while only the candidate reads h, and wrong when the gates do: look at the ways through "
                "r and through z.", (f"dh @ {SEVERAL}",), ("du_0", f"dh @ {NO_GATE_U_H}")),
        Pattern("The gradients inside the gates are right (du_0 is), and dh is wrong already where only the candidate "
                "reads h: look at the way through r ⊙ h.", (f"dh @ {NO_GATE_U_H}",), ("du_0",)),
        Pattern("Begin with du_0: it holds what enters r, z and n, and everything else is made from that.",
                (f"du_0 @ {SEVERAL}",)),
    ),
)  # fmt: skip
