"""Wrong answers written without a look at those the lessons know: what they taught, kept."""

import numpy as np

from solutions.capstone import reference as capstone
from solutions.definition import reference as definition
from solutions.gated_cells import reference as gated_cells
from solutions.task_types import reference as task_types
from solutions.vanishing_gradients import reference as vanishing
from solutions.weight_sharing import reference as weight_sharing
from solutions.wrong_answers.collected import wrong


@wrong("are combined, and don't fit", never="This is what you get from")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(np.outer(u_x, x) + np.outer(u_h, h) + u_0)


@wrong("the right ones in the right order, in another shape")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(u_x @ x[:, None] + u_h @ h[:, None] + u_0[:, None])


@wrong(named="joined-the-wrong-way-round")
def rnn_step(x, h, u_x, u_h, u_0):
    return np.tanh(np.hstack([u_x, u_h]) @ np.concatenate([h, x]) + u_0)


@wrong(named="clipped-too-early")
def rnn_output(x, h, w_x, w_h, w_0):
    return 1 / (1 + np.exp(-np.clip(w_x @ x + w_h @ h + w_0, -9.5, 9.5)))


@wrong("random numbers", never="your `rnn_step` makes something else")
def rnn_forward(xs, h_0, params):
    return definition.rnn_forward(xs, 0.01 * np.random.default_rng().normal(size=len(h_0)), params)


@wrong("with axes 0 and 1 exchanged")
def rnn_forward(xs, h_0, params):
    ys, hs = definition.rnn_forward(xs, h_0, params)
    return np.column_stack(ys), np.column_stack(hs)


@wrong("moved on by one place")
def elman_forward(xs, h_0, params):
    ys, hs = definition.elman_forward(xs, h_0, params)
    return np.roll(ys, 1, axis=0), hs


@wrong("Either `h_0`")
def parameter_count(T, D, H, O, shared):
    n = D * H + H * H + H + D * O + H * O + O + H
    return n if shared else T * n


@wrong(named="output-bias-forgotten")
def parameter_count(T, D, H, O, shared):
    n = D * H + H * H + H + D * O + H * O
    return n if shared else T * n


@wrong("where it should raise ValueError", named="y-reads-new-state")
def unshared_forward(xs, h_0, params_per_step):
    h, ys, hs = h_0, [], []
    for x, p in zip(xs, params_per_step):
        h = np.tanh(p["u_x"] @ x + p["u_h"] @ h + p["u_0"])
        ys.append((1 + np.tanh((p["w_x"] @ x + p["w_h"] @ h + p["w_0"]) / 2)) / 2)
        hs.append(h)
    return np.array(ys), np.array(hs)


@wrong(named="cut-off")
def tied_gradient(gradients_per_step):
    total = weight_sharing.tied_gradient(gradients_per_step)
    return {name: np.clip(g, -4, 4) for name, g in total.items()}


@wrong("`np.where(m, y, 0)` doesn't fit")
def batch_forward(xs, mask, h_0, params):
    m = mask[0][:, None]
    y = xs[:, 0] @ params["w_x"].T
    return np.where(m, y, 0), h_0


@wrong("It would fit as", never="gufunc")
def batch_forward(xs, mask, h_0, params):
    return params["w_x"] @ xs[:, 0] + params["w_h"] @ h_0, h_0


@wrong("It returned a ValueError", never="unsupported")
def last_valid(hs, mask):
    if not mask.any(axis=1).all():
        return ValueError("no last state")
    return weight_sharing.last_valid(hs, mask)


@wrong(named="before-the-last")
def last_valid(hs, mask):
    if not mask.any(axis=1).all():
        raise ValueError("no last state")
    return hs[np.arange(len(hs)), mask.shape[1] - 2 - mask[:, ::-1].argmax(axis=1)]


@wrong(named="end-by-counting-though-carried", never="a state that it has changed")
def encode(xs, mask, params):
    if not mask.any(axis=1).all():
        raise ValueError("nothing but padding")
    h = np.zeros((len(xs), len(params["u_0"])))
    hs = []
    for t in range(xs.shape[1]):
        new = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        h = np.where(mask[:, t, None], new, h)
        hs.append(h)
    return np.stack(hs, axis=1)[np.arange(len(xs)), mask.sum(axis=1) - 1]


@wrong(named="exponent-signed")
def binary_cross_entropy(logit, label):
    return np.maximum(logit, 0) - logit * label + np.log(1 + np.exp(-logit))


