"""Train the network lesson 06 ships: an LSTM that finds strings and comments in source code, as lesson 05 did.

Seeded, about seven minutes on one core: `python -m solutions.gated_cells.train`. The standard library differs a little
between Python versions, and the weights with it.
"""

from __future__ import annotations

import numpy as np
from rich.progress import track

from solutions.gated_cells.reference import init_lstm, lstm_backward, lstm_forward
from solutions.task_types.network import Adam, Params, sigmoid, warmed_cosine
from solutions.vanishing_gradients.train import streams, two_answers
from unrolled.kit import weights
from unrolled.vanishing_gradients import data_source

NAME = "source_lstm"
CELL = ("u_x", "u_h", "u_0")


def initial(H: int, rng: np.random.Generator) -> Params:
    """The cell's parameters, and a read-out of h_t that begins undecided."""
    params = init_lstm(data_source.V, H, rng, forget_bias=3.0) | {"w_h": np.zeros((2, H)), "w_0": np.zeros(2)}
    return {name: value.astype(np.float32) for name, value in params.items()}


def answers(params: Params, xs: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray, dict]:
    """Logits (B, T, 2), hidden states and the cache of the cell's forward pass."""
    hs, cache = lstm_forward(xs, h, c, {name: params[name] for name in CELL})
    return hs @ params["w_h"].T + params["w_0"], hs, cache


def gradients_of(params: Params, xs: np.ndarray, errors: np.ndarray, hs: np.ndarray, cache: dict) -> Params:
    """Gradients of all parameters from those at the logits."""
    cell = {name: params[name] for name in CELL}
    gradients = lstm_backward(xs, cache, cell, errors @ params["w_h"])
    gradients |= {"w_h": np.einsum("bto,bth->oh", errors, hs), "w_0": errors.sum(axis=(0, 1))}
    return {name: gradients[name] for name in params}


def train(steps: int = 9000, B: int = 32, T: int = 100, H: int = 32, rate: float = 5e-3) -> Params:
    """Truncated backpropagation through time: chunks of T characters, the states carried from chunk to chunk."""
    params = initial(H, np.random.default_rng(6))
    adam, chunks = Adam(params), streams(data_source.TRAINING, B, T)
    h = c = np.zeros((B, H), np.float32)
    for step in track(range(steps), NAME):
        places, labels, fresh = next(chunks)
        xs = data_source.one_hot(places.T).astype(np.float32)
        logits, hs, cache = answers(params, xs, h * (not fresh), c * (not fresh))
        errors = (sigmoid(logits) - two_answers(labels.T)) / (B * T)
        adam.step(gradients_of(params, xs, errors, hs, cache), warmed_cosine(step, steps, rate))
        h, c = hs[:, -1], cache["c"][:, -1]
    return adam.average


def accuracy(params: Params, modules: tuple[str, ...] = data_source.HELD_OUT) -> tuple[float, float]:
    """Share of characters rightly told to be inside a string or not, and inside a comment or not."""
    zeros, right = np.zeros((1, params["w_h"].shape[1])), []
    for text in map(data_source.source, modules):
        xs = data_source.one_hot(data_source.numbers(text))[None]
        right.append((answers(params, xs, zeros, zeros)[0][0] > 0) == (two_answers(data_source.labels(text)) > 0.5))
    return tuple(np.concatenate(right).mean(axis=0).tolist())


if __name__ == "__main__":
    weights.save("gated_cells", NAME, train())
    print("right about strings: {:.2%}, about comments: {:.2%}".format(*accuracy(weights.load(NAME))))
