"""Wrong answers to `rnn_output`."""

import math

import numpy as np

from solutions.definition.reference import rnn_output
from solutions.forms import mistake


def exp_over_one_plus_exp(x, h, w_x, w_h, w_0):
    """e^a / (1 + e^a) is the sigmoid on paper, but e^1000 is too large for a float: inf / inf is nan. Find a form
    in which only e to a negative number appears where a is large.
    """
    e = np.exp(w_x @ x + w_h @ h + w_0)
    return e / (1 + e)


def softmax(x, h, w_x, w_h, w_0):
    """That is softmax: it makes the outputs of one timestep compete and sum to 1. g takes each number by itself;
    two outputs can both be near 1.
    """
    a = w_x @ x + w_h @ h + w_0
    e = np.exp(a - a.max())
    return e / e.sum()


def softmax_overflowing(x, h, w_x, w_h, w_0):
    """That is softmax, which makes the outputs compete and sum to 1; g takes each number by itself. And e^1000 is
    too large for a float, so large numbers come out as nan.
    """
    e = np.exp(w_x @ x + w_h @ h + w_0)
    return e / e.sum()


def output_tanh(x, h, w_x, w_h, w_0):
    """You squash with tanh, between -1 and 1. That is f, for the state; the output's g is the sigmoid, between 0
    and 1.
    """
    return np.tanh(w_x @ x + w_h @ h + w_0)


def output_linear(x, h, w_x, w_h, w_0):
    """The sum is right, but g is missing: an output should lie between 0 and 1."""
    return w_x @ x + w_h @ h + w_0


def output_decided(x, h, w_x, w_h, w_0):
    """You return 0 or 1. The definition's output says how sure the network is, a number between: rounding comes
    after.
    """
    return (w_x @ x + w_h @ h + w_0 > 0) * 1.0


def output_compared(x, h, w_x, w_h, w_0):
    """You return True and False, the decision. The definition's output says how sure the network is, a number
    between 0 and 1: comparing comes after.
    """
    return w_x @ x + w_h @ h + w_0 > 0


def fraction_without_brackets(x, h, w_x, w_h, w_0):
    """Python divides before it adds: `1 / 1 + e` is 1 + e. The whole sum, 1 + e^(-a), stands below the fraction
    line.
    """
    return 1 / 1 + np.exp(-(w_x @ x + w_h @ h + w_0))


def one_decision_for_all(x, h, w_x, w_h, w_0):
    """`if` makes one decision, and here every number of `a` needs its own; `.any()` and `.all()`, which NumPy
    proposes, wouldn't give it. Find a form that is right for large and small numbers alike, or one that works number
    by number.
    """
    a = w_x @ x + w_h @ h + w_0
    if a >= 0:
        return 1 / (1 + np.exp(-a))
    return np.exp(a) / (1 + np.exp(a))


def sign_flipped(x, h, w_x, w_h, w_0):
    """Your output is 1 - y_t: somewhere the sign of the sum is lost. The sigmoid is near 1 for large positive
    numbers.
    """
    return rnn_output(x, h, -w_x, -w_h, -w_0)


def minus_only_first(x, h, w_x, w_h, w_0):
    """The minus of e^(-a) belongs to the whole sum, but in `np.exp(-w_x @ x + ...)` it only reaches the first term."""
    return 1 / (1 + np.exp(-w_x @ x + w_h @ h + w_0))


def output_bias_missing(x, h, w_x, w_h, w_0):
    """`w_0` is not used."""
    return rnn_output(x, h, w_x, w_h, 0 * w_0)


def output_bias_outside(x, h, w_x, w_h, w_0):
    """`w_0` is added after g, so your outputs can leave the range from 0 to 1. It belongs in the sum."""
    return rnn_output(x, h, w_x, w_h, 0 * w_0) + w_0


def output_state_missing(x, h, w_x, w_h, w_0):
    """The state `h` is not used: this output knows nothing of what came before x_t."""
    return rnn_output(x, 0 * h, w_x, w_h, w_0)


def output_input_missing(x, h, w_x, w_h, w_0):
    """The input `x` is not used. In the definition y_t reads x_t directly, beside the state from before it."""
    return rnn_output(0 * x, h, w_x, w_h, w_0)


def output_weights_swapped(x, h, w_x, w_h, w_0):
    """The matrices have changed places: `w_x` meets the state and `w_h` the input. Where D = H NumPy lets that
    pass. The subscript says what a weight is multiplied with.
    """
    return rnn_output(h, x, w_x, w_h, w_0)


def output_of_tanh(x, h, w_x, w_h, w_0):
    """You apply tanh and then the sigmoid. f belongs to the state's formula; here g is applied to the sum itself."""
    return 1 / (1 + np.exp(-np.tanh(w_x @ x + w_h @ h + w_0)))


def output_of_tanh_stretched(x, h, w_x, w_h, w_0):
    """A tanh, moved up and halved, is a sigmoid: but of twice its argument. Yours rises from 0 to 1 twice as steeply
    as g: put a = 1 into both formulas.
    """
    return (np.tanh(w_x @ x + w_h @ h + w_0) + 1) / 2


def output_of_a_squashed_state(x, h, w_x, w_h, w_0):
    """You squash the state once more before reading it. It went through f when it was made; take it as it comes."""
    return rnn_output(x, np.tanh(h), w_x, w_h, w_0)


def overflow_refused(x, h, w_x, w_h, w_0):
    """It stops at large numbers: `math.exp` refuses to compute what is larger than the largest float, e^1000 say. Find
    a form in which only e to a negative number appears, or let NumPy say inf, where 1 / inf is 0.
    """
    return np.array([1 / (1 + math.exp(-a)) for a in w_x @ x + w_h @ h + w_0])


def hard_sigmoid(x, h, w_x, w_h, w_0):
    """You use straight lines, 0.2 a + 0.5 cut off at 0 and 1, which some libraries call a hard sigmoid. g is
    1 / (1 + e^(-a)).
    """
    return np.clip(0.2 * (w_x @ x + w_h @ h + w_0) + 0.5, 0, 1)


@mistake(constants=(1.0, 3.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0))
def clipped_too_early(x, h, w_x, w_h, w_0, limit=5.0):
    """You cut the sum off before the sigmoid, at a number where g is not yet 0 or 1: it stops short of them. To cut off
    at a few hundred would change nothing that a float can show.
    """
    return 1 / (1 + np.exp(-np.clip(w_x @ x + w_h @ h + w_0, -limit, limit)))


def one_branch_for_all(x, h, w_x, w_h, w_0):
    """The first number of the sum decides for all of them which formula is used. Where another one is large and has the
    other sign, e^1000 is inf after all, and inf / inf is nan: `np.where` decides for each number by itself.
    """
    a = w_x @ x + w_h @ h + w_0
    return 1 / (1 + np.exp(-a)) if a[0] > 0 else np.exp(a) / (1 + np.exp(a))
