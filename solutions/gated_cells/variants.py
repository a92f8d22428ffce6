"""Other right answers of lesson 06, written as other people would."""

import math

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.reference import sigmoid


def _logistic(a):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-a))


def gru_step_split(x, h, params):
    """All of x's part at once; the candidate's part of h apart."""
    (xr, xz, xn), (ur, uz, un) = np.split(x @ params["u_x"].T + params["u_0"], 3, axis=1), np.split(params["u_h"], 3)
    r, z = _logistic(xr + h @ ur.T), _logistic(xz + h @ uz.T)
    n = np.tanh(xn + (r * h) @ un.T)
    return n + z * (h - n)


def gru_step_one_by_one(x, h, params):
    """Each sequence of the batch on its own, with vectors."""
    W, U, b = (params[name].reshape(3, h.shape[1], -1) for name in ("u_x", "u_h", "u_0"))
    after = []
    for xi, hi in zip(x, h):
        r, z = (_logistic(W[k] @ xi + U[k] @ hi + b[k, :, 0]) for k in (0, 1))
        after.append(z * hi + (1 - z) * np.tanh(W[2] @ xi + U[2] @ (r * hi) + b[2, :, 0]))
    return np.array(after)


def gru_forward_lists(xs, h_0, params):
    h, hs, cache, H = h_0, [], {"r": [], "z": [], "n": []}, h_0.shape[1]
    for t in range(xs.shape[1]):
        a = xs[:, t] @ params["u_x"].T + params["u_0"]
        r = _logistic(a[:, :H] + h @ params["u_h"][:H].T)
        z = _logistic(a[:, H:-H] + h @ params["u_h"][H:-H].T)
        n = np.tanh(a[:, -H:] + (r * h) @ params["u_h"][-H:].T)
        h = z * h + (1 - z) * n
        for values, value in zip((hs, *cache.values()), (h, r, z, n)):
            values.append(value)
    kept = {name: np.stack(values, 1) for name, values in cache.items()}
    return np.stack(hs, 1), kept | {"xs": xs, "hs": np.stack(hs, 1)}


def gru_forward_float32(xs, h_0, params):
    small = {name: value.astype(np.float32) for name, value in params.items()}
    return right.gru_forward(xs.astype(np.float32), h_0.astype(np.float32), small)


def gru_backward_step_by_gate(dh, cache, params):
    """Every gate's gradients on their own, stacked at the end."""
    x, h, r, z, n = cache["x"], cache["h"], cache["r"], cache["z"], cache["n"]
    (wr, wz, wn), (ur, uz, un) = np.split(params["u_x"], 3), np.split(params["u_h"], 3)
    dz, dn, dh_before = dh * (h - n), dh * (1 - z), dh * z
    an, az = dn * (1 - n * n), dz * z * (1 - z)
    ar = (an @ un) * h * r * (1 - r)
    dh_before = dh_before + r * (an @ un) + ar @ ur + az @ uz
    return {
        "x": ar @ wr + az @ wz + an @ wn,
        "h": dh_before,
        "u_x": np.vstack([ar.T @ x, az.T @ x, an.T @ x]),
        "u_h": np.vstack([ar.T @ h, az.T @ h, an.T @ (r * h)]),
        "u_0": np.hstack([ar.sum(0), az.sum(0), an.sum(0)]),
    }


def gru_backward_step_einsum(dh, cache, params):
    x, h, r, z, n = (cache[name] for name in "xhrzn")
    H = h.shape[1]
    da = np.zeros((len(x), 3, H))
    da[:, 2] = dh * (1 - z) * (1 - n**2)
    da[:, 1] = dh * (h - n) * z * (1 - z)
    U = params["u_h"].reshape(3, H, H)
    back = np.einsum("bi,ij->bj", da[:, 2], U[2])
    da[:, 0] = back * h * r * (1 - r)
    met = np.stack([h, h, r * h], axis=1)
    return {
        "x": np.einsum("bki,kid->bd", da, params["u_x"].reshape(3, H, -1)),
        "h": dh * z + back * r + np.einsum("bki,kij->bj", da[:, :2], U[:2]),
        "u_x": np.einsum("bki,bd->kid", da, x).reshape(3 * H, -1),
        "u_h": np.einsum("bki,bkj->kij", da, met).reshape(3 * H, H),
        "u_0": da.sum(axis=0).ravel(),
    }


