"""Lesson 04 once more: answers that were told what isn't so, or that passed, and usual ones without words."""

import numpy as np

from solutions.task_types import reference as tasks
from solutions.wrong_answers.collected import wrong


def _refuse(mask):
    if not mask.any(axis=1).all():
        raise ValueError("a sequence has no real step")


def _step(x, h, params):
    new = np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
    return (x @ params["w_x"].T + h @ params["w_h"].T + params["w_0"] if "w_x" in params else None), new


def _zeros(xs, params):
    return np.zeros((len(xs), len(params["u_0"])))


@wrong(named="all-end-at-padding", never="are all 0")
def many_to_one(xs, mask, params):
    _refuse(mask)
    h, out = _zeros(xs, params), np.zeros(len(xs))
    for t in range(xs.shape[1]):
        if not mask[:, t].all():
            break
        y, h = _step(xs[:, t], h, params)
        out = y[:, 0]
    return out


@wrong(named="state-runs-through-padding", never="in place of the state in the state")
def many_to_one(xs, mask, params):
    _refuse(mask)
    h, out = _zeros(xs, params), np.zeros(len(xs))
    for t in range(xs.shape[1]):
        y, h = _step(xs[:, t], h, params)
        out = np.where(mask[:, t], y[:, 0], out)
    return out


@wrong("is each of them reached", never="either it has changed")
def many_to_one(xs, mask, params):
    _refuse(mask)
    out = []
    for x, real in zip(xs, mask):
        h, last = np.zeros(len(params["u_0"])), 0.0
        for t in range(len(x)):
            if not real[t] and t > 1:
                break
            if real[t]:
                y, h = _step(x[t], h, params)
                last = y[0]
        out.append(last)
    return np.array(out)


@wrong(named="packed-to-the-front", never="it has changed the state")
def many_to_many(xs, mask, params):
    _refuse(mask)
    out = np.zeros((*mask.shape, len(params["w_0"])))
    for b in range(len(xs)):
        h = np.zeros(len(params["u_0"]))
        for k, x in enumerate(xs[b][mask[b]]):
            out[b, k], h = _step(x, h, params)
    return out


@wrong(named="ends-at-padding", never="it has changed the state")
def many_to_many(xs, mask, params):
    _refuse(mask)
    out = np.zeros((*mask.shape, len(params["w_0"])))
    for b in range(len(xs)):
        h = np.zeros(len(params["u_0"]))
        for t in range(mask.shape[1]):
            if not mask[b, t]:
                break
            out[b, t], h = _step(xs[b, t], h, params)
    return out


@wrong("where 0 is right", "look at what you do at a padded step", never="overflow")
def many_to_many(xs, mask, params):
    return np.where(mask[..., None], tasks.many_to_many(xs, mask, params), -np.inf)


@wrong("(no padding)")
def many_to_many(xs, mask, params):
    _refuse(mask)
    h, out = _zeros(xs, params), []
    for t in range(xs.shape[1]):
        y, new = _step(xs[:, t], h, params)
        m = ~mask[:, t, None]
        out.append(np.where(m, y, 0))
        h = np.where(m, new, h)
    return np.stack(out, axis=1)


@wrong(named="mean-state")
def encode(xs, mask, params):
    _refuse(mask)
    h, total = _zeros(xs, params), 0
    for t in range(xs.shape[1]):
        h = np.where(mask[:, t, None], _step(xs[:, t], h, params)[1], h)
        total = total + h * mask[:, t, None]
    return total / mask.sum(axis=1, keepdims=True)


@wrong("is wrong", never=("times 1", "divided"))
def masked_cross_entropy(logits, targets, mask):
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True) + 1e-3)
    n, hot = mask.sum(), np.eye(logits.shape[-1])[targets]
    return -np.sum(log_p * hot * mask[..., None]) / n, (np.exp(log_p) - hot) * mask[..., None] / n


@wrong("that step's own")
def masked_cross_entropy(logits, targets, mask):
    z = logits - logits.max()
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    n, hot = mask.sum(), np.eye(logits.shape[-1])[targets]
    picked = np.take_along_axis(log_p, targets[..., None], axis=-1)[..., 0]
    return -np.sum(picked * mask) / n, (np.exp(log_p) - hot) * mask[..., None] / n


