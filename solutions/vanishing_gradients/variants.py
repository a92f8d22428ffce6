"""Other right answers of lesson 05, written as other people would."""

import math

import numpy as np

from solutions.vanishing_gradients import reference as right


def relative_error_entry_by_entry(analytic, numeric):
    pairs = zip(np.ravel(analytic).tolist(), np.ravel(numeric).tolist())
    return max(abs(a - n) / max(1e-8, abs(a) + abs(n)) for a, n in pairs)


def relative_error_masked(analytic, numeric):
    size = np.abs(analytic) + np.abs(numeric)
    size = np.where(size < 1e-8, 1e-8, size)
    return (np.abs(np.subtract(analytic, numeric)) / size).max()


def numerical_gradient_put_back(f, x, eps=1e-5):
    gradient = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + eps
        above = f(x)
        x[place] = old - eps
        below = f(x)
        x[place] = old
        gradient[place] = (above - below) / 2 / eps
    return gradient


def numerical_gradient_by_rows_of_identity(f, x, eps=1e-5):
    steps = eps * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([f(x + step) - f(x - step) for step in steps]).reshape(x.shape) / (2 * eps)


def rnn_backward_step_einsum(dh, dy, cache, params):
    slope = np.ones_like(cache["h_new"]) - np.square(cache["h_new"])
    da = np.multiply(slope, dh)
    gradients = {}
    for letter, d in (("u", da), ("w", dy)):
        gradients[f"{letter}_x"] = np.einsum("bi,bd->id", d, cache["x"])
        gradients[f"{letter}_h"] = np.einsum("bi,bh->ih", d, cache["h"])
        gradients[f"{letter}_0"] = np.einsum("bi->i", d)
    both, into = np.hstack([da, dy]), {name: np.vstack([params[f"u_{name}"], params[f"w_{name}"]]) for name in "xh"}
    return gradients | {name: both @ weights for name, weights in into.items()}


def rnn_backward_step_one_by_one(dh, dy, cache, params):
    """One sequence after the other, in columns, as on paper."""
    total, dxs, dhs = {name: np.zeros(weight.shape) for name, weight in params.items()}, [], []
    for dh_t, dy_t, x, h, h_new in zip(dh, dy, cache["x"], cache["h"], cache["h_new"]):
        da = np.diag(1 - h_new**2).T @ dh_t
        for letter, d in (("u", da), ("w", dy_t)):
            total[f"{letter}_x"] += np.outer(d, x)
            total[f"{letter}_h"] += np.outer(d, h)
            total[f"{letter}_0"] += d
        dxs.append(params["u_x"].T @ da + params["w_x"].T @ dy_t)
        dhs.append(params["u_h"].T @ da + params["w_h"].T @ dy_t)
    return total | {"x": np.array(dxs), "h": np.array(dhs)}


def rnn_backward_collected(xs, hs, h_0, params, dys):
    """The loop only finds the gradients at the pre-activations; weights get theirs in one go."""
    befores = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)  # (B, T, H)
    from_outputs = dys @ params["w_h"]  # (B, T, H)
    das, dh = [], np.zeros_like(h_0)
    for t in range(xs.shape[1] - 1, -1, -1):
        das.insert(0, dh * (1 - hs[:, t] * hs[:, t]))
        dh = das[0] @ params["u_h"] + from_outputs[:, t]
    das = np.stack(das, axis=1)
    return {
        "u_x": np.einsum("bth,btd->hd", das, xs),
        "u_h": np.einsum("bth,btg->hg", das, befores),
        "u_0": das.sum(axis=(0, 1)),
        "w_x": np.einsum("bto,btd->od", dys, xs),
        "w_h": np.einsum("bto,bth->oh", dys, befores),
        "w_0": np.einsum("bto->o", dys),
        "h_0": dh,
        "xs": das @ params["u_x"] + dys @ params["w_x"],
    }


def rnn_backward_sequence_by_sequence(xs, hs, h_0, params, dys):
    """Vectors and outer products, one sequence at a time."""
    u_x, u_h, w_x, w_h = (params[name] for name in ("u_x", "u_h", "w_x", "w_h"))
    total = {name: np.zeros(weight.shape) for name, weight in params.items()}
    dh_0, dxs = np.zeros(h_0.shape), np.zeros(xs.shape)
    for b in range(len(xs)):
        states = [h_0[b], *hs[b]]
        for t in range(len(xs[b]), 0, -1):
            da = np.diag(1 - states[t] ** 2) @ dh_0[b]
            dy = dys[b, t - 1]
            total["u_x"] += np.outer(da, xs[b, t - 1])
            total["u_h"] += np.outer(da, states[t - 1])
            total["u_0"] += da
            total["w_x"] += np.outer(dy, xs[b, t - 1])
            total["w_h"] += np.outer(dy, states[t - 1])
            total["w_0"] += dy
            dxs[b, t - 1] = u_x.T @ da + w_x.T @ dy
            dh_0[b] = u_h.T @ da + w_h.T @ dy
    return {**total, "h_0": dh_0, "xs": dxs}


