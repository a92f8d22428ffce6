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


LEAKS = (
    """A sequence starts where the one before it ended: the state leaks from one to the next. Each starts from zeros."""
)
