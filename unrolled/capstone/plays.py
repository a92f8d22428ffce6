"""Trained parameters put to work: a language model on text it never saw, a translator on days it never saw.

Both are scored without making the network write: a network that is shown the right text so far, and gives the most
to the right next symbol every time, would have written exactly that text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from unrolled.capstone import data_language, data_translation
from unrolled.definition.weights import checked

MAX_HIDDEN = 256
MAX_WEIGHT = 1e4
CELL = {"u_x": "4H D", "u_h": "4H H", "u_0": "4H"}
READ_OUT = {"w_h": "V H", "w_0": "V"}
FITTED = 0.2  # bits per character: no draw of pieces makes text to learn from so much harder than what is held out
_BELOW = {"3+4-gram": "below-the-ladder", "4-gram": "below-four", "3+4+5-gram": "below-mixture"}
PIECES = {"year": slice(6, 10), "month": slice(3, 5), "day": slice(0, 2)}  # of a date that is written backwards
_MISREAD = {"year": "years-lost", "month": "blind-to-words", "day": "days-lost"}


def play_language(params: Any, seed: int, lstm_forward: Callable) -> dict[str, Any]:
    """How a language model compares with n-grams on held-out text.

    It has to be better there than they are, and on what it could learn from, too: who has trained is better there
    anyway. So nothing is gained by fitting a network to the held-out text, which is short and public.

    Parameters
    ----------
    params : dict
        "u_x" (4H, V), "u_h" (4H, H), "u_0" (4H,), "w_h" (V, H), "w_0" (V,).
    seed : int
        It says where the held-out text is cut into pieces, and which pieces of the other are drawn.
    lstm_forward : callable

    Returns
    -------
    dict
        For each of `data_language.rungs()`, under its name, whether it is better; and under "trouble" the name of
        the misconception that it betrays, "" if none.

    Raises
    ------
    ValueError
        If the parameters can't be used; the text says why.
    """
    weights = checked_params(params, D=data_language.V, V=data_language.V)
    places = data_language.held_out(seed)
    bits, probabilities = predictions(weights, places, lstm_forward)
    learned, _ = predictions(weights, data_language.learned_from(seed), lstm_forward)
    better = {name: bool(max(bits, learned) < rung) for name, rung in data_language.rungs(places).items()}
    poor = "fitted-to-held-out" if learned > bits + FITTED else next((_BELOW[n] for n in better if not better[n]), "")
    return better | {"trouble": _trouble(weights, places[:, :-1], bits, probabilities, lstm_forward) or poor}


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
    given: Any, shapes: Mapping[str, str] = CELL | READ_OUT, whose: str = "", **sizes: int
) -> dict[str, np.ndarray]:
    """Parameters of an LSTM that reads D and writes V different characters, and of its read-out, in single precision.

    Raises
    ------
    ValueError
        As `unrolled.definition.weights.checked`.
    """
    weights = checked(given, shapes, MAX_WEIGHT, MAX_HIDDEN, whose, **sizes)
    return {name: weight.astype(np.float32) for name, weight in weights.items()}


def _trouble(
    weights: dict[str, np.ndarray], inputs: np.ndarray, bits: float, probabilities: np.ndarray, forward: Callable
) -> str:
    """The misconception that is the first thing to look at; "" if it has learned what follows what."""
    if np.take_along_axis(probabilities, inputs[..., None], axis=-1).mean() > 0.5:
        return "copies"
    if bits > np.log2(data_language.V) + 0.1:
        return "too-sure"
    if bits > data_language.ngram_bits(1) + 0.5:
        return "untrained"
    if probabilities.std(axis=(0, 1)).max() < 1e-3:
        return "deaf"
    alone = softmax(read(weights, data_language.one_hot(inputs.reshape(-1, 1)), forward))
    return "no-memory" if np.abs(alone.reshape(probabilities.shape) - probabilities).max() < 1e-3 else ""


def language_mistake(expected: tuple, got: tuple) -> str:
    """The misconception that the network betrays, if any."""
    return got[0]["trouble"]


def play_translation(params: Any, group: str, seed: int, lstm_forward: Callable) -> dict[str, Any]:
    """How many dates of days it never saw a translator writes without one wrong symbol.

    Parameters
    ----------
    params : dict
        "encoder u_x" and so on: the encoder's cell; "decoder u_x", …, "decoder w_0": the decoder's, with its read-out.
    group : {"known", "new"}
        Which languages to test: those there are training dates of, or the one there aren't.
    seed : int
        It draws the days.
    lstm_forward : callable

    Returns
    -------
    dict
        For each mark, such as "50%", whether it is reached; and under "trouble" the name of the
        misconception that it betrays, "" if none.

    Raises
    ------
    ValueError
        If the parameters can't be used; the text says why.
    """
    encoder, decoder = checked_translator(params)
    letters, symbols = data_translation.test_dates(group, seed)
    chosen = written(encoder, decoder, letters, symbols, lstm_forward)
    share, marks = float((chosen == symbols[:, 1:]).all(axis=1).mean()), data_translation.MARKS[group]
    reached = {f"{mark:.0%}": share >= mark for mark in marks}
    if share >= max(marks):
        return reached | {"trouble": ""}
    elsewhere = written(encoder, decoder, letters[::-1], symbols, lstm_forward)
    return reached | {"trouble": _ailment(chosen, elsewhere, symbols)}


def translation_mistake(expected: tuple, got: tuple) -> str:
    """The misconception that the translator betrays in the languages it knows, or else in the new one."""
    known, new = got
    return known["trouble"] or ("by-heart" if new["trouble"] else "")


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
    encoder = checked_params(encoder, CELL, "encoder ", D=len(data_translation.LETTERS))
    decoder = checked_params(decoder, whose="decoder ", D=symbols, V=symbols)
    if len(encoder["u_0"]) != len(decoder["u_0"]):
        raise ValueError("encoder and decoder have hidden states of different sizes")
    return encoder, decoder


def parted(params: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The encoder's parameters and the decoder's, under their own names."""
    encoder = {name.removeprefix("encoder "): params[name] for name in params if name.startswith("encoder ")}
    return encoder, {name.removeprefix("decoder "): params[name] for name in params if name.startswith("decoder ")}


def written(
    encoder: dict[str, np.ndarray],
    decoder: dict[str, np.ndarray],
    letters: np.ndarray,
    symbols: np.ndarray,
    lstm_forward: Callable,
) -> np.ndarray:
    """The symbol it would write at each place of each date, all before it being right: (B, 11) array of int."""
    context = read(encoder, data_translation.one_hot_letters(letters), lstm_forward)[:, -1]
    return read(decoder, data_translation.one_hot_symbols(symbols[:, :-1]), lstm_forward, context).argmax(axis=-1)


def _ailment(chosen: np.ndarray, elsewhere: np.ndarray, symbols: np.ndarray) -> str:
    """The misconception to look at first; `elsewhere` is what it writes when it has read another date."""
    right = chosen == symbols[:, 1:]
    if (chosen == symbols[:, :-1]).mean() > 0.9:
        return "decoder-copies"
    if (chosen == elsewhere).all():
        return "no-context"
    if not right[:, -1].any() and right[:, :-1].any():
        return "never-ends"
    shares = {name: right[:, part].all(axis=1).mean() for name, part in PIECES.items()}
    return _MISREAD[min(shares, key=shares.get)]
