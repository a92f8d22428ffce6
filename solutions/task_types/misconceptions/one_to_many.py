"""Wrong answers to `one_to_many`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference
from solutions.task_types.misconceptions._shared import NEW_STATE, logits_of, next_state


def _sigmoid(logits):
    return 0.5 + 0.5 * np.tanh(logits / 2)


def _generate(x_0, steps, params, feed, g=_sigmoid, new_state=False, reset=False):
    """Outputs (steps, O); `feed(y, x_0)` says what the next step reads."""
    x, h, ys = x_0, np.zeros(len(params["u_0"])), []
    for _ in range(steps):
        h_new = next_state(x, 0 * h if reset else h, params)
        logits = logits_of(x, h_new if new_state else (0 * h if reset else h), params)
        ys.append(g(logits))
        x, h = feed(ys[-1], x_0), h_new
    return np.array(ys)


def not_fed_back(x_0, steps, params):
    """Every step reads x_0. The network never learns what it has just played: feed each output back as the
    next input.
    """
    return _generate(x_0, steps, params, lambda y, x_0: x_0)


def zeros_after_the_first(x_0, steps, params):
    """After the first step you feed zeros. There are no other inputs, that is true; so the outputs become inputs."""
    return _generate(x_0, steps, params, lambda y, x_0: 0 * x_0)


def _back(y, x_0):
    return y


def state_reset(x_0, steps, params):
    """The state starts from zero at every step: the network hears its last note, but doesn't know where in the tune it
    is. Set h to zero once, before the loop.
    """
    return _generate(x_0, steps, params, _back, reset=True)


def first_output_dropped(x_0, steps, params):
    """The first output is missing: you return outputs 2 to steps+1. The step that reads x_0 already makes one."""
    return reference.one_to_many(x_0, steps + 1, params)[1:]


def input_among_outputs(x_0, steps, params):
    """Your first row is x_0 itself, and the last output is missing. x_0 was given, not made: begin with its output."""
    return np.concatenate([x_0[None], reference.one_to_many(x_0, steps, params)])[:steps]


def input_in_front(x_0, steps, params):
    """Your first row is x_0 itself, so there is one row too many. Only what the network makes is an output."""
    return np.concatenate([x_0[None], reference.one_to_many(x_0, steps, params)])


@mistake(name="logits")
def no_sigmoid(x_0, steps, params):
    """There is no sigmoid. An output is a probability, and that is what the next step reads: y = g(…), with g the
    sigmoid.
    """
    return _generate(x_0, steps, params, _back, g=lambda logits: logits)


def logits_fed_back(x_0, steps, params):
    """You feed the logits back and apply the sigmoid to the result only. The next step reads y itself, after the
    sigmoid.
    """
    return _sigmoid(_generate(x_0, steps, params, _back, g=lambda logits: logits))


@mistake(text=NEW_STATE)
def reads_new_state(x_0, steps, params):
    return _generate(x_0, steps, params, _back, new_state=True)


def state_reads_output(x_0, steps, params):
    """You replace x by the output before the new state has read it. Output and state of a step read the same x; only
    the next step reads y.
    """
    x, h, ys = x_0, np.zeros(len(params["u_0"])), []
    for _ in range(steps):
        x = _sigmoid(logits_of(x, h, params))
        h = next_state(x, h, params)
        ys.append(x)
    return np.array(ys)


def rounded(x_0, steps, params):
    """You round the output to 0 and 1 before you feed it back. The docstring says: as it is."""
    return _generate(x_0, steps, params, lambda y, x_0: np.round(y))


def winner_fed_back(x_0, steps, params):
    """You feed back a one-hot vector of the largest output. That is the decoder's way, later in this lesson; here y
    goes back as it is.
    """
    return _generate(x_0, steps, params, lambda y, x_0: np.eye(len(y))[y.argmax()])


def tanh(x_0, steps, params):
    """Your outputs go through tanh, and lie between −1 and 1. g is the sigmoid; f, which makes the state, is tanh."""
    return _generate(x_0, steps, params, _back, g=np.tanh)


def last_output_only(x_0, steps, params):
    """You return the last output only. Collect the outputs of all steps, one row each."""
    return reference.one_to_many(x_0, steps, params)[-1]


def textbook_network(x_0, steps, params):
    """That is the textbooks' network: y_t reads h_t, the state after the step, and `w_x` isn't used. In Definition 15.1
    it reads x_t, through `w_x`, and h_{t−1}, the state before.
    """
    return _generate(x_0, steps, params | {"w_x": 0 * params["w_x"]}, _back, new_state=True)


def softmax(x_0, steps, params):
    """That is a softmax: it makes the outputs of one step compete and sum to 1. Here g is the sigmoid, for each number
    by itself: several notes, or pixels, may be on at once.
    """
    return _generate(x_0, steps, params, _back, g=lambda z: np.exp(z - np.logaddexp.reduce(z)))


def one_row_for_all(x_0, steps, params):
    """All your rows are the last output. If you write every output into one array and append that, the list holds this
    one array again and again: make a new one at each step.
    """
    ys = reference.one_to_many(x_0, steps, params)
    return np.repeat(ys[-1:], steps, axis=0)
