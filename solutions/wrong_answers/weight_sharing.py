"""Lesson 03."""

import numpy as np

from solutions.wrong_answers.collected import wrong


def sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


@wrong(named="two-biases-in-the-state", never="You count `h_0`")
def parameter_count(T, D, H, O, shared):
    """As a library has it: a bias for the input and one for the state."""
    cell = H * D + H * H + 2 * H
    out = O * D + O * H + O
    return (cell + out) * (1 if shared else T)


@wrong(named="two-biases", never="h_0")
def parameter_count(T, D, H, O, shared):
    n = H * D + H * H + 2 * H + O * D + O * H + 2 * O
    return n if shared else n * T


@wrong(named="library-network", never="h_0")
def parameter_count(T, D, H, O, shared):
    """torch.nn.RNN with torch.nn.Linear on top."""
    n = H * D + H * H + 2 * H + O * H + O
    return n if shared else n * T


@wrong(named="output-reads-state-only")
def parameter_count(T, D, H, O, shared):
    n = H * D + H * H + H + O * H + O
    return n if shared else n * T


@wrong(named="shared-turned-round")
def parameter_count(T, D, H, O, shared):
    one = H * (D + H + 1) + O * (D + H + 1)
    return T * one if shared else one


@wrong(named="mean")
def tied_gradient(gradients_per_step):
    return {k: np.mean([g[k] for g in gradients_per_step], axis=0) for k in gradients_per_step[0]}


@wrong(named="summed-to-one-number")
def tied_gradient(gradients_per_step):
    return {k: np.sum([g[k] for g in gradients_per_step]) for k in gradients_per_step[0]}


