"""Wrong answers to `gru_step`."""

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.misconceptions._shared import blocks_of, gru, inside, joined_wrongly
from solutions.gated_cells.reference import sigmoid


def z_swapped(x, h, params):
    """Your z lets the new in where it should keep the old. Both conventions are in print (Chung et al., 2014, write it
    your way); here, as in Cho et al. and PyTorch, z = 1 keeps.
    """
    return gru(x, h, params, mix=lambda z, h, n: (1 - z) * h + z * n)[0]


def no_reset(x, h, params):
    """The candidate reads all of h: the reset gate is computed, if at all, but never used."""
    return gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(inside(n, x, h)))[0]


def reset_after(x, h, params):
    """You reset *after* multiplying: r ⊙ (u_h h). That is PyTorch's GRU, a little faster and a different network. The
    paper's, asked for here, resets the state first: u_h (r ⊙ h).
    """
    return gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + n["u_0"] + r * (h @ n["u_h"].T)))[0]


def reset_after_bias(x, h, params):
    """You reset after multiplying with u_h and adding the bias. Asked for is the paper's order: first r ⊙ h, then u_h,
    and the bias outside.
    """
    return gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + r * (h @ n["u_h"].T + n["u_0"])))[0]


def reset_of_everything(x, h, params):
    """Your reset gate also shuts out the input and the bias. It stands between h and the candidate only."""
    return gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(r * inside(n, x, h)))[0]


def sigmoid_candidate(x, h, params):
    """Your candidate is a sigmoid, so it can never be negative. Gates are sigmoids; what is to be stored is a tanh."""
    return gru(x, h, params, candidate=lambda n, x, h, r: sigmoid(inside(n, x, r * h)))[0]


def order_z_r_n(x, h, params):
    """You read the blocks in the order z, r, n. They are stacked r, z, n."""
    return gru(x, h, params, order=(1, 0, 2))[0]


def order_n_first(x, h, params):
    """You read the candidate's block first. They are stacked r, z, n."""
    return gru(x, h, params, order=(1, 2, 0))[0]


def reset_before_z(x, h, params):
    """Your update gate reads r ⊙ h. Both gates read h itself; only the candidate sees the state reset."""
    return gru(x, h, params, seen_by_z=lambda r, h: r * h)[0]


def reset_state_kept(x, h, params):
    """What z keeps is r ⊙ h in your code. The reset is for the candidate's eyes only: h itself is kept."""
    after, r, z, _n = gru(x, h, params)
    return after - z * h + z * r * h


def no_bias(x, h, params):
    """The biases are missing: u_0 is added inside both sigmoids and inside the tanh."""
    return right.gru_step(x, h, params | {"u_0": np.zeros_like(params["u_0"])})


def u_h_not_transposed(x, h, params):
    """You multiply h with the blocks of u_h as they are. A batch stands in rows, so u_h h becomes a product with the
    transposed block.
    """
    turned = np.concatenate([block.T for block in np.split(params["u_h"], 3)])
    return right.gru_step(x, h, params | {"u_h": turned})


def no_candidate_bias(x, h, params):
    """The candidate has a bias too: the third block of u_0."""
    return gru(x, h, params, candidate=lambda n, x, h, r: np.tanh(x @ n["u_x"].T + (r * h) @ n["u_h"].T))[0]


def order_z_r_n_and_z_swapped(x, h, params):
    """Two conventions at once: you read the blocks in the order z, r, n, and your z writes where it should keep. Here
    the blocks are r, z, n, and z = 1 keeps.
    """
    return gru(x, h, params, order=(1, 0, 2), mix=lambda z, h, n: (1 - z) * h + z * n)[0]


def joined_the_wrong_way_round(x, h, params):
    """You join x and h in one order and u_x and u_h in the other, so x meets u_h. What stands side by side on one side
    must stand in the same order on the other.
    """
    return joined_wrongly(right.gru_step, (x, h), params)


def reset_after_and_z_swapped(x, h, params):
    """Two conventions at once: you reset after multiplying with u_h, as PyTorch does, and your z writes where it should
    keep. Here r ⊙ h comes first, and z = 1 keeps.
    """

    def candidate(n, x, h, r):
        return np.tanh(x @ n["u_x"].T + n["u_0"] + r * (h @ n["u_h"].T))

    return gru(x, h, params, candidate=candidate, mix=lambda z, h, n: (1 - z) * h + z * n)[0]


def tanh_for_gates(x, h, params):
    """Your gates go through tanh, so they may be negative. A gate is a share, between 0 and 1: a sigmoid."""
    r_, z_, n_ = blocks_of(params, 3)
    r, z = np.tanh(inside(r_, x, h)), np.tanh(inside(z_, x, h))
    return z * h + (1 - z) * np.tanh(inside(n_, x, r * h))


def reset_outside(x, h, params):
    """You multiply the candidate with r. The reset gate stands inside it: r ⊙ h is what the candidate reads."""
    r_, z_, n_ = blocks_of(params, 3)
    r, z, n = sigmoid(inside(r_, x, h)), sigmoid(inside(z_, x, h)), np.tanh(inside(n_, x, h))
    return z * h + (1 - z) * r * n


def rows_interleaved(x, h, params):
    """You take every third row for a gate. Rows are stacked in blocks: all H of one gate, then all H of the next."""
    mixed = {name: np.concatenate([weight[k::3] for k in range(3)]) for name, weight in params.items()}
    return right.gru_step(x, h, mixed)


def squashed_again(x, h, params):
    """You put the new state through tanh once more. Old state and candidate are mixed, and that is it."""
    return np.tanh(right.gru_step(x, h, params))
