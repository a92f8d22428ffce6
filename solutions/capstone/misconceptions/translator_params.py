"""Wrong answers to `translator_params`."""

import numpy as np

from solutions.capstone.misconceptions._shared import from_last_character
from solutions.capstone.train import initial, load
from unrolled.capstone import data_translation


def _replaced(params, decoder):
    """The translator with another decoder, and an encoder whose state is of its size, cut off or padded with
    zeros.
    """
    H = len(decoder["u_0"]) // 4
    D = params["encoder u_x"].shape[1]
    encoder = initial(D, H, 0, np.random.default_rng(1))
    return {f"encoder {k}": v for k, v in encoder.items()} | {f"decoder {k}": v for k, v in decoder.items()}


def decoder_copies():
    """The decoder writes what it has just read. Its targets are the symbols one place further than its
    inputs.
    """
    params, S = load("translator"), len(data_translation.SYMBOLS)
    copying = from_last_character(30 * np.eye(S), np.zeros(S))
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


def _hearing(factors):
    """The translator with an encoder that hears some letters less than others."""
    params = load("translator")
    u_x = params["encoder u_x"].copy()
    for letter, factor in factors.items():
        u_x[:, data_translation.LETTERS.index(letter)] *= factor
    return params | {"encoder u_x": u_x}


def blind_to_words():
    """In the languages it knows, the month goes wrong more often than year and day: numbers can be copied,
    months have to be learned, in every language anew. Was it trained to the end? Does the loss still fall?
    """
    return _hearing(dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0))


def _forgetting(part, less):
    """The translator with one network's forget gates nearer to closed."""
    params = load("translator")
    u_0 = params[f"{part} u_0"].copy()
    H = len(u_0) // 4
    u_0[H : 2 * H] -= less
    return params | {f"{part} u_0": u_0}


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
    return _hearing({" ": 0.45, "j": 0.5, "m": 0.4, "o": 0.6})
