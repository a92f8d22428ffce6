"""Lesson 02."""

import math

import numpy as np

from solutions.wrong_answers.collected import wrong


@wrong(named="weights-swapped", never="gufunc")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_h @ x + u_x @ h + u_0)


@wrong(named="both-transposed", never="gufunc")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(x @ u_x + h @ u_h + u_0)


@wrong("Your numbers have 4 decimals only: you round them")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.round(np.tanh(u_x @ x + u_h @ h + u_0), 4)


@wrong("`float` and `int` take one number", never="math.exp")
def rnn_output(x, h, w_x, w_h, w_0):
    return float(1 / (1 + np.exp(-(w_x @ x + w_h @ h + w_0))))


@wrong(named="output-tanh", never="changed places")
def rnn_output(x, h, w_x, w_h, w_0):
    def rnn_step(x, h, u_x, u_h, u_0):
        return np.tanh(u_x @ x + u_h @ h + u_0)

    return rnn_step(x, h, w_x, w_h, w_0)


def sigmoid(a):
    return np.exp(-np.logaddexp(0, -a))


def softmax(a):
    e = np.exp(a - np.max(a))
    return e / e.sum()


@wrong(named="textbook-network")
def rnn_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for t in range(len(xs)):
        h = np.tanh(np.dot(params["u_x"], xs[t]) + np.dot(params["u_h"], h) + params["u_0"])
        ys.append(sigmoid(np.dot(params["w_h"], h) + params["w_0"]))
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="textbook-softmax")
def rnn_forward(xs, h_0, params):
    h, ys, hs = np.copy(h_0), {}, {}
    for t, x in enumerate(xs):
        h = hs[t] = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        logits = params["w_h"] @ h + params["w_0"]
        ys[t] = np.exp(logits) / np.sum(np.exp(logits))
    return np.stack(list(ys.values())), np.stack(list(hs.values()))


@wrong(named="textbook-sums")
def rnn_forward(xs, h_0, params):
    T, H = len(xs), len(h_0)
    hs, ys = np.zeros((T + 1, H)), np.zeros((T, len(params["w_0"])))
    hs[-1] = h_0
    for t in range(T):
        hs[t] = np.tanh(params["u_x"] @ xs[t] + params["u_h"] @ hs[t - 1] + params["u_0"])
        ys[t] = params["w_h"] @ hs[t] + params["w_0"]
    return ys, hs[:-1]


@wrong(named="outputs-softmax")
def rnn_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        ys.append(softmax(params["w_x"] @ x + params["w_h"] @ h + params["w_0"]))
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="outputs-linear")
def rnn_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        ys.append(params["w_x"] @ x + params["w_h"] @ h + params["w_0"])
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="outputs-without-x")
def rnn_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        ys.append(sigmoid(params["w_h"] @ h + params["w_0"]))
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="new-state-and-softmax")
def rnn_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        ys.append(softmax(params["w_x"] @ x + params["w_h"] @ h + params["w_0"]))
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="elman-softmax")
def elman_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        ys.append(softmax(params["w_h"] @ h + params["w_0"]))
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="elman-linear-output")
def elman_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        ys.append(params["w_h"] @ h + params["w_0"])
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="elman-input-kept")
def elman_forward(xs, h_0, params):
    h, ys, hs = h_0, [], []
    for x in xs:
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        ys.append(sigmoid(params["w_x"] @ x + params["w_h"] @ h + params["w_0"]))
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="parity-with-0-and-1", never="large weights")
def parity_weights():
    """A 1 where it was even, or a 0 where it was odd: one unit each, as if they were 0 or 1."""
    return {
        "u_x": np.array([[20.0], [-20.0]]),
        "u_h": np.array([[-20.0, -20.0], [20.0, 20.0]]),
        "u_0": np.array([-10.0, -10.0]),
        "w_x": np.zeros((1, 1)),
        "w_h": np.array([[20.0, 20.0]]),
        "w_0": np.array([-10.0]),
    }


@wrong(named="parity-with-0-and-1", never="large weights")
def parity_weights():
    """OR − AND, as in every textbook's exclusive or."""
    return {
        "u_x": np.array([[20.0], [20.0]]),
        "u_h": np.array([[20.0, -20.0], [20.0, -20.0]]),
        "u_0": np.array([-10.0, -30.0]),
        "w_x": np.zeros((1, 1)),
        "w_h": np.array([[20.0, -20.0]]),
        "w_0": np.array([-10.0]),
    }


@wrong(named="blocks-in-another-order")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(np.hstack([u_h, u_x]) @ np.concatenate([x, h]) + u_0)


@wrong(named="step-relu")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.maximum(0, u_x @ x + u_h @ h + u_0)


@wrong(named="stars")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_x * x + u_h * h + u_0)


@wrong(named="bias-twice")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_x @ x + u_h @ h + 2 * u_0)


@wrong("has shape (4, 1), expected (4,)")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_x @ x + u_h @ h + u_0).reshape(-1, 1)


@wrong("`np.exp` takes a whole array")
def rnn_step(x, h, u_x, u_h, u_0):
    return math.tanh(u_x @ x + u_h @ h + u_0)


@wrong(named="overflow-refused")
def rnn_output(x, h, w_x, w_h, w_0):
    return np.array([1 / (1 + math.exp(-a)) for a in w_x @ x + w_h @ h + w_0])


@wrong(named="latch-forgets")
def latch_weights():
    one = np.array([[1.0]])
    return {"u_x": one, "u_h": one, "u_0": np.array([0.0]), "w_x": one, "w_h": one, "w_0": np.array([-0.5])}


@wrong("should have shape (H,)")
def latch_weights():
    return {"u_x": 5.0, "u_h": 5.0, "u_0": 0.0, "w_x": 20.0, "w_h": 20.0, "w_0": -10.0}


@wrong("should be a dict with u_x")
def latch_weights():
    return [np.array([[5.0]])] * 6


@wrong(named="parity-fades")
def parity_weights():
    return {
        "u_x": np.array([[1.0]]),
        "u_h": np.array([[-1.0]]),
        "u_0": np.array([0.0]),
        "w_x": np.array([[0.0]]),
        "w_h": np.array([[5.0]]),
        "w_0": np.array([0.0]),
    }
