"""Several lessons: answers that were told what isn't so, or that passed, and usual ones that had no words."""

import numpy as np

from solutions.capstone import reference as capstone
from solutions.gated_cells.reference import lstm_step as right_lstm_step
from solutions.gated_cells.reference import sigmoid
from solutions.task_types import reference as tasks
from solutions.vanishing_gradients import reference as gradients_right
from solutions.weight_sharing import reference as sharing
from solutions.wrong_answers.collected import wrong
from unrolled.capstone.data_language import ALPHABET


@wrong("whole numbers", "ints, which cut off")
def detect_anywhere(signal, pattern):
    K = len(pattern)
    scores = np.zeros_like(signal)[: len(signal) - K + 1]
    for t in range(len(scores)):
        scores[t] = np.sum(signal[t : t + K] * pattern)
    return scores


@wrong(named="one-branch-for-all")
def rnn_output(x, h, w_x, w_h, w_0):
    a = w_x @ x + w_h @ h + w_0
    if a[0] > 0:
        return 1 / (1 + np.exp(-a))
    return np.exp(a) / (1 + np.exp(a))


@wrong("u_x")
def latch_weights():
    return {
        "u_x": np.array([[0.15]]), "u_h": np.array([[2.0]]), "u_0": np.array([-0.2]),
        "w_x": np.array([[20.0]]), "w_h": np.array([[10.0]]), "w_0": np.array([-4.0]),
    }  # fmt: skip


@wrong("is a float where an int belongs")
def parameter_count(T, D, H, O, shared):
    total = T * ((D + H + 1) * (H + O))
    return total / T if shared else total


@wrong(named="first-step-times-T")
def tied_gradient(gradients_per_step):
    return {name: len(gradients_per_step) * first for name, first in gradients_per_step[0].items()}


@wrong(named="outputs-by-the-next-weights")
def unshared_forward(xs, h_0, params_per_step):
    if len(xs) != len(params_per_step):
        raise ValueError("not as many weights as timesteps")
    _, hs = sharing.unshared_forward(xs, h_0, params_per_step)
    ahead = [*params_per_step[1:], params_per_step[-1]]
    before = [h_0, *hs[:-1]]
    ys = [1 / (1 + np.exp(-(p["w_x"] @ x + p["w_h"] @ h + p["w_0"]))) for x, h, p in zip(xs, before, ahead)]
    return np.array(ys), hs


def _refuse(mask):
    if not mask.any(axis=1).all():
        raise ValueError("a sequence has no real step")


@wrong("padding anywhere", never=("left out", "in place of"))
def last_valid(hs, mask):
    _refuse(mask)
    T = mask.shape[1]
    return hs[np.arange(len(hs)), np.minimum(T - mask[:, ::-1].argmax(axis=1), T - 1)]


@wrong("padding anywhere", never=("left out", "in place of"))
def last_valid(hs, mask):
    _refuse(mask)
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    return hs[:, last.max()]


def _states(xs, mask, params):
    h = np.zeros((len(xs), len(params["u_0"])))
    hs = [h]
    for t in range(xs.shape[1]):
        new = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        h = np.where(mask[:, t, None], new, h)
        hs.append(h)
    return np.stack(hs, axis=1)


@wrong(named="states-before-averaged")
def many_to_one(xs, mask, params):
    _refuse(mask)
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    x = xs[np.arange(len(xs)), last]
    h = (_states(xs, mask, params)[:, :-1] * mask[..., None]).sum(1) / mask.sum(1)[:, None]
    return (x @ params["w_x"].T + h @ params["w_h"].T + params["w_0"])[:, 0]


@wrong(named="sum-of-states")
def encode(xs, mask, params):
    _refuse(mask)
    return _states(xs, mask, params)[:, 1:].sum(axis=1)


@wrong(named="logit-clipped")
def binary_cross_entropy(logit, label):
    p = np.clip(logit, 1e-12, 1 - 1e-12)
    return -label * np.log(p) - (1 - label) * np.log(1 - p)


@wrong("where a list of length", "adding to an array adds numbers")
def greedy_decode(context, params, bos, eos, max_length):
    return [np.array(row, dtype=int) for row in tasks.greedy_decode(context, params, bos, eos, max_length)]


@wrong(named="first-context-for-all")
def greedy_decode(context, params, bos, eos, max_length):
    return tasks.greedy_decode(np.repeat(context[:1], len(context), axis=0), params, bos, eos, max_length)


def _written(context, params, bos, eos, max_length, first):
    V, out = len(params["w_0"]), []
    for h in context:
        x, row = first * np.eye(V)[bos], []
        for _ in range(max_length):
            s = int((params["w_x"] @ x + params["w_h"] @ h + params["w_0"]).argmax())
            h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
            if s == eos:
                break
            row.append(s)
            x = np.eye(V)[s]
        out.append(row)
    return out


@wrong(named="zeros-for-bos")
def greedy_decode(context, params, bos, eos, max_length):
    return _written(context, params, bos, eos, max_length, first=0)


@wrong("the length 0", never="stay as they are: look at the factor")
def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))
    scale = np.minimum(1.0, max_norm / norm) if norm != 0 else np.nan
    return {k: g * scale for k, g in gradients.items()}, norm


@wrong(named="fraction-upside-down")
def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    scale = norm / max_norm if norm > max_norm else 1.0
    return {k: g * scale for k, g in gradients.items()}, float(norm)


@wrong("transposed", named="order")
def gradient_norms(jacobians):
    T, H, _ = jacobians.shape
    P, out = np.eye(H), np.zeros(T)
    for t in reversed(range(T)):
        out[t] = np.linalg.norm(P, 2)
        P = P @ jacobians[t].T
    return out


