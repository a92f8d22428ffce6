"""Lesson 05: answers as people write them, each with one thing wrong."""

from solutions.wrong_answers.collected import changed

BACKWARD = """
def rnn_backward(xs, hs, h_0, params, dys):
    B, T, D = xs.shape
    grads = {k: np.zeros_like(v) for k, v in params.items()}
    dxs = np.zeros_like(xs)
    dh_next = np.zeros_like(h_0)
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t - 1] if t > 0 else h_0
        dy = dys[:, t]
        da = dh_next * (1 - hs[:, t] ** 2)
        grads["w_x"] += dy.T @ xs[:, t]
        grads["w_h"] += dy.T @ h_prev
        grads["w_0"] += dy.sum(axis=0)
        grads["u_x"] += da.T @ xs[:, t]
        grads["u_h"] += da.T @ h_prev
        grads["u_0"] += da.sum(axis=0)
        dxs[:, t] = da @ params["u_x"] + dy @ params["w_x"]
        dh_next = da @ params["u_h"] + dy @ params["w_h"]
    return {**grads, "h_0": dh_next, "xs": dxs}
"""
ERROR = """
def relative_error(analytic, numeric):
    diff = np.abs(analytic - numeric)
    scale = np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)
    return float((diff / scale).max())
"""
NUMERIC = """
def numerical_gradient(f, x, eps=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = x[i]
        x[i] = old + eps
        plus = f(x)
        x[i] = old - eps
        minus = f(x)
        x[i] = old
        grad[i] = (plus - minus) / (2 * eps)
        it.iternext()
    return grad
"""
JACOBIANS = """
def state_jacobians(hs, h_0, u_h):
    return np.array([np.diag(1 - h ** 2) @ u_h for h in hs])
"""
NORMS = """
def gradient_norms(jacobians):
    T, H, _ = jacobians.shape
    norms = np.ones(T)
    m = np.eye(H)
    for t in range(T - 2, -1, -1):
        m = m @ jacobians[t + 1]
        norms[t] = np.linalg.norm(m, ord=2)
    return norms
"""
RADIUS = """
def scale_to_spectral_radius(u_h, radius):
    return u_h * (radius / np.max(np.abs(np.linalg.eigvals(u_h))))
"""
CLIP = """
def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g ** 2) for g in gradients.values()))
    if norm <= max_norm:
        return {k: g.copy() for k, g in gradients.items()}, float(norm)
    return {k: g * max_norm / norm for k, g in gradients.items()}, float(norm)
"""

