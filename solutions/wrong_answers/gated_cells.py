"""Lesson 06: answers as people write them, each with one thing wrong."""

from solutions.wrong_answers.collected import changed

GRU = """
def gru_step(x, h, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    wr, wz, wn = np.split(params["u_x"], 3)
    ur, uz, un = np.split(params["u_h"], 3)
    br, bz, bn = np.split(params["u_0"], 3)
    r = sigmoid(x @ wr.T + h @ ur.T + br)
    z = sigmoid(x @ wz.T + h @ uz.T + bz)
    n = np.tanh(x @ wn.T + (r * h) @ un.T + bn)
    return z * h + (1 - z) * n
"""
LSTM = """
def lstm_step(x, h, c, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    a = x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]
    i, f, g, o = np.split(a, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c_new = f * c + i * g
    h_new = o * np.tanh(c_new)
    return h_new, c_new
"""
LSTM_BACK = """
def lstm_backward_step(dh, dc, cache, params):
    i, f, g, o = cache["i"], cache["f"], cache["g"], cache["o"]
    tc = np.tanh(cache["c_new"])
    do = dh * tc
    dct = dc + dh * o * (1 - tc ** 2)
    di, df, dg = dct * g, dct * cache["c"], dct * i
    dai = di * i * (1 - i)
    daf = df * f * (1 - f)
    dag = dg * (1 - g ** 2)
    dao = do * o * (1 - o)
    da = np.hstack([dai, daf, dag, dao])
    return {"x": da @ params["u_x"], "h": da @ params["u_h"], "c": dct * f,
            "u_x": da.T @ cache["x"], "u_h": da.T @ cache["h"], "u_0": da.sum(0)}
"""
GRU_BACK = """
def gru_backward_step(dh, cache, params):
    x, h, r, z, n = cache["x"], cache["h"], cache["r"], cache["z"], cache["n"]
    H = h.shape[1]
    u_h = params["u_h"]
    dn = dh * (1 - z)
    dz = dh * (h - n)
    dan = dn * (1 - n ** 2)
    daz = dz * z * (1 - z)
    drh = dan @ u_h[2 * H:]
    dr = drh * h
    dar = dr * r * (1 - r)
    da = np.hstack([dar, daz, dan])
    dhp = dh * z + drh * r + dar @ u_h[:H] + daz @ u_h[H:2 * H]
    du_h = np.vstack([dar.T @ h, daz.T @ h, dan.T @ (r * h)])
    return {"x": da @ params["u_x"], "h": dhp, "u_x": da.T @ x, "u_h": du_h, "u_0": da.sum(0)}
"""
FORWARD = """
def gru_forward(xs, h_0, params):
    sigmoid = lambda a: 1 / (1 + np.exp(-a))
    B, T, D = xs.shape
    H = h_0.shape[1]
    u_x, u_h, u_0 = params["u_x"], params["u_h"], params["u_0"]
    h = h_0
    hs, rs, zs, ns = [], [], [], []
    for t in range(T):
        x = xs[:, t]
        r = sigmoid(x @ u_x[:H].T + h @ u_h[:H].T + u_0[:H])
        z = sigmoid(x @ u_x[H:2*H].T + h @ u_h[H:2*H].T + u_0[H:2*H])
        n = np.tanh(x @ u_x[2*H:].T + (r * h) @ u_h[2*H:].T + u_0[2*H:])
        h = z * h + (1 - z) * n
        hs.append(h); rs.append(r); zs.append(z); ns.append(n)
    return np.stack(hs, 1), {"r": np.stack(rs, 1), "z": np.stack(zs, 1), "n": np.stack(ns, 1)}
"""
CELL = """
def cell_gradient(forget_gates):
    T, H = forget_gates.shape
    out = np.ones((T, H))
    for t in range(T - 2, -1, -1):
        out[t] = out[t + 1] * forget_gates[t + 1]
    return out
"""
INIT = """
def init_lstm(D, H, rng, forget_bias=1.0):
    k = 1 / np.sqrt(H)
    u_x = rng.uniform(-k, k, size=(4 * H, D))
    u_h = rng.uniform(-k, k, size=(4 * H, H))
    u_0 = np.zeros(4 * H)
    u_0[H:2 * H] = forget_bias
    return {"u_x": u_x, "u_h": u_h, "u_0": u_0}
"""

