"""Right answers of lesson 05: backpropagation through time, written out step by step."""

import numpy as np


def relative_error(analytic, numeric):
    """How far two gradients are apart: the largest relative difference between their entries.

    For each pair of entries a and n it is |a − n| / max(|a| + |n|, 1e-8), between 0 (equal) and 1 (nothing in
    common). The 1e-8 is a floor: two entries that are both zero are equal, not a division by zero.

    Parameters
    ----------
    analytic : array of any shape
        The gradient by your formula.
    numeric : array of the same shape
        The gradient by finite differences.

    Returns
    -------
    float
        The largest of these, over all entries.
    """
    difference = np.abs(analytic - numeric)
    size = np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)
    return float(np.max(difference / size))


def numerical_gradient(f, x, eps=1e-5):
    """The gradient of f at x by central differences: move one entry at a time, both ways, and watch f.

    Entry i of the result is (f(x with xᵢ + eps) − f(x with xᵢ − eps)) / (2 eps).

    Parameters
    ----------
    f : callable
        Takes an array shaped like x, returns a float.
    x : array of floats, any shape
        Afterwards it holds exactly the numbers it held before, to the last bit.
    eps : float
        How far to move.

    Returns
    -------
    array like x
    """
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient


def rnn_backward_step(dh, dy, cache, params):
    """Back through one step of the network of Definition 15.1, for a batch.

    The step made h_t and y_t, both from the state before it:

        h_t = tanh(a_t)      with   a_t = u_x x_t + u_h h_{t-1} + u_0
        y_t = sigmoid(s_t)   with   s_t = w_x x_t + w_h h_{t-1} + w_0

    Parameters
    ----------
    dh : (B, H) array
        ∂L/∂h_t, everything after the step counted.
    dy : (B, O) array
        ∂L/∂s_t: the gradient at the output *before* the sigmoid.
    cache : dict of arrays
        What the step was made of: "x" (B, D), its input; "h" (B, H), the state *before* it; "h_new" (B, H), the state
        after it.
    params : dict
        "u_x" (H, D), "u_h" (H, H), "u_0" (H,), "w_x" (O, D), "w_h" (O, H), "w_0" (O,).

    Returns
    -------
    dict
        ∂L/∂x_t under "x" (B, D), ∂L/∂h_{t-1} under "h" (B, H), and this step's share of the gradients of the six
        weights under their names, each in its weight's shape.
    """
    x, h = cache["x"], cache["h"]
    da = dh * (1 - cache["h_new"] ** 2)  # (B, H) through h_t = tanh(a_t)
    dx = da @ params["u_x"] + dy @ params["w_x"]  # (B, D)
    dh = da @ params["u_h"] + dy @ params["w_h"]  # (B, H)
    du = {"u_x": da.T @ x, "u_h": da.T @ h, "u_0": da.sum(axis=0)}
    dw = {"w_x": dy.T @ x, "w_h": dy.T @ h, "w_0": dy.sum(axis=0)}
    return {"x": dx, "h": dh} | du | dw


def rnn_backward(xs, hs, h_0, params, dys):
    """Backpropagation through time for a batch of sequences: the gradient of a loss L for all it depends on.

    The network is the one of Definition 15.1, so y_t reads the state *before* the update:

        h_t = tanh(u_x x_t + u_h h_{t-1} + u_0)
        y_t = sigmoid(s_t)   with   s_t = w_x x_t + w_h h_{t-1} + w_0

    The loss is a sum over the batch, and depends on the sequences through the outputs only.

    Parameters
    ----------
    xs : (B, T, D) array
        The inputs x_1 … x_T.
    hs : (B, T, H) array
        The states h_1 … h_T that the forward pass made: `hs[:, t]` was made from `xs[:, t]`.
    h_0 : (B, H) array
        The state before the first step.
    params : dict
        "u_x" (H, D), "u_h" (H, H), "u_0" (H,), "w_x" (O, D), "w_h" (O, H), "w_0" (O,).
    dys : (B, T, O) array
        ∂L/∂s_t: the gradient at the output *before* the sigmoid. (For the cross-entropy of sigmoid outputs this is
        simply `ys - targets`, so the sigmoid is already dealt with.)

    Returns
    -------
    dict
        The gradient of L for each of the six weights, under the weight's name and in its shape; for the initial
        state under "h_0" (B, H); for the inputs under "xs" (B, T, D). Each earns its own points: while you work,
        some may be missing.
    """
    gradients = {name: np.zeros_like(weight) for name, weight in params.items()}
    dxs = np.zeros_like(xs)
    dh = np.zeros_like(h_0)  # ∂L/∂h_T: no output reads the last state
    for t in reversed(range(xs.shape[1])):
        x, h, dy = xs[:, t], hs[:, t], dys[:, t]
        h_before = hs[:, t - 1] if t > 0 else h_0
        da = dh * (1 - h**2)  # (B, H) through h_t = tanh(a_t)
        gradients["u_x"] += da.T @ x
        gradients["u_h"] += da.T @ h_before
        gradients["u_0"] += da.sum(axis=0)
        gradients["w_x"] += dy.T @ x
        gradients["w_h"] += dy.T @ h_before
        gradients["w_0"] += dy.sum(axis=0)
        dxs[:, t] = da @ params["u_x"] + dy @ params["w_x"]  # (B, D)
        dh = da @ params["u_h"] + dy @ params["w_h"]  # (B, H) ∂L/∂h_{t-1}
    return gradients | {"h_0": dh, "xs": dxs}


