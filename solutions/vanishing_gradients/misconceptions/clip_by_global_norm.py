"""Wrong answers to `clip_by_global_norm`."""

import numpy as np

from solutions.forms import mistake
from solutions.vanishing_gradients import reference as right


def _global_norm(gradients):
    return float(np.sqrt(sum((g**2).sum() for g in gradients.values())))


def per_element(gradients, max_norm):
    """You cut off single entries. That turns the gradient in another direction; shorten all of it by one factor
    instead.
    """
    return {name: np.clip(g, -max_norm, max_norm) for name, g in gradients.items()}, _global_norm(gradients)


def per_parameter(gradients, max_norm):
    """You clip every array by its own length. Then their proportions change, and with them the direction: one factor
    for all.
    """
    clipped = {name: right.clip_by_global_norm({name: g}, max_norm)[0][name] for name, g in gradients.items()}
    return clipped, _global_norm(gradients)


def always_rescaled(gradients, max_norm):
    """You also stretch gradients that are short enough. Near a minimum that would keep every step large; clipping only
    shortens.
    """
    norm = _global_norm(gradients)
    return {name: g * max_norm / norm for name, g in gradients.items()}, norm


def squared(gradients, max_norm):
    """The square root is missing: you compare and return the squared length."""
    norm = _global_norm(gradients) ** 2
    return {name: g * min(1.0, max_norm / norm) for name, g in gradients.items()}, norm


def zeroed(gradients, max_norm):
    """You throw away the whole gradient when it is too long, so the steps that matter most teach nothing. Keep its
    direction.
    """
    norm = _global_norm(gradients)
    return {name: g * (norm <= max_norm) for name, g in gradients.items()}, norm


def large_entries_zeroed(gradients, max_norm):
    """You set large entries to zero. They are what the gradient says loudest; shorten everything by one
    factor instead.
    """
    return {name: np.where(np.abs(g) > max_norm, 0.0, g) for name, g in gradients.items()}, _global_norm(gradients)


def in_place(gradients, max_norm):
    """You write into what the caller passed in: into its arrays, or into the dict that holds them. Return a new dict
    with new arrays, under the same names.
    """
    norm = _global_norm(gradients)
    for g in gradients.values():
        g *= min(1.0, max_norm / max(norm, 1e-12))
    return gradients, norm


def sum_of_norms(gradients, max_norm):
    """You add up the lengths of the arrays. Lengths of perpendicular pieces don't add up; their squares do."""
    norm = float(sum(np.linalg.norm(g) for g in gradients.values()))
    return {name: g * min(1.0, max_norm / max(norm, 1e-12)) for name, g in gradients.items()}, norm


def norm_after(gradients, max_norm):
    """The norm you return is never more than `max_norm`. The one before clipping is asked for, which is worth knowing:
    it shows when gradients explode.
    """
    clipped, norm = right.clip_by_global_norm(gradients, max_norm)
    return clipped, min(norm, max_norm)


def not_shortened(gradients, max_norm):
    """What you return is what came in: nothing has been shortened. Where the norm is more than `max_norm`, every entry
    is to be scaled by one factor.
    """
    return dict(gradients), _global_norm(gradients)


def length_one(gradients, max_norm):
    """What is too long comes out with length 1 instead of `max_norm`."""
    norm = _global_norm(gradients)
    return {name: g / (norm if norm > max_norm else 1.0) for name, g in gradients.items()}, norm


@mistake(constants=(1e-8, 1e-7, 1e-6, 1e-5, 1e-4))
def something_added_to_the_norm(gradients, max_norm, added=1e-6):
    """You add something small to the norm you divide by, as some libraries do. Where gradients are small themselves,
    that shortens them too much. Nothing is divided by zero here: what is longer than max_norm has a length.
    """
    norm = _global_norm(gradients)
    return {name: min(1.0, max_norm / (norm + added)) * g for name, g in gradients.items()}, norm


def _by(norm_of, gradients, max_norm):
    norm = float(norm_of(gradients))
    return {name: g * (max_norm / norm if norm > max_norm else 1.0) for name, g in gradients.items()}, norm


def spectral_norms(gradients, max_norm):
    """You take spectral norms, `np.linalg.norm(a, 2)`: how much a matrix stretches at most. Here a gradient is a long
    list of numbers, whatever its shape: without the 2, it is the root of the sum of their squares.
    """
    return _by(lambda gs: np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in gs.values())), gradients, max_norm)


def largest_of_all(gradients, max_norm):
    """You take the largest entry of all for the norm. It is a length: the root of the sum of all squares."""
    return _by(lambda gs: max(np.abs(g).max() for g in gs.values()), gradients, max_norm)


def largest_of_the_norms(gradients, max_norm):
    """You take the largest of the arrays' lengths. The global norm is the length of all of them together: the root of
    the sum of all squares.
    """
    return _by(lambda gs: max(np.linalg.norm(g) for g in gs.values()), gradients, max_norm)


def sum_of_sizes(gradients, max_norm):
    """You add up the sizes of all entries. The norm asked for is a length: the root of the sum of their squares."""
    return _by(lambda gs: sum(np.abs(g).sum() for g in gs.values()), gradients, max_norm)


def fraction_upside_down(gradients, max_norm):
    """Your factor is upside down: it makes long gradients longer still. What is too long should come out with length
    `max_norm`: by which number is each entry multiplied then?
    """
    norm = _global_norm(gradients)
    return {name: g * max(1.0, norm / max_norm) for name, g in gradients.items()}, norm
