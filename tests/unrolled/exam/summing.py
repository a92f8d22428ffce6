"""An exercise small enough to see through, with what people get wrong in it."""

import numpy as np

from unrolled.exam.exercise import Case, Exercise, Misconception, Part


def running_sum(xs, start):
    return np.cumsum(xs) + start, np.cumsum(xs[::-1])


def forgets_start(xs, start):
    return np.cumsum(xs), np.cumsum(xs[::-1])


def not_reversed(xs, start):
    return np.cumsum(xs) + start, np.cumsum(xs)


def _cases(rng):
    yield Case((rng.normal(size=4).round(3), 1.5))
    yield Case((rng.normal(size=1).round(3), -2.5), "one timestep")


EXERCISE = Exercise(
    running_sum,
    _cases,
    (Part("sums", 2, 0, axes="T"), Part("reversed", 1, 1, axes="T")),
    misconceptions=(
        Misconception("start", "The start is missing.", forgets_start),
        Misconception("order", "The second is not reversed.", not_reversed),
    ),
)


def labelled_cases(rng):
    yield Case((rng.normal(size=4).round(3), 1.5), "several timesteps")
    yield Case((rng.normal(size=1).round(3), -2.5), "one timestep")


def stacked(x):
    return {"u": np.concatenate([x, 2 * x, 3 * x])}
