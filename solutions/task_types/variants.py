"""Other right answers of lesson 04: what people write who know the field, or another way of thinking."""

import math

import numpy as np

# binary_cross_entropy


def bce_logaddexp(logit, label):
    return np.logaddexp(0, logit) - label * logit


def bce_turned(logit, label):
    return np.logaddexp(0, np.where(label == 1, -logit, logit))


def bce_loop(logit, label):
    losses = []
    for z, truth in zip(logit, label):
        z = -z if truth else z
        losses.append(z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z)))
    return losses


def bce_single_precision(logit, label):
    z = logit.astype(np.float32)
    return np.log1p(np.exp(-np.abs(z))) + np.where(label == 1, np.maximum(-z, 0), np.maximum(z, 0))


# many_to_one


def _refuse_empty(mask):
    if (mask.sum(axis=1) == 0).any():
        raise ValueError("nothing to read")


def sentiment_by_sequence(xs, mask, params):
    """One sequence after the other, its padding taken out."""
    _refuse_empty(mask)
    logits = []
    for sequence, real in zip(xs, mask):
        h = np.zeros_like(params["u_0"])
        for x in sequence[real]:
            logit = params["w_x"] @ x + params["w_h"] @ h + params["w_0"]
            h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        logits.append(logit.item())
    return np.array(logits)


def sentiment_picked(xs, mask, params):
    """All states first, then the last real step's output."""
    _refuse_empty(mask)
    B, T, _ = xs.shape
    drive = np.einsum("btd,hd->bth", xs, params["u_x"]) + params["u_0"]
    before = np.zeros((B, T + 1, len(params["u_0"])))
    for t in range(T):
        keep = mask[:, t : t + 1]
        before[:, t + 1] = keep * np.tanh(drive[:, t] + before[:, t] @ params["u_h"].T) + ~keep * before[:, t]
    last = np.array([np.flatnonzero(row)[-1] for row in mask])
    rows = np.arange(B)
    return xs[rows, last] @ params["w_x"][0] + before[rows, last] @ params["w_h"][0] + params["w_0"][0]


def sentiment_single_precision(xs, mask, params):
    params = {name: value.astype(np.float32) for name, value in params.items()}
    return sentiment_picked(xs.astype(np.float32), mask, params)


# one_to_many


def generate_recursively(x_0, steps, params):
    def go_on(x, h, left):
        if left == 0:
            return []
        a = params["w_x"] @ x + params["w_h"] @ h + params["w_0"]
        y = np.where(a > 0, 1 / (1 + np.exp(-np.abs(a))), 1 - 1 / (1 + np.exp(-np.abs(a))))
        return [y, *go_on(y, np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"]), left - 1)]

    return np.stack(go_on(x_0, np.zeros(len(params["u_h"])), steps))


def generate_in_place(x_0, steps, params):
    """Input and state as one vector, the six parameters as one matrix."""
    D, H = len(x_0), len(params["u_0"])
    weights = np.block([[params["w_x"], params["w_h"]], [params["u_x"], params["u_h"]]])
    bias = np.concatenate([params["w_0"], params["u_0"]])
    xh, ys = np.concatenate([x_0, np.zeros(H)]), np.empty((steps, D))
    for t in range(steps):
        a = weights @ xh + bias
        ys[t] = xh[:D] = 1 / (1 + np.exp(-a[:D]))
        xh[D:] = np.tanh(a[D:])
    return ys


def generate_in_single_precision(x_0, steps, params):
    params = {name: value.astype(np.float32) for name, value in params.items()}
    return generate_in_place(x_0.astype(np.float32), steps, params)


# many_to_many


def captions_by_sequence(xs, mask, params):
    _refuse_empty(mask)
    logits = np.zeros((*mask.shape, len(params["w_0"])))
    for b in range(len(xs)):
        h = np.zeros(len(params["u_0"]))
        for t in np.flatnonzero(mask[b]):
            logits[b, t] = params["w_x"] @ xs[b, t] + params["w_h"] @ h + params["w_0"]
            h = np.tanh(params["u_x"] @ xs[b, t] + params["u_h"] @ h + params["u_0"])
    return logits


def captions_all_at_once(xs, mask, params):
    """The loop makes the states; the outputs of all steps are one product each."""
    _refuse_empty(mask)
    h, before = np.zeros((len(xs), len(params["u_0"]))), []
    for x, real in zip(np.moveaxis(xs, 1, 0), mask.T):
        before.append(h)
        h = np.where(real[:, None], np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]), h)
    ys = xs @ params["w_x"].T + np.stack(before, axis=1) @ params["w_h"].T + params["w_0"]
    ys[~mask] = 0
    return ys


# masked_cross_entropy


