"""Wrong answers to `last_valid`."""

import numpy as np


def _refuse_empty(mask):
    if not mask.any(axis=1).all():
        raise ValueError


def last_column(hs, mask):
    """You return `hs[:, -1]`, the state after the last column. For a padded sequence that column is padding: here it
    holds numbers that mean nothing.
    """
    _refuse_empty(mask)
    return hs[:, -1]


def last_column_never_refuses(hs, mask):
    """You return `hs[:, -1]`, the state after the last column. For a padded sequence that column is padding; and a
    sequence without any real step should raise a ValueError.
    """
    return hs[:, -1]


def _counted(hs, mask, offset):
    _refuse_empty(mask)
    return np.stack([h[(real.sum() + offset) % len(h)] for h, real in zip(hs, mask)])


def one_too_early(hs, mask):
    """You are one step too early: with n real steps from the front, the last of them has index n−1, not n−2."""
    return _counted(hs, mask, -2)


def one_too_late(hs, mask):
    """You are one step too late: with n real steps from the front, index n is already padding, or, in a sequence
    without padding, past the end: hence the IndexError.
    """
    return hs[np.arange(len(hs)), mask.sum(axis=1)]


def count_for_place(hs, mask):
    """You take the number of real steps for the place of the last one. That holds when padding comes last; it may stand
    anywhere. Where is the last True?
    """
    return _counted(hs, mask, -1)


def count_never_refuses(hs, mask):
    """You take the number of real steps for the place of the last one. That holds only when padding comes last; and
    with no real step at all, your index is −1 and takes the last column, where a ValueError is asked for.
    """
    return hs[np.arange(len(hs)), mask.sum(axis=1) - 1]


def first_valid(hs, mask):
    """You return the state after the first real step: `argmax` finds the first True. Which way round would the last one
    be the first?
    """
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), mask.argmax(axis=1)]


def before_first_padding(hs, mask):
    """You stop before the first padding. Padding may stand in front or in between, with real steps after it. Where is
    the last True?
    """
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), mask.argmin(axis=1) - 1]


def every_pair(hs, mask):
    """Your result has an axis too many: `hs[:, last]` takes every index from every sequence. Pair each sequence with
    its own index: the first index must be an array, too.
    """
    _refuse_empty(mask)
    return hs[:, mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)]


def every_pair_counted(hs, mask):
    """Your result has an axis too many: `hs[:, last]` takes every index from every sequence. Pair each sequence with
    its own index. And the number of real steps is the last one's place only if padding comes last.
    """
    return hs[:, mask.sum(axis=1) - 1]


def place_in_flipped_mask(hs, mask):
    """You found the last True by reading the mask backwards, but use that place in `hs`, which runs forwards. Turn the
    index back first.
    """
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), mask[:, ::-1].argmax(axis=1)]


def mean_of_valid(hs, mask):
    """You average the states of all real steps. Asked for is one of them: the last."""
    _refuse_empty(mask)
    return (hs * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)


def sum_of_valid(hs, mask):
    """You add up the states of all real steps. Asked for is one of them: the last."""
    _refuse_empty(mask)
    return (hs * mask[..., None]).sum(axis=1)


def any_padding_refused(hs, mask):
    """You raise a ValueError as soon as there is any padding. Only a sequence that is padding from end to end has no
    last state: ask of each row whether anything in it is real.
    """
    if not mask.all():
        raise ValueError
    return hs[:, -1]


def _last(mask):
    return mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)


def empty_gives_some_state(hs, mask):
    """Right, except for a sequence of nothing but padding: there you return the state of some padded step, as if it
    meant something. `argmax` returns 0 when nothing is True. Raise a ValueError.
    """
    return hs[np.arange(len(hs)), _last(mask)]


def empty_gives_zeros(hs, mask):
    """Right, except for a sequence of nothing but padding: you return zeros, which look like a state. It has no last
    state, and whoever asks should hear of it: raise a ValueError.
    """
    return np.where(mask.any(axis=1)[:, None], hs[np.arange(len(hs)), _last(mask)], 0.0)


def empty_left_out(hs, mask):
    """Right, except for a sequence of nothing but padding: you leave its row out, and every later row moves up to the
    wrong sequence. Raise a ValueError.
    """
    keep = mask.any(axis=1)
    return hs[keep][np.arange(keep.sum()), _last(mask[keep])]


def all_in_one_row(hs, mask):
    """`hs[mask]` lines the real steps of all sequences up, one behind the other, and its last row belongs to the last
    sequence alone. A last state is asked for from each: choose one column for every row.
    """
    return hs[mask][-1]


def before_the_last(hs, mask):
    """You return the state before the last real one: your index is one too small. `mask[:, ::-1].argmax(axis=1)` is 0
    where the last column is real, and that column's index is T − 1.
    """
    _refuse_empty(mask)
    return hs[np.arange(len(hs)), _last(mask) - 1]


def largest_of_valid(hs, mask):
    """You take the largest number of each unit over the real steps. Asked for is the state of one of them: the last."""
    _refuse_empty(mask)
    return np.where(mask[..., None], hs, -np.inf).max(axis=1)
