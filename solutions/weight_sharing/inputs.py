"""Inputs on which lesson 03 is examined: all sizes different, no bias and no first state zero, and the edges."""

import numpy as np

from unrolled.exam.exercise import Case


def _numbers(rng, *shape):
    return rng.normal(size=shape).round(3)


def _params(rng, D, H, O, scale=1.0):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    return {name: (scale * rng.normal(size=shape)).round(3) for name, shape in shapes.items()}


def counts(rng):
    for shared in (True, False):
        label = "shared" if shared else "not shared"
        for low in (2, 5, 11):
            T, D, H, O = (int(size) for size in low + 7 * rng.permutation(4) + rng.integers(0, 6, 4))
            yield Case((T, D, H, O, shared), label)
        yield Case((1, 3, 5, 2, shared), label)
        yield Case((9, 1, 4, 1, shared), label)


def unshared(rng):
    for T, D, H, O in [(4, 3, 5, 2), (5, 2, 3, 4), (3, 1, 4, 1)]:
        params = [_params(rng, D, H, O) for _ in range(T)]
        yield Case((_numbers(rng, T, D), _numbers(rng, H), params))
    yield Case((_numbers(rng, 1, 3), _numbers(rng, 2), [_params(rng, 3, 2, 4)]), "one timestep")
    xs = np.array([[1000.0, 1.0], [-1000.0, 1.0], [0.5, -0.5]])
    yield Case((xs, _numbers(rng, 3), [_params(rng, 2, 3, 4) for _ in xs]), "inputs as large as 1000")
    params = [_params(rng, 3, 2, 4) for _ in range(3)]
    yield Case((_numbers(rng, 5, 3), _numbers(rng, 2), params), "more timesteps than weights")
    yield Case((_numbers(rng, 2, 3), _numbers(rng, 2), params), "more weights than timesteps")


def gradients(rng):
    for T, D, H, O in [(4, 2, 3, 1), (2, 1, 3, 4)]:
        yield Case(([_params(rng, D, H, O) for _ in range(T)],))
    yield Case(([_params(rng, 2, 3, 1)],), "one timestep")
    other = [{"kernel": _numbers(rng, 2, 3, 4), "shift": _numbers(rng, 2)} for _ in range(5)]
    yield Case((other,), "parameters of other names")
    small = [_params(rng, 1, 2, 3, scale) for scale in (0.1, 0.3, 3.0)]
    yield Case((small,), "one timestep far larger than the others")
    yield Case(([_params(rng, 2, 3, 1, 1e2) for _ in range(3)],), "gradients of hundreds")


def _ending(rng, B, T):
    """Padding at the end; no two lengths alike where B allows, the first sequence without padding."""
    lengths = [T] + [1 + (T - 1 + int(rng.integers(1, T)) - b) % T for b in range(1, B)]
    return np.arange(T) < np.array(lengths)[:, None]


def _sequences(rng, mask, D, H, O, scale=1.0):
    mask = np.array(mask, dtype=bool)
    B, T = mask.shape
    return (scale * rng.normal(size=(B, T, D))).round(3), mask, _numbers(rng, B, H), _params(rng, D, H, O)


SCATTERED = [[0, 0, 1, 1, 1, 1], [1, 0, 1, 0, 0, 1], [1, 1, 0, 1, 1, 0], [0, 1, 1, 1, 0, 0]]


def batches(rng):
    yield Case(_sequences(rng, _ending(rng, 3, 5), 2, 4, 1), "padding at the end")
    yield Case(_sequences(rng, _ending(rng, 4, 6), 3, 2, 5), "padding at the end")
    yield Case(_sequences(rng, np.ones((2, 4)), 3, 5, 1), "no padding")
    yield Case(_sequences(rng, SCATTERED, 2, 3, 1), "padding anywhere")
    yield Case(_sequences(rng, _ending(rng, 4, 4), 2, 3, 1), "as many sequences as timesteps")
    yield Case(_sequences(rng, [[1, 1, 1, 0, 0], [1, 0, 0, 0, 0]], 3, 4, 1), "padding in all sequences at once")
    yield Case(_sequences(rng, [[1, 1, 0], [0, 0, 0]], 4, 1, 5), "a sequence of nothing but padding")
    yield Case(_sequences(rng, [[1, 1, 0, 1, 0]], 2, 3, 4), "one sequence")
    yield Case(_sequences(rng, [[1], [0], [1]], 4, 2, 5), "one timestep")
    yield Case(_sequences(rng, _ending(rng, 3, 4), 2, 5, 1, scale=1000.0), "inputs as large as 1000")


ANYWHERE, ALMOST_EMPTY = "padding anywhere", "one real timestep, or none"


def states(rng):
    for B, T, H in [(3, 6, 4), (5, 4, 2)]:
        yield Case((_numbers(rng, B, T, H), _ending(rng, B, T)), ANYWHERE)
    yield Case((_numbers(rng, 4, 6, 3), np.array(SCATTERED, dtype=bool)), ANYWHERE)
    yield Case((_numbers(rng, 2, 5, 3), np.ones((2, 5), dtype=bool)), ANYWHERE)
    yield Case((_numbers(rng, 1, 4, 2), np.array([[True, True, False, False]])), ANYWHERE)
    single = np.array([[0, 0, 0, 1, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0]], dtype=bool)
    yield Case((_numbers(rng, 3, 5, 2), single), ALMOST_EMPTY)
    yield Case((_numbers(rng, 2, 1, 3), np.ones((2, 1), dtype=bool)), ALMOST_EMPTY)
    yield Case((_numbers(rng, 3, 4, 2), np.array([[1, 1, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1]], dtype=bool)), ALMOST_EMPTY)