def rnn_backward_recursive(xs, hs, h_0, params, dys):
    """The first step's gradients, given those of the rest."""
    if xs.shape[1] == 0:
        zeros = {name: np.zeros_like(weight) for name, weight in params.items()}
        return zeros | {"h_0": np.zeros_like(h_0), "xs": np.zeros_like(xs)}
    rest = rnn_backward_recursive(xs[:, 1:], hs[:, 1:], hs[:, 0], params, dys[:, 1:])
    x, dy, da = xs[:, 0], dys[:, 0], rest["h_0"] * (1 - hs[:, 0] ** 2)
    first = {"u_x": da.T @ x, "u_h": da.T @ h_0, "u_0": da.sum(0), "w_x": dy.T @ x, "w_h": dy.T @ h_0, "w_0": dy.sum(0)}
    dx = da @ params["u_x"] + dy @ params["w_x"]
    dxs = np.concatenate([dx[:, None], rest["xs"]], axis=1)
    return {n: first[n] + rest[n] for n in first} | {"h_0": da @ params["u_h"] + dy @ params["w_h"], "xs": dxs}


def rnn_backward_float32(xs, hs, h_0, params, dys):
    small = [a.astype(np.float32) for a in (xs, hs, h_0, dys)]
    weights = {name: weight.astype(np.float32) for name, weight in params.items()}
    return rnn_backward_collected(*small[:3], weights, small[3])


def state_jacobians_one_by_one(hs, h_0, u_h):
    return np.array([np.diag(1 - h**2) @ u_h for h in hs])


def state_jacobians_einsum(hs, h_0, u_h):
    return np.einsum("ti,ij->tij", 1 - hs * hs, u_h)


def gradient_norms_from_scratch(jacobians):
    norms = []
    for t in range(len(jacobians)):
        product = np.eye(jacobians.shape[1])
        for jacobian in jacobians[t + 1 :]:
            product = jacobian @ product
        norms.append(np.linalg.svd(product, compute_uv=False)[0])
    return norms


def gradient_norms_by_eigenvalues(jacobians):
    product, norms = np.eye(jacobians.shape[1]), [1.0]
    for jacobian in jacobians[:0:-1]:
        product = product @ jacobian
        norms.insert(0, math.sqrt(np.linalg.eigvalsh(product @ product.T)[-1]))
    return np.array(norms)


def scale_to_spectral_radius_two_steps(u_h, radius):
    eigenvalues, _ = np.linalg.eig(u_h)
    of_radius_one = u_h / max(abs(eigenvalues))
    return radius * of_radius_one


def scale_to_spectral_radius_hypot(u_h, radius):
    eigenvalues = np.linalg.eigvals(u_h)
    return radius / np.hypot(eigenvalues.real, eigenvalues.imag).max() * u_h


def orthogonal_gram_schmidt(H, rng):
    columns = []
    for a in rng.normal(size=(H, H)).T:
        for _ in range(2):
            a = a - sum(((column @ a) * column for column in columns), np.zeros(H))
        columns.append(a / np.linalg.norm(a))
    return np.stack(columns, axis=1)


def orthogonal_diagonal_matrix(H, rng):
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q @ np.diag(np.where(np.diag(r) < 0, -1.0, 1.0))


def clip_by_global_norm_flat(gradients, max_norm):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients.values()]))
    return {name: g * min(1.0, max_norm / (norm + 1e-12)) for name, g in gradients.items()}, norm


def clip_by_global_norm_early_return(gradients, max_norm):
    norm = math.sqrt(sum(np.vdot(g, g) for g in gradients.values()))
    if norm <= max_norm:
        return {name: g.copy() for name, g in gradients.items()}, norm
    return {name: g / norm * max_norm for name, g in gradients.items()}, norm


def _states(xs, h, params):
    hs = []
    for x in np.swapaxes(xs, 0, 1):
        h = np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(hs, axis=1)


def truncated_bptt_states_first(xs, dys, h_0, params, k):
    """All states in one forward pass; then each chunk on its own."""
    hs = _states(xs, h_0, params)
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    for start in range(0, xs.shape[1], k):
        part = slice(start, start + k)
        first = h_0 if start == 0 else hs[:, start - 1]
        gradients = right.rnn_backward(xs[:, part], hs[:, part], first, params, dys[:, part])
        for name in total:
            total[name] += gradients[name]
    return total


def truncated_bptt_one_loop(xs, dys, h_0, params, k):
    """One backward loop that forgets what it carries wherever a chunk begins."""
    hs = _states(xs, h_0, params)
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    dh = np.zeros_like(h_0)
    for t in reversed(range(xs.shape[1])):
        before = hs[:, t - 1] if t else h_0
        da, dy = dh * (1 - hs[:, t] ** 2), dys[:, t]
        for name, d, factor in (("u_x", da, xs[:, t]), ("u_h", da, before), ("w_x", dy, xs[:, t]), ("w_h", dy, before)):
            total[name] += d.T @ factor
        total["u_0"] += da.sum(axis=0)
        total["w_0"] += dy.sum(axis=0)
        dh = da @ params["u_h"] + dy @ params["w_h"] if t % k else np.zeros_like(dh)
    return total


def truncated_bptt_recursive(xs, dys, h_0, params, k):
    hs = _states(xs[:, :k], h_0, params)
    first = right.rnn_backward(xs[:, :k], hs, h_0, params, dys[:, :k])
    if xs.shape[1] <= k:
        return {name: first[name] for name in params}
    rest = truncated_bptt_recursive(xs[:, k:], dys[:, k:], hs[:, -1], params, k)
    return {name: first[name] + rest[name] for name in params}
