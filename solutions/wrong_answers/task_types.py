"""Wrong answers to lesson 04, as people write them."""

import numpy as np

from solutions.wrong_answers.collected import wrong


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z, axis=-1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def steps(xs, mask, params):
    h, ys, hs = np.zeros((len(xs), len(params["u_0"]))), [], []
    for t in range(xs.shape[1]):
        y = xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]
        new = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        h = np.where(mask[:, t, None], new, h)
        ys.append(y)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


@wrong("±1000")
def binary_cross_entropy(logit, label):
    p = np.clip(sigmoid(logit), 1e-7, 1 - 1e-7)
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


@wrong("±1000")
def binary_cross_entropy(logit, label):
    p = np.clip(sigmoid(logit), 1e-15, 1 - 1e-15)
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


@wrong("±1000")
def binary_cross_entropy(logit, label):
    p = sigmoid(logit)
    return -(label * np.log(p + 1e-9) + (1 - label) * np.log(1 - p + 1e-9))


@wrong("an exponential of +1000 is inf")
def binary_cross_entropy(logit, label):
    return np.log(1 + np.exp(logit)) - label * logit


@wrong(named="averaged")
def binary_cross_entropy(logit, label):
    return np.mean(np.logaddexp(0, logit) - logit * label)


@wrong(named="end-by-counting-though-carried", never="it has changed")
def many_to_one(xs, mask, params):
    if not mask.any(axis=1).all():
        raise ValueError("empty")
    ys, _ = steps(xs, mask, params)
    return ys[np.arange(len(xs)), mask.sum(axis=1) - 1, 0]


@wrong(named="no-mask")
def many_to_one(xs, mask, params):
    h = np.zeros((xs.shape[0], params["u_h"].shape[0]))
    for t in range(xs.shape[1]):
        y = xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
    return y[:, 0]


@wrong(named="divided-by-sequences")
def masked_cross_entropy(logits, targets, mask):
    B, _, V = logits.shape
    log_p = logits - logits.max(-1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(-1, keepdims=True))
    hot = np.eye(V)[targets] * mask[..., None]
    return -(hot * log_p).sum() / B, (np.exp(log_p) * mask[..., None] - hot) / B


@wrong("logarithm")
def masked_cross_entropy(logits, targets, mask):
    p, hot, N = softmax(logits), np.eye(logits.shape[-1])[targets], mask.sum()
    loss = -(hot * np.log(p + 1e-12)).sum(-1)
    return (loss * mask).sum() / N, (p - hot) * mask[..., None] / N


@wrong("logarithm")
def masked_cross_entropy(logits, targets, mask):
    p, hot, N = softmax(logits), np.eye(logits.shape[-1])[targets], mask.sum()
    loss = -np.log(np.clip((hot * p).sum(-1), 1e-7, 1))
    return (loss * mask).sum() / N, (p - hot) * mask[..., None] / N


@wrong("last axis")
def masked_cross_entropy(logits, targets, mask):
    p, hot, N = softmax(logits, axis=0), np.eye(logits.shape[-1])[targets], mask.sum()
    return -(hot * np.log(p) * mask[..., None]).sum() / N, (p - hot) * mask[..., None] / N


@wrong("last axis")
def masked_cross_entropy(logits, targets, mask):
    e = np.exp(logits - logits.max())
    p, hot, N = e / e.sum(), np.eye(logits.shape[-1])[targets], mask.sum()
    return -(hot * np.log(p) * mask[..., None]).sum() / N, (p - hot) * mask[..., None] / N


@wrong(named="one-maximum-for-all", never="exp(1000)")
def masked_cross_entropy(logits, targets, mask):
    e = np.exp(logits - logits.max())
    p, hot, N = e / e.sum(-1, keepdims=True), np.eye(logits.shape[-1])[targets], mask.sum()
    loss = -np.log((p * hot).sum(-1))
    return loss[mask].sum() / N, (p - hot) * mask[..., None] / N


@wrong(named="mean-of-means")
def masked_cross_entropy(logits, targets, mask):
    log_p = logits - logits.max(-1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(-1, keepdims=True))
    hot, n = np.eye(logits.shape[-1])[targets], mask.sum(1)
    loss = (-(hot * log_p).sum(-1) * mask).sum(1) / n
    return loss.mean(), (np.exp(log_p) - hot) * mask[..., None] / n[:, None, None] / len(logits)


@wrong("floats where whole numbers")
def decoder_inputs(targets, bos):
    return np.hstack([np.full((len(targets), 1), float(bos)), targets[:, :-1]])


@wrong("floats where whole numbers")
def decoder_inputs(targets, bos):
    read = np.zeros(targets.shape)
    read[:, 0], read[:, 1:] = bos, targets[:, :-1]
    return read


@wrong(named="wrapped")
def decoder_inputs(targets, bos):
    return np.roll(targets, 1, axis=1)


def decode(context, params, bos, max_length, fresh=True, new=False):
    h, x, out = context, np.full(len(context), bos), []
    eye = np.eye(len(params["w_0"]))
    z = eye[x] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]
    for _ in range(max_length):
        if fresh:
            z = eye[x] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]
        x_new = z.argmax(axis=1)
        h = np.tanh(eye[x_new if new else x] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        x = x_new
        out.append(x)
    return np.array(out).T


@wrong("`bos`", "`eos`")
def greedy_decode(context, params, bos, eos, max_length):
    rows = []
    for row in decode(context, params, bos, max_length).tolist():
        rows.append([bos, *row[: row.index(eos) + 1 if eos in row else len(row)]])
    return rows


@wrong(named="padded")
def greedy_decode(context, params, bos, eos, max_length):
    rows = decode(context, params, bos, max_length)
    after = np.cumsum(rows == eos, axis=1) > 0
    return np.where(after, eos, rows)


@wrong(named="logits-once")
def greedy_decode(context, params, bos, eos, max_length):
    rows = decode(context, params, bos, max_length, fresh=False).tolist()
    return [row[: row.index(eos)] if eos in row else row for row in rows]


@wrong(named="state-reads-new-symbol")
def greedy_decode(context, params, bos, eos, max_length):
    rows = decode(context, params, bos, max_length, new=True).tolist()
    return [row[: row.index(eos)] if eos in row else row for row in rows]


@wrong("`rng`")
def sample_with_temperature(logits, temperature, rng):
    return int(np.random.choice(len(logits), p=softmax(logits / temperature)))  # noqa: NPY002


@wrong("`rng`")
def sample_with_temperature(logits, temperature, rng):
    own = np.random.default_rng(0)
    return int(own.choice(len(logits), p=softmax(logits / temperature)))


@wrong("multinomial")
def sample_with_temperature(logits, temperature, rng):
    return int(np.argmax(rng.multinomial(1, softmax(logits / temperature))))


@wrong("twice")
def sample_with_temperature(logits, temperature, rng):
    p = softmax(logits / temperature) ** (1 / temperature)
    return int(rng.choice(len(logits), p=p / p.sum()))


@wrong(named="not-renormalised")
def sample_with_temperature(logits, temperature, rng):
    p = softmax(logits) ** (1 / temperature)
    return int(np.searchsorted(np.cumsum(p), rng.random(), side="right"))
