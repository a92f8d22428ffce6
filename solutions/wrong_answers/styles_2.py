"""The same as in `styles`, for lessons 05 to 07."""

from solutions.wrong_answers.collected import changed

SAMPLE_WITH_TEMPERATURE = """
def sample_with_temperature(logits, temperature, rng):
    z = (logits - np.max(logits)) / temperature
    cdf = np.cumsum(np.exp(z))
    return int(np.argmax(cdf / cdf[-1] > rng.random()))
"""
changed(
    SAMPLE_WITH_TEMPERATURE,
    "int(np.argmax(cdf / cdf[-1] > rng.random()))",
    "int(rng.multinomial(1, np.exp(z) / np.exp(z).sum()).argmax())",
    named="multinomial",
    never="either",
)
changed(SAMPLE_WITH_TEMPERATURE, "(logits - np.max(logits)) / temperature", "logits / temperature", "none may be nan")

RELATIVE_ERROR = """
def relative_error(analytic, numeric):
    a, n = np.asarray(analytic), np.asarray(numeric)
    return float((np.abs(a - n) / np.maximum(1e-8, np.abs(a) + np.abs(n))).max())
"""
changed(
    RELATIVE_ERROR,
    "float((np.abs(a - n) / np.maximum(1e-8, np.abs(a) + np.abs(n))).max())",
    "float(np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n)))",
    named="whole-lengths",
)
changed(RELATIVE_ERROR, "float((", "((2 * ", named="mean-size")

GRADIENT_NORMS = """
def gradient_norms(jacobians):
    T, H = jacobians.shape[:2]
    out = []
    for t in range(T):
        M = np.eye(H)
        for s in range(t + 1, T):
            M = jacobians[s] @ M
        out.append(np.linalg.svd(M, compute_uv=False)[0])
    return np.array(out)
"""
changed(
    GRADIENT_NORMS,
    "np.linalg.svd(M, compute_uv=False)[0]",
    "np.linalg.svd(M, compute_uv=False)[-1]",
    named="smallest-stretch",
)
changed(
    GRADIENT_NORMS, "            M = jacobians[s] @ M\n", "            M = jacobians[s]\n", named="one-jacobian-left"
)
changed(GRADIENT_NORMS, "np.linalg.svd(M, compute_uv=False)[0]", "np.abs(M).max()", named="largest-entry")

SCALE_TO_SPECTRAL_RADIUS = """
def scale_to_spectral_radius(u_h, radius):
    values, _ = np.linalg.eig(u_h)
    return radius * u_h / np.max(np.abs(values))
"""
changed(
    SCALE_TO_SPECTRAL_RADIUS, "np.max(np.abs(values))", "np.abs(np.max(values))", named="absolute-after-the-largest"
)
changed(SCALE_TO_SPECTRAL_RADIUS, "np.max(np.abs(values))", "np.sum(np.abs(values))", named="all-eigenvalues")
changed(SCALE_TO_SPECTRAL_RADIUS, "np.max(np.abs(values))", "np.abs(values[0])", named="first-eigenvalue")

ORTHOGONAL = """
def orthogonal(H, rng):
    a = rng.normal(size=(H, H))
    q, r = np.linalg.qr(a)
    signs = np.where(np.diagonal(r) < 0, -1.0, 1.0)
    return q @ np.diag(signs)
"""
changed(ORTHOGONAL, "q @ np.diag(signs)", "q.T @ np.diag(signs)", named="transposed-with-signs")
changed(ORTHOGONAL, "rng.normal(size=(H, H))", "rng.uniform(size=(H, H))", "standard normal numbers")

CLIP_BY_GLOBAL_NORM = """
def clip_by_global_norm(gradients, max_norm):
    flat = np.concatenate([np.ravel(g) for g in gradients.values()])
    norm = np.linalg.norm(flat)
    if norm <= max_norm:
        return {k: g.copy() for k, g in gradients.items()}, float(norm)
    return {k: g / norm * max_norm for k, g in gradients.items()}, float(norm)
"""
changed(CLIP_BY_GLOBAL_NORM, "g / norm * max_norm", "g / np.linalg.norm(g) * max_norm", named="per-parameter")
changed(CLIP_BY_GLOBAL_NORM, "np.linalg.norm(flat)", "np.abs(flat).max()", named="largest-of-all")
changed(CLIP_BY_GLOBAL_NORM, "np.linalg.norm(flat)", "np.abs(flat).sum()", named="sum-of-sizes")
changed(
    CLIP_BY_GLOBAL_NORM,
    "np.linalg.norm(flat)",
    "max(np.linalg.norm(g) for g in gradients.values())",
    named="largest-of-the-norms",
)

