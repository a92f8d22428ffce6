"""Wrong answers to `elman_forward`."""

import numpy as np

from solutions.definition.misconceptions import rnn_forward as wrong_forward
from solutions.definition.misconceptions import rnn_output as wrong_output
from solutions.definition.misconceptions import rnn_step as wrong_step
from solutions.definition.misconceptions._shared import new_state, output_of, softmax, states_by, sums_of
from solutions.definition.misconceptions.rnn_forward import y_reads_new_state
from solutions.definition.reference import rnn_forward
from solutions.forms import mistake


def elman_y_reads_old_state(xs, h_0, params):
    """Your y_t reads h_{t-1}, as in Definition 15.1. Here it is to read the state after the step, h_t: step first,
    then read.
    """
    return rnn_forward(xs, h_0, params | {"w_x": 0 * params["w_x"]})


def elman_input_kept(xs, h_0, params):
    """Your y_t reads h_t, well, but also x_t through `w_x`. In this reading the input reaches the output through
    the state alone.
    """
    return y_reads_new_state(xs, h_0, params)


def elman_is_the_definition(xs, h_0, params):
    """This is `rnn_forward` again: y_t reads x_t and h_{t-1}. Here it is to read h_t, and nothing else."""
    return rnn_forward(xs, h_0, params)


def elman_linear_output(xs, h_0, params):
    """Your outputs are sums: g, the sigmoid, is missing."""
    _, hs = rnn_forward(xs, h_0, params)
    return hs @ params["w_h"].T + params["w_0"], hs


def _elman_outputs(before, params):
    return np.array([output_of(0 * params["w_x"][0], h, params) for h in before])


@mistake(text=wrong_forward.h_0_ignored.__doc__)
def h_0_ignored(xs, h_0, params):
    _, hs = rnn_forward(xs, 0 * h_0, params)
    return _elman_outputs(hs, params), hs


@mistake(text=wrong_forward.never_advanced.__doc__)
def never_advanced(xs, h_0, params):
    hs = np.array([new_state(x, h_0, params) for x in xs])
    return _elman_outputs(hs, params), hs


@mistake(text=wrong_forward.states_before.__doc__)
def states_before(xs, h_0, params):
    _, hs = rnn_forward(xs, h_0, params)
    return _elman_outputs(hs, params), np.array([h_0, *hs[:-1]])


@mistake(text=wrong_forward.one_array_aliased.__doc__)
def one_array_aliased(xs, h_0, params):
    _, hs = rnn_forward(xs, h_0, params)
    return _elman_outputs(hs, params), np.repeat(hs[-1:], len(hs), axis=0)


@mistake(text=wrong_forward.returned_too_soon.__doc__)
def returned_too_soon(xs, h_0, params):
    _, hs = rnn_forward(xs[:1], h_0, params)
    return _elman_outputs(hs, params), hs


@mistake(text=wrong_output.output_tanh.__doc__)
def output_tanh(xs, h_0, params):
    _, hs = rnn_forward(xs, h_0, params)
    return np.tanh(hs @ params["w_h"].T + params["w_0"]), hs


@mistake(text=wrong_output.output_bias_missing.__doc__)
def output_bias_missing(xs, h_0, params):
    _, hs = rnn_forward(xs, h_0, params)
    return _elman_outputs(hs, params | {"w_0": 0 * params["w_0"]}), hs


def _with_step(step):
    """The function with a wrong step written into its loop."""

    @mistake(text=step.__doc__)
    def answer(xs, h_0, params):
        hs = states_by(step, xs, h_0, params)
        return _elman_outputs(hs[1:], params), hs[1:]

    return answer


state_transposed = _with_step(wrong_step.state_transposed)
step_linear = _with_step(wrong_step.step_linear)
bias_missing = _with_step(wrong_step.bias_missing)
tanh_per_term = _with_step(wrong_step.tanh_per_term)
bias_outside = _with_step(wrong_step.bias_outside)


def elman_softmax(xs, h_0, params):
    """Your states are right, and your outputs read them after the step; but softmax lets the outputs of a timestep
    compete. g, the sigmoid, takes each by itself.
    """
    _, hs = rnn_forward(xs, h_0, params)
    return softmax(sums_of(0 * xs, hs, params)), hs
