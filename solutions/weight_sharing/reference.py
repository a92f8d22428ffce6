"""Right answers of lesson 03: the definition with weights of its own at every step, then shared, then in batches."""

import numpy as np


def parameter_count(T, D, H, O, shared):
    """How many numbers a recurrent network learns.

    Count every number in `u_x`, `u_h`, `u_0`, `w_x`, `w_h` and `w_0` of Definition 15.1,
    biases too. The first state `h_0` is given, not learned: it does not count.

    Parameters
    ----------
    T : int
        Number of timesteps the network is made for.
    D, H, O : int
        Sizes of the input x_t, the hidden state h_t and the output y_t.
    shared : bool
        True: one set of weights serves all timesteps. False: every timestep has a set of its own.

    Returns
    -------
    int
    """
    per_set = H * D + H * H + H + O * D + O * H + O
    return per_set if shared else T * per_set


def unshared_forward(xs, h_0, params_per_step):
    """Run a network that has weights of its own at every timestep.

    As in Definition 15.1 before sharing,
    y_t = sigmoid(w_x^(t) x_t + w_h^(t) h_{t-1} + w_0^(t)) reads the state before the step,
    and h_t = tanh(u_x^(t) x_t + u_h^(t) h_{t-1} + u_0^(t)).

    Parameters
    ----------
    xs : (T, D) array
        One sequence.
    h_0 : (H,) array
        The state before the first step.
    params_per_step : list of T dicts
        `params_per_step[0]` holds the weights of the first timestep, and so on. Each dict has
        `u_x` (H, D), `u_h` (H, H), `u_0` (H,), `w_x` (O, D), `w_h` (O, H) and `w_0` (O,).

    Returns
    -------
    ys : (T, O) array
    hs : (T, H) array
        The state after each step; `h_0` is not among them.

    Raises
    ------
    ValueError
        If there are more timesteps than dicts, or fewer: the first two lines see to it.
    """
    if len(xs) != len(params_per_step):
        raise ValueError(f"{len(xs)} timesteps, but weights for {len(params_per_step)}")
    ### BEGIN SOLUTION
    h, ys, hs = h_0, [], []
    for x, p in zip(xs, params_per_step):
        y = (1 + np.tanh((p["w_x"] @ x + p["w_h"] @ h + p["w_0"]) / 2)) / 2  # (O,), sigmoid
        h = np.tanh(p["u_x"] @ x + p["u_h"] @ h + p["u_0"])  # (H,)
        ys.append(y)
        hs.append(h)
    return np.stack(ys), np.stack(hs)
    ### END SOLUTION


def tied_gradient(gradients_per_step):
    """The gradient of shared weights, from the gradients of every timestep's own copy.

    Parameters
    ----------
    gradients_per_step : list of T dicts
        `gradients_per_step[t][name]` is the gradient of the loss with respect to the copy of
        the parameter `name` that step t uses. All dicts have the same names, whatever these
        are, and the same shapes.

    Returns
    -------
    dict
        The gradient of the loss with respect to each parameter when all T copies are one and
        the same: the same names, the same shapes. The arrays passed in stay as they are.
    """
    return {name: sum(gradients[name] for gradients in gradients_per_step) for name in gradients_per_step[0]}


def batch_forward(xs, mask, h_0, params):
    """Run B sequences at once, with one set of weights, and let padding change nothing.

    Where the mask is True, the step is Definition 15.1's:
    y_t = sigmoid(w_x x_t + w_h h_{t-1} + w_0) reads the state before the step, and
    h_t = tanh(u_x x_t + u_h h_{t-1} + u_0). Where it is False, the step is padding: the
    state stays exactly what it was, and the output is zero.

    Parameters
    ----------
    xs : (B, T, D) array
        At padding it may hold any finite number.
    mask : (B, T) bool array
        True where a timestep is real. Padding mostly comes last, but don't count on it: it
        may stand anywhere, and a sequence may be padding from end to end.
    h_0 : (B, H) array
        Each sequence's own state before its first step.
    params : dict
        `u_x` (H, D), `u_h` (H, H), `u_0` (H,), `w_x` (O, D), `w_h` (O, H) and `w_0` (O,).

    Returns
    -------
    ys : (B, T, O) array
    hs : (B, T, H) array
        The state after each step; after a padded step, the state before it.
    """
    p, h, ys, hs = params, h_0, [], []
    for t in range(xs.shape[1]):
        x, real = xs[:, t], mask[:, t, None]  # (B, D), (B, 1)
        y = (1 + np.tanh((x @ p["w_x"].T + h @ p["w_h"].T + p["w_0"]) / 2)) / 2  # (B, O), a sigmoid
        ys.append(np.where(real, y, 0.0))
        h = np.where(real, np.tanh(x @ p["u_x"].T + h @ p["u_h"].T + p["u_0"]), h)  # (B, H)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def last_valid(hs, mask):
    """The state after each sequence's last real timestep.

    Parameters
    ----------
    hs : (B, T, H) array
        States of any network, after every timestep. At padding they may hold any finite number.
    mask : (B, T) bool array
        True where a timestep is real. Padding may stand anywhere.

    Returns
    -------
    (B, H) array

    Raises
    ------
    ValueError
        If a sequence has no real timestep at all: then there is no such state.
    """
    if not mask.any(axis=1).all():
        raise ValueError("a sequence without a real timestep has no last state")
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)  # (B,)
    return hs[np.arange(len(hs)), last]  # (B, H)
