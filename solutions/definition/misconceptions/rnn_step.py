"""Wrong answers to `rnn_step`."""

import numpy as np


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


def state_missing(x, h, u_x, u_h, u_0):
    """The old state `h` is not used, so this network remembers nothing: that is an ordinary layer, one input at a
    time.
    """
    return np.tanh(u_x @ x + u_0)


def state_unweighted(x, h, u_x, u_h, u_0):
    """The old state is added as it is: `u_h` is not used. It decides how much each old number adds to each new one."""
    return np.tanh(u_x @ x + h + u_0)


def state_by_the_diagonal(x, h, u_x, u_h, u_0):
    """Each new number hears its own old one only: of `u_h`, the diagonal alone is used. A matrix times a vector lets
    every old number act on every new one.
    """
    return np.tanh(u_x @ x + np.diag(u_h) * h + u_0)


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


def blocks_in_another_order(x, h, u_x, u_h, u_0):
    """You put the input and the state into one vector and the matrices into one, well, but in different orders: in
    [x, h] the input comes first, in [u_h, u_x] the state's matrix. Where sizes allow, NumPy lets that pass.
    """
    return np.tanh(np.hstack([u_h, u_x]) @ np.concatenate([x, h]) + u_0)


def joined_the_wrong_way_round(x, h, u_x, u_h, u_0):
    """You join x and h in one order and u_x and u_h in the other, so x meets columns of u_h. What stands side by side
    on one side must stand in the same order on the other.
    """
    return np.tanh(np.hstack([u_x, u_h]) @ np.concatenate([h, x]) + u_0)


def summed_to_one_number(x, h, u_x, u_h, u_0):
    """`np.sum(u_x * x)` adds up over all rows, so every unit gets the same number. Each row of a matrix makes its own
    sum: `@` does that.
    """
    return np.tanh(np.sum(u_x @ x) + np.sum(u_h @ h) + u_0)


def step_arctan(x, h, u_x, u_h, u_0):
    """You squash with the arctangent, which goes up to π/2. f is tanh, the hyperbolic tangent: `np.tanh`."""
    return np.arctan(u_x @ x + u_h @ h + u_0)


def step_tan(x, h, u_x, u_h, u_0):
    """You take the tangent of an angle, `np.tan`, which squashes nothing. f is the hyperbolic one: `np.tanh`."""
    return np.tan(u_x @ x + u_h @ h + u_0)


def step_half_as_steep(x, h, u_x, u_h, u_0):
    """(e^a − 1) / (e^a + 1) is the tanh of a / 2. With e^(2a) it is that of a; `np.tanh` also does it without
    overflow.
    """
    return np.tanh((u_x @ x + u_h @ h + u_0) / 2)
