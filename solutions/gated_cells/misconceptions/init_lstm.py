"""Wrong answers to `init_lstm`."""

import numpy as np

from solutions.gated_cells import reference as right


def every_gate(D, H, rng, forget_bias=1.0):
    """The bias is on every gate. Only the forget gate is to begin open."""
    return right.init_lstm(D, H, rng) | {"u_0": np.full(4 * H, forget_bias)}


def _bias_on(block, D, H, rng, forget_bias):
    u_0 = np.zeros(4 * H)
    u_0[block * H : (block + 1) * H] = forget_bias
    return right.init_lstm(D, H, rng) | {"u_0": u_0}


def input_gate(D, H, rng, forget_bias=1.0):
    """The bias is on the input gate, the first block. The forget gate is the second."""
    return _bias_on(0, D, H, rng, forget_bias)


def candidate(D, H, rng, forget_bias=1.0):
    """The bias is on the candidate, the third block. The forget gate is the second."""
    return _bias_on(2, D, H, rng, forget_bias)


def always_one(D, H, rng, forget_bias=1.0):
    """The bias is 1 whatever is asked for: use the argument."""
    return right.init_lstm(D, H, rng)


def every_fourth(D, H, rng, forget_bias=1.0):
    """The bias is on every fourth row, as if gates alternated. They are stacked in blocks of H rows."""
    u_0 = np.zeros(4 * H)
    u_0[1::4] = forget_bias
    return right.init_lstm(D, H, rng) | {"u_0": u_0}


def u_h_first(D, H, rng, forget_bias=1.0):
    """You draw u_h before u_x. The generator gives its numbers in the order in which it is asked."""
    k = 1 / np.sqrt(H)
    u_h, u_x = (rng.uniform(-k, k, size=(4 * H, columns)) for columns in (H, D))
    return right.init_lstm(D, H, rng, forget_bias) | {"u_x": u_x, "u_h": u_h}


def from_zero_up(D, H, rng, forget_bias=1.0):
    """Your weights are all positive. They are drawn around zero, from −k to k."""
    params = right.init_lstm(D, H, rng, forget_bias)
    return params | {name: (params[name] + 1 / np.sqrt(H)) / 2 for name in ("u_x", "u_h")}


def no_root(D, H, rng, forget_bias=1.0):
    """Your weights are drawn with 1 / H instead of 1 / √H."""
    params = right.init_lstm(D, H, rng, forget_bias)
    return params | {name: params[name] / np.sqrt(H) for name in ("u_x", "u_h")}


def from_d(D, H, rng, forget_bias=1.0):
    """u_x is drawn with 1 / √D. Both are drawn from −1/√H to 1/√H."""
    params = right.init_lstm(D, H, rng, forget_bias)
    return params | {"u_x": params["u_x"] * np.sqrt(H / D)}


def gate_by_gate(D, H, rng, forget_bias=1.0):
    """You draw gate after gate, u_x and u_h of each. The generator gives its numbers in the order in which it is asked:
    all of u_x first, then all of u_h.
    """
    k, u_x, u_h = 1 / np.sqrt(H), [], []
    for _ in range(4):
        u_x.append(rng.uniform(-k, k, size=(H, D)))
        u_h.append(rng.uniform(-k, k, size=(H, H)))
    return right.init_lstm(D, H, rng, forget_bias) | {"u_x": np.concatenate(u_x), "u_h": np.concatenate(u_h)}


def transposed_draw(D, H, rng, forget_bias=1.0):
    """You draw (D, 4H) and (H, 4H) numbers and transpose them. They are the right numbers at other places: ask for the
    shape you need.
    """
    k = 1 / np.sqrt(H)
    drawn = {"u_x": rng.uniform(-k, k, size=(D, 4 * H)).T, "u_h": rng.uniform(-k, k, size=(H, 4 * H)).T}
    return right.init_lstm(D, H, rng, forget_bias) | drawn


def one_draw(D, H, rng, forget_bias=1.0):
    """You draw u_x and u_h side by side as one array. Rows are filled one after the other, so u_h gets some of u_x's
    numbers: ask once for each.
    """
    k = 1 / np.sqrt(H)
    both = rng.uniform(-k, k, size=(4 * H, D + H))
    return right.init_lstm(D, H, rng, forget_bias) | {"u_x": both[:, :D], "u_h": both[:, D:]}


def normal(D, H, rng, forget_bias=1.0):
    """You draw from a normal distribution. Asked for are uniform numbers, from −k to k."""
    k = 1 / np.sqrt(H)
    drawn = {"u_x": k * rng.normal(size=(4 * H, D)), "u_h": k * rng.normal(size=(4 * H, H))}
    return right.init_lstm(D, H, rng, forget_bias) | drawn


def range_of_both_sizes(D, H, rng, forget_bias=1.0):
    """Your range is √(6 / (D + H)), as Glorot and Bengio proposed for other networks. Here k is 1 / √H for both."""
    k = np.sqrt(6 / (D + H))
    drawn = {"u_x": rng.uniform(-k, k, size=(4 * H, D)), "u_h": rng.uniform(-k, k, size=(4 * H, H))}
    return right.init_lstm(D, H, rng, forget_bias) | drawn


def output_gate(D, H, rng, forget_bias=1.0):
    """The bias is on the output gate, the last block. The forget gate is the second."""
    return _bias_on(3, D, H, rng, forget_bias)
