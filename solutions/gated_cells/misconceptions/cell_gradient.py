"""Wrong answers to `cell_gradient`."""

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.reference import sigmoid


def own_step(forget_gates):
    """Your products include f_t itself. That gate acted on c_{t-1}, before c_t was made."""
    return np.cumprod(forget_gates[::-1], axis=0)[::-1]


def from_the_beginning(forget_gates):
    """You multiply from the first step on. What reaches c_T from c_t passes the gates *after* t."""
    return np.cumprod(forget_gates, axis=0)


def from_first_state(forget_gates):
    """You follow what is left of c_1 through time. Asked for is what is left of each c_t at the end."""
    return np.concatenate([np.ones_like(forget_gates[:1]), np.cumprod(forget_gates[1:], axis=0)])


def summed(forget_gates):
    """You add the gates up. Along one path factors multiply."""
    return np.concatenate([np.cumsum(forget_gates[:0:-1], axis=0)[::-1], np.ones_like(forget_gates[:1])])


def next_gate_only(forget_gates):
    """You take the next gate alone. All gates up to T lie on the way."""
    return np.concatenate([forget_gates[1:], np.ones_like(forget_gates[:1])])


def one_gate_too_late(forget_gates):
    """Your products begin one gate too late: from c_t to c_{t+1} the cell passes f_{t+1} already."""
    return np.stack([forget_gates[t + 2 :].prod(axis=0) for t in range(len(forget_gates))])


def not_flipped_back(forget_gates):
    """Your rows run backwards: the last step's is the first. You turned time round to multiply; turn it back."""
    return right.cell_gradient(forget_gates)[::-1]


def products_not_flipped_back(forget_gates):
    """The products are there, in the order in which they were made, from the end. Row t belongs to step t: turn them
    round before you put the 1 below them.
    """
    return np.concatenate([np.cumprod(forget_gates[:0:-1], axis=0), np.ones_like(forget_gates[:1])])


def own_step_not_flipped_back(forget_gates):
    """Your rows run backwards, and each product includes f_t itself, which acted before c_t was made."""
    return np.cumprod(forget_gates[::-1], axis=0)


def sigmoid_again(forget_gates):
    """You pass the gates through a sigmoid once more. What comes in are gates already."""
    return right.cell_gradient(sigmoid(forget_gates))


def one_product_for_all_units(forget_gates):
    """You multiply the gates of all units with one another. Each unit has a product of its own: along time only."""
    return right.cell_gradient(forget_gates.prod(axis=1, keepdims=True)) * np.ones_like(forget_gates)


def one_number_a_step(forget_gates):
    """You have one number for each step: the gates of all units multiplied. `np.prod` takes everything unless told
    along which axis.
    """
    return [forget_gates[t + 1 :].prod() for t in range(len(forget_gates))]


def over_units(forget_gates):
    """You multiply along the units instead of along time."""
    later = np.ones_like(forget_gates)
    later[:, :-1] = np.cumprod(forget_gates[:, :0:-1], axis=1)[:, ::-1]
    return later


def before_instead_of_after(forget_gates):
    """You multiply the gates before t. What c_t has to pass on its way to c_T are those after t."""
    return np.concatenate([np.ones((1, forget_gates.shape[1])), np.cumprod(forget_gates, axis=0)[:-1]])


def own_gate_to_a_power(forget_gates):
    """You take each gate to the power of the steps that remain, as if it stayed the same. Each later step has a gate of
    its own: multiply those.
    """
    steps = np.arange(len(forget_gates))[::-1, None]
    return forget_gates**steps


def zeros_at_the_end(forget_gates):
    """Everything is multiplied from an array of zeros, so nothing comes out but zeros. The last row is 1: ∂c_T/∂c_T."""
    return np.zeros_like(forget_gates)


def what_is_forgotten(forget_gates):
    """You multiply by 1 − f. f is what the forget gate *keeps*: at f = 1 all of the cell goes on."""
    return right.cell_gradient(1 - forget_gates)


def averaged_over_units(forget_gates):
    """You average over the units. Each has gates of its own, and a gradient of its own."""
    return np.broadcast_to(right.cell_gradient(forget_gates).mean(axis=1, keepdims=True), forget_gates.shape).copy()
