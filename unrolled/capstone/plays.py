"""Trained parameters put to work: a language model on text it never saw, a translator on days it never saw.

Both are scored without making the network write: a network that is shown the right text so far, and gives the most
to the right next symbol every time, would have written exactly that text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from unrolled.capstone import data_language, data_translation
from unrolled.exam.compare import as_numbers

MAX_HIDDEN = 256
MAX_WEIGHT = 1e4
CELL = {"u_x": "4H D", "u_h": "4H H", "u_0": "4H"}
READ_OUT = {"w_h": "V H", "w_0": "V"}
PIECES = {"year": slice(6, 10), "month": slice(3, 5), "day": slice(0, 2)}  # of a date that is written backwards


def play_language(params: Any, lstm_forward: Callable) -> dict[str, Any]:
    """How a language model compares with n-grams on held-out text.

    Parameters
    ----------
    params : dict
        "u_x" (4H, V), "u_h" (4H, H), "u_0" (4H,), "w_h" (V, H), "w_0" (V,).
    lstm_forward : callable

    Returns
    -------
    dict
        For each of `data_language.rungs()`, under its name, whether it is better; and under "trouble" in one word what
        is the matter, "" if nothing is.

    Raises
    ------
    ValueError
        If the parameters can't be used; the text says why.
    """
    weights = checked_params(params, data_language.V, data_language.V)
    bits, probabilities = predictions(weights, data_language.held_out(), lstm_forward)
    better = {name: bool(bits < rung) for name, rung in data_language.rungs().items()}
    return better | {"trouble": _trouble(weights, bits, probabilities, better, lstm_forward)}


def predictions(weights: dict[str, np.ndarray], places: np.ndarray, lstm_forward: Callable) -> tuple[float, np.ndarray]:
    """Bits per character of guessing `places` (B, T + 1) one by one, and the probabilities, (B, T, V)."""
    xs, targets = data_language.one_hot(places[:, :-1]), places[:, 1:]
    probabilities = softmax(read(weights, xs, lstm_forward))
    chosen = probabilities[(*np.indices(targets.shape), targets)]
    return float(-np.log2(np.maximum(chosen, 1e-30)).mean()), probabilities


def read(
    weights: dict[str, np.ndarray], xs: np.ndarray, lstm_forward: Callable, h_0: np.ndarray | None = None
) -> np.ndarray:
    """Logits (B, T, V) of an LSTM that starts from `h_0`, or zeros, and from a cell of zeros.

    Raises
    ------
    ValueError
        If `lstm_forward` doesn't return hidden states.
    """
    zeros = np.zeros((len(xs), len(weights["u_0"]) // 4), np.float32)
    cell = {name: weights[name] for name in CELL}
    hs = np.asarray(lstm_forward(xs, zeros if h_0 is None else h_0, zeros, cell)[0])
    right = (*xs.shape[:2], zeros.shape[1])
    if hs.shape != right:
        raise ValueError(f"your lstm_forward made states of shape {hs.shape}; here it should be {right}")
    return hs @ weights["w_h"].T + weights["w_0"] if "w_h" in weights else hs


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities, along the last axis."""
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def checked_params(
    params: Any, D: int, V: int, shapes: Mapping[str, str] = CELL | READ_OUT, whose: str = ""
) -> dict[str, np.ndarray]:
    """Parameters of an LSTM and its read-out, in single precision.

    Parameters
    ----------
    params : object
        What was handed in.
    D, V : int
        How many different characters it reads and writes.
    shapes : mapping
        The names asked for, and their sizes in letters.
    whose : str
        What stands before the names where they were handed in, such as "encoder ".

    Raises
    ------
    ValueError
        If one is missing or unknown, has the wrong shape, isn't finite, or is absurdly large.
    """
    if not isinstance(params, Mapping):
        raise ValueError("the parameters should be a dict with " + ", ".join(shapes))
    if set(params) != set(shapes):
        odd, asked = sorted(map(str, set(params) ^ set(shapes)))[0][:40], [f"{whose}{name}" for name in shapes]
        raise ValueError(f"'{whose}{odd}' is {'missing' if odd in shapes else 'not one of ' + ', '.join(asked)}")
    given = as_numbers(params["u_0"])
    bias = () if given is None else given.shape
    if len(bias) != 1 or bias[0] % 4 or not 4 <= bias[0] <= 4 * MAX_HIDDEN:
        raise ValueError(f"{whose}u_0 should have shape (4H,), with H from 1 to {MAX_HIDDEN}")
    sizes = {"H": bias[0] // 4, "4H": bias[0], "D": D, "V": V}
    return {
        name: _floats(f"{whose}{name}", params[name], tuple(sizes[letter] for letter in letters.split()))
        for name, letters in shapes.items()
    }


def _floats(name: str, value: Any, shape: tuple[int, ...]) -> np.ndarray:
    array = as_numbers(value)
    if array is None or array.dtype.kind not in "biuf":
        raise ValueError(f"{name} is not an array of numbers")
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, it should be {shape}")
    if not np.isfinite(array).all() or np.abs(array).max(initial=0.0) > MAX_WEIGHT:
        raise ValueError(f"{name} holds numbers that are not finite, or larger than {MAX_WEIGHT:,.0f}")
    return array.astype(np.float32)


def _trouble(
    weights: dict[str, np.ndarray], bits: float, probabilities: np.ndarray, better: dict[str, bool], forward: Callable
) -> str:
    """One word for the first thing to look at."""
    places = data_language.held_out()[:, :-1]
    if np.take_along_axis(probabilities, places[..., None], axis=-1).mean() > 0.5:
        return "copies"
    if bits > np.log2(data_language.V) + 0.1:
        return "too sure"
    if bits > data_language.ngram_bits(1) + 0.5:
        return "chance"
    if probabilities.std(axis=(0, 1)).max() < 1e-3:
        return "deaf"
    alone = softmax(read(weights, data_language.one_hot(places.reshape(-1, 1)), forward))
    if np.abs(alone.reshape(probabilities.shape) - probabilities).max() < 1e-3:
        return "no memory"
    failed = [name for name in better if not better[name]]
    return f"below {failed[0]}" if failed else ""


def copies(expected: tuple, got: tuple) -> bool:
    """It expects every character once more."""
    return got[0]["trouble"] == "copies"


def is_too_sure(expected: tuple, got: tuple) -> bool:
    """It is worse than somebody who knows nothing."""
    return got[0]["trouble"] == "too sure"


def is_untrained(expected: tuple, got: tuple) -> bool:
    """It is no better than somebody who knows nothing."""
    return got[0]["trouble"] == "chance"


def is_deaf(expected: tuple, got: tuple) -> bool:
    """It expects the same after everything."""
    return got[0]["trouble"] == "deaf"


def has_no_memory(expected: tuple, got: tuple) -> bool:
    """What it expects depends on nothing but the last character."""
    return got[0]["trouble"] == "no memory"


def is_below_two(expected: tuple, got: tuple) -> bool:
    """It has learned something, but less than a 2-gram knows."""
    return got[0]["trouble"] == "below 2-gram"


def is_below_three(expected: tuple, got: tuple) -> bool:
    """Better than the 2-gram, not better than the 3-gram."""
    return got[0]["trouble"] == "below 3-gram"


def is_below_four(expected: tuple, got: tuple) -> bool:
    """Better than the 3-gram, not better than the 4-gram."""
    return got[0]["trouble"] == "below 4-gram"


def is_below_mixture(expected: tuple, got: tuple) -> bool:
    """Better than each n-gram, not better than several together."""
    return got[0]["trouble"] == "below mixture"


def play_translation(params: Any, group: str, lstm_forward: Callable) -> dict[str, Any]:
    """How many dates of days it never saw a translator writes without one wrong symbol.

    Parameters
    ----------
    params : dict
        "encoder u_x" and so on: the encoder's cell; "decoder u_x", …, "decoder w_0": the decoder's, with its read-out.
    group : {"known", "new"}
        Which languages to test: those there are training dates of, or the one there aren't.
    lstm_forward : callable

    Returns
    -------
    dict
        For each mark, such as "50%", whether it is reached; and under "trouble" in one word what is the matter, "" if
        nothing is.

    Raises
    ------
    ValueError
        If the parameters can't be used; the text says why.
    """
    encoder, decoder = checked_translator(params)
    letters, symbols = data_translation.test_dates(group)
    chosen = written(encoder, decoder, letters, symbols, lstm_forward)
    share, marks = float((chosen == symbols[:, 1:]).all(axis=1).mean()), data_translation.MARKS[group]
    reached = {f"{mark:.0%}": share >= mark for mark in marks}
    if share >= max(marks):
        return reached | {"trouble": ""}
    elsewhere = written(encoder, decoder, letters[::-1], symbols, lstm_forward)
    return reached | {"trouble": _ailment(chosen, elsewhere, symbols)}


def checked_translator(params: Any) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Parameters of encoder and decoder.

    Raises
    ------
    ValueError
        As `checked_params`; or if their hidden states differ in size.
    """
    if not isinstance(params, Mapping):
        raise ValueError("the parameters should be a dict")
    strange = [str(name)[:40] for name in params if not str(name).startswith(("encoder ", "decoder "))]
    if strange:
        raise ValueError(f"{strange[0]!r} should begin with 'encoder ' or 'decoder '")
    encoder, decoder = parted(params)
    symbols = len(data_translation.SYMBOLS)
    encoder = checked_params(encoder, len(data_translation.LETTERS), 0, CELL, "encoder ")
    decoder = checked_params(decoder, symbols, symbols, whose="decoder ")
    if len(encoder["u_0"]) != len(decoder["u_0"]):
        raise ValueError("encoder and decoder have hidden states of different sizes")
    return encoder, decoder


def parted(params: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The encoder's parameters and the decoder's, under their own names."""
    encoder = {name.removeprefix("encoder "): params[name] for name in params if name.startswith("encoder ")}
    return encoder, {name.removeprefix("decoder "): params[name] for name in params if name.startswith("decoder ")}


def written(
    encoder: dict[str, np.ndarray], decoder: dict[str, np.ndarray], letters: np.ndarray, symbols: np.ndarray,
    lstm_forward: Callable,
) -> np.ndarray:  # fmt: skip
    """The symbol it would write at each place of each date, all before it being right: (B, 11) array of int."""
    context = read(encoder, data_translation.one_hot_letters(letters), lstm_forward)[:, -1]
    return read(decoder, data_translation.one_hot_symbols(symbols[:, :-1]), lstm_forward, context).argmax(axis=-1)


def _ailment(chosen: np.ndarray, elsewhere: np.ndarray, symbols: np.ndarray) -> str:
    """One word for the first thing to look at; `elsewhere` is what it writes when it has read another date."""
    right = chosen == symbols[:, 1:]
    if (chosen == symbols[:, :-1]).mean() > 0.9:
        return "copies"
    if (chosen == elsewhere).all():
        return "no context"
    if not right[:, -1].any() and right[:, :-1].any():
        return "endless"
    shares = {name: right[:, part].all(axis=1).mean() for name, part in PIECES.items()}
    return min(shares, key=shares.get)


def decoder_copies(expected: tuple, got: tuple) -> bool:
    """The decoder writes what it has just read."""
    return got[0]["trouble"] == "copies"


def has_no_context(expected: tuple, got: tuple) -> bool:
    """What it writes doesn't depend on what was read."""
    return got[0]["trouble"] == "no context"


def never_ends(expected: tuple, got: tuple) -> bool:
    """It never writes the sign that ends a date."""
    return got[0]["trouble"] == "endless"


def misreads_months(expected: tuple, got: tuple) -> bool:
    """In the languages it knows, the month goes wrong most often."""
    return got[0]["trouble"] == "month"


def misses_years(expected: tuple, got: tuple) -> bool:
    """In the languages it knows, the year goes wrong most often."""
    return got[0]["trouble"] == "year"


def forgets_days(expected: tuple, got: tuple) -> bool:
    """In the languages it knows, the day goes wrong most often."""
    return got[0]["trouble"] == "day"


def knows_by_heart(expected: tuple, got: tuple) -> bool:
    """Right in the languages it knows, not in the new one."""
    return not got[0]["trouble"] and bool(got[1]["trouble"])
