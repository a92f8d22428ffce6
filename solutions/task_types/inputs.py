"""Inputs on which lesson 04 is examined: all sizes different, no bias zero, garbage in the padding, and the edges."""

import numpy as np

from solutions.task_types import reference as right
from solutions.task_types.misconceptions import greedy_decode as wrong_decoding
from solutions.task_types.misconceptions import sample_with_temperature as wrong_sampling
from unrolled.exam.codec import Rng
from unrolled.exam.exercise import Case

WHOLE, ENDING, ANYWHERE, NOTHING = "no padding", "padding at the end", "padding anywhere", "nothing but padding"


def _numbers(rng, *shape):
    return rng.normal(size=shape).round(3)


def _params(rng, D, H, O, scale=0.8):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,)} | ({"w_x": (O, D), "w_h": (O, H), "w_0": (O,)} if O else {})
    return {name: (scale * rng.normal(size=shape)).round(3) for name, shape in shapes.items()}


def _ending(rng, B, T):
    """Padding at the end; the first sequence without any, the others of different lengths where B allows."""
    lengths = [T] + [1 + (T - 1 + int(rng.integers(1, T)) - b) % T for b in range(1, B)]
    return np.arange(T) < np.array(lengths)[:, None]


SCATTERED = np.array([[0, 0, 1, 1, 0, 1], [1, 0, 1, 1, 0, 0], [1, 1, 0, 1, 1, 1], [0, 1, 1, 0, 1, 0]], dtype=bool)
EMPTY_ROW = np.array([[1, 1, 1], [0, 0, 0], [1, 1, 0]], dtype=bool)


def _sequences(rng, mask, D, H, O, scale=1.0):
    xs = (scale * rng.normal(size=(*mask.shape, D))).round(3)
    return xs, mask, _params(rng, D, H, O)


def _with_more_padding(rng, xs, mask, params, more):
    """The same sequences, each `more` steps longer by padding that holds anything."""
    B, _, D = xs.shape
    return np.hstack([xs, 5 * _numbers(rng, B, more, D)]), np.hstack([mask, np.zeros((B, more), dtype=bool)]), params


def batches(O):
    """Inputs of a function of (xs, mask, params) whose network has O outputs."""

    def inputs(rng):
        everywhere = lambda B, T: np.ones((B, T), dtype=bool)  # noqa: E731
        yield Case(_sequences(rng, everywhere(2, 5), 3, 4, O), WHOLE)
        yield Case(_sequences(rng, everywhere(4, 3), 2, 5, O), WHOLE)
        yield Case(_sequences(rng, everywhere(1, 4), 3, 2, O), WHOLE)
        yield Case(_sequences(rng, everywhere(3, 1), 2, 4, O), WHOLE)
        yield Case(_sequences(rng, everywhere(2, 3), 4, 5, O, scale=1000.0), WHOLE)
        batch = _sequences(rng, _ending(rng, 3, 4), 2, 5, O)
        yield Case(batch, ENDING)
        yield Case(_with_more_padding(rng, *batch, 1), ENDING)
        yield Case(_with_more_padding(rng, *batch, 5), ENDING)
        yield Case(_sequences(rng, _ending(rng, 5, 6), 2, 3, O), ENDING)
        yield Case(_sequences(rng, SCATTERED, 3, 5, O), ANYWHERE)
        yield Case(_sequences(rng, SCATTERED[:3, 1:], 2, 4, O), ANYWHERE)
        yield Case(_sequences(rng, EMPTY_ROW, 2, 4, O), NOTHING)
        yield Case(_sequences(rng, ~everywhere(1, 2), 3, 4, O), NOTHING)

    return inputs


MODERATE, HUGE = "moderate logits", "logits of ±1000"