changed(BACKWARD, "(1 - hs[:, t] ** 2)", "(1 + hs[:, t] ** 2)", named="slope-with-plus")
changed(BACKWARD, "* (1 - hs[:, t] ** 2)", "/ (1 - hs[:, t] ** 2)", named="slope-upside-down")
changed(BACKWARD, "(1 - hs[:, t] ** 2)", "(1 - h_prev ** 2)", named="slope-of-state-before")
changed(BACKWARD, "(1 - hs[:, t] ** 2)", "hs[:, t] * (1 - hs[:, t])", named="slope-of-sigmoid")
changed(BACKWARD, "(1 - hs[:, t] ** 2)", "(1 - np.tanh(hs[:, t]) ** 2)", named="slope-of-state")
changed(BACKWARD, " * (1 - hs[:, t] ** 2)", "", named="no-slope")
changed(BACKWARD, '+ dy @ params["w_h"]', "", named="w-h-path-missing")
changed(BACKWARD, '+ dy @ params["w_x"]', "", named="no-output-in-dxs")
changed(BACKWARD, 'da @ params["u_h"] +', "", named="nothing-carried")
changed(BACKWARD, 'grads["u_h"] += da.T @ h_prev', 'grads["u_h"] += da.T @ hs[:, t]', named="u-h-state-after")
changed(BACKWARD, 'grads["w_h"] += dy.T @ h_prev', 'grads["w_h"] += dy.T @ hs[:, t]', named="w-h-state-after")
changed(BACKWARD, 'grads["u_h"] +=', 'grads["u_h"] =', "`u_h` is overwritten")
changed(BACKWARD, 'grads["w_0"] +=', 'grads["w_0"] =', "`w_0` is overwritten")
changed(
    BACKWARD,
    'grads["u_0"] += da.sum(axis=0)',
    'grads["u_0"] += da.mean(axis=0)',
    "mean is taken in place of the sum in `u_0`",
)
changed(BACKWARD, "range(T - 1, -1, -1)", "range(T)", named="forward-loop")
changed(BACKWARD, "range(T - 1, -1, -1)", "range(T - 1, 0, -1)", named="first-step-skipped")
changed(BACKWARD, "if t > 0 else h_0", "if t > 0 else 0 * h_0", named="zeros-for-h-0")
changed(BACKWARD, "return {**grads", "for g in grads.values(): g /= T\n    return {**grads", named="averaged-over-time")
changed(
    BACKWARD,
    "return {**grads",
    "for g in grads.values(): np.clip(g, -5, 5, out=g)\n    return {**grads",
    named="cut-off",
)
changed(BACKWARD, '"h_0": dh_next', '"h_0": np.zeros_like(h_0)', named="no-gradient-for-h-0")
changed(BACKWARD, 'dh_next = da @ params["u_h"] +', 'dh_next = da @ params["u_h"].T +', named="transposed")
changed(BACKWARD, 'dh_next = da @ params["u_h"] +', 'dh_next = dh_next + da @ params["u_h"] +', named="carried-twice")
changed(BACKWARD, '"xs": dxs', '"dxs": dxs', named="keys-with-d")
changed(ERROR, "np.abs(analytic - numeric)", "analytic - numeric", named="signed")
changed(
    ERROR,
    "np.abs(analytic) + np.abs(numeric)",
    "np.abs(analytic)",
    "the term with `numeric` is left out in what it is divided by",
)
changed(ERROR, ".max())", ".mean())", named="averaged")
changed(ERROR, "np.abs(analytic) + np.abs(numeric)", "np.abs(analytic + numeric)", named="size-of-sum")
changed(NUMERIC, "/ (2 * eps)", "/ eps", named="eps-not-doubled")
changed(NUMERIC, "/ (2 * eps)", "/ 2 * eps", named="times-eps")
changed(NUMERIC, "        x[i] = old\n", "", named="left-changed")
changed(JACOBIANS, "np.diag(1 - h ** 2) @ u_h", "u_h @ np.diag(1 - h ** 2)", named="wrong-side")
changed(JACOBIANS, "np.diag(1 - h ** 2) @ u_h", "(np.diag(1 - h ** 2) @ u_h).T", named="transposed")
changed(JACOBIANS, "np.diag(1 - h ** 2) @ u_h", "np.diag(1 - h) @ u_h", named="slope-not-squared")
changed(JACOBIANS, "for h in hs", "for h in [h_0, *hs[:-1]]", named="state-before")
changed(NORMS, "m @ jacobians[t + 1]", "jacobians[t + 1] @ m", named="order")
changed(NORMS, ", ord=2", "", named="frobenius-inside")
changed(NORMS, "jacobians[t + 1]", "jacobians[t]", named="own-step")
changed(RADIUS, "np.max(np.abs(np.linalg.eigvals(u_h)))", "np.linalg.norm(u_h, 2)", named="norm")
changed(RADIUS, "eigvals(u_h)", "eig(u_h)", "It raises ValueError: setting an array element with a sequen")
changed(CLIP, "g * max_norm / norm", "np.clip(g, -max_norm, max_norm)", named="per-element")
changed(CLIP, "if norm <= max_norm", "if False", named="always-rescaled")
changed(
    CLIP,
    "norm = np.sqrt(sum(np.sum(g ** 2) for g in gradients.values()))",
    "norm = sum(np.sum(g ** 2) for g in gradients.values())",
    "Begin with the norm: the root of the sum of all squares, ove",
)
changed(CLIP, "g * max_norm / norm", "0 * g", named="zeroed")
changed(CLIP, "g * max_norm / norm", "g / norm", named="length-one")
changed(
    CLIP,
    "float(norm)\n    return {k: g *",
    "float(max_norm)\n    return {k: g *",
    "Begin with the norm: the root of the sum of all squares, ove",
)
