"""Train the network lesson 06 ships: an LSTM that reads Python source and guesses the next character, nothing else.

Seeded, about ten minutes on one core: `python -m solutions.gated_cells.train`. What it has learned about strings on the
way is for the learner to find. The standard library differs a little between Python versions, and the weights with it.
"""

from __future__ import annotations

import numpy as np
from rich.progress import track

from solutions.gated_cells.reference import init_lstm, lstm_backward, lstm_forward
from solutions.task_types.network import Adam, Params, warmed_cosine
from solutions.vanishing_gradients.train import streams
from unrolled import data_source, weights

NAME = "source_lstm"
CELL = ("u_x", "u_h", "u_0")


def initial(H: int, rng: np.random.Generator) -> Params:
    """The cell's parameters, and a read-out that begins with equal chances for all characters."""
    V = data_source.V
    params = init_lstm(V, H, rng) | {"w_h": np.zeros((V, H)), "w_0": np.zeros(V)}
    return {name: value.astype(np.float32) for name, value in params.items()}


def loss_and_gradients(params: Params, places: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple:
    """Mean loss in bits of guessing each next character, gradients, and the states at the end.

    Parameters
    ----------
    places : (B, T + 1) array of int
    h, c : (B, H) arrays
    """
    cell = {name: params[name] for name in CELL}
    xs, targets = data_source.one_hot(places[:, :-1]).astype(np.float32), places[:, 1:]
    hs, cache = lstm_forward(xs, h, c, cell)
    logits = hs @ params["w_h"].T + params["w_0"]  # (B, T, V)
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    errors = exps / exps.sum(axis=-1, keepdims=True)
    chosen = (*np.indices(targets.shape), targets)
    bits = -np.log2(errors[chosen] + 1e-12).mean()
    errors[chosen] -= 1
    errors /= targets.size
    gradients = lstm_backward(xs, cache, cell, errors @ params["w_h"])
    H = h.shape[1]
    gradients |= {"w_h": errors.reshape(-1, data_source.V).T @ hs.reshape(-1, H), "w_0": errors.sum(axis=(0, 1))}
    return bits, {name: gradients[name] for name in params}, hs[:, -1], cache["c"][:, -1]


def train(steps: int = 12000, B: int = 32, T: int = 64, H: int = 96, rate: float = 4e-3) -> Params:
    """Truncated backpropagation through time: chunks of T characters, the states carried from chunk to chunk."""
    params = initial(H, np.random.default_rng(6))
    adam, chunks = Adam(params), streams(data_source.TRAINING, B, T, ahead=1)
    h = c = np.zeros((B, H), np.float32)
    for step in track(range(steps), NAME):
        places, _, fresh = next(chunks)
        _, gradients, h, c = loss_and_gradients(params, places.T, h * (not fresh), c * (not fresh))
        adam.step(gradients, warmed_cosine(step, steps, rate))
    return adam.average


def bits_per_character(params: Params, modules: tuple[str, ...] = data_source.HELD_OUT) -> float:
    """How well the next character of modules it never saw is guessed, in bits."""
    zeros = np.zeros((1, len(params["w_h"][0])), np.float32)
    scores = [loss_and_gradients(params, data_source.numbers(text)[None], zeros, zeros)[0] for text in _texts(modules)]
    return float(np.average(scores, weights=[len(text) for text in _texts(modules)]))


def _texts(modules: tuple[str, ...]) -> list[str]:
    return [data_source.source(module) for module in modules]


if __name__ == "__main__":
    weights.save(NAME, train())
    print(f"{bits_per_character(weights.load(NAME)):.2f} bits per character on modules it never saw")
