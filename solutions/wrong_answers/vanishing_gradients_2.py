"""Lesson 05."""

import numpy as np

from solutions.wrong_answers.collected import wrong


@wrong(named="moves-a-copy")
def numerical_gradient(f, x, eps=1e-5):
    flat, grad = x.flatten(), np.zeros(x.size)
    for i in range(x.size):
        old = flat[i]
        flat[i] = old + eps
        plus = f(x)
        flat[i] = old - eps
        minus = f(x)
        flat[i] = old
        grad[i] = (plus - minus) / (2 * eps)
    return grad.reshape(x.shape)


@wrong(named="one-sided")
def numerical_gradient(f, x, eps=1e-5):
    grad, base = np.zeros_like(x), f(x)
    for i in np.ndindex(*x.shape):
        moved = np.array(x)
        moved[i] += eps
        grad[i] = (f(moved) - base) / eps
    return grad


@wrong(named="from-first-state")
def gradient_norms(jacobians):
    prod, norms = np.eye(jacobians.shape[1]), [1.0]
    for J in jacobians[1:]:
        prod = J @ prod
        norms.append(np.linalg.norm(prod, ord=2))
    return np.array(norms)


@wrong("these are the singular vectors", never="Is a made of standard normal numbers")
def orthogonal(H, rng):
    u, _, _ = np.linalg.svd(rng.normal(size=(H, H)))
    return u


@wrong("these are the singular vectors", never="Is a made of standard normal numbers")
def orthogonal(H, rng):
    _, _, vt = np.linalg.svd(rng.standard_normal((H, H)))
    return vt


def step_back(dh, dy, cache, p, slope=lambda h: 1 - h * h, tidy=lambda g: g, bias=lambda d: d.sum(0)):
    """As it is mostly written, with one thing to spoil."""
    x, h = cache["x"], cache["h"]
    da = slope(cache["h_new"]) * dh
    grads = {"u_x": np.dot(da.T, x), "u_h": np.dot(da.T, h), "u_0": bias(da)}
    grads |= {"w_x": np.dot(dy.T, x), "w_h": np.dot(dy.T, h), "w_0": bias(dy)}
    grads = {k: tidy(v) for k, v in grads.items()}
    return grads | {"x": np.dot(da, p["u_x"]) + np.dot(dy, p["w_x"]), "h": np.dot(da, p["u_h"]) + np.dot(dy, p["w_h"])}


@wrong(named="slope-with-plus")
def rnn_backward_step(dh, dy, cache, params):
    return step_back(dh, dy, cache, params, slope=lambda h: 1 + h * h)


@wrong(named="slope-upside-down")
def rnn_backward_step(dh, dy, cache, params):
    return step_back(dh, dy, cache, params, slope=lambda h: 1 / (1 - h * h))


@wrong(named="weights-transposed")
def rnn_backward_step(dh, dy, cache, params):
    return step_back(dh, dy, cache, params, tidy=np.transpose)


@wrong("cut off", named="cut-off")
def rnn_backward_step(dh, dy, cache, params):
    return step_back(dh, dy, cache, params, tidy=lambda g: np.clip(g, -5, 5))


@wrong("Large numbers are cut off")
def rnn_backward_step(dh, dy, cache, params):
    return step_back(dh, dy, cache, params, tidy=lambda g: np.clip(g, -1, 1))


@wrong("Large numbers are cut off")
def rnn_backward_step(dh, dy, cache, params):
    return step_back(np.clip(dh, -100, 100), dy, cache, params)


@wrong(named="keys-with-d")
def rnn_backward_step(dh, dy, cache, params):
    return {"d" + k: v for k, v in step_back(dh, dy, cache, params).items()}


