"""Train the weights lesson 04 ships: `make weights`. Seeded; a quarter of an hour at most on one core.

Five small networks, all of the plain cell of Definition 15.1. What each is measured by stands in `quality.py`.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from solutions.task_types import quality
from solutions.task_types.network import (
    Adam,
    Params,
    backward,
    cross_entropy,
    forward,
    initial,
    one_hot,
    outputs,
    padded,
    sigmoid,
    warmed_cosine,
)
from unrolled.kit import weights
from unrolled.task_types import data_dates, data_glyphs, data_reviews, data_tunes

Step = Callable[[Params, np.random.Generator], tuple[float, Params]]


def fit(params: Params, step: Step, steps: int, rate: float, report: Callable[[float], None], seed: int) -> Params:
    """Minimise what `step` measures: it returns the loss of a batch and the gradients of all parameters."""
    rng = np.random.default_rng(seed)
    adam = Adam(params)
    for number in range(steps):
        loss, gradients = step(params, rng)
        adam.step(gradients, warmed_cosine(number, steps, rate))
        report(loss)
    return adam.average


def train_reviews(report: Callable[[float], None], steps: int = 6000, H: int = 48) -> Params:
    """Many-to-one: praise or blame, read off at the last word."""
    words = data_reviews.vocabulary()
    reviews, _ = data_reviews.split_reviews()
    texts = [[words.index(word) for word in data_reviews.tokens(text)] for text, _ in reviews]
    labels = np.array([label for _, label in reviews], np.float32)

    def step(params: Params, rng: np.random.Generator) -> tuple[float, Params]:
        places = rng.integers(len(texts), size=64)
        numbers, mask = padded([texts[place] for place in places])
        xs = one_hot(numbers, len(words))
        hs = forward(params, xs, mask=mask)
        logits = outputs(params, xs, hs)
        last = mask.sum(axis=0) - 1, np.arange(len(places))
        errors = sigmoid(logits[last][:, 0]) - labels[places]
        dlogits = np.zeros_like(logits)
        dlogits[last] = errors[:, None] / len(places)
        return np.abs(errors).mean(), backward(params, xs, hs, mask, dlogits)[0]

    return fit(initial(len(words), H, 1, np.random.default_rng(1)), step, steps, 3e-3, report, 1)


def train_captions(report: Callable[[float], None], steps: int = 6000, H: int = 96) -> Params:
    """Many-to-many, same length: a caption for every frame."""
    films, _ = data_glyphs.split_films()

    def step(params: Params, rng: np.random.Generator) -> tuple[float, Params]:
        chosen = [films[place] for place in rng.integers(len(films), size=64)]
        captions, mask = padded([captions for _, captions in chosen])
        xs = np.zeros((*mask.shape, data_glyphs.SIZE**2), np.float32)
        for column, (frames, _) in enumerate(chosen):
            xs[: len(frames), column] = frames
        hs = forward(params, xs, mask=mask)
        loss, dlogits = cross_entropy(outputs(params, xs, hs), captions)
        return loss, backward(params, xs, hs, mask, dlogits)[0]

    start = initial(data_glyphs.SIZE**2, H, len(data_glyphs.CAPTIONS), np.random.default_rng(2))
    return fit(start, step, steps, 2e-3, report, 2)


def train_tunes(report: Callable[[float], None], steps: int = 3000, H: int = 96) -> Params:
    """One-to-many: from "start this tune" to all its notes."""
    tunes = [[data_tunes.start_of(name), *data_tunes.numbers_of(name)] for name in data_tunes.TUNES]
    longest = max(map(len, tunes)) + 6
    numbers = np.array([tune + [0] * (longest - len(tune)) for tune in tunes] * 2).T
    films = one_hot(numbers, data_tunes.SIZE)
    return fit_films(lambda rng: films, np.ones(longest - 1), data_tunes.SIZE, H, steps, report, 3)


def train_arrows(report: Callable[[float], None], steps: int = 4000, H: int = 128) -> Params:
    """One-to-many: from one grainy photograph of an arrow to a clean film of its flight."""
    films = np.array([data_glyphs.arrow_film(*arrow, 14) for arrow in data_glyphs.ARROWS], np.float32).swapaxes(0, 1)

    def draw(rng: np.random.Generator) -> np.ndarray:
        chosen = films[:, rng.integers(films.shape[1], size=64)]
        chosen[0] = data_glyphs.photograph(chosen[0], rng)
        return chosen

    heed = np.array([5.0, 8.0, 3.0] + [1.0] * 11)  # the first frames are the hardest: little has been read by then
    return fit_films(draw, heed, data_glyphs.SIZE**2, H, steps, report, 4)


def fit_films(
    draw: Callable[[np.random.Generator], np.ndarray], heed: np.ndarray, D: int, H: int, steps: int,
    report: Callable[[float], None], seed: int,
) -> Params:  # fmt: skip
    """Train on (T + 1, B, D) films to make each frame from those before; `heed` (T,) says how much each one counts.

    Every other batch is read from the network's own outputs instead of the films: that is what it meets when left
    to itself, and nothing else prepares it for its own small errors.
    """
    turns = itertools.cycle((False, True))

    def step(params: Params, rng: np.random.Generator) -> tuple[float, Params]:
        films = draw(rng)
        xs = own_inputs(params, films[0], len(films) - 1) if next(turns) else films[:-1]
        hs = forward(params, xs)
        errors = sigmoid(outputs(params, xs, hs)) - films[1:]
        dlogits = errors * (heed[:, None, None] / errors[..., 0].size).astype(np.float32)
        return np.abs(errors).sum(axis=-1).mean(), backward(params, xs, hs, None, dlogits)[0]

    return fit(initial(D, H, D, np.random.default_rng(seed)), step, steps, 3e-3, report, seed)


def own_inputs(params: Params, x: np.ndarray, T: int) -> np.ndarray:
    """What a network reads that is shown x (B, D) and then feeds its outputs back: (T, B, D)."""
    xs, h = [x], np.zeros((len(x), len(params["u_0"])), np.float32)
    for _ in range(T - 1):
        y = sigmoid(xs[-1] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"])
        h = np.tanh(xs[-1] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        xs.append(y)
    return np.array(xs)


def train_dates(report: Callable[[float], None], steps: int = 12000, H: int = 192) -> tuple[Params, Params]:
    """Many-to-many, different length: an encoder reads a date in any language, a decoder writes it in ISO 8601."""
    letters = data_dates.characters()
    V, S = len(letters), len(data_dates.SYMBOLS) + 2
    rng = np.random.default_rng(5)
    batches = date_batches(letters, rng)

    def step(params: Params, rng: np.random.Generator) -> tuple[float, Params]:
        encoder, decoder = parted(params)
        numbers, mask, targets = next(batches)
        xs = one_hot(numbers, V)
        hs = forward(encoder, xs, mask=mask)
        inputs = one_hot(np.concatenate([np.full_like(targets[:1], data_dates.BOS), targets[:-1]]), S)
        states = forward(decoder, inputs, hs[-1])
        loss, dlogits = cross_entropy(outputs(decoder, inputs, states), targets)
        gradients, dcontext = backward(decoder, inputs, states, None, dlogits)
        return loss, joined(backward(encoder, xs, hs, mask, dh_last=dcontext)[0], gradients)

    start = joined(initial(V, H, 0, rng), initial(S, H, S, rng))
    return parted(fit(start, step, steps, 2e-3, report, 5))


def date_batches(
    letters: str, rng: np.random.Generator, B: int = 128
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Endless batches of training dates of similar lengths: letters (T, B), mask (T, B), symbols (S, B)."""
    days, _ = data_dates.split_days()
    while True:
        pool = sorted((random_date(days, rng) for _ in range(32 * B)), key=lambda pair: len(pair[0]))
        for start in rng.permutation(32) * B:
            texts, chosen = zip(*pool[start : start + B], strict=True)
            numbers, mask = padded([[letters.index(letter) for letter in text] for text in texts])
            yield numbers, mask, data_dates.iso_numbers(chosen).T