def logits_and_labels(rng):
    for B in (5, 8, 3):
        yield Case((2 * _numbers(rng, B), (np.arange(B) + rng.integers(2)) % 2), MODERATE)
    yield Case((_numbers(rng, 1), np.array([1])), MODERATE)
    yield Case((_numbers(rng, 1), np.array([0])), MODERATE)
    yield Case((np.array([0.0, 0.0]), np.array([0, 1])), MODERATE)
    yield Case((1000.0 * rng.permutation([1, -1, 1, -1, 1]), np.array([1, 0, 0, 1, 1])), HUGE)
    some, many = rng.integers(30, 50), rng.integers(700, 1000)
    yield Case((np.array([some, -some, 0.5, many], dtype=float), rng.permutation([0, 1, 1, 0])), HUGE)


def single_inputs(rng):
    for D, H, steps in [(3, 5, 4), (4, 2, 6), (2, 6, 5), (1, 3, 4), (5, 4, 2)]:
        yield Case((_numbers(rng, D), steps, _params(rng, D, H, D)))
    yield Case((_numbers(rng, 4), 1, _params(rng, 4, 3, 4)), "one step")
    yield Case((np.array([0.0, 0.0, 1.0]), 7, _params(rng, 3, 4, 3)), "a one-hot input")
    yield Case((1000 * _numbers(rng, 3), 3, _params(rng, 3, 2, 3)), "an input of size 1000")


def scored_steps(rng):
    for B, T, V in [(3, 5, 4), (2, 4, 6), (4, 2, 3)]:
        yield Case(_scored(rng, _ending(rng, B, T), V), "padding")
    yield Case(_scored(rng, SCATTERED, 3), "padding anywhere")
    yield Case(_scored(rng, EMPTY_ROW, 4), "a sequence of nothing but padding")
    yield Case(_scored(rng, np.ones((2, 3), dtype=bool), 5), "no padding")
    yield Case(_scored(rng, np.ones((1, 1), dtype=bool), 4), "one step")
    logits, targets, mask = _scored(rng, np.ones((3, 4), dtype=bool), 5)
    logits[0, 0] = -np.abs(logits[0, 0])  # a step far below the others: the maximum to subtract is its own
    yield Case((np.sign(logits) * 1000, targets, mask), "logits of ±1000")


def _scored(rng, mask, V):
    return 2 * _numbers(rng, *mask.shape, V), rng.integers(V, size=mask.shape), mask


def symbols(rng):
    for B, S, V in [(3, 5, 9), (2, 7, 12), (5, 3, 4)]:
        yield Case((rng.integers(V, size=(B, S)), V))
    yield Case((rng.integers(1, 8, size=(4, 6)), 0), "bos is 0")
    yield Case((rng.integers(9, size=(3, 1)), 9), "one step")
    yield Case((rng.integers(9, size=(1, 4)), 10), "one sequence")


def contexts(rng):
    for B, H, V, longest in [(4, 5, 4, 7), (3, 6, 5, 8), (5, 4, 7, 6), (2, 7, 6, 9)]:
        yield Case(_telling(lambda: _context(rng, B, H, V, longest), _stops_in_time_and_not))  # noqa: B023
    yield Case(_telling(lambda: _context(rng, 1, 5, 4, 6), _ends_late), "one sequence")
    yield Case(_telling(lambda: _context(rng, 3, 4, 5, 1), lambda rows, args: True), "at most one symbol")
    yield Case(_telling(lambda: _context(rng, 4, 5, 4, 5), _one_is_empty), "nothing to write for one of them")
    yield Case(_telling(lambda: _context(rng, 2, 3, 4, 6, shy=False), _bos_on_the_way, with_bos=True), "bos is written")


def _context(rng, B, H, V, longest, shy=True):
    bos, eos = (int(symbol) for symbol in rng.permutation(V)[:2])
    params = _params(rng, V, H, V, 1.2)
    params["w_0"][bos] -= 5 * shy
    return 0.9 * np.tanh(2 * _numbers(rng, B, H)).round(3), params, bos, eos, longest