def through_time(xs, hs, h_0, params, dys, step=step_back, carry=lambda back, dh: back["h"], tidy=lambda g: g):
    """The usual loop round a step."""
    grads = {k: np.zeros_like(v) for k, v in params.items()}
    dxs, dh = np.zeros_like(xs), np.zeros_like(h_0)
    for t in range(xs.shape[1] - 1, -1, -1):
        cache = {"x": xs[:, t], "h": hs[:, t - 1] if t else h_0, "h_new": hs[:, t]}
        back = step(dh, dys[:, t], cache, params)
        for k in grads:
            grads[k] = grads[k] + back[k]
        dxs[:, t] = back["x"]
        dh = carry(back, dh)
    return {k: tidy(v) for k, v in grads.items()} | {"h_0": dh, "xs": dxs}


@wrong("cut off", named="cut-off")
def rnn_backward(xs, hs, h_0, params, dys):
    """Karpathy's min-char-rnn and a dozen that follow it."""
    return through_time(xs, hs, h_0, params, dys, tidy=lambda g: np.clip(g, -5, 5))


@wrong("Large numbers are cut off")
def rnn_backward(xs, hs, h_0, params, dys):
    return through_time(xs, hs, h_0, params, dys, tidy=lambda g: np.clip(g, -10, 10))


@wrong("Large numbers are cut off", never="the path from h_t to h_{t-1} through u_h")
def rnn_backward(xs, hs, h_0, params, dys):
    return through_time(xs, hs, h_0, params, dys, carry=lambda back, dh: np.clip(back["h"], -1, 1))


@wrong(named="slope-with-plus")
def rnn_backward(xs, hs, h_0, params, dys):
    def plus(*args):
        return step_back(*args, slope=lambda h: 1 + h**2)

    return through_time(xs, hs, h_0, params, dys, step=plus)


@wrong(named="slope-upside-down")
def rnn_backward(xs, hs, h_0, params, dys):
    def inverse(*args):
        return step_back(*args, slope=lambda h: 1 / (1 - h**2))

    return through_time(xs, hs, h_0, params, dys, step=inverse)


@wrong(named="weights-transposed")
def rnn_backward(xs, hs, h_0, params, dys):
    return through_time(xs, hs, h_0, params, dys, tidy=lambda g: g.T)


@wrong('under "u_x"', named="keys-with-d")
def rnn_backward(xs, hs, h_0, params, dys):
    return {f"d{k}": v for k, v in through_time(xs, hs, h_0, params, dys).items()}


@wrong("Each unit has a bias of its own", never="everything is right but dw_0")
def rnn_backward(xs, hs, h_0, params, dys):
    def scalar(*args):
        return step_back(*args, bias=lambda d: d.sum())

    return through_time(xs, hs, h_0, params, dys, step=scalar)


@wrong("Does the loop replace `dh` at its end?")
def rnn_backward(xs, hs, h_0, params, dys):
    return through_time(xs, hs, h_0, params, dys, carry=lambda back, dh: dh)


@wrong("Does the loop replace `dh` at its end?", never="The path from y_t through w_h")
def rnn_backward(xs, hs, h_0, params, dys):
    last = {}
    found = through_time(xs, hs, h_0, params, dys, carry=lambda back, dh: last.update(back) or dh)
    return found | {"h_0": last["h"]}


def in_chunks(xs, dys, h_0, params, k, back=through_time):
    """States in one go, then chunk by chunk."""
    h, hs = h_0, []
    for t in range(xs.shape[1]):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    hs, total = np.stack(hs, 1), {n: np.zeros_like(p) for n, p in params.items()}
    for s in range(0, xs.shape[1], k):
        first = hs[:, s - 1] if s else h_0
        g = back(xs[:, s : s + k], hs[:, s : s + k], first, params, dys[:, s : s + k])
        for n in total:
            total[n] += g[n]
    return total


@wrong(named="cut-off")
def truncated_bptt(xs, dys, h_0, params, k):
    return {n: np.clip(g, -5, 5) for n, g in in_chunks(xs, dys, h_0, params, k).items()}


@wrong("Large numbers are cut off")
def truncated_bptt(xs, dys, h_0, params, k):
    def clipped(*args):
        return {n: np.clip(g, -1, 1) for n, g in through_time(*args).items()}

    return in_chunks(xs, dys, h_0, params, k, back=clipped)
