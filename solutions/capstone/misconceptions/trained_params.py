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
    V, text = data_language.V, data_language.training_places()
    pairs = np.bincount(V * text[:-1] + text[1:], minlength=V * V).reshape(V, V) + 0.01
    return from_last_character(np.log(pairs / pairs.sum(axis=1, keepdims=True)).T, np.zeros(V))


def _paler(factor):
    """The reference with smaller logits: less sure of everything."""
    params = load("language")
    return params | {name: factor * params[name] for name in ("w_h", "w_0")}


def below_two():
    """Training has begun to work: this network is better than one that only counts letters, but not as good
    as a 2-gram. Train longer; if the loss has stopped falling, try a larger learning rate.
    """
    return _paler(0.17)


def below_three():
    """Better than a 2-gram, not yet than a 3-gram. Train on: the file keeps where you stopped. If the loss
    falls too slowly, try a larger learning rate, or a larger state.
    """
    return _paler(0.29)


def below_four():
    """Better than a 3-gram, not yet than a 4-gram. What is left are longer words and rarer ones: train on, with
    a smaller learning rate towards the end, or with a larger state.
    """
    return _paler(0.47)


def below_mixture():
    """Better than every single n-gram; only the mixture of several is still ahead. The last steps, at a small
    learning rate, are worth the most now: are all of them done? If so, raise `steps`, or try a larger state.
    """
    return _paler(0.6)