@wrong(named="textbook-network")
def unshared_forward(xs, h_0, params_per_step):
    if len(params_per_step) < len(xs):
        raise ValueError(f"{len(xs)} timesteps, but weights for {len(params_per_step)} of them only")
    h, ys, hs = h_0, [], []
    for x, p in zip(xs, params_per_step):
        h = np.tanh(p["u_x"] @ x + p["u_h"] @ h + p["u_0"])
        ys.append(sigmoid(p["w_h"] @ h + p["w_0"]))
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="y-reads-new-state")
def unshared_forward(xs, h_0, params_per_step):
    if len(params_per_step) < len(xs):
        raise ValueError(f"{len(xs)} timesteps, but weights for {len(params_per_step)} of them only")
    h, ys, hs = h_0, [], []
    for x, p in zip(xs, params_per_step):
        h = np.tanh(p["u_x"] @ x + p["u_h"] @ h + p["u_0"])
        ys.append(sigmoid(p["w_x"] @ x + p["w_h"] @ h + p["w_0"]))
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="outputs-softmax-overflowing")
def unshared_forward(xs, h_0, params_per_step):
    if len(params_per_step) < len(xs):
        raise ValueError(f"{len(xs)} timesteps, but weights for {len(params_per_step)} of them only")
    h, ys, hs = h_0, [], []
    for x, p in zip(xs, params_per_step):
        e = np.exp(p["w_x"] @ x + p["w_h"] @ h + p["w_0"])
        ys.append(e / e.sum())
        h = np.tanh(p["u_x"] @ x + p["u_h"] @ h + p["u_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)


def batch(xs, mask, h_0, p, output, keep=True):
    T = xs.shape[1]
    h, ys, hs = h_0, [], []
    for t in range(T):
        real = mask[:, t, None]
        new = np.tanh(xs[:, t] @ p["u_x"].T + h @ p["u_h"].T + p["u_0"])
        y = output(xs[:, t], h, new, p)
        ys.append(np.where(real, y, 0.0))
        h = np.where(real, new, h) if keep else new
        hs.append(h)
    return np.stack(ys, 1), np.stack(hs, 1)


@wrong(named="textbook-network")
def batch_forward(xs, mask, h_0, params):
    return batch(xs, mask, h_0, params, lambda x, h, new, p: sigmoid(new @ p["w_h"].T + p["w_0"]))


@wrong(named="outputs-softmax")
def batch_forward(xs, mask, h_0, params):
    def output(x, h, new, p):
        a = x @ p["w_x"].T + h @ p["w_h"].T + p["w_0"]
        e = np.exp(a - a.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    return batch(xs, mask, h_0, params, output)


@wrong(named="outputs-linear")
def batch_forward(xs, mask, h_0, params):
    return batch(xs, mask, h_0, params, lambda x, h, new, p: x @ p["w_x"].T + h @ p["w_h"].T + p["w_0"])


@wrong(named="padding-updates-state")
def batch_forward(xs, mask, h_0, params):
    def output(x, h, new, p):
        return sigmoid(x @ p["w_x"].T + h @ p["w_h"].T + p["w_0"])

    return batch(xs, mask, h_0, params, output, keep=False)


@wrong(named="last-column-never-refuses")
def last_valid(hs, mask):
    return hs[:, -1]


@wrong(named="count-for-place")
def last_valid(hs, mask):
    if not mask.any(axis=1).all():
        raise ValueError("a row without a real step has no last state")
    return hs[np.arange(len(hs)), mask.sum(axis=1) - 1]


@wrong(named="output-forgotten")
def parameter_count(T, D, H, O, shared):
    n = H * (D + H + 1)
    return n if shared else T * n


@wrong(named="summed-into-the-first")
def tied_gradient(gradients_per_step):
    total = gradients_per_step[0]
    for g in gradients_per_step[1:]:
        for name in g:
            total[name] += g[name]
    return total


@wrong(named="concatenated")
def tied_gradient(gradients_per_step):
    return {k: np.concatenate([g[k] for g in gradients_per_step]) for k in gradients_per_step[0]}


@wrong("is a list of length 6, expected a dict")
def tied_gradient(gradients_per_step):
    return [sum(g[k] for g in gradients_per_step) for k in gradients_per_step[0]]


@wrong(named="mask-along-the-row")
def batch_forward(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        ys.append(sigmoid(xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]) * mask[:, t])
        h = np.where(mask[:, t], np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]), h)
        hs.append(h)
    return np.stack(ys, 1), np.stack(hs, 1)


@wrong(named="if-for-all-or-nothing-stored", never="along the last axis")
def batch_forward(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        if mask[:, t]:
            ys.append(sigmoid(xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]))
            h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(ys, 1), np.stack(hs, 1)


@wrong(named="time-comes-first")
def batch_forward(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        m = mask[:, t][:, None]
        ys.append(sigmoid(xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]) * m)
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]) * m + h * (1 - m)
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="all-in-one-row")
def last_valid(hs, mask):
    return hs[mask][-1]


@wrong(named="before-first-padding")
def last_valid(hs, mask):
    return hs[np.arange(len(hs)), np.argmin(mask, axis=1) - 1]


@wrong(named="every-pair-counted")
def last_valid(hs, mask):
    return hs[:, mask.sum(axis=1) - 1]


@wrong("IndexError where it should raise ValueError")
def last_valid(hs, mask):
    return np.array([h[m][-1] for h, m in zip(hs, mask)])


@wrong(named="weights-of-the-step-before")
def unshared_forward(xs, h_0, params_per_step):
    if len(params_per_step) < len(xs):
        raise ValueError(f"{len(xs)} timesteps, but weights for {len(params_per_step)} of them only")
    h, ys, hs = h_0, [], []
    for t in range(len(xs)):
        p = params_per_step[t - 1]
        ys.append(sigmoid(p["w_x"] @ xs[t] + p["w_h"] @ h + p["w_0"]))
        h = np.tanh(p["u_x"] @ xs[t] + p["u_h"] @ h + p["u_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="three-matrices")
def parameter_count(T, D, H, O, shared):
    n = D * H + H * H + H * O
    return n if shared else T * n


@wrong(named="if-for-all", never="lays it along the last axis")
def batch_forward(xs, mask, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(xs.shape[1]):
        y = sigmoid(xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"])
        if mask[:, t]:
            h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
            ys.append(y)
        else:
            ys.append(np.zeros_like(y))
        hs.append(h)
    return np.stack(ys, 1), np.stack(hs, 1)
