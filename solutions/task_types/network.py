"""The plain recurrent network of Definition 15.1, forward and backward, as fast as NumPy makes it.

Used to train the shipped weights, before learners meet backpropagation through time. Arrays are time first,
(T, B, ·), and float32 in training. The lesson's references say the same one sequence and one step at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Params = dict[str, np.ndarray]


def initial(D: int, H: int, O: int, rng: np.random.Generator, radius: float = 1.0) -> Params:
    """Fresh parameters: an orthogonal recurrence, so that memories neither fade nor burst; O = 0 has no output."""
    orthogonal, triangle = np.linalg.qr(rng.normal(size=(H, H)))
    params = {
        "u_x": rng.normal(size=(H, D)) * 0.5 / np.sqrt(min(D, 8)),
        "u_h": radius * orthogonal * np.sign(np.diag(triangle)),
        "u_0": np.zeros(H),
    }
    if O:
        params |= {"w_x": np.zeros((O, D)), "w_h": rng.normal(size=(O, H)) / np.sqrt(H), "w_0": np.zeros(O)}
    return {name: value.astype(np.float32) for name, value in params.items()}


def forward(
    params: Params, xs: np.ndarray, h_0: np.ndarray | None = None, mask: np.ndarray | None = None
) -> np.ndarray:
    """All hidden states.

    Parameters
    ----------
    xs : (T, B, D) array
    h_0 : (B, H) array, optional
        Zeros, if left out.
    mask : (T, B) bool array, optional
        Where False, the state is carried on unchanged.

    Returns
    -------
    (T + 1, B, H) array
        `hs[t]` is the state that step t reads; `hs[-1]` the last one.
    """
    T, B, D = xs.shape
    hs = np.zeros((T + 1, B, len(params["u_0"])), params["u_h"].dtype)
    if h_0 is not None:
        hs[0] = h_0
    drives = (xs.reshape(T * B, D) @ params["u_x"].T + params["u_0"]).reshape(T, B, -1)
    u_h = np.ascontiguousarray(params["u_h"].T)
    for t in range(T):
        np.tanh(drives[t] + hs[t] @ u_h, out=hs[t + 1])
        if mask is not None and not mask[t].all():
            hs[t + 1] = np.where(mask[t, :, None], hs[t + 1], hs[t])
    return hs


def outputs(params: Params, xs: np.ndarray, hs: np.ndarray) -> np.ndarray:
    """Logits of every step, read from x_t and the state before the update: (T, B, O)."""
    return xs @ params["w_x"].T + hs[:-1] @ params["w_h"].T + params["w_0"]


def backward(
    params: Params, xs: np.ndarray, hs: np.ndarray, mask: np.ndarray | None = None,
    dlogits: np.ndarray | None = None, dh_last: np.ndarray | None = None,
) -> tuple[Params, np.ndarray]:  # fmt: skip
    """Backpropagation through time: gradients of all parameters and of h_0.

    Parameters
    ----------
    dlogits : (T, B, O) array, optional
        The loss's gradient by the outputs.
    dh_last : (B, H) array, optional
        The loss's gradient by the last state.
    """
    T = len(xs)
    dh = np.zeros_like(hs[0]) if dh_last is None else dh_last
    das = np.empty_like(hs[1:])
    slopes = 1 - hs[1:] ** 2
    reads = None if dlogits is None else dlogits @ params["w_h"]  # (T, B, H)
    for t in reversed(range(T)):
        np.multiply(dh, slopes[t], out=das[t])
        if mask is None or mask[t].all():
            dh = das[t] @ params["u_h"]
        else:
            das[t] *= mask[t, :, None]
            dh = das[t] @ params["u_h"] + dh * ~mask[t, :, None]
        if reads is not None:
            dh = dh + reads[t]
    gradients = _weights("u", das, xs, hs)
    if dlogits is not None:
        gradients |= _weights("w", dlogits, xs, hs)
    return gradients, dh


def _weights(letter: str, das: np.ndarray, xs: np.ndarray, hs: np.ndarray) -> Params:
    flat = das.reshape(-1, das.shape[-1])
    return {
        f"{letter}_x": flat.T @ xs.reshape(len(flat), -1),
        f"{letter}_h": flat.T @ hs[:-1].reshape(len(flat), -1),
        f"{letter}_0": flat.sum(axis=0),
    }


class Adam:
    """Adam (Kingma and Ba, 2015, Algorithm 1) on clipped gradients, with a running mean of the parameters.

    Attributes
    ----------
    average : dict
        The exponential running mean of the parameters: steadier than their last values.
    """

    def __init__(self, params: Params, clip: float = 1.0, decay: float = 0.999):
        self.params, self.clip, self.decay = params, clip, decay
        self.m = {name: np.zeros_like(value) for name, value in params.items()}
        self.v = {name: np.zeros_like(value) for name, value in params.items()}
        self.average = {name: value.copy() for name, value in params.items()}
        self.t = 0

    def step(self, gradients: Params, rate: float) -> None:
        """One update, in place."""
        self.t += 1
        norm = np.sqrt(sum(np.vdot(g, g) for g in gradients.values()))
        scale = min(1.0, self.clip / (norm + 1e-12))
        rate = rate * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
        keep = min(self.decay, self.t / (self.t + 10))
        for name, g in gradients.items():
            g = g * np.float32(scale)
            self.m[name] += np.float32(0.1) * (g - self.m[name])
            self.v[name] += np.float32(0.001) * (g * g - self.v[name])
            self.params[name] -= np.float32(rate) * self.m[name] / (np.sqrt(self.v[name]) + np.float32(1e-8))
            self.average[name] += np.float32(1 - keep) * (self.params[name] - self.average[name])


def warmed_cosine(step: int, steps: int, rate: float, warm: int = 200) -> float:
    """A learning rate that rises over `warm` steps, then falls to zero along a cosine."""
    if step < warm:
        return rate * (step + 1) / warm
    return rate * 0.5 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))


def sigmoid(logits: np.ndarray) -> np.ndarray:
    """Probabilities of yes."""
    return 0.5 + 0.5 * np.tanh(0.5 * logits)


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean loss and its gradient; a negative target is padding. Targets (T, B), logits (T, B, V)."""
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = exps / exps.sum(axis=-1, keepdims=True)
    real, hot = targets >= 0, one_hot(targets, logits.shape[-1])
    loss = -np.log((p * hot).sum(axis=-1)[real] + 1e-9).mean()
    return float(loss), (p - hot) * real[..., None].astype(np.float32) / np.float32(real.sum())


def one_hot(numbers: np.ndarray, size: int) -> np.ndarray:
    """Vectors with a single one; a negative number is a vector of zeros."""
    return (numbers[..., None] == np.arange(size)).astype(np.float32)


def padded(sequences: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of numbers as columns of one array, -1 below their ends, and where they are real: both (T, B)."""
    numbers = np.full((max(map(len, sequences)), len(sequences)), -1)
    for column, sequence in enumerate(sequences):
        numbers[: len(sequence), column] = sequence
    return numbers, numbers >= 0
