"""Wrong answers of lesson 04 that people really give: writing sequences, and learning to."""

import numpy as np

from solutions.task_types import reference
from solutions.task_types.misconceptions import _h, _y

# one_to_many


def _sigmoid(logits):
    return 0.5 + 0.5 * np.tanh(logits / 2)


def _generate(x_0, steps, params, feed, g=_sigmoid, new_state=False, reset=False):
    """Outputs (steps, O); `feed(y, x_0)` says what the next step reads."""
    x, h, ys = x_0, np.zeros(len(params["u_0"])), []
    for _ in range(steps):
        h_new = _h(x, 0 * h if reset else h, params)
        logits = _y(x, h_new if new_state else (0 * h if reset else h), params)
        ys.append(g(logits))
        x, h = feed(ys[-1], x_0), h_new
    return np.array(ys)


def _back(y, x_0):
    return y


def never_fed_back(x_0, steps, params):
    return _generate(x_0, steps, params, lambda y, x_0: x_0)


def zeros_after_the_first(x_0, steps, params):
    return _generate(x_0, steps, params, lambda y, x_0: 0 * x_0)


def state_reset(x_0, steps, params):
    return _generate(x_0, steps, params, _back, reset=True)


def first_output_dropped(x_0, steps, params):
    return reference.one_to_many(x_0, steps + 1, params)[1:]


def input_counted_as_output(x_0, steps, params):
    return np.concatenate([x_0[None], reference.one_to_many(x_0, steps, params)])[:steps]


def input_in_front(x_0, steps, params):
    return np.concatenate([x_0[None], reference.one_to_many(x_0, steps, params)])


def logits_fed_back(x_0, steps, params):
    return _generate(x_0, steps, params, _back, g=lambda logits: logits)


def sigmoid_only_in_the_result(x_0, steps, params):
    return _sigmoid(_generate(x_0, steps, params, _back, g=lambda logits: logits))


def reads_new_state(x_0, steps, params):
    return _generate(x_0, steps, params, _back, new_state=True)


def state_reads_the_output(x_0, steps, params):
    x, h, ys = x_0, np.zeros(len(params["u_0"])), []
    for _ in range(steps):
        x = _sigmoid(_y(x, h, params))
        h = _h(x, h, params)
        ys.append(x)
    return np.array(ys)


def rounded_before_feeding(x_0, steps, params):
    return _generate(x_0, steps, params, lambda y, x_0: np.round(y))


def winner_fed_back(x_0, steps, params):
    return _generate(x_0, steps, params, lambda y, x_0: np.eye(len(y))[y.argmax()])


def tanh_for_sigmoid(x_0, steps, params):
    return _generate(x_0, steps, params, _back, g=np.tanh)


def last_output_only(x_0, steps, params):
    return reference.one_to_many(x_0, steps, params)[-1]


# masked_cross_entropy


def padding_counted(logits, targets, mask):
    return reference.masked_cross_entropy(logits, targets, np.ones_like(mask))