def state_jacobians(hs, h_0, u_h):
    """How each state depends on the one before it: ∂h_t/∂h_{t-1} for h_t = tanh(u_x x_t + u_h h_{t-1} + u_0).

    Parameters
    ----------
    hs : (T, H) array
        The states h_1 … h_T of one sequence.
    h_0 : (H,) array
        The state before the first step: the first Jacobian is ∂h_1/∂h_0. Whether its numbers are needed for that is
        for you to see.
    u_h : (H, H) array

    Returns
    -------
    (T, H, H) array
        Entry [t, i, j] is the derivative of `hs[t, i]` for entry j of the state before it.
    """
    return (1 - hs**2)[:, :, None] * u_h  # diag(1 − h_t²) u_h


def gradient_norms(jacobians):
    """How strongly the last state depends on each state: the spectral norm ‖∂h_T/∂h_t‖₂ for t = 1 … T.

    Parameters
    ----------
    jacobians : (T, H, H) array
        ∂h_t/∂h_{t-1} for t = 1 … T, as `state_jacobians` gives them.

    Returns
    -------
    (T,) array
        Entry t is the norm of the derivative of `hs[-1]` for `hs[t]`; the last is 1, because ∂h_T/∂h_T is the
        identity. ∂h_1/∂h_0 is not needed.
    """
    T, H, _ = jacobians.shape
    product, norms = np.eye(H), np.ones(T)
    for t in reversed(range(T - 1)):
        product = product @ jacobians[t + 1]  # ∂h_T/∂h_t
        norms[t] = np.linalg.norm(product, 2)
    return norms


def scale_to_spectral_radius(u_h, radius):
    """Scale a matrix so that its spectral radius, the largest absolute value of an eigenvalue, is `radius`.

    Parameters
    ----------
    u_h : (H, H) array
        Not symmetric in general, so eigenvalues may be complex; at least one is not zero.
    radius : float
        At least 0.

    Returns
    -------
    (H, H) array
        A new array, a multiple of u_h.
    """
    return u_h * (radius / np.abs(np.linalg.eigvals(u_h)).max())


def orthogonal(H, rng):
    """A random orthogonal matrix q, so q.T @ q is the identity, every one as likely as any other.

    It is the q of the QR decomposition a = q r of a matrix a of standard normal numbers, with every number on r's
    diagonal positive. (NumPy's `np.linalg.qr` does not promise these signs: flip the columns of q that need it.)

    Parameters
    ----------
    H : int
    rng : numpy.random.Generator
        Asked exactly once, for a: `rng.normal(size=(H, H))`.

    Returns
    -------
    (H, H) array
    """
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.sign(np.diag(r))


def clip_by_global_norm(gradients, max_norm):
    """Shorten gradients that are too long, without turning them.

    Their global norm is the length of the one long vector that all their entries make. If it is more than `max_norm`,
    all are scaled by the same factor to have global norm `max_norm`; if not, they stay as they are.

    Parameters
    ----------
    gradients : dict of arrays
    max_norm : float

    Returns
    -------
    clipped : dict of arrays
        Arrays under the same names; `gradients` and those in it are left as they are.
    norm : float
        The global norm before clipping.
    """
    norm = float(np.sqrt(sum((gradient**2).sum() for gradient in gradients.values())))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: factor * gradient for name, gradient in gradients.items()}, norm


def truncated_bptt(xs, dys, h_0, params, k):
    """Backpropagation through time in chunks of k steps: the state flows from chunk to chunk, the gradient doesn't.

    Chunks are steps 1 … k, k+1 … 2k and so on; the last may be shorter. Each starts from the state the one before
    ended with, and each is backpropagated on its own, as if its first state were a constant.

    `rnn_backward` needs the states: make them here, step by step. (When your notebook is graded, only what is written
    in this notebook is at hand; `batch_forward` of lesson 03 isn't.)

    Parameters
    ----------
    xs : (B, T, D) array
    dys : (B, T, O) array
        ∂L/∂s_t, as for `rnn_backward`.
    h_0 : (B, H) array
    params : dict
        As for `rnn_backward`.
    k : int
        At least 1; may be larger than T.

    Returns
    -------
    dict
        The gradients of the six weights, summed over the chunks, under the weights' names. Nothing else.
    """
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    h = h_0
    for start in range(0, xs.shape[1], k):
        chunk, first, hs = xs[:, start : start + k], h, []
        for t in range(chunk.shape[1]):
            h = np.tanh(chunk[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])  # (B, H)
            hs.append(h)
        gradients = rnn_backward(chunk, np.stack(hs, axis=1), first, params, dys[:, start : start + k])
        total = {name: total[name] + gradients[name] for name in total}
    return total
