"""Wrong answers of lesson 04 that people really give: reading sequences and judging predictions."""

import numpy as np

from solutions.task_types import reference


def _y(x, h, params):
    return x @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]


def _h(x, h, params):
    return np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])


def _start(xs, params):
    return np.zeros((len(xs), len(params["u_0"])))


def _refuse_empty(mask):
    if not mask.any(axis=1).all():
        raise ValueError


def _run(xs, mask, params, carry=True, new_state=False, reset=False):
    """Outputs (B, T, O) and states (B, T, H) of all steps; padded steps included."""
    _refuse_empty(mask)
    h, ys, hs = _start(xs, params), [], []
    for t in range(xs.shape[1]):
        h = 0 * h if reset else h
        h_new = _h(xs[:, t], h, params)
        ys.append(_y(xs[:, t], h_new if new_state else h, params))
        h = np.where(mask[:, t, None], h_new, h) if carry else h_new
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def _last(mask):
    return mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)


def _at_end(values, mask):
    return values[np.arange(len(mask)), _last(mask)]


# binary_cross_entropy


def through_the_sigmoid(logit, label):
    p = 1 / (1 + np.exp(-logit))
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


def chosen_through_the_sigmoid(logit, label):
    p = 1 / (1 + np.exp(-logit))
    return -np.log(np.where(label == 1, p, 1 - p))


def clipped(logit, label):
    p = np.clip(1 / (1 + np.exp(-logit)), 1e-12, 1 - 1e-12)
    return -(label * np.log(p) + (1 - label) * np.log(1 - p))


def half_stable(logit, label):
    return np.where(label == 1, np.log1p(np.exp(-logit)), np.log1p(np.exp(logit)))


def sign_lost(logit, label):
    return -reference.binary_cross_entropy(logit, label)


def label_swapped(logit, label):
    return reference.binary_cross_entropy(logit, 1 - label)


def averaged(logit, label):
    return np.mean(reference.binary_cross_entropy(logit, label))


def only_praise_counts(logit, label):
    return label * reference.binary_cross_entropy(logit, label)


def in_bits(logit, label):
    return reference.binary_cross_entropy(logit, label) / np.log(2)


def labels_of_minus_one(logit, label):
    return np.logaddexp(0, -label * logit)


def only_the_straight_parts(logit, label):
    return np.maximum(np.where(label == 1, -logit, logit), 0)


def squared_error(logit, label):
    return (0.5 + 0.5 * np.tanh(logit / 2) - label) ** 2


# many_to_one


def last_column_without_mask(xs, mask, params):
    return _run(xs, mask, params, carry=False)[0][:, -1, 0]


def last_column_with_carry(xs, mask, params):
    return _run(xs, mask, params)[0][:, -1, 0]


def mean_of_all_steps(xs, mask, params):
    return _run(xs, mask, params, carry=False)[0][..., 0].mean(axis=1)


def mean_of_real_steps(xs, mask, params):
    ys = _run(xs, mask, params)[0][..., 0]
    return (ys * mask).sum(axis=1) / mask.sum(axis=1)


def output_of_new_state(xs, mask, params):
    return _at_end(_run(xs, mask, params, new_state=True)[0], mask)[:, 0]


def last_state_only(xs, mask, params):
    return (_at_end(_run(xs, mask, params)[1], mask) @ params["w_h"].T + params["w_0"])[:, 0]


def input_weights_forgotten(xs, mask, params):
    return reference.many_to_one(xs, mask, params | {"w_x": 0 * params["w_x"]})


def probability(xs, mask, params):
    return 0.5 + 0.5 * np.tanh(reference.many_to_one(xs, mask, params) / 2)


def column_kept(xs, mask, params):
    return reference.many_to_one(xs, mask, params)[:, None]


def first_output(xs, mask, params):
    ys = _run(xs, mask, params)[0]
    return ys[np.arange(len(mask)), mask.argmax(axis=1), 0]


def counted_end_without_carry(xs, mask, params):
    ys = _run(xs, mask, params, carry=False)[0]
    return ys[np.arange(len(mask)), mask.sum(axis=1) - 1, 0]


def state_zeroed_at_padding(xs, mask, params):
    _refuse_empty(mask)
    h, logits = _start(xs, params), np.zeros(len(xs))
    for t in range(xs.shape[1]):
        logits = np.where(mask[:, t], _y(xs[:, t], h, params)[:, 0], logits)
        h = _h(xs[:, t], h, params) * mask[:, t, None]
    return logits


