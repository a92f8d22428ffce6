"""Wrong answers to `trained_params`."""

import numpy as np

from solutions.capstone.misconceptions._shared import from_last_character
from solutions.capstone.train import initial, load
from unrolled.capstone import data_language


def untrained():
    """This network is as good as one that knows nothing. Was it trained, and does the file hold what was
    trained? Is the loss going down while you train?
    """
    return initial(data_language.V, 8, data_language.V, np.random.default_rng(1))


def too_sure():
    """This network is worse than one that knows nothing: it is very sure, and often wrong. That is how it
    looks when training has diverged: does clipping work, is the learning rate too large, does the step go
    downhill?
    """
    params = load("language")
    return params | {"w_h": 40 * params["w_h"]}


def copies():
    """This network expects every character once more: it has learned to repeat what it has just read. Are the
    targets the characters that come *next*, one place further than the inputs?
    """
    V = data_language.V
    return from_last_character(12 * np.eye(V), np.zeros(V))


def deaf():
    """This network expects the same after everything: it has learned how frequent each character is, and
    nothing of what follows what. Do its hidden states reach the read-out, and do gradients reach the cell?
    """
    params = initial(data_language.V, 8, data_language.V, np.random.default_rng(1))
    counts = np.bincount(data_language.training_places(), minlength=data_language.V)
    return params | {"w_0": np.log(counts + 0.5)}


def no_memory():
    """What this network expects depends on the last character alone: it is a 2-gram. Is the state handed from
    step to step, and do the gradients of `u_h` and of the forget gate arrive?
    """
    return from_last_character(*_pairs(data_language.training_places()))


def _pairs(text, smoothing=0.01):
    """What follows each character, as often as in `text`: logits for `from_last_character`."""
    V = data_language.V
    pairs = np.bincount(V * text[:-1] + text[1:], minlength=V * V).reshape(V, V) + smoothing
    return np.log(pairs / pairs.sum(axis=1, keepdims=True)).T, np.zeros(V)


def fitted_to_held_out():
    """This network is far better on the held-out text than on the text there is to learn from: it was fitted to
    what it is measured on. Both count, and the worse of the two is its score. Train on `batches`, and leave the
    held-out text to the measuring.
    """
    params = from_last_character(*_pairs(data_language.held_out_places(), 1e-6))
    V = data_language.V
    params["u_0"][V : 2 * V] = -2.0  # the forget gates: a little memory
    return params


def _paler(factor):
    """The reference with smaller logits: less sure of everything."""
    params = load("language")
    return params | {name: factor * params[name] for name in ("w_h", "w_0")}


def below_the_ladder():
    """Training has begun to work: this network is better than one that only counts letters, but not as good
    as the 3- and the 4-gram together. If its steps aren't all done, run the training cell again: it goes on. If
    the loss has stopped falling, try a larger learning rate.
    """
    return _paler(0.4)


def below_four():
    """Better than the 3- and the 4-gram together, not yet than the 4-gram alone. If its steps aren't all done,
    run the training cell again: it goes on. The last of them, at a small learning rate, are worth the most.
    """
    return _paler(0.53)


def below_mixture():
    """Better than every single n-gram; only the 3-, 4- and 5-gram together are still ahead. If its steps aren't
    all done, run the training cell again: it goes on, and the last of them are worth the most. If they are, raise
    `steps`, or try a larger state.
    """
    return _paler(0.6)
