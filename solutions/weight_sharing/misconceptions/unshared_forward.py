"""Wrong answers to `unshared_forward`."""

import numpy as np

from solutions.forms import mistake
from solutions.weight_sharing.misconceptions._shared import output, overflowing_softmax, softmax_output, state, sums


def _unshared(xs, h_0, params_per_step, weights=None, read="old", advance=True, output_weights=None, make=output):
    if len(xs) != len(params_per_step):
        raise ValueError
    h, ys, hs = h_0, [], []
    for t, x in enumerate(xs):
        p = params_per_step[t if weights is None else weights(t)]
        q = p if output_weights is None else params_per_step[output_weights(t)]
        new = state(x, h, p)
        ys.append(make(x, new if read == "new" else h, q))
        hs.append(new)
        h = new if advance else h
    return np.stack(ys), np.stack(hs)


def first_weights_everywhere(xs, h_0, params_per_step):
    """You use the first timestep's weights at every step: that is a shared network. Here each step looks up its own
    dict, inside the loop.
    """
    return _unshared(xs, h_0, params_per_step, weights=lambda t: 0)


def last_weights_everywhere(xs, h_0, params_per_step):
    """You use the last timestep's weights at every step. Look at where you take the dict out of the list: it belongs
    inside the loop over time.
    """
    return _unshared(xs, h_0, params_per_step, weights=lambda t: -1)


def weights_of_the_step_before(xs, h_0, params_per_step):
    """Your index is off by one: step t uses the weights of step t−1, and the first step, with index −1, the very last
    ones. In the list, the first timestep's weights have index 0.
    """
    return _unshared(xs, h_0, params_per_step, weights=lambda t: t - 1)


def weights_of_the_next_step(xs, h_0, params_per_step):
    """Your index is off by one: step t uses the weights of step t+1. In the list, the first timestep's weights have
    index 0, like the first input in `xs`.
    """
    return _unshared(xs, h_0, params_per_step, weights=lambda t: (t + 1) % len(xs))


def weights_backwards(xs, h_0, params_per_step):
    """You use the weights in reverse order: the last dict at the first step. Inputs and weights both go forward in
    time.
    """
    return _unshared(xs, h_0, params_per_step, weights=lambda t: -1 - t)


def output_weights_shared(xs, h_0, params_per_step):
    """Your states are right, but every output uses the first timestep's `w_x`, `w_h` and `w_0`. The output's weights
    belong to the timestep as well.
    """
    return _unshared(xs, h_0, params_per_step, output_weights=lambda t: 0)


def y_reads_new_state(xs, h_0, params_per_step):
    """Your y_t reads h_t, the state after the step: the textbooks' reading. In Definition 15.1 it reads h_{t−1}:
    compute the output before you replace the state.
    """
    return _unshared(xs, h_0, params_per_step, read="new")


def state_never_advanced(xs, h_0, params_per_step):
    """Every step starts from `h_0`: each new state is stored, but the next step doesn't read it. Look at what `h` is at
    the end of your loop's body.
    """
    return _unshared(xs, h_0, params_per_step, advance=False)


@mistake(name="h_0-ignored")
def unshared_ignores_first_state(xs, h_0, params_per_step):
    """You start from zeros. The first step reads the `h_0` that was passed in, and it isn't zero here."""
    return _unshared(xs, np.zeros_like(h_0), params_per_step)


def output_linear(xs, h_0, params_per_step):
    """Your states are right, but your outputs are sums: g, the sigmoid, is missing."""
    _, hs = _unshared(xs, h_0, params_per_step)
    before = [h_0, *hs[:-1]]
    sums = [p["w_x"] @ x + p["w_h"] @ h + p["w_0"] for x, h, p in zip(xs, before, params_per_step)]
    return np.stack(sums), hs


@mistake(name="states-with-h_0")
def unshared_states_with_h_0(xs, h_0, params_per_step):
    """`hs` begins with `h_0`, which makes T + 1 rows. Its first row should be h_1."""
    ys, hs = _unshared(xs, h_0, params_per_step)
    return ys, np.stack([h_0, *hs])


def returned_too_soon(xs, h_0, params_per_step):
    """You return after the first step: one row, however many inputs there are. Is the `return` inside the loop? Its
    indentation decides.
    """
    ys, hs = _unshared(xs, h_0, params_per_step)
    return ys[:1], hs[:1]


def stops_where_weights_end(xs, h_0, params_per_step):
    """With more timesteps than weights, you leave out the rest of the sequence without a word (`zip` does so). The
    first two lines of the function refuse such a sequence: keep them.
    """
    steps = min(len(xs), len(params_per_step))
    return _unshared(xs[:steps], h_0, params_per_step[:steps])


def textbook_network(xs, h_0, params_per_step):
    """That is the textbooks' output: your y_t reads h_t, the state after the step, and `w_x` isn't used. In Definition
    15.1 it reads x_t, through `w_x`, and h_{t−1}, the state before.
    """
    return _unshared(xs, h_0, params_per_step, read="new", make=lambda x, h, p: output(0 * x, h, p))


def outputs_without_x(xs, h_0, params_per_step):
    """Your outputs read the right state, but not x_t: `w_x` isn't used."""
    return _unshared(xs, h_0, params_per_step, make=lambda x, h, p: output(0 * x, h, p))


def outputs_softmax(xs, h_0, params_per_step):
    """Softmax lets the outputs of a timestep compete. g, the sigmoid, takes each by itself."""
    return _unshared(xs, h_0, params_per_step, make=softmax_output)


def textbook_softmax(xs, h_0, params_per_step):
    """That is the network of many courses: a softmax of w_h h_t + w_0. Definition 15.1 differs in two things: y_t reads
    x_t and h_{t−1}, the state before the step, and g takes each output by itself: the sigmoid.
    """
    return _unshared(xs, h_0, params_per_step, read="new", make=lambda x, h, p: softmax_output(0 * x, h, p))


def textbook_sums(xs, h_0, params_per_step):
    """You return the sums w_h h_t + w_0. Definition 15.1 differs in two things: y_t reads x_t and h_{t−1}, the state
    before the step, and g, the sigmoid, is applied to the sum.
    """
    return _unshared(xs, h_0, params_per_step, read="new", make=lambda x, h, p: sums(0 * x, h, p))


@mistake(text=outputs_softmax.__doc__)
def outputs_softmax_overflowing(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, make=overflowing_softmax)


@mistake(text=textbook_softmax.__doc__)
def textbook_softmax_overflowing(xs, h_0, params_per_step):
    return _unshared(xs, h_0, params_per_step, read="new", make=lambda x, h, p: overflowing_softmax(0 * x, h, p))


def states_before_the_step(xs, h_0, params_per_step):
    """Your `hs` holds the states before each step: `h_0` comes first, and the last state is missing. Look at when you
    store, and when you step.
    """
    ys, hs = _unshared(xs, h_0, params_per_step)
    return ys, np.concatenate([h_0[None], hs[:-1]])


def results_exchanged(xs, h_0, params_per_step):
    """The two results have changed places: `ys` first, then `hs`."""
    return _unshared(xs, h_0, params_per_step)[::-1]


def outputs_by_the_next_weights(xs, h_0, params_per_step):
    """Your states are right, and each output but the last is made with the weights of the step after it. All six
    weights of step t are in one dict: does it change in your loop before the output is made?
    """
    last = len(params_per_step) - 1
    return _unshared(xs, h_0, params_per_step, output_weights=lambda t: min(t + 1, last))
