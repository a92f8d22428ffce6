"""Wrong answers of lesson 07: parameters that weren't trained well.

The docstring is what their maker will read.
"""

import numpy as np

from solutions.capstone.train import initial, load
from unrolled.capstone import data_language, data_translation

# trained_params


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
    return _from_last_character(12 * np.eye(V), np.zeros(V))


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
    return _from_last_character(np.log(pairs / pairs.sum(axis=1, keepdims=True)).T, np.zeros(V))


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


def _paler(factor):
    """The reference with smaller logits: less sure of everything."""
    params = load("language")
    return params | {name: factor * params[name] for name in ("w_h", "w_0")}


def _from_last_character(logits, bias):
    """An LSTM whose logits after each character are that column of `logits`."""
    D, H = logits.shape[1], logits.shape[1]
    u_0 = np.repeat([20.0, -40.0, 0.0, 20.0], H)  # writes all, keeps nothing, shows all
    u_x = np.zeros((4 * H, D))
    u_x[2 * H : 3 * H] = 20 * np.eye(H)
    return {"u_x": u_x, "u_h": np.zeros((4 * H, H)), "u_0": u_0, "w_h": logits / np.tanh(1), "w_0": bias}


# translator_params


def decoder_copies():
    """The decoder writes what it has just read. Its targets are the symbols one place further than its
    inputs.
    """
    params, S = load("translator"), len(data_translation.SYMBOLS)
    copying = _from_last_character(30 * np.eye(S), np.zeros(S))
    return _replaced(params, copying)


def no_context():
    """Whatever date it reads, this network writes the same. The decoder must start from the encoder's last
    hidden state, and the gradient of that state must go back into the encoder.
    """
    params = load("translator")
    return params | {name: 0 * value for name, value in params.items() if name.startswith("encoder")}


def never_ends():
    """This network never writes the sign that ends a date. The targets have it at their end: is it trained
    on?
    """
    params = load("translator")
    bias = params["decoder w_0"].copy()
    bias[data_translation.SYMBOLS.index("$")] = -1000
    return params | {"decoder w_0": bias}


def blind_to_words():
    """In the languages it knows, the month goes wrong more often than year and day: numbers can be copied,
    months have to be learned, in every language anew. Was it trained to the end? Does the loss still fall?
    """
    return _hearing(dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0))


def years_lost():
    """In the languages it knows, the year goes wrong more often than month and day. It is written last, so the
    decoder has to keep it longest: does its forget gate start almost open, and do gradients go through all of
    its steps? If the loss sticks at about 0.55, begin anew with another seed.
    """
    return _forgetting("decoder", 2.5)


def days_lost():
    """In the languages it knows, the day goes wrong more often than year and month. Most languages write it
    first, so the encoder has to keep it longest: does its forget gate start almost open, and does the gradient
    of its last state go back through all of its steps?
    """
    return _forgetting("encoder", 2.2)


def by_heart():
    """Good in the languages it knows, not in the new one: it took every name of a month as a whole. Another
    seed often does better here, and so does training on.
    """
    return _hearing({" ": 0.5, "j": 0.2, "k": 0.2})


def _hearing(factors):
    """The translator with an encoder that hears some letters less than others."""
    params = load("translator")
    u_x = params["encoder u_x"].copy()
    for letter, factor in factors.items():
        u_x[:, data_translation.LETTERS.index(letter)] *= factor
    return params | {"encoder u_x": u_x}


def _forgetting(part, less):
    """The translator with one network's forget gates nearer to closed."""
    params = load("translator")
    u_0 = params[f"{part} u_0"].copy()
    H = len(u_0) // 4
    u_0[H : 2 * H] -= less
    return params | {f"{part} u_0": u_0}


def _replaced(params, decoder):
    """The translator with another decoder, and an encoder whose state is of its size, cut off or padded with
    zeros.
    """
    H = len(decoder["u_0"]) // 4
    D = params["encoder u_x"].shape[1]
    encoder = initial(D, H, 0, np.random.default_rng(1))
    return {f"encoder {k}": v for k, v in encoder.items()} | {f"decoder {k}": v for k, v in decoder.items()}