def silent_about_nothing(xs, mask, params):
    h, logits = _start(xs, params), np.zeros(len(xs))
    for t in range(xs.shape[1]):
        logits = np.where(mask[:, t], _y(xs[:, t], h, params)[:, 0], logits)
        h = np.where(mask[:, t, None], _h(xs[:, t], h, params), h)
    return logits


# many_to_many


def last_step_only(xs, mask, params):
    return _at_end(_run(xs, mask, params)[0], mask)


def last_step_everywhere(xs, mask, params):
    return np.repeat(_at_end(_run(xs, mask, params)[0], mask)[:, None], xs.shape[1], axis=1) * mask[..., None]


def padding_kept(xs, mask, params):
    return _run(xs, mask, params, carry=False)[0]


def padding_kept_with_carry(xs, mask, params):
    return _run(xs, mask, params)[0]


def state_runs_through_padding(xs, mask, params):
    return np.where(mask[..., None], _run(xs, mask, params, carry=False)[0], 0)


def outputs_of_new_states(xs, mask, params):
    return np.where(mask[..., None], _run(xs, mask, params, new_state=True)[0], 0)


def probabilities(xs, mask, params):
    exps = np.exp(_run(xs, mask, params)[0])
    return np.where(mask[..., None], exps / exps.sum(axis=-1, keepdims=True), 0)


def time_first(xs, mask, params):
    return reference.many_to_many(xs, mask, params).swapaxes(0, 1)


def memory_reset(xs, mask, params):
    return np.where(mask[..., None], _run(xs, mask, params, reset=True)[0], 0)


def state_leaks_to_the_next(xs, mask, params):
    _refuse_empty(mask)
    logits, h = np.zeros((*mask.shape, len(params["w_0"]))), np.zeros(len(params["u_0"]))
    for b, t in zip(*np.nonzero(mask), strict=True):
        logits[b, t] = _y(xs[b, t], h, params)
        h = _h(xs[b, t], h, params)
    return logits


def no_error_for_nothing(xs, mask, params):
    logits, h = np.zeros((*mask.shape, len(params["w_0"]))), _start(xs, params)
    for t in range(xs.shape[1]):
        logits[:, t] = np.where(mask[:, t, None], _y(xs[:, t], h, params), 0)
        h = np.where(mask[:, t, None], _h(xs[:, t], h, params), h)
    return logits


# encode


def state_of_last_column(xs, mask, params):
    return _run(xs, mask, params | _mute(params), carry=False)[1][:, -1]


def backwards(xs, mask, params):
    return reference.encode(xs[:, ::-1], mask[:, ::-1], params)


def one_step_early(xs, mask, params):
    hs = _run(xs, mask, params | _mute(params))[1]
    before = np.concatenate([np.zeros_like(hs[:, :1]), hs], axis=1)
    return _at_end(before[:, :-1], mask)


def mean_state(xs, mask, params):
    hs = _run(xs, mask, params | _mute(params))[1] * mask[..., None]
    return hs.sum(axis=1) / mask.sum(axis=1, keepdims=True)


def zeroed_at_padding(xs, mask, params):
    _refuse_empty(mask)
    h = _start(xs, params)
    for t in range(xs.shape[1]):
        h = _h(xs[:, t], h, params) * mask[:, t, None]
    return h


def counted_state_without_carry(xs, mask, params):
    hs = _run(xs, mask, params | _mute(params), carry=False)[1]
    return hs[np.arange(len(mask)), mask.sum(axis=1) - 1]


def last_input_only(xs, mask, params):
    return _at_end(_run(xs, mask, params | _mute(params), reset=True)[1], mask)


def all_states(xs, mask, params):
    return _run(xs, mask, params | _mute(params))[1]


def recurrence_transposed(xs, mask, params):
    return reference.encode(xs, mask, params | {"u_h": params["u_h"].T})


def quiet_about_nothing(xs, mask, params):
    h = _start(xs, params)
    for t in range(xs.shape[1]):
        h = np.where(mask[:, t, None], _h(xs[:, t], h, params), h)
    return h


def _mute(params):
    H, D = params["u_x"].shape
    return {"w_x": np.zeros((1, D)), "w_h": np.zeros((1, H)), "w_0": np.zeros(1)}
