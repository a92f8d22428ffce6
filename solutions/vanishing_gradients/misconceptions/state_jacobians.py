"""Wrong answers to `state_jacobians`."""

import numpy as np

from solutions.vanishing_gradients import reference as right


def transposed(hs, h_0, u_h):
    """Rows and columns are exchanged. Entry [i, j] says what unit j *before* the step does to unit i after it."""
    return np.swapaxes(right.state_jacobians(hs, h_0, u_h), 1, 2)


def wrong_side(hs, h_0, u_h):
    """You multiply the columns of u_h with the slopes: u_h diag(1 − h²). The tanh comes after u_h, so its slope belongs
    to the unit that comes out.
    """
    return u_h * (1 - hs**2)[:, None, :]


def of_the_transpose(hs, h_0, u_h):
    """You use u_h transposed, as you do for states in rows. The formula is for columns: row i of u_h holds all that
    goes into unit i.
    """
    return right.state_jacobians(hs, h_0, u_h.T)


def entry_by_entry(hs, h_0, u_h):
    """`*` multiplies entry by entry, and diag(1 − h²) is zero off its diagonal, so nothing but the diagonal of u_h is
    left. Matrices are multiplied with `@`.
    """
    return np.array([np.diag(1 - h**2) * u_h for h in hs])


def no_slope(hs, h_0, u_h):
    """Every Jacobian is u_h itself: the slope of tanh is missing. It is what makes them differ from step to step."""
    return np.tile(u_h, (len(hs), 1, 1))


def state_before(hs, h_0, u_h):
    """You take the slope at the state before the step. The tanh of step t put out h_t."""
    return right.state_jacobians(np.concatenate([h_0[None], hs[:-1]]), h_0, u_h)


def tanh_twice(hs, h_0, u_h):
    """You apply tanh to the states once more. They already are what a tanh put out."""
    return right.state_jacobians(np.tanh(hs), h_0, u_h)


def slope_not_squared(hs, h_0, u_h):
    """The slope you use is 1 − h. Differentiate tanh on paper: its slope is the same for h and −h."""
    return (1 - hs)[:, :, None] * u_h


def multiplied_up(hs, h_0, u_h):
    """Yours are derivatives for h_0, multiplied up over the steps. Asked for is one step at a time: ∂h_t/∂h_{t-1}."""
    products = [right.state_jacobians(hs, h_0, u_h)[0]]
    for jacobian in right.state_jacobians(hs, h_0, u_h)[1:]:
        products.append(jacobian @ products[-1])
    return np.array(products)


def slope_of_sigmoid(hs, h_0, u_h):
    """h (1 − h) is the slope of a sigmoid. The state goes through tanh."""
    return (hs * (1 - hs))[:, :, None] * u_h


def slope_alone(hs, h_0, u_h):
    """You have the slopes of tanh alone. Before the tanh, the state before is multiplied by `u_h`: where is that?"""
    return np.array([np.diag(1 - h**2) for h in hs])
