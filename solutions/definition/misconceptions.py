"""Wrong answers of lesson 02 that people really give; the docstring is what their maker will read."""

import numpy as np

from solutions.definition.reference import latch_weights, parity_weights, rnn_output

# rnn_step


def tanh_per_term(x, h, u_x, u_h, u_0):
    """You squash each term by itself and add afterwards, so the result can leave the range from -1 to 1. The
    formula has one sum, and f around all of it.
    """
    return np.tanh(u_x @ x) + np.tanh(u_h @ h) + np.tanh(u_0)


def tanh_per_product(x, h, u_x, u_h, u_0):
    """You squash the two products separately, and the bias not at all. The formula has one sum, and f around all of
    it.
    """
    return np.tanh(u_x @ x) + np.tanh(u_h @ h) + u_0


def tanh_of_input_only(x, h, u_x, u_h, u_0):
    """Only the input's term goes through tanh; what comes from the old state is added unsquashed, and can grow
    without bound from step to step. Look where the bracket of `np.tanh(` closes.
    """
    return np.tanh(u_x @ x) + u_h @ h + u_0


def tanh_of_state_only(x, h, u_x, u_h, u_0):
    """The input's term is added outside tanh. Look where the bracket of `np.tanh(` opens."""
    return u_x @ x + np.tanh(u_h @ h + u_0)


def bias_outside(x, h, u_x, u_h, u_0):
    """`u_0` is added after tanh. It shifts the result, where it should shift the point at which tanh switches: look
    where the bracket of `np.tanh(` closes.
    """
    return np.tanh(u_x @ x + u_h @ h) + u_0


def bias_missing(x, h, u_x, u_h, u_0):
    """`u_0` is not used. With no input and no state the formula still gives f(u_0); yours gives 0."""
    return np.tanh(u_x @ x + u_h @ h)


def bias_twice(x, h, u_x, u_h, u_0):
    """`u_0` is added twice, once with each product. Some libraries do keep two biases; the definition has one."""
    return np.tanh(u_x @ x + u_0 + u_h @ h + u_0)


def bias_subtracted(x, h, u_x, u_h, u_0):
    """`u_0` is subtracted. All three terms of the sum are added."""
    return np.tanh(u_x @ x + u_h @ h - u_0)


def state_by_the_diagonal(x, h, u_x, u_h, u_0):
    """Each new number hears its own old one only: of `u_h`, the diagonal alone is used. A matrix times a vector lets
    every old number act on every new one.
    """
    return np.tanh(u_x @ x + np.diag(u_h) * h + u_0)


def state_missing(x, h, u_x, u_h, u_0):
    """The old state `h` is not used, so this network remembers nothing: that is an ordinary layer, one input at a
    time.
    """
    return np.tanh(u_x @ x + u_0)


def state_unweighted(x, h, u_x, u_h, u_0):
    """The old state is added as it is: `u_h` is not used. It decides how much each old number adds to each new one."""
    return np.tanh(u_x @ x + h + u_0)


def input_missing(x, h, u_x, u_h, u_0):
    """The input `x` is not used, so nothing can enter the state."""
    return np.tanh(u_h @ h + u_0)


def state_transposed(x, h, u_x, u_h, u_0):
    """You use `u_h` transposed; `h @ u_h` does that too. It is square, so NumPy can't warn you. Row i of `u_h`
    holds the weights that make new state i.
    """
    return np.tanh(u_x @ x + h @ u_h + u_0)


def input_transposed(x, h, u_x, u_h, u_0):
    """You use `u_x` transposed; `x @ u_x` does that too. It only works at all where D = H. Row i of `u_x` holds the
    weights that make new state i.
    """
    return np.tanh(x @ u_x + u_h @ h + u_0)


def both_transposed(x, h, u_x, u_h, u_0):
    """You use both matrices transposed; `x @ u_x` and `h @ u_h` do that. Row i of a matrix holds the weights that
    make new state i: which side does the vector go on?
    """
    return np.tanh(x @ u_x + h @ u_h + u_0)


def weights_swapped(x, h, u_x, u_h, u_0):
    """The matrices have changed places: `u_x` meets the state and `u_h` the input. Where D = H NumPy lets that
    pass. The subscript says what a weight is multiplied with.
    """
    return np.tanh(u_h @ x + u_x @ h + u_0)


def stars(x, h, u_x, u_h, u_0):
    """`*` multiplies number by number and adds nothing up. A matrix times a vector is `@` in NumPy."""
    return np.tanh(u_x * x + u_h * h + u_0)


def star_for_state(x, h, u_x, u_h, u_0):
    """`u_h * h` multiplies number by number and leaves a whole matrix. A matrix times a vector is `@` in NumPy."""
    return np.tanh(u_x @ x + u_h * h + u_0)


def star_for_input(x, h, u_x, u_h, u_0):
    """`u_x * x` multiplies number by number and leaves a whole matrix. A matrix times a vector is `@` in NumPy."""
    return np.tanh(u_x * x + u_h @ h + u_0)


