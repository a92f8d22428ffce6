"""Wrong answers to `rnn_forward`."""

import numpy as np

from solutions.definition.misconceptions import rnn_step as wrong_step
from solutions.definition.misconceptions._shared import new_state, output_of, outputs_of, softmax, states_by, sums_of
from solutions.definition.reference import rnn_forward
from solutions.forms import mistake


def y_reads_new_state(xs, h_0, params):
    """Your y_t reads h_t, the state after the step. That is how most textbooks and libraries do it, and no worse;
    but Definition 15.1 says y_t = g(w_x x_t + w_h h_{t-1} + w_0): the output reads the state before the update.
    Look at the order of your two calls. The textbook reading is the next exercise.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return outputs_of(xs, hs, params), hs


def h_0_ignored(xs, h_0, params):
    """Your first step doesn't start from `h_0` but from zeros. If you look the state up as `hs[t-1]`, mind that at
    t=0 this is `hs[-1]`, the last row, which isn't filled yet.
    """
    return rnn_forward(xs, 0 * h_0, params)


def outputs_wrap_around(xs, h_0, params):
    """Your y_1 reads `hs[t-1]` at t=0, which in Python is `hs[-1]`, the last state: the network hears its own end
    before it begins. Before the first step the state is `h_0`.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return outputs_of(xs, [hs[t - 1] for t in range(len(xs))], params), hs


def first_output_reads_zeros(xs, h_0, params):
    """Your states are right, but y_1 reads zeros in place of `h_0`. If it reads `hs[t-1]`: at t=0 that is `hs[-1]`,
    the last row, which isn't filled yet.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return outputs_of(xs, [0 * h_0, *hs[:-1]], params), hs


def never_advanced(xs, h_0, params):
    """Every step starts from `h_0`, so the network never gets beyond its first step. What one step returns has to
    be what the next one is given.
    """
    return outputs_of(xs, [h_0] * len(xs), params), np.array([new_state(x, h_0, params) for x in xs])


def outputs_read_h_0(xs, h_0, params):
    """Your states are right, but every output reads `h_0`. y_t reads the state just before step t, h_{t-1}."""
    return outputs_of(xs, [h_0] * len(xs), params), rnn_forward(xs, h_0, params)[1]


def last_step_zero(xs, h_0, params):
    """The last step is missing: its row still holds the zeros it was made with. `range(T - 1)` ends at T - 2."""
    ys, hs = rnn_forward(xs, h_0, params)
    ys[-1] = hs[-1] = 0
    return ys, hs


def last_step_short(xs, h_0, params):
    """The last step is missing: you return T - 1 rows for T inputs."""
    ys, hs = rnn_forward(xs, h_0, params)
    return ys[:-1], hs[:-1]


def first_step_skipped(xs, h_0, params):
    """Your loop begins with the second input: row 0 holds no step at all, and x_1 is never read. Row 0 is for y_1
    and h_1; `h_0` is not one of the T states.
    """
    ys, hs = rnn_forward(xs[1:], h_0, params) if len(xs) > 1 else ([], [])
    return np.array([0 * params["w_0"], *ys]), np.array([h_0, *hs])


def first_step_short(xs, h_0, params):
    """The first step is missing: your loop begins with the second input, and you return T - 1 rows for T inputs."""
    ys, hs = rnn_forward(xs[1:], h_0, params) if len(xs) > 1 else ([], [])
    return np.array(ys), np.array(hs)


def returned_too_soon(xs, h_0, params):
    """You return after the first step: one row, however many inputs there are. Is the `return` inside the loop? Its
    indentation decides.
    """
    return rnn_forward(xs[:1], h_0, params)


def time_reversed(xs, h_0, params):
    """You read the sequence from its end: your first step gets x_T."""
    return rnn_forward(xs[::-1], h_0, params)


def time_reversed_in_place(xs, h_0, params):
    """You read the sequence from its end, and file the results under the right timestep: every state knows what
    comes after it and not what came before.
    """
    ys, hs = rnn_forward(xs[::-1], h_0, params)
    return ys[::-1], hs[::-1]


def one_array_aliased(xs, h_0, params):
    """Every row of your `hs` is the last state. You append one and the same array T times and write into it; a list
    keeps the array, not a copy of its numbers.
    """
    h, ys, hs = h_0.copy(), [], []
    for x in xs:
        ys.append(output_of(x, h, params))
        h[:] = new_state(x, h, params)
        hs.append(h)
    return np.array(ys), np.array(hs)


def h_0_overwritten(xs, h_0, params):
    """The numbers are right, but you write into the array `h_0` you were given, so the next run would start from
    where this one ended.
    """
    h, hs = h_0, []
    ys, _ = rnn_forward(xs, h_0, params)
    for x in xs:
        h[:] = new_state(x, h, params)
        hs.append(h.copy())
    return ys, np.array(hs)


def ten_steps(xs, h_0, params):
    """You always take 10 steps. T is however many rows `xs` has: loop over them."""
    ys, hs = rnn_forward(xs, h_0, params)
    return np.array([ys[t] for t in range(10)]), np.array([hs[t] for t in range(10)])


def six_steps(xs, h_0, params):
    """You always take 6 steps, as many as the example has. T is however many rows `xs` has: loop over them."""
    ys, hs = rnn_forward(xs, h_0, params)
    return np.array([ys[t] for t in range(6)]), np.array([hs[t] for t in range(6)])


def states_before(xs, h_0, params):
    """`hs` holds the states before each step: h_0 to h_(T-1). Its first row should be h_1. Look at when you store,
    and when you step.
    """
    ys, hs = rnn_forward(xs, h_0, params)
    return ys, np.array([h_0, *hs[:-1]])


def states_with_h_0(xs, h_0, params):
    """`hs` begins with `h_0`, which makes T + 1 rows. Its first row should be h_1."""
    ys, hs = rnn_forward(xs, h_0, params)
    return ys, np.array([h_0, *hs])


def swapped_results(xs, h_0, params):
    """The two results are in the wrong order: `ys` first, then `hs`."""
    return rnn_forward(xs, h_0, params)[::-1]


def last_only(xs, h_0, params):
    """You return what the last step made, alone. All T rows are asked for: keep each one as it is made."""
    ys, hs = rnn_forward(xs, h_0, params)
    return ys[-1], hs[-1]


def output_fed_back(xs, h_0, params):
    """You hand y_t to the next step as its state. What goes round is the hidden state, h_t; y_t leaves the network.
    (It only fits at all where O = H.)
    """
    h, ys, hs = h_0, [], []
    for x in xs:
        y = output_of(x, h, params)
        ys.append(y)
        hs.append(new_state(x, h, params))
        h = y
    return np.array(ys), np.array(hs)


def _with_step(step):
    """The function with a wrong step written into its loop."""

    @mistake(text=step.__doc__)
    def answer(xs, h_0, params):
        hs = states_by(step, xs, h_0, params)
        return outputs_of(xs, hs[:-1], params), hs[1:]

    return answer


state_transposed = _with_step(wrong_step.state_transposed)
step_linear = _with_step(wrong_step.step_linear)
bias_missing = _with_step(wrong_step.bias_missing)
tanh_per_term = _with_step(wrong_step.tanh_per_term)
bias_outside = _with_step(wrong_step.bias_outside)


def textbook_network(xs, h_0, params):
    """That is the textbooks' network: your y_t reads h_t, the state after the step, and `w_x` isn't used. In Definition
    15.1 it reads x_t, through `w_x`, and h_{t-1}, the state before. (The next exercise asks for this one.)
    """
    _, hs = rnn_forward(xs, h_0, params)
    return outputs_of(0 * xs, hs, params), hs


def textbook_softmax(xs, h_0, params):
    """That is the network of many courses: a softmax of w_h h_t + w_0. Definition 15.1 differs in two things: y_t reads
    x_t and h_{t-1}, the state before the step, and g takes each output by itself: the sigmoid.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return softmax(sums_of(0 * xs, hs, params)), hs