def lstm_step_slices(x, h, c, params):
    H = h.shape[1]
    a = np.hstack([x, h]) @ np.hstack([params["u_x"], params["u_h"]]).T + params["u_0"]
    i, f, g, o = _logistic(a[:, :H]), _logistic(a[:, H : 2 * H]), np.tanh(a[:, 2 * H : 3 * H]), _logistic(a[:, 3 * H :])
    new = f * c + i * g
    return [np.tanh(new) * o, new]


def lstm_step_einsum(x, h, c, params):
    H = h.shape[1]
    a = np.einsum("bd,kid->kbi", x, params["u_x"].reshape(4, H, -1))
    a = a + np.einsum("bj,kij->kbi", h, params["u_h"].reshape(4, H, H)) + params["u_0"].reshape(4, 1, H)
    c = sigmoid(a[1]) * c + sigmoid(a[0]) * np.tanh(a[2])
    return sigmoid(a[3]) * np.tanh(c), c


def lstm_forward_lists(xs, h_0, c_0, params):
    kept = {name: [] for name in "ifgoch"}
    h, c = h_0, c_0
    for x in xs.transpose(1, 0, 2):
        i, f, g, o = np.split(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"], 4, axis=-1)
        i, f, g, o = _logistic(i), _logistic(f), np.tanh(g), _logistic(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        for name, value in zip("ifgoch", (i, f, g, o, c, h)):
            kept[name].append(value)
    cache = {name: np.stack(values, axis=1) for name, values in kept.items()}
    cache["h_0"], cache["c_0"], cache["xs"] = h_0, c_0, xs
    return cache["h"], cache


def lstm_forward_float32(xs, h_0, c_0, params):
    small = {name: value.astype(np.float32) for name, value in params.items()}
    return right.lstm_forward(xs.astype(np.float32), h_0.astype(np.float32), c_0.astype(np.float32), small)


def lstm_backward_step_by_gate(dh, dc, cache, params):
    """Every gate's gradients on their own, stacked at the end."""
    x, h, c = cache["x"], cache["h"], cache["c"]
    i, f, g, o, t = cache["i"], cache["f"], cache["g"], cache["o"], np.tanh(cache["c_new"])
    at_cell = dc + o * dh - o * dh * t * t
    inside = [g * at_cell * i * (1 - i), c * at_cell * f * (1 - f), i * at_cell * (1 - g * g), t * dh * o * (1 - o)]
    return {
        "x": sum(d @ w for d, w in zip(inside, np.split(params["u_x"], 4))),
        "h": sum(d @ u for d, u in zip(inside, np.split(params["u_h"], 4))),
        "c": f * at_cell,
        "u_x": np.concatenate([d.T @ x for d in inside]),
        "u_h": np.concatenate([d.T @ h for d in inside]),
        "u_0": np.concatenate([d.sum(0) for d in inside]),
    }


def lstm_backward_step_in_place(dh, dc, cache, params):
    H = dh.shape[1]
    da, shown = np.empty((len(dh), 4 * H)), np.tanh(cache["c_new"])
    total = dc + dh * cache["o"] * (1 - shown**2)
    da[:, :H] = total * cache["g"]
    da[:, H : 2 * H] = total * cache["c"]
    da[:, 2 * H : 3 * H] = total * cache["i"] * (1 - cache["g"] ** 2)
    da[:, 3 * H :] = dh * shown
    for place, name in ((0, "i"), (1, "f"), (3, "o")):
        da[:, place * H : (place + 1) * H] *= cache[name] * (1 - cache[name])
    gradients = {"x": da @ params["u_x"], "h": da @ params["u_h"], "c": total * cache["f"]}
    return gradients | {"u_x": da.T @ cache["x"], "u_h": da.T @ cache["h"], "u_0": np.einsum("bi->i", da)}


def lstm_backward_step_by_step(xs, cache, params, dhs):
    """One call of `lstm_backward_step` after the other."""
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    dxs, dh, dc = np.zeros_like(xs), np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    for t in range(xs.shape[1] - 1, -1, -1):
        step = {name: cache[name][:, t] for name in "ifgo"}
        step["x"], step["c_new"] = xs[:, t], cache["c"][:, t]
        step["h"] = cache["h"][:, t - 1] if t > 0 else cache["h_0"]
        step["c"] = cache["c"][:, t - 1] if t > 0 else cache["c_0"]
        gradients = right.lstm_backward_step(dh + dhs[:, t], dc, step, params)
        dxs[:, t], dh, dc = gradients["x"], gradients["h"], gradients["c"]
        for name in total:
            total[name] += gradients[name]
    return {**total, "h_0": dh, "c_0": dc, "xs": dxs}


def lstm_backward_recursive(xs, cache, params, dhs):
    """The last step's gradients, then those of everything before it."""

    def back(t, dh, dc):
        if t < 0:
            return dict.fromkeys(params, 0) | {"h_0": dh, "c_0": dc, "xs": []}
        step = {name: cache[name][:, t] for name in "ifgo"} | {"x": xs[:, t], "c_new": cache["c"][:, t]}
        step |= {name: cache[name][:, t - 1] if t else cache[f"{name}_0"] for name in "hc"}
        here = right.lstm_backward_step(dh + dhs[:, t], dc, step, params)
        rest = back(t - 1, here["h"], here["c"])
        summed = {name: rest[name] + here[name] for name in params}
        return rest | summed | {"xs": [*rest["xs"], here["x"]]}

    gradients = back(xs.shape[1] - 1, np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"]))
    return gradients | {"xs": np.stack(gradients["xs"], axis=1)}


def init_lstm_stacked(D, H, rng, forget_bias=1.0):
    bound = H**-0.5
    u_x = rng.uniform(-bound, bound, (4 * H, D))
    u_h = rng.uniform(-bound, bound, (4 * H, H))
    return {"u_x": u_x, "u_h": u_h, "u_0": np.repeat([0.0, forget_bias, 0.0, 0.0], H)}


def init_lstm_concatenated(D, H, rng, forget_bias=1.0):
    bound = 1 / math.sqrt(H)
    params = {name: rng.uniform(-bound, bound, size=(4 * H, width)) for name, width in (("u_x", D), ("u_h", H))}
    params["u_0"] = np.concatenate([np.zeros(H), np.ones(H) * forget_bias, np.zeros(2 * H)])
    return params


def cell_gradient_loop(forget_gates):
    T, H = forget_gates.shape
    later, product = np.empty((T, H)), np.ones(H)
    for t in reversed(range(T)):
        later[t] = product
        product = product * forget_gates[t]
    return later


def cell_gradient_products(forget_gates):
    return [forget_gates[t + 1 :].prod(axis=0) for t in range(len(forget_gates))]


def hold_weights_with_spare_units():
    """Three units, of which two idle, and gates pushed harder."""
    H = 3
    u_x, u_0 = np.zeros((4 * H, 2)), np.zeros(4 * H)
    u_x[:H, 1], u_0[:H] = 60, -30
    u_x[H : 2 * H, 1], u_0[H : 2 * H] = -60, 30
    u_x[2 * H, 0] = 3
    u_0[3 * H :] = 2
    return {"u_x": u_x, "u_h": np.zeros((4 * H, H)), "u_0": u_0}


def hold_weights_lists():
    """Lists, and an output gate that opens wider when writing."""
    return {
        "u_x": [[0, 40], [0, -25], [9, 0], [0, 3]],
        "u_h": [[0.0], [0.0], [0.0], [0.0]],
        "u_0": [-20, 15, 0, 4],
    }