def step_sigmoid(x, h, u_x, u_h, u_0):
    """You squash with the sigmoid, between 0 and 1. That is g, for the output; the state's f is tanh, between -1
    and 1.
    """
    return 1 / (1 + np.exp(-(u_x @ x + u_h @ h + u_0)))


def step_relu(x, h, u_x, u_h, u_0):
    """You cut off at zero (ReLU). The state's f is tanh here: it keeps the sign, and keeps the state between -1 and
    1.
    """
    return np.maximum(0, u_x @ x + u_h @ h + u_0)


def step_linear(x, h, u_x, u_h, u_0):
    """The sum is right, but f is missing: nothing keeps the state between -1 and 1 when it goes round many times."""
    return u_x @ x + u_h @ h + u_0


def tanh_by_hand(x, h, u_x, u_h, u_0):
    """Your own formula for tanh is right for small numbers, but e^1000 is too large for a float: inf / inf is nan.
    NumPy has a tanh that knows.
    """
    a = u_x @ x + u_h @ h + u_0
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


def tanh_of_old_state(x, h, u_x, u_h, u_0):
    """You squash the old state once more before using it. It went through f when it was made; take it as it comes."""
    return np.tanh(u_x @ x + u_h @ np.tanh(h) + u_0)


def old_state_added(x, h, u_x, u_h, u_0):
    """You add the new state to the old one. In the definition h_t replaces h_{t-1}; the old state acts through
    `u_h` only.
    """
    return h + np.tanh(u_x @ x + u_h @ h + u_0)


def state_overwritten(x, h, u_x, u_h, u_0):
    """The numbers are right, but you write them into an array you were given, as `h[:] =` or `h +=` do. Whoever
    still needs the old state, y_t does, finds it gone. Make a new array.
    """
    h[:] = np.tanh(u_x @ x + u_h @ h + u_0)
    return h


# rnn_output


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


# latch_weights


def latch_forgets():
    """The output turns on with the first 1, and later falls back to 0.6 or below. While 0s come in,
    h_t = f(u_h h_{t-1} + u_0): does the state let go? `watch` it for fifty 0s, and see how large `u_h` must be for it
    to stay put. If it does stay, look at how `w_h` and `w_0` read it.
    """
    return latch_weights() | {"u_h": np.array([[0.9]])}


def latch_fires_early():
    """y_1 isn't below 0.4 though no 1 has come in. There x_1 = 0 and h_0 = 0, so y_1 = g(w_0): look at `w_0`."""
    return latch_weights() | {"w_0": np.array([10.0])}


def latch_drifts():
    """While only 0s come in the output is off at first, and then leaves 0.4 behind by itself. Nothing but `u_0` and
    `u_h` moves the state then: `watch` ten 0s and see where it goes.
    """
    return latch_weights() | {"u_0": np.array([0.01])}


def latch_one_late():
    """The output turns on one step after the first 1. y_t reads h_{t-1}, the state before the 1 came in: the only
    way from x_t to y_t is `w_x`.
    """
    return latch_weights() | {"w_x": np.array([[0.0]])}


def latch_never_fires():
    """The first 1 doesn't bring the output above 0.6. At that step y_t = g(w_x + w_h h_{t-1} + w_0): is the sum well
    above 0 there? And does the 1 change the state at all?
    """
    return {name: 0 * weight for name, weight in latch_weights().items()} | {"w_0": np.array([-10.0])}


# parity_weights


def parity_read_at_zero():
    """Your states tell odd from even, at every step; only the answer read off them is wrong. Look at what w_h h_t is
    after an odd number of 1s and after an even one: `w_0` has to put the border between 'yes' and 'no' in between.
    """
    return parity_weights() | {"w_0": np.array([0.0])}


def parity_stays_on():
    """The output turns on with the first 1 and stays on: that is the latch again. The second 1 has to turn it off,
    so some unit must tell a 1 that comes in after an even count from one after an odd count.
    """
    return latch_weights()


def parity_upside_down():
    """It is on for even and off for odd: all is there, but the readout has the wrong sign."""
    right = parity_weights()
    return right | {"w_h": -right["w_h"], "w_0": -right["w_0"]}


def parity_echo():
    """The output is on exactly where a 1 comes in: it depends on x_t alone. `u_h` must carry the parity so far to
    the next step.
    """
    return parity_weights() | {"u_h": np.zeros((2, 2)), "w_h": np.array([[5.0, 0.0]]), "w_0": np.array([0.0])}


def parity_fades():
    """The answer first goes wrong at a step where a 0 came in, where nothing should change. Without input the state
    has to stay what it is: large weights put the units far out on tanh, where it holds them. (A single unit with a
    negative `u_h` won't do: it turns round at every step, whatever comes in.)
    """
    right = parity_weights()
    return right | {name: right[name] / 5 for name in ("u_x", "u_h", "u_0")}


def parity_deaf():
    """The answer first goes wrong at a step where a 1 came in. Go through the table by hand: old parity 0 or 1, x_t
    0 or 1, and what each unit's sum is in those four cases.
    """
    return parity_weights() | {"u_0": np.array([-15.0, -25.0])}
