"""Lesson 06."""

import numpy as np

from solutions.wrong_answers.collected import wrong


def sig(a):
    return np.exp(-np.logaddexp(0, -a))


def four(x, h, params, names):
    """The gates by name, for blocks stacked in the order of `names`."""
    H = h.shape[1]
    z = x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]
    return {name: z[:, k * H : (k + 1) * H] for k, name in enumerate(names)}


def unit(gates, c):
    c = sig(gates["f"]) * c + sig(gates["i"]) * np.tanh(gates["g"])
    return sig(gates["o"]) * np.tanh(c), c


@wrong(named="order-f-g-i-o")
def lstm_step(x, h, c, params):
    return unit(four(x, h, params, "fgio"), c)


@wrong(named="order-g-i-f-o")
def lstm_step(x, h, c, params):
    return unit(four(x, h, params, "gifo"), c)


@wrong(named="order-f-i-o-g")
def lstm_step(x, h, c, params):
    return unit(four(x, h, params, "fiog"), c)


@wrong(named="order-o-f-i-g")
def lstm_step(x, h, c, params):
    return unit(four(x, h, params, "ofig"), c)


@wrong(named="order-f-i-g-o")
def lstm_step(x, h, c, params):
    return unit(four(x, h, params, "figo"), c)


@wrong(named="joined-the-wrong-way-round")
def lstm_step(x, h, c, params):
    z = np.concatenate([x, h], axis=1) @ np.concatenate([params["u_h"], params["u_x"]], axis=1).T + params["u_0"]
    i, f, g, o = np.hsplit(z, 4)
    return unit({"i": i, "f": f, "g": g, "o": o}, c)


@wrong(named="one-bias-for-all")
def lstm_step(x, h, c, params):
    H, gates = h.shape[1], {}
    for k, name in enumerate("ifgo"):
        rows = slice(k * H, (k + 1) * H)
        gates[name] = x @ params["u_x"][rows].T + h @ params["u_h"][rows].T + params["u_0"][:H]
    return unit(gates, c)


@wrong(named="cell-squashed")
def lstm_step(x, h, c, params):
    gates = {k: np.tanh(v) if k == "g" else sig(v) for k, v in four(x, h, params, "ifgo").items()}
    c_t = np.tanh(gates["f"] * c + gates["i"] * gates["g"])
    return gates["o"] * c_t, c_t


def over(xs, h, c, params, keep):
    """An LSTM's loop; `keep` writes down what is kept of a step."""
    h_0, c_0 = h, c
    for t in range(xs.shape[1]):
        gates = {k: np.tanh(v) if k == "g" else sig(v) for k, v in four(xs[:, t], h, params, "ifgo").items()}
        c = gates["f"] * c + gates["i"] * gates["g"]
        h = gates["o"] * np.tanh(c)
        keep(t, h, c, gates)
    return {"h_0": h_0, "c_0": c_0}


@wrong(named="cell-from-zeros")
def lstm_forward(xs, h_0, c_0, params):
    rows = {name: [] for name in "ifgoch"}

    def keep(t, h, c, gates):
        for name, value in {**gates, "h": h, "c": c}.items():
            rows[name].append(value)

    over(xs, h_0, np.zeros_like(c_0), params, keep)
    cache = {name: np.stack(values, axis=1) for name, values in rows.items()}
    return cache["h"], cache | {"h_0": h_0, "c_0": c_0}


@wrong("both names stand for one array", never="You return the cell states")
def lstm_forward(xs, h_0, c_0, params):
    B, T, H = len(xs), xs.shape[1], h_0.shape[1]
    cache = {name: np.zeros((B, T, H)) for name in "ifgo"}
    hs = cs = np.zeros((B, T, H))

    def keep(t, h, c, gates):
        hs[:, t], cs[:, t] = h, c
        for name, value in gates.items():
            cache[name][:, t] = value

    first = over(xs, h_0, c_0, params, keep)
    return hs, cache | first | {"h": hs, "c": cs}


