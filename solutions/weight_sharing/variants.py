"""Other right answers of lesson 03, in other people's styles."""

from functools import reduce

import numpy as np


def count_by_shapes(T, D, H, O, shared):
    shapes = {"u_x": (H, D), "u_h": (H, H), "u_0": (H,), "w_x": (O, D), "w_h": (O, H), "w_0": (O,)}
    total = 0
    for _ in range(1 if shared else T):
        for shape in shapes.values():
            total += np.prod(shape)
    return total


def count_factored(T, D, H, O, shared):
    return (H + O) * (D + H + 1) * T ** (not shared)


def count_built(T, D, H, O, shared):
    columns = np.concatenate([np.zeros(D), np.zeros(H), np.zeros(1)])
    return int(sum(np.outer(np.zeros(rows), columns).size for rows in (H, O)) * (1 if shared else T))


def unshared_filled(xs, h_0, params_per_step):
    if len(xs) != len(params_per_step):
        raise ValueError("no weights")
    T, H, O = len(xs), len(h_0), len(params_per_step[0]["w_0"])
    ys, hs = np.zeros((T, O)), np.zeros((T + 1, H))
    hs[0] = h_0
    for t in range(T):
        p = params_per_step[t]
        a = np.einsum("od,d->o", p["w_x"], xs[t]) + np.einsum("oh,h->o", p["w_h"], hs[t]) + p["w_0"]
        ys[t] = 1 / (1 + np.exp(-a))
        hs[t + 1] = np.tanh(np.dot(p["u_x"], xs[t]) + np.dot(p["u_h"], hs[t]) + p["u_0"])
    return ys, hs[1:]


def unshared_stacked(xs, h_0, params_per_step):
    """All weights of a step as one matrix over [x, h, 1]; strict zip refuses other lengths."""
    h, ys, hs = h_0, [], []
    for x, p in zip(xs, params_per_step, strict=True):
        read = np.concatenate([x, h, [1.0]])
        y = np.hstack([p["w_x"], p["w_h"], p["w_0"][:, None]]) @ read
        h = np.tanh(np.hstack([p["u_x"], p["u_h"], p["u_0"][:, None]]) @ read)
        ys.append((0.5 * (1 + np.tanh(y / 2))).tolist())
        hs.append(h.tolist())
    return ys, hs


def unshared_recursive(xs, h_0, params_per_step):
    if len(xs) != len(params_per_step):
        raise ValueError("no weights")
    if len(xs) == 0:
        return [], []
    p, x = params_per_step[0], xs[0].astype(np.float32)
    y = 1 / (1 + np.exp(-(x @ p["w_x"].T + h_0 @ p["w_h"].T + p["w_0"])))
    h = np.tanh(x @ p["u_x"].T + h_0 @ p["u_h"].T + p["u_0"])
    ys, hs = unshared_recursive(xs[1:], h, params_per_step[1:])
    return [y, *ys], [h, *hs]


def tied_stacked(gradients_per_step):
    names = gradients_per_step[0].keys()
    return {name: np.stack([g[name] for g in gradients_per_step]).sum(axis=0) for name in names}


def tied_accumulated(gradients_per_step):
    total = {name: np.zeros_like(g) for name, g in gradients_per_step[0].items()}
    for gradients in reversed(gradients_per_step):
        for name, gradient in gradients.items():
            total[name] += gradient
    return total


def tied_reduced(gradients_per_step):
    return reduce(lambda a, b: {name: np.float32(a[name]) + b[name] for name in a}, gradients_per_step)


def batch_one_by_one(xs, mask, h_0, params):
    """Sequence by sequence, step by step, filling arrays."""
    B, T, _ = xs.shape
    ys, hs = np.zeros((B, T, len(params["w_0"]))), np.zeros((B, T, h_0.shape[1]))
    for b in range(B):
        h = h_0[b]
        for t in range(T):
            if mask[b, t]:
                a = params["w_x"] @ xs[b, t] + params["w_h"] @ h + params["w_0"]
                ys[b, t] = 1 / (1 + np.exp(-a))
                h = np.tanh(params["u_x"] @ xs[b, t] + params["u_h"] @ h + params["u_0"])
            hs[b, t] = h
    return ys, hs


def batch_arithmetic(xs, mask, h_0, params):
    """The input's share computed for all steps at once; the mask as a number between new and old."""
    read_y = np.einsum("btd,od->bto", xs, params["w_x"]) + params["w_0"]
    read_h = np.einsum("btd,hd->bth", xs, params["u_x"]) + params["u_0"]
    keep, h, ys, hs = mask[..., None].astype(float), h_0, [], []
    for t in range(mask.shape[1]):
        ys.append(keep[:, t] / (1 + np.exp(-(read_y[:, t] + h @ params["w_h"].T))))
        h = keep[:, t] * np.tanh(read_h[:, t] + h @ params["u_h"].T) + (1 - keep[:, t]) * h
        hs.append(h)
    return np.array(ys).transpose(1, 0, 2), np.array(hs).transpose(1, 0, 2)


def batch_selected(xs, mask, h_0, params):
    """Only the rows that are real take the step, in float32."""
    xs, h = xs.astype(np.float32), h_0.astype(np.float32)
    ys = np.zeros((*mask.shape, len(params["w_0"])), np.float32)
    hs = np.zeros((*mask.shape, h.shape[1]), np.float32)
    for t in range(mask.shape[1]):
        rows = np.flatnonzero(mask[:, t])
        x = xs[rows, t]
        ys[rows, t] = 1 / (1 + np.exp(-(x @ params["w_x"].T + h[rows] @ params["w_h"].T + params["w_0"])))
        h[rows] = np.tanh(x @ params["u_x"].T + h[rows] @ params["u_h"].T + params["u_0"])
        hs[:, t] = h
    return ys, hs


def last_by_loop(hs, mask):
    states = []
    for sequence, real in zip(hs, mask):
        places = [t for t, is_real in enumerate(real) if is_real]
        if not places:
            raise ValueError("nothing real")
        states.append(sequence[places[-1]])
    return states


def last_by_take(hs, mask):
    steps = np.where(mask, np.arange(mask.shape[1]), -1).max(axis=1)
    if (steps < 0).any():
        raise ValueError(f"no real timestep in {np.flatnonzero(steps < 0)}")
    return np.take_along_axis(hs, steps[:, None, None], axis=1)[:, 0]


def last_by_one_hot(hs, mask):
    """A row of weights that is 1 at the last real step and 0 elsewhere."""
    later = np.cumsum(mask[:, ::-1], axis=1)[:, ::-1]
    pick = mask & (later == 1)
    if not pick.any(axis=1).all():
        raise ValueError
    return np.einsum("bt,bth->bh", pick, hs)