def _telling(draw, is_telling, with_bos=False):
    """Draw until the choices are clear, so that rounding can't change one, and the sequences tell mistakes apart.

    `bos` is written in one case only: whoever leaves it out is told that, and not that all is wrong.
    """
    while True:
        args = draw()
        rows = right.greedy_decode(*args)
        if _clear(*args) and with_bos == any(args[2] in row for row in rows) and is_telling(rows, args):
            return args


def _clear(context, params, bos, eos, longest):
    margins = []

    def read(logits):
        ordered = np.sort(logits, axis=1)
        margins.append((ordered[:, -1] - ordered[:, -2]).min())
        return np.eye(logits.shape[1])[logits.argmax(axis=1)]

    wrong_decoding._decode(context, params, bos, eos, longest, read=read)
    return min(margins) > 0.02


def _stops_in_time_and_not(rows, args):
    lengths = [len(row) for row in rows]
    lively = len({tuple(row) for row in rows}) == len(rows) and any(len(set(row)) > 1 for row in rows)
    lively = lively and wrong_decoding.feeds_probabilities(*args) != rows
    return lively and max(lengths) == args[-1] and any(1 < length < args[-1] for length in lengths)


def _bos_on_the_way(rows, args):
    """`bos` is written between others, and whoever doesn't write it shows how."""
    ways = (wrong_decoding.bos_forbidden, wrong_decoding.bos_left_out, wrong_decoding.stops_at_bos)
    told = {str(way(*args)) for way in (lambda *args: rows, *ways)}
    return len(told) == 4 and any(args[2] in row[1:-1] for row in rows)


def _one_is_empty(rows, args):
    return sum(not row for row in rows) == 1


def _ends_late(rows, args):
    return 3 <= len(rows[0]) < args[-1] and len(set(rows[0])) > 1


def temperatures(rng):
    for V in (4, 6, 5, 7, 3, 8):
        for low, high in [(0.2, 0.6), (1.6, 4.0)]:
            yield Case(_sample(rng, V, low, high))
    yield Case((2 * _numbers(rng, 5), 1.0, Rng(int(rng.integers(10**6)))), "temperature 1")
    yield Case(_patched(rng), "a temperature far above 1")
    for sign in (1, -1):  # where nothing is subtracted, all exponentials are inf, or all are 0
        logits = sign * (1 + np.abs(2 * _numbers(rng, 4)))
        yield Case((logits.round(3), 0.0005, Rng(int(rng.integers(10**6)))), "a temperature near 0")
    for scale in (1000.0, -1000.0):
        logits = scale + 3 * _numbers(rng, 6)
        yield Case((logits.round(3), 0.5, Rng(int(rng.integers(10**6)))), "logits of ±1000")
    yield Case((np.array([2.5]), 0.7, Rng(int(rng.integers(10**6)))), "one choice")


def _patched(rng):
    """A draw with `rng.multinomial` that hangs on whether something is added to the probabilities."""
    while True:
        logits, temperature, seed = 40 * _numbers(rng, 5), 6.0, Rng(int(rng.integers(10**6)))
        draw = lambda f: f(logits, temperature, np.random.default_rng(seed.seed))  # noqa: B023, E731
        patched = draw(wrong_sampling.logarithm_of_probabilities_patched)
        if patched not in (draw(wrong_sampling.multinomial), draw(right.sample_with_temperature)):
            return logits, temperature, seed


def _sample(rng, V, low, high):
    """A draw on which the common mistakes choose something else."""
    while True:
        logits, temperature = 2 * _numbers(rng, V), round(float(rng.uniform(low, high)), 2)
        seed = Rng(int(rng.integers(10**6)))
        draw = lambda f: f(logits, temperature, np.random.default_rng(seed.seed))  # noqa: B023, E731
        chosen = draw(right.sample_with_temperature)
        if chosen != draw(wrong_sampling.multiplied) and chosen != draw(wrong_sampling.temperature_ignored):
            return logits, temperature, seed