@wrong("the right ones added up")
def binary_cross_entropy(logit, label):
    return np.sum(task_types.binary_cross_entropy(logit, label))


@wrong(named="end-only-together")
def greedy_decode(context, params, bos, eos, max_length):
    h, symbols, written = context, np.full(len(context), bos), [[] for _ in context]
    for _ in range(max_length):
        x = np.eye(len(params["w_0"]))[symbols]
        logits = x @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]
        h = np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        symbols = logits.argmax(axis=1)
        if (symbols == eos).all():
            break
        for row, symbol in zip(written, symbols):
            row.append(int(symbol))
    return written


@wrong("random numbers")
def many_to_one(xs, mask, params):
    return task_types.many_to_one(xs + np.random.default_rng().normal(size=xs.shape), mask, params)


@wrong(named="called-with-flat-x")
def numerical_gradient(f, x, eps=1e-5):
    moves = eps * np.eye(x.size)
    return np.array([(f(x.ravel() + d) - f(x.ravel() - d)) / (2 * eps) for d in moves]).reshape(x.shape)


@wrong("returned a tuple", never="begin with a d")
def rnn_backward_step(dh, dy, cache, params):
    return tuple(vanishing.rnn_backward_step(dh, dy, cache, params).values())


@wrong(named="averaged-over-batch")
def rnn_backward_step(dh, dy, cache, params):
    gradients = vanishing.rnn_backward_step(dh, dy, cache, params)
    return {name: g if name in "xh" else g / len(dh) for name, g in gradients.items()}


@wrong("divided by the length of axis 0 of `xs` and by the length of axis 1 of `xs`")
def rnn_backward(xs, hs, h_0, params, dys):
    gradients = vanishing.rnn_backward(xs, hs, h_0, params, dys)
    return {name: g / (xs.shape[0] * xs.shape[1]) for name, g in gradients.items()}


@wrong(named="something-added-to-the-norm")
def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))
    return {name: g * min(1, max_norm / (norm + 3e-6)) for name, g in gradients.items()}, norm


@wrong(named="u-h-first")
def init_lstm(D, H, rng, forget_bias=1.0):
    k, u_0 = 1 / np.sqrt(H), np.repeat([0, forget_bias, 0, 0], H)
    u_h = rng.uniform(-k, k, size=(4 * H, H))
    return {"u_x": rng.uniform(-k, k, size=(4 * H, D)), "u_h": u_h, "u_0": u_0}


@wrong("shape", never="u_x and u_h are right")
def init_lstm(D, H, rng, forget_bias=1.0):
    return {name: weight.T for name, weight in gated_cells.init_lstm(D, H, rng, forget_bias).items()}


@wrong(named="reset-after-and-z-swapped")
def gru_step(x, h, params):
    H = h.shape[1]
    a, b = x @ params["u_x"].T + params["u_0"], h @ params["u_h"].T
    r, z = (gated_cells.sigmoid(a[:, k : k + H] + b[:, k : k + H]) for k in (0, H))
    return (1 - z) * h + z * np.tanh(a[:, 2 * H :] + r * b[:, 2 * H :])


@wrong(named="initial-exchanged")
def lstm_forward(xs, h_0, c_0, params):
    hs, cache = gated_cells.lstm_forward(xs, c_0, h_0, params)
    return hs, cache | {"h_0": h_0, "c_0": c_0}


@wrong("in reversed order along axis 1")
def lstm_backward(xs, cache, params, dhs):
    gradients = gated_cells.lstm_backward(xs, cache, params, dhs)
    return gradients | {"xs": gradients["xs"][:, ::-1]}


@wrong("multiplied by the length of axis 0 of `hs`")
def read_out(hs, targets, params):
    loss, gradients, dhs = capstone.read_out(hs, targets, params)
    return len(hs) * loss, {name: len(hs) * g for name, g in gradients.items()}, len(hs) * dhs


@wrong(named="corrections-exchanged")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    new, after = capstone.adam_step(params, gradients, state, lr, betas, eps)
    one, two = (1 - beta ** after["t"] for beta in betas)
    for name, m in after["m"].items():
        new[name] = params[name] - lr * (m / two) / (np.sqrt(after["v"][name] / one) + eps)
    return new, after


@wrong("average", never="divided by the number of sequences", or_named=True)
def rnn_backward(xs, hs, h_0, params, dys):
    gradients = vanishing.rnn_backward(xs, hs, h_0, params, dys)
    return gradients | {"u_0": gradients["u_0"] / len(xs)}
