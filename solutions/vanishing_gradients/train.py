"""Train the network lesson 05 ships: a plain cell that reads Python source and says where strings and comments are.

Seeded, under two minutes on one core: `python -m solutions.vanishing_gradients.train`. The standard library differs a
little between Python versions, and the weights with it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.progress import track

from solutions.task_types.network import Adam, Params, backward, forward, initial, outputs, sigmoid, warmed_cosine
from unrolled.kit import weights
from unrolled.vanishing_gradients import data_source

NAME = "source_rnn"


def streams(modules: tuple[str, ...], B: int, T: int, ahead: int = 0) -> Iterator[tuple[np.ndarray, np.ndarray, bool]]:
    """Endless chunks of source read in B places at once, T characters further each time.

    Yields characters' numbers and labels, both (T + ahead, B), and whether reading starts afresh.
    """
    texts = [data_source.source(module) for module in modules]
    places = np.concatenate([data_source.numbers(text) for text in texts])
    labels = np.concatenate([data_source.labels(text) for text in texts])
    length = len(places) // B
    while True:
        for start in range(0, length - T - ahead, T):
            steps = start + np.arange(T + ahead)[:, None] + length * np.arange(B)
            yield places[steps], labels[steps], start == 0


def two_answers(labels: np.ndarray) -> np.ndarray:
    """Whether each character is inside a string, and whether inside a comment: (…, 2) array of 0 and 1."""
    return np.stack([labels == data_source.STRING, labels == data_source.COMMENT], axis=-1).astype(np.float32)


def train(steps: int = 6000, B: int = 32, T: int = 50, H: int = 48, rate: float = 3e-3) -> Params:
    """Truncated backpropagation through time: chunks of T characters, the state carried from chunk to chunk."""
    params = initial(data_source.V, H, 2, np.random.default_rng(5))
    adam, chunks = Adam(params), streams(data_source.TRAINING, B, T)
    state = np.zeros((B, H), np.float32)
    for step in track(range(steps), NAME):
        places, labels, fresh = next(chunks)
        xs = data_source.one_hot(places).astype(np.float32)
        hs = forward(params, xs, state * (not fresh))
        errors = sigmoid(outputs(params, xs, hs)) - two_answers(labels)
        adam.step(backward(params, xs, hs, None, errors / (B * T))[0], warmed_cosine(step, steps, rate))
        state = hs[-1]
    return adam.average


def accuracy(params: Params, modules: tuple[str, ...] = data_source.HELD_OUT) -> tuple[float, float]:
    """Share of characters rightly told to be inside a string or not, and inside a comment or not."""
    text = [data_source.source(module) for module in modules]
    right = []
    for source in text:
        xs = data_source.one_hot(data_source.numbers(source))[:, None].astype(np.float32)
        logits = outputs(params, xs, forward(params, xs))[:, 0]
        right.append((logits > 0) == (two_answers(data_source.labels(source)) > 0.5))
    return tuple(np.concatenate(right).mean(axis=0).tolist())


if __name__ == "__main__":
    weights.save("vanishing_gradients", NAME, train())
    print("right about strings: {:.1%}, about comments: {:.1%}".format(*accuracy(weights.load(NAME))))
