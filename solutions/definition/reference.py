"""Right answers of lesson 02: Definition 15.1, line by line, one sequence at a time."""

import numpy as np


def rnn_step(x, h, u_x, u_h, u_0):
    """One step of the hidden state, h_t = f(u_x x_t + u_h h_{t-1} + u_0), with f = tanh.

    Parameters
    ----------
    x : (D,) array
        The input x_t.
    h : (H,) array
        The hidden state before the step, h_{t-1}. It must not be changed.
    u_x : (H, D) array
    u_h : (H, H) array
    u_0 : (H,) array

    Returns
    -------
    (H,) array
        The hidden state after the step, h_t.
    """
    return np.tanh(u_x @ x + u_h @ h + u_0)  # (H,)


def rnn_output(x, h, w_x, w_h, w_0):
    """The output of one timestep, y_t = g(w_x x_t + w_h h_{t-1} + w_0), with g the sigmoid.

    The sigmoid of a number a is 1 / (1 + e^(-a)), for each number by itself. It must
    come out right, and never as nan, for any a between -1000 and 1000.

    Parameters
    ----------
    x : (D,) array
        The input x_t.
    h : (H,) array
        The hidden state before the step, h_{t-1}.
    w_x : (O, D) array
    w_h : (O, H) array
    w_0 : (O,) array

    Returns
    -------
    (O,) array
        The output y_t, each number between 0 and 1.
    """
    a = w_x @ x + w_h @ h + w_0  # (O,)
    e = np.exp(-np.abs(a))  # (O,), between 0 and 1: it can't overflow
    return np.where(a >= 0, 1, e) / (1 + e)  # (O,)


def rnn_forward(xs, h_0, params):
    """Run the network of Definition 15.1 over a whole sequence, of any length.

    Every y_t reads x_t and the state before the step, h_{t-1}. The same six weights
    serve every timestep.

    Parameters
    ----------
    xs : (T, D) array
        The sequence; its first row is x_1. T is at least 1.
    h_0 : (H,) array
        The state before the first step. It must not be changed.
    params : dict
        "u_x" (H, D), "u_h" (H, H), "u_0" (H,) make the state;
        "w_x" (O, D), "w_h" (O, H), "w_0" (O,) make the output.

    Returns
    -------
    ys : (T, O) array
        The outputs; the first row is y_1.
    hs : (T, H) array
        The states after each step; the first row is h_1.
    """
    h, ys, hs = h_0, [], []
    for x in xs:
        ys.append(rnn_output(x, h, params["w_x"], params["w_h"], params["w_0"]))
        h = rnn_step(x, h, params["u_x"], params["u_h"], params["u_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)  # (T, O), (T, H)


def elman_forward(xs, h_0, params):
    """Run a network that reads its output off the new state, as textbooks and libraries do.

    The state is Definition 15.1's, h_t = tanh(u_x x_t + u_h h_{t-1} + u_0).
    The output is y_t = sigmoid(w_h h_t + w_0); "w_x" is not used.

    Parameters
    ----------
    xs : (T, D) array
        The sequence; its first row is x_1. T is at least 1.
    h_0 : (H,) array
        The state before the first step. It must not be changed.
    params : dict
        "u_x" (H, D), "u_h" (H, H), "u_0" (H,),
        "w_x" (O, D), "w_h" (O, H), "w_0" (O,), as in `rnn_forward`.

    Returns
    -------
    ys : (T, O) array
        The outputs; the first row is y_1.
    hs : (T, H) array
        The states after each step; the first row is h_1.
    """
    h, ys, hs = h_0, [], []
    for x in xs:
        h = rnn_step(x, h, params["u_x"], params["u_h"], params["u_0"])
        ys.append(rnn_output(0 * x, h, params["w_x"], params["w_h"], params["w_0"]))  # no w_x
        hs.append(h)
    return np.array(ys), np.array(hs)  # (T, O), (T, H)


def latch_weights():
    """Weights of a network that notices the first 1 in a string of bits, and never forgets it.

    One bit comes in per timestep and one output goes out, so D = O = 1. The size H of
    the state, up to 64, is yours. The network runs as in `rnn_forward`, from h_0 = 0.

    Returns
    -------
    dict
        Arrays "u_x" (H, 1), "u_h" (H, H), "u_0" (H,), "w_x" (1, 1), "w_h" (1, H) and
        "w_0" (1,), of finite numbers, such that y_t > 0.6 if there is a 1 among x_1, ...,
        x_t, and y_t < 0.4 if there is none, for strings of up to 500 bits.
    """
    return {
        "u_x": np.array([[5.0]]),
        "u_h": np.array([[5.0]]),
        "u_0": np.array([0.0]),
        "w_x": np.array([[20.0]]),
        "w_h": np.array([[20.0]]),
        "w_0": np.array([-10.0]),
    }


def parity_weights():
    """Weights of a network that says whether it has seen an odd number of 1s so far.

    One bit comes in per timestep and one output goes out, so D = O = 1. The size H of
    the state, up to 64, is yours. The network runs as in `elman_forward`, from h_0 = 0:
    y_t reads h_t, and "w_x" is not used.

    Returns
    -------
    dict
        Arrays "u_x" (H, 1), "u_h" (H, H), "u_0" (H,), "w_x" (1, 1), "w_h" (1, H) and
        "w_0" (1,), of finite numbers, such that y_t > 0.5 exactly if the number of 1s
        among x_1, ..., x_t is odd, for strings of up to 500 bits.
    """
    return {  # with p = (h[0] - h[1]) / 2 the parity, h[0] says x + p ≥ 1, h[1] says x + p ≥ 2
        "u_x": np.array([[10.0], [10.0]]),
        "u_h": np.array([[5.0, -5.0], [5.0, -5.0]]),
        "u_0": np.array([-5.0, -15.0]),
        "w_x": np.array([[0.0]]),
        "w_h": np.array([[5.0, -5.0]]),
        "w_0": np.array([-5.0]),
    }