def loss_over_real_steps(logits, targets, mask):
    """Real steps taken out of the batch, then put back."""
    real, right = logits[mask], targets[mask]
    exps = np.exp(real - real.max(axis=1, keepdims=True))
    p = exps / exps.sum(axis=1, keepdims=True)
    rows = np.arange(len(real))
    shifted = real - real.max(axis=1, keepdims=True)
    loss = np.mean(np.log(exps.sum(axis=1)) - shifted[rows, right])
    p[rows, right] -= 1
    dlogits = np.zeros(logits.shape)
    dlogits[mask] = p / len(real)
    return loss, dlogits


def loss_step_by_step(logits, targets, mask):
    number, loss, dlogits = int(mask.sum()), 0.0, np.zeros_like(logits)
    for b, t in np.argwhere(mask):
        log_p = logits[b, t] - np.logaddexp.reduce(logits[b, t])
        loss -= log_p[targets[b, t]] / number
        dlogits[b, t] = np.exp(log_p) / number
        dlogits[b, t, targets[b, t]] -= 1 / number
    return loss, dlogits


def loss_in_single_precision(logits, targets, mask):
    return loss_over_real_steps(logits.astype(np.float32), targets, mask)


# encode


def encode_by_sequence(xs, mask, params):
    _refuse_empty(mask)
    context = []
    for sequence, real in zip(xs, mask):
        h = np.zeros(len(params["u_0"]))
        for x in sequence[real]:
            h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
        context.append(h)
    return np.array(context)


def encode_by_blending(xs, mask, params):
    _refuse_empty(mask)
    h = np.zeros((len(xs), len(params["u_0"])))
    for t in range(xs.shape[1]):
        real = mask[:, t, None].astype(float)
        h = real * np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]) + (1 - real) * h
    return h


def encode_in_single_precision(xs, mask, params):
    return encode_by_blending(xs.astype(np.float32), mask, {k: v.astype(np.float32) for k, v in params.items()})


# decoder_inputs


def shift_by_writing(targets, bos):
    inputs = np.empty_like(targets)
    inputs[:, 0] = bos
    inputs[:, 1:] = targets[:, :-1]
    return inputs


def shift_lists(targets, bos):
    return [[bos, *row[:-1]] for row in targets.tolist()]


def shift_by_rolling(targets, bos):
    inputs = np.roll(targets, 1, axis=1)
    inputs[:, 0] = bos
    return inputs


# greedy_decode


def decode_by_sequence(context, params, bos, eos, max_length):
    decoded = []
    for h in context:
        symbol, written = bos, []
        while len(written) < max_length:
            logits = params["w_x"][:, symbol] + params["w_h"] @ h + params["w_0"]
            h = np.tanh(params["u_x"][:, symbol] + params["u_h"] @ h + params["u_0"])
            symbol = int(np.argmax(logits))
            if symbol == eos:
                break
            written.append(symbol)
        decoded.append(written)
    return decoded


def decode_then_cut(context, params, bos, eos, max_length):
    """Every sequence to the full length at once, cut at its first eos afterwards."""
    h, symbols, columns = context, np.full(len(context), bos), []
    for _ in range(max_length):
        logits = params["w_x"].T[symbols] + h @ params["w_h"].T + params["w_0"]
        h = np.tanh(params["u_x"].T[symbols] + h @ params["u_h"].T + params["u_0"])
        symbols = logits.argmax(axis=1)
        columns.append(symbols)
    rows = np.stack(columns, axis=1).tolist()
    return [row[: row.index(eos)] if eos in row else row for row in rows]


def decode_in_single_precision(context, params, bos, eos, max_length):
    params = {name: value.astype(np.float32) for name, value in params.items()}
    return decode_then_cut(context.astype(np.float32), params, bos, eos, max_length)


# sample_with_temperature


def sample_by_running_sum(logits, temperature, rng):
    p = np.exp((logits - logits.max()) / temperature)
    return int(np.searchsorted(np.cumsum(p / p.sum()), rng.random(), side="right"))


def sample_by_loop(logits, temperature, rng):
    scaled = [logit / temperature for logit in logits]
    weights = [math.exp(s - max(scaled)) for s in scaled]
    u, total = rng.random(), 0.0
    for choice, weight in enumerate(weights):
        total += weight / sum(weights)
        if total > u:
            return choice
    return len(weights) - 1


def sample_from_powers(logits, temperature, rng):
    """Probabilities first, raised to 1/temperature and made to sum to one again."""
    log_p = logits - np.logaddexp.reduce(logits)
    powers = np.exp(log_p / temperature - (log_p / temperature).max())
    return rng.choice(len(logits), p=powers / powers.sum())
