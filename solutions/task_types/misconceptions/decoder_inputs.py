"""Wrong answers to `decoder_inputs`."""

import numpy as np


def unshifted(targets, bos):
    """You give the decoder the very symbol it should write. It would learn to copy, and have nothing to copy from when
    it writes alone: shift by one step.
    """
    return targets.copy()


def wrapped(targets, bos):
    """The last target has wrapped round to the front (`np.roll` does so): the first step would be told how it ends. The
    first symbol is `bos`.
    """
    return np.roll(targets, 1, axis=1)


def shifted_left(targets, bos):
    """You shift the wrong way: step s reads the target of step s+1, the future. It should read the one before."""
    return np.concatenate([targets[:, 1:], np.full((len(targets), 1), bos)], axis=1)


def one_too_long(targets, bos):
    """`bos` stands in front, but the last target is still there, so there is one input too many. Nothing is written
    after the last target: nobody needs to read it.
    """
    return np.concatenate([np.full((len(targets), 1), bos), targets], axis=1)


def bos_over_the_first(targets, bos):
    """You overwrite the first target and leave the others where they were: from the second step on the decoder reads
    what it should write. Everything moves by one.
    """
    inputs = targets.copy()
    inputs[:, 0] = bos
    return inputs


def bos_everywhere(targets, bos):
    """Every input is `bos`, so the decoder never learns what came before. Only the first one is."""
    return np.full_like(targets, bos)


def without_bos(targets, bos):
    """The last target is gone, but nothing stands in front: the first step needs something to read. That is `bos`."""
    return targets[:, :-1].copy()


def along_the_batch(targets, bos):
    """You shift along the batch: each sequence reads another sequence's targets. Time is the second axis."""
    return np.concatenate([np.full((1, targets.shape[1]), bos), targets[:-1]])


def rolled_along_the_batch(targets, bos):
    """You shift along the batch and write `bos` into the first column: from the second step on each sequence reads
    another sequence's targets. Time is the second axis.
    """
    inputs = np.roll(targets, 1, axis=0)
    inputs[:, 0] = bos
    return inputs


def zero_for_bos(targets, bos):
    """The first symbol is 0 in yours. It is `bos`, whatever its number is."""
    return np.concatenate([np.zeros((len(targets), 1), int), targets[:, :-1]], axis=1)


def all_in_one_row(targets, bos):
    """You shift all sequences as if they were one long row: only the first begins with `bos`, the others with the last
    target of the one before. Along `axis=1` each is shifted by itself.
    """
    return np.insert(targets, 0, bos)[:-1].reshape(targets.shape)