def random_date(days: Sequence[date], rng: np.random.Generator) -> tuple[str, date]:
    """A day as it is written in a random language and style, and the day."""
    day = days[rng.integers(len(days))]
    language = list(data_dates.LANGUAGES)[rng.integers(len(data_dates.LANGUAGES))]
    return data_dates.write_date(day, language, data_dates.STYLES[rng.integers(3)]), day


def joined(encoder: Params, decoder: Params) -> Params:
    """Two networks' parameters in one dict."""
    return {f"encoder {name}": value for name, value in encoder.items()} | {
        f"decoder {name}": value for name, value in decoder.items()
    }


def parted(params: Params) -> tuple[Params, Params]:
    """What `joined` joined."""
    pick = lambda which: {name.split()[1]: value for name, value in params.items() if name.startswith(which)}  # noqa: E731
    return pick("encoder"), pick("decoder")


TRAININGS = {
    "reviews": (train_reviews, 6000),
    "captions": (train_captions, 6000),
    "tunes": (train_tunes, 3000),
    "arrows": (train_arrows, 4000),
    "dates": (train_dates, 12000),
}


def main(names: Sequence[str]) -> None:
    """Train the named networks (all, if none is named), store their weights and print what they are worth."""
    console = Console()
    with Progress(*Progress.get_default_columns(), "{task.fields[loss]}", console=console) as progress:
        for name in names or TRAININGS:
            train, steps = TRAININGS[name]
            store(name, train(Bar(progress, name, steps), steps))
    table = Table("held-out quality", "measured", "asked for")
    for what, measured, asked in quality.report(names or TRAININGS):
        table.add_row(what, f"{measured:.1%}", asked)
    console.print(table)


def store(name: str, trained: Params | tuple[Params, Params]) -> None:
    """Keep weights where learners find them; the date encoder with the letters it knows."""
    if name != "dates":
        return weights.save("task_types", name, trained)
    encoder, decoder = trained
    weights.save(
        "task_types", "date_encoder", encoder, letters=np.array([ord(letter) for letter in data_dates.characters()])
    )
    return weights.save("task_types", "date_decoder", decoder)


class Bar:
    """A bar that moves with every step and shows a running mean of the loss."""

    def __init__(self, progress: Progress, name: str, steps: int):
        self.progress, self.task = progress, progress.add_task(name, total=steps, loss="")
        self.mean: float | None = None

    def __call__(self, loss: float) -> None:
        self.mean = loss if self.mean is None else 0.98 * self.mean + 0.02 * loss
        self.progress.update(self.task, advance=1, loss=f"loss {self.mean:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