TRUNCATED_BPTT = """
def truncated_bptt(xs, dys, h_0, params, k):
    T = xs.shape[1]
    hs, h = [], h_0
    for t in range(T):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    prev = [h_0] + hs[:-1]
    G = {n: np.zeros_like(w) for n, w in params.items()}
    dh = np.zeros_like(h_0)
    for t in range(T - 1, -1, -1):
        if (t + 1) % k == 0:
            dh = np.zeros_like(h_0)
        da = dh * (1 - hs[t] ** 2)
        G["u_x"] += da.T @ xs[:, t]; G["u_h"] += da.T @ prev[t]; G["u_0"] += da.sum(0)
        G["w_x"] += dys[:, t].T @ xs[:, t]; G["w_h"] += dys[:, t].T @ prev[t]; G["w_0"] += dys[:, t].sum(0)
        dh = da @ params["u_h"] + dys[:, t] @ params["w_h"]
    return G
"""
changed(TRUNCATED_BPTT, "(t + 1) % k == 0", "(T - t) % k == 0", "one chunk: ", named="cut-too-early")

LSTM_BACKWARD_STEP = """
def lstm_backward_step(dh, dc, cache, params):
    i, f, g, o, c, c_new = (cache[k] for k in ("i", "f", "g", "o", "c", "c_new"))
    tc = np.tanh(c_new)
    do = dh * tc
    dc_total = dc + dh * o * (1 - tc * tc)
    di, df, dg = dc_total * g, dc_total * c, dc_total * i
    da = di * i * (1 - i), df * f * (1 - f), dg * (1 - g * g), do * o * (1 - o)
    da = np.concatenate(da, axis=1)
    back = {"x": da @ params["u_x"], "h": da @ params["u_h"], "c": dc_total * f}
    return back | {"u_x": da.T @ cache["x"], "u_h": da.T @ cache["h"], "u_0": da.sum(axis=0)}
"""
changed(LSTM_BACKWARD_STEP, "di * i * (1 - i)", "di", named="no-slope-of-i")

LSTM_BACKWARD = """
def lstm_backward(xs, cache, params, dhs):
    B_, T, D = xs.shape
    dh, dc = np.zeros_like(cache["h_0"]), np.zeros_like(cache["c_0"])
    grads = {k: np.zeros_like(params[k]) for k in ("u_x", "u_h", "u_0")}
    dxs = np.zeros_like(xs)
    for t in range(T)[::-1]:
        hp, cp = (cache["h"][:, t - 1], cache["c"][:, t - 1]) if t else (cache["h_0"], cache["c_0"])
        i, f, g, o, c = (cache[k][:, t] for k in "ifgoc")
        dh = dh + dhs[:, t]
        tc = np.tanh(c)
        dc = dc + dh * o * (1 - tc ** 2)
        da = dc * g * i * (1 - i), dc * cp * f * (1 - f), dc * i * (1 - g**2), dh * tc * o * (1 - o)
        da = np.concatenate(da, 1)
        grads["u_x"] += da.T @ xs[:, t]
        grads["u_h"] += da.T @ hp
        grads["u_0"] += da.sum(0)
        dxs[:, t] = da @ params["u_x"]
        dh = da @ params["u_h"]
        dc = dc * f
    return {**grads, "h_0": dh, "c_0": dc, "xs": dxs}
"""
changed(LSTM_BACKWARD, "        dc = dc * f\n", "", named="passed-by-the-forget-gate")
changed(LSTM_BACKWARD, "dc = dc + dh * o", "dc = dh * o", named="dc-made-anew")