@wrong("nothing but dy_t is wrong", never="never visited")
def rnn_backward(xs, hs, h_0, params, dys):
    moved = np.concatenate([dys[:, 1:], np.zeros_like(dys[:, :1])], axis=1)
    return gradients_right.rnn_backward(xs, hs, h_0, params, moved)


@wrong(named="short-chunk-first", never="so the chunks")
def truncated_bptt(xs, dys, h_0, params, k):
    T = xs.shape[1]
    total = {n: np.zeros_like(w) for n, w in params.items()}
    ends = [T % k] if T % k else []
    ends += range(T % k + k, T + 1, k)
    h, start = h_0, 0
    for end in ends:
        first, hs = h, []
        for t in range(start, end):
            h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
            hs.append(h)
        g = gradients_right.rnn_backward(xs[:, start:end], np.stack(hs, axis=1), first, params, dys[:, start:end])
        total = {n: total[n] + g[n] for n in total}
        start = end
    return total


@wrong(named="slope-alone")
def state_jacobians(hs, h_0, u_h):
    return np.array([np.diag(1 - h**2) for h in hs])


@wrong(named="unit-columns-flipped")
def orthogonal(H, rng):
    a = rng.normal(size=(H, H))
    q = a / np.linalg.norm(a, axis=0)
    return q * np.sign(np.diag(q))


@wrong(named="signs-in-the-size")
def relative_error(analytic, numeric):
    a, n = np.asarray(analytic), np.asarray(numeric)
    return float(np.max(np.abs(a - n) / np.maximum(a + n, 1e-8)))


@wrong(named="hidden-state-twice", never="c first")
def lstm_step(x, h, c, params):
    h, c = right_lstm_step(x, h, c, params)
    return h, h


def _lstm(x, h, c, params, a=0, g=0, turned=None):
    a = a + x @ params["u_x"].T + h @ (params["u_h"].T if turned is None else turned) + params["u_0"]
    a_i, a_f, a_g, a_o = np.split(a, 4, axis=1)
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g + g)
    return sigmoid(a_o) * np.tanh(c), c


@wrong(named="bias-twice")
def lstm_step(x, h, c, params):
    return _lstm(x, h, c, params, a=params["u_0"])


@wrong(named="gates-see-the-cell")
def lstm_step(x, h, c, params):
    return _lstm(x, h, c, params, a=np.tile(c, 4))


@wrong(named="state-added-to-the-candidate")
def lstm_step(x, h, c, params):
    return _lstm(x, h, c, params, g=h)


@wrong(named="reshaped-for-transposed")
def lstm_step(x, h, c, params):
    return _lstm(x, h, c, params, turned=params["u_h"].reshape(h.shape[1], -1))


@wrong(named="averaged-over-units")
def cell_gradient(forget_gates):
    out = np.ones_like(forget_gates)
    for t in range(len(out) - 2, -1, -1):
        out[t] = out[t + 1] * forget_gates[t + 1]
    return np.repeat(out.mean(axis=1, keepdims=True), out.shape[1], axis=1)


def _continued(params, prompt, length, choose, read):
    h = c = np.zeros((1, params["u_h"].shape[1]))
    text = prompt
    for place in range(len(prompt) + length):
        character = read[place] if place < len(prompt) else text[place]
        h, c = right_lstm_step(np.eye(len(ALPHABET))[[ALPHABET.index(character)]], h, c, params)
        if place + 1 >= len(prompt) and len(text) < len(prompt) + length:
            text += ALPHABET[choose(h[0])]
    return text


def _drawn(z, rng):
    p = np.exp(z - z.max())
    return rng.choice(len(p), p=p / p.sum())


@wrong(named="bias-not-divided")
def generate(params, prompt, length, temperature, rng):
    logits = lambda h: params["w_h"] @ h / temperature + params["w_0"]  # noqa: E731
    return _continued(params, prompt, length, lambda h: _drawn(logits(h), rng), prompt)


@wrong(named="all-equally-probable")
def generate(params, prompt, length, temperature, rng):
    return _continued(params, prompt, length, lambda h: rng.integers(len(ALPHABET)), prompt)


@wrong(named="prompt-read-from-its-end", never="read is read")
def generate(params, prompt, length, temperature, rng):
    logits = lambda h: (params["w_h"] @ h + params["w_0"]) / temperature  # noqa: E731
    return _continued(params, prompt, length, lambda h: _drawn(logits(h), rng), prompt[::-1])


@wrong(named="dhs-not-averaged", never="add the losses")
def read_out(hs, targets, params):
    loss, gradients, dhs = capstone.read_out(hs, targets, params)
    return loss, gradients, dhs * targets.size


@wrong(named="targets-moved-on")
def read_out(hs, targets, params):
    return capstone.read_out(hs, np.roll(targets, -1, axis=1), params)


@wrong(named="loss-summed")
def read_out(hs, targets, params):
    loss, gradients, dhs = capstone.read_out(hs, targets, params)
    return loss * targets.size, gradients, dhs


@wrong(named="gradients-of-a-mean-over-sequences")
def read_out(hs, targets, params):
    loss, gradients, dhs = capstone.read_out(hs, targets, params)
    T = targets.shape[1]
    return loss, {name: T * gradient for name, gradient in gradients.items()}, T * dhs


@wrong(named="first-state-counted-without-sharing")
def parameter_count(T, D, H, O, shared):
    return sharing.parameter_count(T, D, H, O, shared) + (0 if shared else H)
