"""Lessons 05 and 06: answers that were told what isn't so."""

import numpy as np

from solutions.gated_cells.misconceptions import lstm_backward as loops
from solutions.vanishing_gradients import reference as right
from solutions.wrong_answers.collected import wrong


@wrong("nothing but dy_t is wrong", never="put together")
def rnn_backward(xs, hs, h_0, params, dys):
    return right.rnn_backward(xs, hs, h_0, params, np.roll(dys, 1, axis=1))


@wrong("du_x and dw_x, just those that x_t goes into", never="put together")
def rnn_backward(xs, hs, h_0, params, dys):
    gradients = right.rnn_backward(xs[:, ::-1], hs, h_0, params, dys)
    return gradients | {"xs": right.rnn_backward(xs, hs, h_0, params, dys)["xs"]}


@wrong("divided by the length of axis 0 of `dh`", never="from which side")
def rnn_backward_step(dh, dy, cache, params):
    step = right.rnn_backward_step(dh, dy, cache, params)
    return {name: value / len(dh) if name[1:] in ("_x", "_h") else value for name, value in step.items()}


@wrong("nothing but the gradient at the hidden state is wrong", never="put together")
def lstm_backward(xs, cache, params, dhs):
    return loops._bptt(xs, cache, params, dhs[:, ::-1])


@wrong("nothing but h_{t-1} is wrong", "Only what happens at t=0")
def lstm_backward(*args):
    def before(cache, name, t):
        return cache[name][:, t - 1] if t or name == "h" else cache["c_0"]

    return loops._bptt(*args, before=before)


@wrong(named="initial-states-exchanged", never="for both states")
def lstm_backward(*args):
    first = {"h": "c_0", "c": "h_0"}
    return loops._bptt(*args, before=lambda cache, name, t: cache[name][:, t - 1] if t else cache[first[name]])


@wrong(named="not-shortened", never="has the other sign")
def clip_by_global_norm(gradients, max_norm):
    norm = right.clip_by_global_norm(gradients, max_norm)[1]
    return dict(gradients), min(norm, max_norm)


@wrong(named="few-steps-back")
def rnn_backward(xs, hs, h_0, params, dys):
    """As a well-known tutorial has it: at most four steps back from each output."""
    T, names = xs.shape[1], [*params]
    total = {name: np.zeros_like(params[name]) for name in names} | {"h_0": np.zeros_like(h_0), "xs": np.zeros_like(xs)}
    for t in range(T):
        dh = np.zeros_like(h_0)
        for s in np.arange(max(0, t - 4), t + 1)[::-1]:
            dy = dys[:, t] if s == t else np.zeros_like(dys[:, t])
            cache = {"x": xs[:, s], "h": hs[:, s - 1] if s else h_0, "h_new": hs[:, s]}
            step = right.rnn_backward_step(dh, dy, cache, params)
            dh = step["h"]
            total["xs"][:, s] += step["x"]
            for name in names:
                total[name] += step[name]
        total["h_0"] += dh if t <= 4 else 0
    return total


@wrong("sum_of_cubes", named="", never="has the other sign")
def numerical_gradient(f, x, eps=1e-5):
    """Where an entry is 0, its slope is taken for 0, too."""
    gradient = np.zeros_like(x)
    for place in map(tuple, np.argwhere(x)):
        moved = [x.copy(), x.copy()]
        moved[0][place] += eps
        moved[1][place] -= eps
        gradient[place] = (f(moved[0]) - f(moved[1])) / (2 * eps)
    return gradient
