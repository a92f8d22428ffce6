"""Train the answers of lesson 07: `make weights`, or `python -m solutions.capstone.train`. Seeded.

A language model in under five minutes and a translator in one, on one core, with the references of lessons 05
to 07 in the places where learners have functions of their own. These weights are answers: learners never get them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from rich.progress import track

from solutions.capstone.reference import adam_step, read_out
from solutions.gated_cells.reference import init_lstm, lstm_backward, lstm_forward
from solutions.vanishing_gradients.reference import clip_by_global_norm
from unrolled.capstone import data_language, data_translation, plays

FOLDER = Path(__file__).parent / "weights"
CELL = tuple(plays.CELL)
Params = dict[str, np.ndarray]


def load(name: str) -> Params:
    """Parameters that were trained here: "language" or "translator"."""
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        return {key: arrays[key].astype(np.float32) for key in arrays}


def save(name: str, params: Params) -> None:
    """Keep parameters with half the usual precision."""
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(FOLDER / f"{name}.npz", **{key: value.astype(np.float16) for key, value in params.items()})


def initial(D: int, H: int, V: int, rng: np.random.Generator, forget_bias: float = 1.0) -> Params:
    """A fresh LSTM, with a read-out of zeros if V is more than 0."""
    params = init_lstm(D, H, rng, forget_bias) | ({"w_h": np.zeros((V, H)), "w_0": np.zeros(V)} if V else {})
    return {name: value.astype(np.float32) for name, value in params.items()}


def rate(step: int, steps: int, highest: float, warm: int = 50) -> float:
    """A learning rate that rises, then falls to a twentieth along a cosine."""
    return highest * min(1, (step + 1) / warm) * (0.525 + 0.475 * np.cos(np.pi * step / steps))


def language_gradients(params: Params, places: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple:
    """Loss in nats, gradients, and the states at the end, for a chunk of text (B, T + 1)."""
    xs = data_language.one_hot(places[:, :-1])
    hs, cache = lstm_forward(xs, h, c, params)
    loss, gradients, dhs = read_out(hs, places[:, 1:], params)
    back = lstm_backward(xs, cache, params, dhs)
    return loss, gradients | {name: back[name] for name in CELL}, hs[:, -1], cache["c"][:, -1]


def train_language(steps: int = 7000, B: int = 32, T: int = 64, H: int = 128, highest: float = 8e-3) -> Params:
    """Truncated backpropagation through time over Python's documentation."""
    params, state = initial(data_language.V, H, data_language.V, np.random.default_rng(7)), {}
    h = c = np.zeros((B, H), np.float32)
    chunks = data_language.batches(B, T)
    for step in track(range(steps), "language"):
        places, fresh = next(chunks)
        _, gradients, h, c = language_gradients(params, places, h * (not fresh), c * (not fresh))
        clipped, _ = clip_by_global_norm(gradients, 1.0)
        params, state = adam_step(params, clipped, state, np.float32(rate(step, steps, highest)))
    return params


def translator_gradients(params: Params, letters: np.ndarray, symbols: np.ndarray) -> tuple[float, Params]:
    """Loss in nats and gradients for a batch of dates: the decoder starts from the encoder's last hidden state."""
    encoder, decoder = plays.parted(params)
    zeros = np.zeros((len(letters), len(encoder["u_0"]) // 4), np.float32)
    xs, inputs = data_translation.one_hot_letters(letters), data_translation.one_hot_symbols(symbols[:, :-1])
    read, read_cache = lstm_forward(xs, zeros, zeros, encoder)
    hs, cache = lstm_forward(inputs, read[:, -1], zeros, decoder)
    loss, gradients, dhs = read_out(hs, symbols[:, 1:], decoder)
    back = lstm_backward(inputs, cache, decoder, dhs)
    dread = np.zeros_like(read)
    dread[:, -1] = back["h_0"]
    first = lstm_backward(xs, read_cache, encoder, dread)
    gradients |= {name: back[name] for name in CELL}
    return loss, joined({name: first[name] for name in CELL}, {name: gradients[name] for name in decoder})


def train_translator(steps: int = 2500, B: int = 64, H: int = 64, highest: float = 1e-2) -> Params:
    """Encoder and decoder for dates in eight languages.

    A one-hot vector has a single 1, not H numbers to sum: the input weights start √H times as large as the others. The
    forget gates start almost open: a day has to last until it is written.
    """
    rng = np.random.default_rng(8)
    letters, symbols = len(data_translation.LETTERS), len(data_translation.SYMBOLS)
    params, state = joined(initial(letters, H, 0, rng, 4.0), initial(symbols, H, symbols, rng, 4.0)), {}
    params |= {f"{part} u_x": params[f"{part} u_x"] * np.float32(np.sqrt(H)) for part in ("encoder", "decoder")}
    dates: Iterator = data_translation.batches(B)
    for step in track(range(steps), "translator"):
        _, gradients = translator_gradients(params, *next(dates))
        clipped, _ = clip_by_global_norm(gradients, 1.0)
        params, state = adam_step(params, clipped, state, np.float32(rate(step, steps, highest)))
    return params


def joined(encoder: Params, decoder: Params) -> Params:
    """Two networks' parameters in one dict, as they are handed in."""
    return {f"encoder {k}": v for k, v in encoder.items()} | {f"decoder {k}": v for k, v in decoder.items()}


TRAININGS: dict[str, Callable[[], Params]] = {"language": train_language, "translator": train_translator}

if __name__ == "__main__":
    for name in sys.argv[1:] or TRAININGS:
        save(name, TRAININGS[name]())