def _p(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@wrong(named="subtracted-for-all")
def masked_cross_entropy(logits, targets, mask):
    d = _p(logits)
    d[:, :, targets] -= 1
    return tasks.masked_cross_entropy(logits, targets, mask)[0], d * mask[..., None] / mask.sum()


@wrong(named="zero-for-padding")
def masked_cross_entropy(logits, targets, mask):
    real = targets != 0
    if not real.any():
        return 0.0, np.zeros(logits.shape)
    return tasks.masked_cross_entropy(logits, targets, real)


@wrong(named="counted-from-one")
def masked_cross_entropy(logits, targets, mask):
    return tasks.masked_cross_entropy(logits, (targets - 1) % logits.shape[-1], mask)


@wrong("is wrong", never="a factor is wrong")
def binary_cross_entropy(logit, label):
    return np.maximum(0, 1 - (2 * label - 1) * logit)


@wrong(named="magnitude-for-positive-part", never="not with exp(−z)")
def binary_cross_entropy(logit, label):
    return np.abs(logit) - logit * label + np.log1p(np.exp(-np.abs(logit)))


@wrong(named="sorted-before", never="Two things")
def sample_with_temperature(logits, temperature, rng):
    p = _p(logits / temperature)
    return int(np.argsort(-p)[np.searchsorted(np.cumsum(np.sort(p)[::-1]), rng.random(), side="right")])


@wrong(named="not-added-up", never="Two things")
def sample_with_temperature(logits, temperature, rng):
    return int(np.argmax(_p(logits / temperature) > rng.random()))


@wrong(named="divided-twice", never="to the probabilities")
def sample_with_temperature(logits, temperature, rng):
    return int(np.searchsorted(np.cumsum(_p(logits / temperature**2)), rng.random(), side="right"))


@wrong(named="one-row-for-all")
def one_to_many(x_0, steps, params):
    h, x, ys, y = np.zeros(len(params["u_0"])), x_0, [], np.zeros(len(x_0))
    for _ in range(steps):
        z, h = _step(x, h, params)
        y[:] = 0.5 + 0.5 * np.tanh(z / 2)
        x = y
        ys.append(y)
    return np.array(ys)


def _writing(context, params, bos, eos, max_length, forbidden=(), pick=np.argmax, ends=None):
    """A decoder, symbol by symbol."""
    out, h = [], context[0]
    for start in context:
        s, row, h = bos, [], start
        for _ in range(max_length):
            z, h = _step(np.eye(len(params["w_0"]))[s], h, params)
            z[list(forbidden)] = -np.inf
            s = int(pick(z))
            if s == (eos if ends is None else ends):
                break
            row.append(s)
        out.append(row)
    return out


@wrong(named="bos-forbidden")
def greedy_decode(context, params, bos, eos, max_length):
    return _writing(context, params, bos, eos, max_length, forbidden=[bos])


@wrong(named="bos-left-out")
def greedy_decode(context, params, bos, eos, max_length):
    return [[s for s in row if s != bos] for row in _writing(context, params, bos, eos, max_length)]


@wrong(named="bos-and-eos-forbidden")
def greedy_decode(context, params, bos, eos, max_length):
    return _writing(context, params, bos, eos, max_length, forbidden=[bos, eos])


@wrong(named="last-symbol-for-eos")
def greedy_decode(context, params, bos, eos, max_length):
    return _writing(context, params, bos, eos, max_length, ends=len(params["w_0"]) - 1)


@wrong(named="padded-with-minus-one")
def greedy_decode(context, params, bos, eos, max_length):
    rows = _writing(context, params, bos, eos, max_length)
    width = max([len(row) for row in rows] + [1])
    return np.array([row + [-1] * (width - len(row)) for row in rows])


@wrong(named="cut-at-last-eos")
def greedy_decode(context, params, bos, eos, max_length):
    rows = _writing(context, params, bos, eos, max_length, ends=-1)
    return [row[: len(row) - 1 - row[::-1].index(eos)] if eos in row else row for row in rows]


@wrong(named="state-leaks")
def greedy_decode(context, params, bos, eos, max_length):
    out, h = [], context[0]
    for _ in context:
        s, row = bos, []
        for _ in range(max_length):
            z, h = _step(np.eye(len(params["w_0"]))[s], h, params)
            s = int(z.argmax())
            if s == eos:
                break
            row.append(s)
        out.append(row)
    return out


@wrong(named="stops-at-bos", never="never writes")
def greedy_decode(context, params, bos, eos, max_length):
    rows = _writing(context, params, bos, eos, max_length)
    return [row[: row.index(bos)] if bos in row else row for row in rows]