@wrong("both names stand for one array")
def lstm_forward(xs, h_0, c_0, params):
    B, T, H = len(xs), xs.shape[1], h_0.shape[1]
    cache = {name: np.zeros((B, T, H)) for name in "ifgo"}
    hs = cs = np.zeros((B, T, H))

    def keep(t, h, c, gates):
        cs[:, t], hs[:, t] = c, h
        for name, value in gates.items():
            cache[name][:, t] = value

    first = over(xs, h_0, c_0, params, keep)
    return hs, cache | first | {"h": hs, "c": cs}


@wrong("u_x and u_h are right", never="these aren't the numbers that `rng` gives")
def init_lstm(D, H, rng, forget_bias=1.0):
    k = 1 / np.sqrt(H)
    u_x, u_h = rng.uniform(-k, k, (4 * H, D)), rng.uniform(-k, k, (4 * H, H))
    return {"u_x": u_x, "u_h": u_h, "u_0": np.append(np.full(H // 2, forget_bias), np.zeros(4 * H - H // 2))}


@wrong("u_x and u_h are right", never="these aren't the numbers that `rng` gives")
def init_lstm(D, H, rng, forget_bias=1.0):
    k = H**-0.5
    params = {"u_x": rng.uniform(-k, k, (4 * H, D)), "u_h": rng.uniform(-k, k, (4 * H, H)), "u_0": np.zeros(4 * H)}
    params["u_0"][H : 2 * H] = forget_bias + 1
    return params


@wrong("these aren't the numbers that `rng` gives")
def init_lstm(D, H, rng, forget_bias=1.0):
    own, k = np.random.default_rng(0), H**-0.5
    u_0 = np.repeat([0.0, forget_bias, 0.0, 0.0], H)
    return {"u_x": own.uniform(-k, k, (4 * H, D)), "u_h": own.uniform(-k, k, (4 * H, H)), "u_0": u_0}


def back(dh, dc, cache, params, order="ifgo", slope_f=lambda f: f * (1 - f), into=None, tidy=lambda g: g):
    """One step back, with one thing to spoil."""
    i, f, g, o = (cache[k] for k in "ifgo")
    tc = np.tanh(cache["c_new"])
    dct = dc + dh * o * (1 - tc**2) if into is None else into(dc, dh, o, tc)
    da = {"i": dct * g * i * (1 - i), "f": dct * cache["c"] * slope_f(f)}
    da |= {"g": dct * i * (1 - g**2), "o": dh * tc * o * (1 - o)}
    z = np.hstack([da[k] for k in order])
    grads = {"u_x": tidy(z.T @ cache["x"]), "u_h": tidy(z.T @ cache["h"]), "u_0": tidy(z.sum(0))}
    return grads | {"x": z @ params["u_x"], "h": z @ params["u_h"], "c": dct * f}


@wrong("cut off", named="cut-off")
def lstm_backward_step(dh, dc, cache, params):
    return back(dh, dc, cache, params, tidy=lambda g: np.clip(g, -5, 5))


@wrong("Large numbers are cut off", never="on the way into the gates")
def lstm_backward_step(dh, dc, cache, params):
    return back(dh, dc, cache, params, tidy=lambda g: np.clip(g, -15, 15))


@wrong(named="sigmoid-of-f-again")
def lstm_backward_step(dh, dc, cache, params):
    return back(dh, dc, cache, params, slope_f=lambda f: sig(f) * (1 - sig(f)))


@wrong(named="stacked-f-g-i-o")
def lstm_backward_step(dh, dc, cache, params):
    return back(dh, dc, cache, params, order="fgio")


@wrong(named="brackets-lost")
def lstm_backward_step(dh, dc, cache, params):
    return back(dh, dc, cache, params, into=lambda dc, dh, o, tc: dc + dh * o * 1 - tc**2)


@wrong("The numbers of du_0 are the right ones in another order", never="on the way into the gates")
def lstm_backward_step(dh, dc, cache, params):
    grads = back(dh, dc, cache, params)
    i, f, g, o = np.split(grads["u_0"], 4)
    return grads | {"u_0": np.concatenate([g, o, i, f])}


def loop(xs, cache, params, dhs, step=back, tidy=lambda g: g, joins=True):
    grads = {k: np.zeros_like(v) for k, v in params.items()}
    dxs, dh, dc = np.zeros_like(xs), np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    for t in range(xs.shape[1])[::-1]:
        here = {k: cache[k][:, t] for k in "ifgo"} | {"x": xs[:, t], "c_new": cache["c"][:, t]}
        here |= {k: cache[k][:, t - 1] if t else cache[k + "_0"] for k in "hc"}
        got = step(dh + dhs[:, t] if joins else dh, dc, here, params)
        dxs[:, t], dh, dc = got["x"], got["h"], got["c"]
        grads = {k: grads[k] + got[k] for k in grads}
    return {k: tidy(v) for k, v in grads.items()} | {"h_0": dh, "c_0": dc, "xs": dxs}


@wrong("cut off", named="cut-off")
def lstm_backward(xs, cache, params, dhs):
    return loop(xs, cache, params, dhs, tidy=lambda g: np.clip(g, -5, 5))


@wrong("Large numbers are cut off")
def lstm_backward(xs, cache, params, dhs):
    return loop(xs, cache, params, dhs, tidy=lambda g: np.clip(g, -1, 1))


@wrong(named="no-dhs", never="•")
def lstm_backward(xs, cache, params, dhs):
    return loop(xs, cache, params, dhs, joins=False)


@wrong(named="order-z-r-n-and-z-swapped")
def gru_step(x, h, params):
    """As seventeen repositories of one family have it."""
    H = h.shape[1]
    (wz, wr, wn), (uz, ur, un), (bz, br, bn) = (np.split(params[k], 3) for k in ("u_x", "u_h", "u_0"))
    z, r = sig(x @ wz.T + h @ uz.T + bz), sig(x @ wr.T + h @ ur.T + br)
    n = np.tanh(x @ wn.T + (r * h) @ un.T + bn)
    assert n.shape[1] == H
    return (1 - z) * h + z * n


@wrong(named="joined-the-wrong-way-round")
def gru_step(x, h, params):
    D, H = x.shape[1], h.shape[1]
    w = np.hstack([params["u_h"], params["u_x"]])
    gates = sig(np.hstack([x, h]) @ w[: 2 * H].T + params["u_0"][: 2 * H])
    r, z = gates[:, :H], gates[:, H:]
    n = np.tanh(x @ w[2 * H :, :D].T + (r * h) @ w[2 * H :, D:].T + params["u_0"][2 * H :])
    return z * h + (1 - z) * n


def gru_back(dh, cache, params, tidy=lambda g: g, writes=False):
    x, h, r, z, n = (cache[k] for k in "xhrzn")
    H, keep = h.shape[1], (1 - z) if writes else z
    u = params["u_h"]
    an = dh * (1 - keep) * (1 - n * n)
    az = dh * (h - n) * z * (1 - z) * (-1 if writes else 1)
    rh = an @ u[2 * H :]
    ar = rh * h * r * (1 - r)
    a = np.hstack([ar, az, an])
    grads = {"u_x": a.T @ x, "u_h": np.vstack([ar.T @ h, az.T @ h, an.T @ (r * h)]), "u_0": a.sum(0)}
    back_h = dh * keep + rh * r + ar @ u[:H] + az @ u[H : 2 * H]
    return {k: tidy(v) for k, v in grads.items()} | {"x": a @ params["u_x"], "h": back_h}


@wrong("cut off", named="cut-off")
def gru_backward_step(dh, cache, params):
    return gru_back(dh, cache, params, tidy=lambda g: np.clip(g, -5, 5))


@wrong("Large numbers are cut off")
def gru_backward_step(dh, cache, params):
    return gru_back(dh, cache, params, tidy=lambda g: np.clip(g, -1, 1))


@wrong(named="z-writes")
def gru_backward_step(dh, cache, params):
    return gru_back(dh, cache, params, writes=True)