def textbook_sums(xs, h_0, params):
    """You return the sums w_h h_t + w_0, as many courses do, which leave g to the loss. Definition 15.1 differs in two
    things: y_t reads x_t and h_{t-1}, the state before the step, and g, the sigmoid, is applied to the sum.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return sums_of(0 * xs, hs, params), hs


def new_state_and_softmax(xs, h_0, params):
    """Two things are different: your y_t reads h_t, and in Definition 15.1 it reads h_{t-1}, the state before the step;
    and softmax lets the outputs compete, where g, the sigmoid, takes each by itself.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return softmax(sums_of(xs, hs, params)), hs


def new_state_and_sums(xs, h_0, params):
    """Two things are different: your y_t reads h_t, and in Definition 15.1 it reads h_{t-1}, the state before the step;
    and your outputs are sums: g, the sigmoid, is missing.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return sums_of(xs, hs, params), hs


def outputs_softmax(xs, h_0, params):
    """Your states are right, and your outputs read the right state; but softmax lets the outputs of a timestep compete.
    g, the sigmoid, takes each by itself.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return softmax(sums_of(xs, [h_0, *hs[:-1]], params)), hs


def outputs_linear(xs, h_0, params):
    """Your states are right, but your outputs are sums: g, the sigmoid, is missing."""
    _, hs = rnn_forward(xs, h_0, params)
    return sums_of(xs, [h_0, *hs[:-1]], params), hs


def outputs_without_x(xs, h_0, params):
    """Your states are right, and your outputs read the right one; but they don't read x_t: `w_x` isn't used."""
    return rnn_forward(xs, h_0, params | {"w_x": 0 * params["w_x"]})[0], rnn_forward(xs, h_0, params)[1]


def outputs_by_tanh(xs, h_0, params):
    """Your states are right, but your outputs are squashed with tanh. That is f, for the state; the output's g is the
    sigmoid, between 0 and 1.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return np.tanh(sums_of(xs, [h_0, *hs[:-1]], params)), hs
