"""What several wrong answers of lesson 04 are made from."""

import numpy as np

NO_ERROR = """A sequence that is nothing but padding gets an answer, although there was nothing to read. Nobody would
notice: look into the mask before you begin, and raise a ValueError that says so."""
NEW_STATE = """Your output reads the state after the step, as most libraries do. In Definition 15.1, y_t reads h_{t−1}:
compute the output before you replace the state."""


def logits_of(x, h, params):
    return x @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]


def next_state(x, h, params):
    return np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])


def first_state(xs, params):
    return np.zeros((len(xs), len(params["u_0"])))


def refuse_empty(mask):
    if not mask.any(axis=1).all():
        raise ValueError


def run(xs, mask, params, carry=True, new_state=False, reset=False):
    """Outputs (B, T, O) and states (B, T, H) of all steps; padded steps included."""
    refuse_empty(mask)
    h, ys, hs = first_state(xs, params), [], []
    for t in range(xs.shape[1]):
        h = 0 * h if reset else h
        h_new = next_state(xs[:, t], h, params)
        ys.append(logits_of(xs[:, t], h_new if new_state else h, params))
        h = np.where(mask[:, t, None], h_new, h) if carry else h_new
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def last_real(mask):
    return mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)


def at_end(values, mask):
    return values[np.arange(len(mask)), last_real(mask)]


def leaking(xs, mask, params):
    """As `run`, but each sequence starts where the one before it ended."""
    refuse_empty(mask)
    h, ys, hs = first_state(xs[:1], params), [], []
    for x, real in zip(xs, mask):
        y, states = [], []
        for t in range(len(x)):
            y.append(logits_of(x[t : t + 1], h, params))
            h = next_state(x[t : t + 1], h, params) if real[t] else h
            states.append(h)
        ys.append(np.concatenate(y))
        hs.append(np.concatenate(states))
    return np.stack(ys), np.stack(hs)


def read_where(read, xs, mask, params):
    """As `run`, but no other steps are read: their outputs are zeros."""
    refuse_empty(mask)
    h, ys, hs = first_state(xs, params), [], []
    for t in range(xs.shape[1]):
        real = read[:, t, None]
        ys.append(real * logits_of(xs[:, t], h, params))
        h = np.where(real, next_state(xs[:, t], h, params), h)
        hs.append(h)
    return np.stack(ys, axis=1), np.stack(hs, axis=1)


def before_padding(mask):
    """The steps before a sequence's first padded one."""
    return np.logical_and.accumulate(mask, axis=1)


def before_any_padding(mask):
    """The steps before the first at which any sequence is padded."""
    return np.broadcast_to(before_padding(mask.all(axis=0)[None]), mask.shape)


ENDS_AT_PADDING = """You read a sequence up to its first padded step and stop. Real steps may come after it: pass over
padding, and read on."""
ALL_END_AT_PADDING = """All sequences stop where the first of them has a padded step. The others go on, and real steps
may come after padding: pass over it, in each sequence by itself."""
LEAKS = (
    """A sequence starts where the one before it ended: the state leaks from one to the next. Each starts from zeros."""
)