def divided_by_all(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss * mask.mean(), dlogits * mask.mean()


def gradient_not_masked(logits, targets, mask):
    loss, _ = reference.masked_cross_entropy(logits, targets, mask)
    _, everywhere = reference.masked_cross_entropy(logits, targets, np.ones_like(mask))
    return loss, everywhere / mask.mean()


def softmax_over_time(logits, targets, mask):
    log_p = logits - logits.max(axis=1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    return _from_log(log_p, targets, mask)


def overflowing(logits, targets, mask):
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    return _from_log(np.log(p), targets, mask)


def log_of_rounded_zero(logits, targets, mask):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return _from_log(np.log(exps / exps.sum(axis=-1, keepdims=True)), targets, mask)


def mean_of_means(logits, targets, mask):
    rows = np.flatnonzero(mask.any(axis=1))
    each = [reference.masked_cross_entropy(logits[[b]], targets[[b]], mask[[b]]) for b in rows]
    dlogits = np.zeros(logits.shape)
    dlogits[rows] = [row[0] for _, row in each]
    return np.mean([loss for loss, _ in each]), dlogits / len(rows)


def gradient_of_the_sum(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits * mask.sum()


def summed(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss * mask.sum(), dlogits * mask.sum()


def gradient_upside_down(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, -dlogits


def target_not_subtracted(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits + _hot(logits, targets) * (mask / mask.sum())[..., None]


def gradient_at_targets_only(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss, dlogits * _hot(logits, targets)


def loss_negative(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return -loss, dlogits


def divided_by_choices_too(logits, targets, mask):
    loss, dlogits = reference.masked_cross_entropy(logits, targets, mask)
    return loss / logits.shape[-1], dlogits / logits.shape[-1]


def logits_masked_to_zero(logits, targets, mask):
    return reference.masked_cross_entropy(logits * mask[..., None], targets, np.ones_like(mask))


def _hot(logits, targets):
    return np.eye(logits.shape[-1])[targets]


def _from_log(log_p, targets, mask):
    weight = (mask / mask.sum())[..., None]
    target = _hot(log_p, targets)
    return -np.sum(np.where(target == 1, weight * log_p, 0)), weight * (np.exp(log_p) - target)


# decoder_inputs


def unshifted(targets, bos):
    return targets.copy()


def wrapped(targets, bos):
    return np.roll(targets, 1, axis=1)


def shifted_left(targets, bos):
    return np.concatenate([targets[:, 1:], np.full((len(targets), 1), bos)], axis=1)


def one_too_long(targets, bos):
    return np.concatenate([np.full((len(targets), 1), bos), targets], axis=1)


def bos_over_the_first(targets, bos):
    inputs = targets.copy()
    inputs[:, 0] = bos
    return inputs


def bos_everywhere(targets, bos):
    return np.full_like(targets, bos)


def without_bos(targets, bos):
    return targets[:, :-1].copy()


def shifted_along_the_batch(targets, bos):
    return np.concatenate([np.full((1, targets.shape[1]), bos), targets[:-1]])


# greedy_decode


def _decode(context, params, bos, eos, max_length, read=None, new_state=False, advance=True, start=None):
    """All symbols of max_length steps, (steps, B): nothing stops."""
    V = len(params["w_0"])
    h = context if start is None else start
    x, written = np.eye(V)[np.full(len(context), bos)], []
    for _ in range(max_length):
        h_new = _h(x, h, params)
        logits = _y(x, h_new if new_state else h, params)
        written.append(logits.argmax(axis=1))
        x = np.eye(V)[written[-1]] if read is None else read(logits)
        h = h_new if advance else h
    return np.array(written).reshape(max_length, len(context))


def _cut(written, eos, keep=0):
    lists = [[int(symbol) for symbol in column] for column in written.T]
    return [row[: row.index(eos) + keep] if eos in row else row for row in lists]


def zero_context(context, params, bos, eos, max_length):
    return reference.greedy_decode(0 * context, params, bos, eos, max_length)


def never_stops(context, params, bos, eos, max_length):
    return _decode(context, params, bos, eos, max_length).T.tolist()


def eos_kept(context, params, bos, eos, max_length):
    return _cut(_decode(context, params, bos, eos, max_length), eos, keep=1)


def bos_kept(context, params, bos, eos, max_length):
    return [[bos, *row] for row in reference.greedy_decode(context, params, bos, eos, max_length)]


def bos_counted(context, params, bos, eos, max_length):
    return [row[:max_length] for row in bos_kept(context, params, bos, eos, max_length)]


def feeds_probabilities(context, params, bos, eos, max_length):
    def softmax(logits):
        exps = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exps / exps.sum(axis=1, keepdims=True)

    return _cut(_decode(context, params, bos, eos, max_length, read=softmax), eos)


def feeds_logits(context, params, bos, eos, max_length):
    return _cut(_decode(context, params, bos, eos, max_length, read=lambda logits: logits), eos)


def always_reads_bos(context, params, bos, eos, max_length):
    first = np.eye(len(params["w_0"]))[np.full(len(context), bos)]
    return _cut(_decode(context, params, bos, eos, max_length, read=lambda logits: first), eos)


def reads_new_states(context, params, bos, eos, max_length):
    return _cut(_decode(context, params, bos, eos, max_length, new_state=True), eos)


def state_stands_still(context, params, bos, eos, max_length):
    return _cut(_decode(context, params, bos, eos, max_length, advance=False), eos)


def all_stop_with_the_first(context, params, bos, eos, max_length):
    written = _decode(context, params, bos, eos, max_length)
    ends = np.flatnonzero((written == eos).any(axis=1))
    return written[: ends[0] if len(ends) else max_length].T.tolist()


def goes_on_after_eos(context, params, bos, eos, max_length):
    written = _decode(context, params, bos, eos, max_length)
    return [[int(symbol) for symbol in column if symbol != eos] for column in written.T]


def one_list_for_all(context, params, bos, eos, max_length):
    written = _decode(context, params, bos, eos, max_length)
    together, writing = [], np.ones(len(context), dtype=bool)
    for symbols in written:
        writing &= symbols != eos
        together += [int(symbol) for symbol in symbols[writing]]
    return [list(together) for _ in context]


def one_symbol_short(context, params, bos, eos, max_length):
    return reference.greedy_decode(context, params, bos, eos, max_length - 1)


def starts_with_eos(context, params, bos, eos, max_length):
    return reference.greedy_decode(context, params, eos, eos, max_length)


# sample_with_temperature


def _draw(p, rng):
    return int(min(np.searchsorted(np.cumsum(p), rng.random(), side="right"), len(p) - 1))


def _softmax(logits):
    exps = np.exp(logits - logits.max())
    return exps / exps.sum()


def multiplied(logits, temperature, rng):
    return _draw(_softmax(logits * temperature), rng)


def divided_after_softmax(logits, temperature, rng):
    return _draw(_softmax(logits) / temperature, rng)


def always_the_likeliest(logits, temperature, rng):
    return int(np.argmax(logits))


def overflows(logits, temperature, rng):
    weights = np.exp(logits / temperature)
    return int(rng.choice(len(logits), p=weights / weights.sum()))


def temperature_ignored(logits, temperature, rng):
    return _draw(_softmax(logits), rng)


def softmax_twice(logits, temperature, rng):
    return _draw(_softmax(_softmax(logits) / temperature), rng)


def all_alike(logits, temperature, rng):
    return int(rng.integers(len(logits)))


def gumbel(logits, temperature, rng):
    return int(np.argmax(logits / temperature + rng.gumbel(size=len(logits))))


def one_too_far(logits, temperature, rng):
    return _draw(_softmax(logits / temperature), rng) + 1


def second_draw(logits, temperature, rng):
    rng.random()
    return _draw(_softmax(logits / temperature), rng)


def probability_returned(logits, temperature, rng):
    p = _softmax(logits / temperature)
    return float(p[_draw(p, rng)])