changed(GRU, "z * h + (1 - z) * n", "(1 - z) * h + z * n", named="z-swapped")
changed(
    GRU,
    "ur, uz, un = np.split",
    "uz, ur, un = np.split",
    "It is right where h is zero and wrong elsewhere: look at all",
)
changed(GRU, "(r * h) @ un.T", "r * (h @ un.T)", named="reset-after")
changed(GRU, "(r * h) @ un.T", "h @ un.T", named="no-reset")
changed(GRU, "+ br)", ")", "`u_0` is left out in `r`")
changed(GRU, "+ bz)", "+ br)", "It is wrong even where h is zero. There r plays no part: loo")
changed(GRU, "h @ uz.T", "h @ uz", "`u_h` is used transposed in `z`")
changed(GRU, "x @ wz.T +", "", "the term with `x` and `u_x` is left out in `z`")
changed(GRU, "h @ ur.T +", "", "the term with `h` and `u_h` is left out in `r`")
changed(GRU, "return z * h + (1 - z) * n", "return z * h + n", "the factor with `z` is left out in what you return")
changed(
    GRU, "return z * h + (1 - z) * n", "return (1 - z) * n", "the term with `z` and `h` is left out in what you return"
)
changed(GRU, "np.tanh(x @ wn.T", "sigmoid(x @ wn.T", named="sigmoid-candidate")
changed(GRU, "(r * h) @ un.T", "(z * h) @ un.T", "`z` is used in place of `r` in `n`")
changed(GRU, "(r * h) @ un.T", "(r * h) @ uz.T", "It is right where h is zero and wrong elsewhere: look at all")
changed(
    GRU,
    "return z * h + (1 - z) * n",
    "return np.tanh(z * h + (1 - z) * n)",
    "It is wrong even where h is zero. There r plays no part: loo",
)
changed(LSTM, "f * c + i * g", "f * g + i * c", named="order-f-i-g-o")
changed(LSTM, "i, f, g, o = np.split", "i, f, o, g = np.split", named="order-i-f-o-g")
changed(
    LSTM,
    "i, f, g, o = np.split",
    "f, g, i, o = np.split",
    "the blocks are read in the order f's sum, g's sum, i's sum, o's sum",
)
changed(
    LSTM,
    "i, f, g, o = np.split",
    "g, i, f, o = np.split",
    "the blocks are read in the order g's sum, i's sum, f's sum, o's sum",
)
changed(
    LSTM,
    "i, f, g, o = np.split",
    "f, i, o, g = np.split",
    "the blocks are read in the order f's sum, i's sum, o's sum, g's sum",
)
changed(
    LSTM,
    "i, f, g, o = np.split",
    "o, f, i, g = np.split",
    "the blocks are read in the order o's sum, f's sum, i's sum, g's sum",
)
changed(LSTM, "o * np.tanh(c_new)", "o * c_new", named="no-tanh-of-c")
changed(LSTM, "o * np.tanh(c_new)", "o * np.tanh(c)", named="shows-cell-before")
changed(
    LSTM, "o * np.tanh(c_new)", "np.tanh(o * c_new)", "c is right, so i, f and g are: look at o, and at what it let"
)
changed(
    LSTM, "o * np.tanh(c_new)", "o * sigmoid(c_new)", "c is right, so i, f and g are: look at o, and at what it let"
)
changed(LSTM, "f * c + i * g", "f * c + (1 - f) * g", named="coupled")
changed(LSTM, "f * c + i * g", "np.tanh(f * c + i * g)", "Begin with c: it is f ⊙ c + i ⊙ g, and h is made from it.")
changed(LSTM, "f * c + i * g", "f * c + g", named="writes-ungated")
changed(LSTM, "f * c + i * g", "c + i * g", "the factor with f's sum is left out in the cell state")
changed(LSTM, "sigmoid(o), np.tanh(g)", "sigmoid(o), sigmoid(g)", named="sigmoid-of-g")
changed(LSTM, "sigmoid(f), sigmoid(o), np", "f, sigmoid(o), np", "`sigmoid` is left out in the cell state")
changed(LSTM, "return h_new, c_new", "return c_new, h_new", named="exchanged")
changed(LSTM, ' + h @ params["u_h"].T', "", "the term with `h` and `u_h` is left out in the four sums")
changed(LSTM, 'h @ params["u_h"].T', 'c @ params["u_h"].T', named="gates-read-c")
changed(LSTM, 'x @ params["u_x"].T', 'x @ params["u_x"]', "`x @ params['u_x']` doesn't fit")
changed(LSTM_BACK, "i * (1 - i)", "(1 - i)", "`i` is left out in the gradient at i's sum")
changed(LSTM_BACK, "dct = dc + dh * o * (1 - tc ** 2)", "dct = dh * o * (1 - tc ** 2)", named="dc-dropped")
changed(LSTM_BACK, "dct = dc + dh * o * (1 - tc ** 2)", "dct = dc + dh * o", named="no-slope-of-shown")
changed(LSTM_BACK, "dh * o * (1 - tc ** 2)", "dh * (1 - tc ** 2)", named="shown-ungated")
changed(LSTM_BACK, '"c": dct * f', '"c": dct', named="not-forgotten")
changed(LSTM_BACK, '"c": dct * f', '"c": dc * f', named="only-dc-in-carried")
changed(LSTM_BACK, 'dct * cache["c"]', 'dct * cache["c_new"]', named="f-times-new-cell")
changed(LSTM_BACK, "(1 - g ** 2)", "g * (1 - g)", named="sigmoid-slope-of-candidate")
changed(LSTM_BACK, "[dai, daf, dag, dao]", "[dai, daf, dao, dag]", named="stacked-i-f-o-g")
changed(
    LSTM_BACK,
    "[dai, daf, dag, dao]",
    "[daf, dag, dai, dao]",
    "the blocks are stacked in the order the gradient at f's sum",
)
changed(LSTM_BACK, "do = dh * tc", 'do = dh * cache["c_new"]', named="o-times-raw-cell")
changed(
    LSTM_BACK, "f * (1 - f)", "1 / (1 + np.exp(-f))", "Of du_0 only the block f is wrong: the forget gate's own gra"
)
changed(LSTM_BACK, "do * o * (1 - o)", "do * o * 1 - o", "Of du_0 only the block o is wrong: the output gate's own gra")
changed(LSTM_BACK, "da.sum(0)", "da.mean(0)", named="biases-averaged")
changed(LSTM_BACK, 'da.T @ cache["h"]', 'np.clip(da.T @ cache["h"], -5, 5)', "are cut off")
changed(LSTM_BACK, "dg * (1 - g ** 2)", "dg * (1 - g)", "`g` isn't squared in the gradient at g's sum")
changed(LSTM_BACK, "dct * g, dct", "dct * f, dct", "`f` is used in place of `g` in the gradient at i's sum")
changed(GRU_BACK, "dn = dh * (1 - z)", "dn = dh * z", named="candidate-gated-by-z")
changed(GRU_BACK, "dz = dh * (h - n)", "dz = dh * (n - h)", named="z-sign")
changed(GRU_BACK, "dz = dh * (h - n)", "dz = dh * h", named="z-moves-h-only")
changed(GRU_BACK, "(1 - n ** 2)", "(1 - n)", "`n` isn't squared in the gradient at n's sum")
changed(GRU_BACK, "dhp = dh * z + drh * r", "dhp = dh * z + drh", '`r` is left out in what you return under "h"')
changed(GRU_BACK, "dhp = dh * z + drh * r", "dhp = drh * r", named="not-kept")
changed(GRU_BACK, " + dar @ u_h[:H]", "", named="no-path-through-r")
changed(GRU_BACK, "dan.T @ (r * h)", "dan.T @ h", named="u-h-met-h")
changed(GRU_BACK, "dr = drh * h", "dr = drh * r", named="r-times-r")
changed(GRU_BACK, "dar = dr * r * (1 - r)", "dar = dr * (1 - r)", "`r` is left out in the gradient at r's sum")
changed(GRU_BACK, "daz = dz * z * (1 - z)", "daz = dz", named="no-slope-of-z")
changed(GRU_BACK, "[dar, daz, dan]", "[daz, dar, dan]", named="du-0-in-order-z-r-n")
changed(GRU_BACK, "drh = dan @ u_h[2 * H:]", "drh = dan @ u_h[2 * H:].T", named="transposed")
changed(FORWARD, "    h = h_0\n", "    h = 0 * h_0\n", named="from-zeros")
changed(FORWARD, "h = z * h + (1 - z) * n", "h = (1 - z) * h + z * n", named="z-swapped")
changed(FORWARD, "range(T)", "range(T - 1)", "hs has shape (2, 3, 5), expected (2, 4, 5).")
changed(FORWARD, "x = xs[:, t]", "x = xs[:, -1 - t]", "hs is right for one timestep and wrong beyond: the step is r")
changed(FORWARD, "np.stack(hs, 1), {", "np.stack(hs, 0), {", named="time-first")
changed(
    FORWARD,
    "np.stack(hs, 1), {",
    "np.round(np.stack(hs, 1), 4), {",
    "Your numbers have 4 decimals only: you round them. Whoever g",
)
changed(FORWARD, "h = z * h + (1 - z) * n", "h_new = z * h + (1 - z) * n", named="never-advanced")
changed(CELL, "out[t + 1] * forget", "forget", named="next-gate-only")
changed(INIT, "u_0[H:2 * H] = forget_bias", "u_0[:H] = forget_bias", named="input-gate")
changed(INIT, "u_0[H:2 * H] = forget_bias", "u_0[:] = forget_bias", named="every-gate")
changed(INIT, "= forget_bias", "= 1.0", named="always-one")
changed(INIT, "u_x = rng", "u_x = np.random", "Called a second time with the very same arguments, it gives ")
changed(FORWARD, "hs.append(h);", "hs.append(h_0);", "and at what you store")
