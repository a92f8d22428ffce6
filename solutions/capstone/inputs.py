"""What lesson 07's functions are called with: all sizes different, numbers too large for a careless softmax."""

import numpy as np

from solutions.capstone import reference as right
from unrolled.capstone.data_language import ALPHABET
from unrolled.exam.codec import Rng
from unrolled.exam.exercise import Case

FIRST, LATER, LARGE = "the first step", "a later step", "large numbers"
LONG, AGAIN = "a long prompt", "a letter again and again"
FAR_BELOW = "one step's logits far below the others'"
_PROMPT = (
    "def mean(numbers):\n    total = 0.0\n    for number in numbers:\n        total += number\n"
    "    return total / len(numbers)\n\n\nprint("
)


def _normal(rng, *shape):
    return rng.normal(size=shape).round(3)


def _arrays(rng, shapes, scale=1.0):
    return {name: (scale * _normal(rng, *shape)).round(6) for name, shape in shapes.items()}


def adam_cases(rng):
    shapes = {"u_x": (4, 3), "u_0": (4,), "w_h": (2, 5)}
    params, gradients = _arrays(rng, shapes), _arrays(rng, shapes)
    yield Case((params, gradients, {}), FIRST)
    yield Case((_arrays(rng, shapes), _arrays(rng, shapes), {}, 0.1, (0.8, 0.95), 0.02), FIRST)
    silent = _arrays(rng, shapes) | {"u_0": np.zeros(4)}
    yield Case((_arrays(rng, shapes), silent, {}, 0.02), "a gradient of zeros")
    yield Case((_arrays(rng, shapes), _arrays(rng, shapes, 1e-3), {}, 0.3, (0.7, 0.9), 0.003), "small gradients")
    yield _later(rng, shapes, 1, 0.01, (0.9, 0.999), 1e-8)
    params, gradients, *rest = _later(rng, shapes, 6, 0.2, (0.6, 0.9), 0.01).args
    yield Case((params, gradients | {"u_0": np.zeros(4)}, *rest), LATER)
    other_names = {f"encoder_{name}": shape for name, shape in shapes.items()}
    yield _later(rng, other_names, 150, 0.05, (0.95, 0.98), 1e-3)


def _later(rng, shapes, t, lr, betas, eps):
    return Case((_arrays(rng, shapes), _arrays(rng, shapes), _state(rng, shapes, t), lr, betas, eps), LATER)


def _state(rng, shapes, t):
    squares = {name: (value**2 + 0.01).round(6) for name, value in _arrays(rng, shapes).items()}
    return {"t": t, "m": _arrays(rng, shapes, 0.3), "v": squares}


def read_out_cases(rng):
    for B, T, H, V in [(2, 4, 3, 5), (3, 2, 5, 4), (4, 3, 2, 6)]:
        yield _read_out_case(rng, B, T, H, V)
    yield _read_out_case(rng, 1, 5, 3, 4, label="one sequence")
    yield _read_out_case(rng, 3, 1, 2, 5, label="one timestep")
    yield _read_out_case(rng, 2, 3, 4, 5, shift=900, label=LARGE)
    yield _read_out_case(rng, 3, 2, 2, 4, shift=-950, label=LARGE)
    yield _unlikely(rng)
    yield _far_below(rng)


def _read_out_case(rng, B, T, H, V, shift=0, label=""):
    params = {"w_h": _coarse(rng, V, H), "w_0": _coarse(rng, V) + shift, "u_0": _normal(rng, 4 * H)}
    return Case((_coarse(rng, B, T, H), rng.integers(V, size=(B, T)), params), label)


def _coarse(rng, *size):
    """Multiples of 1/16, so that even beside 950 their products are exact in single precision."""
    return np.round(16 * rng.normal(size=size)) / 16


def _unlikely(rng):
    """Targets whose probability is too small for a float."""
    hs, params = _normal(rng, 2, 3, 2), {"w_h": _normal(rng, 4, 2), "w_0": np.array([300.0, -500.0, 250.0, -480.0])}
    targets = np.array([[0, 1, 3], [3, 2, 1]])
    return Case((hs, targets, params), "very unlikely targets")


def _far_below(rng):
    """One step's logits are so far below the others that only its own maximum helps."""
    hs, targets, params = _read_out_case(rng, 2, 3, 3, 4).args
    hs[0, 1, 0], params["w_h"][:, 0] = -30, 30
    return Case((hs, targets, params), FAR_BELOW)


def generate_cases(rng):
    settings = [("The ", 24, 3, 1.0), ("def", 20, 2, 0.5), ("If a", 20, 3, 2.0), ("x", 16, 2, 0.8)]
    for prompt, length, H, temperature in settings:
        yield _generate_case(rng, prompt, length, H, temperature)
    yield _generate_case(rng, "aaab", 18, 2, 1.0, label=AGAIN)
    yield _generate_case(rng, "a list", 0, 2, 1.0, label="nothing to add")
    yield _generate_case(rng, "or", 8, 2, 0.0005, label=LARGE)
    yield _long(rng)


def _long(rng):
    """A prompt whose first characters are still heard after the last."""
    while True:
        case = _generate_case(rng, _PROMPT, 10, 2, 1.0, label=LONG, remembers=9)
        heard = {_written_after(case, count) for count in (0, 8, 113)}
        if len(heard) == 3:
            return case


def _written_after(case, left_out):
    """What is written after the prompt, without so many of its first characters."""
    params, prompt, length, temperature, seed = case.args
    rng = np.random.default_rng(seed.seed)
    return right.generate(params, prompt[left_out:], length, temperature, rng)[-length:]


def _generate_case(rng, prompt, length, H, temperature, label="", remembers=0):
    V = len(ALPHABET)
    shapes = {"u_x": (4 * H, V), "u_h": (4 * H, H), "u_0": (4 * H,), "w_h": (V, H), "w_0": (V,)}
    scales = {"u_x": 1.5, "u_h": 1.5, "u_0": 0.5, "w_h": 3.0, "w_0": 0.5}
    params = {
        name: (scales[name] * rng.normal(size=shape)).round(2).astype(np.float32) for name, shape in shapes.items()
    }
    params["u_0"][H : 2 * H] += remembers
    seed = int(rng.integers(2**31))
    return Case((params, prompt, length, temperature, Rng(seed)), label)


def language_cases(rng):
    yield Case((int(rng.integers(2**31)),))


def translator_cases(rng):
    for group, label in (("known", "languages it knows"), ("new", "a new language")):
        yield Case((group, int(rng.integers(2**31))), label)