INIT_LSTM = """
def init_lstm(D, H, rng, forget_bias=1.0):
    bound = H ** -0.5
    p = {}
    p["u_x"] = rng.uniform(low=-bound, high=bound, size=(4 * H, D))
    p["u_h"] = rng.uniform(low=-bound, high=bound, size=(4 * H, H))
    p["u_0"] = np.concatenate([np.zeros(H), np.full(H, forget_bias), np.zeros(2 * H)])
    return p
"""
changed(INIT_LSTM, "bound = H ** -0.5", "bound = D ** -0.5", "in another range", never="one of your own")
changed(INIT_LSTM, "bound = H ** -0.5", "bound = 0.1", "in another range", never="one of your own")
changed(
    INIT_LSTM,
    "low=-bound, high=bound, size=(4 * H, H)",
    "low=0, high=bound, size=(4 * H, H)",
    "of u_h are",
    never="one of your own",
)
changed(INIT_LSTM, "np.zeros(2 * H)])", "np.zeros(2 * H)]).astype(int)", "it is u_0", never="aren't the numbers")

CELL_GRADIENT = """
def cell_gradient(forget_gates):
    T, H = forget_gates.shape
    out = np.ones((T, H))
    for t in range(T - 2, -1, -1):
        out[t] = out[t + 1] * forget_gates[t + 1]
    return out
"""
changed(CELL_GRADIENT, "np.ones((T, H))", "np.zeros((T, H))", named="zeros-at-the-end")
changed(
    CELL_GRADIENT,
    "out[t + 1] * forget_gates[t + 1]",
    "out[t + 1] * (1 - forget_gates[t + 1])",
    named="what-is-forgotten",
)

ADAM_STEP = """
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1 if state else 1
    new_params, m, v = {}, {}, {}
    for k in params:
        g = gradients[k]
        m0 = state["m"][k] if state else 0.0
        v0 = state["v"][k] if state else 0.0
        m[k] = betas[0] * m0 + (1 - betas[0]) * g
        v[k] = betas[1] * v0 + (1 - betas[1]) * np.square(g)
        mh = m[k] / (1 - betas[0] ** t)
        vh = v[k] / (1 - betas[1] ** t)
        new_params[k] = params[k] - lr * mh / (np.sqrt(vh) + eps)
    return new_params, {"t": t, "m": m, "v": v}
"""
changed(
    ADAM_STEP, 'state["t"] + 1 if state else 1', 'state["t"] if state else 1', "the old t", never="m and v are right"
)
changed(ADAM_STEP, "np.square(g)", "np.mean(np.square(g))", named="squares-averaged")

GENERATE = """
def generate(params, prompt, length, temperature, rng):
    from unrolled.capstone.data_language import ALPHABET
    H = params["u_h"].shape[1]
    V = len(ALPHABET)
    h, c = np.zeros(H), np.zeros(H)
    sg = lambda v: 0.5 * np.tanh(v / 2) + 0.5
    text = prompt
    for n in range(len(prompt) + length - 1 if length else 0):
        x = np.zeros(V)
        x[ALPHABET.index(text[n])] = 1
        a = params["u_x"] @ x + params["u_h"] @ h + params["u_0"]
        i, f, g, o = a[:H], a[H:2 * H], a[2 * H:3 * H], a[3 * H:]
        c = sg(f) * c + sg(i) * np.tanh(g)
        h = sg(o) * np.tanh(c)
        if n >= len(prompt) - 1:
            z = (params["w_h"] @ h + params["w_0"]) / temperature
            p = np.exp(z - z.max())
            text += ALPHABET[rng.choice(V, p=p / p.sum())]
    return text
"""
changed(
    GENERATE,
    "h, c = np.zeros(H), np.zeros(H)",
    "h, c = np.ones(H), np.zeros(H)",
    "zeros before the prompt",
    never="np.random",
)
changed(
    GENERATE,
    "if n >= len(prompt) - 1:",
    "rng.random()\n        if n >= len(prompt) - 1:",
    "none for the prompt",
    never="np.random",
)
changed(GENERATE, "x[ALPHABET.index(text[n])] = 1", "x[ALPHABET.index(text[0])] = 1", named="first-character-always")
changed(
    GENERATE,
    "ALPHABET[rng.choice(V, p=p / p.sum())]",
    "ALPHABET[rng.choice(V, p=p / p.sum()) - 1]",
    named="next-to-the-choice",
)
