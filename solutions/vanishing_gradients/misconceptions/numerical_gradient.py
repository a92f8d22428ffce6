"""Wrong answers to `numerical_gradient`."""

import numpy as np

from solutions.forms import mistake
from solutions.vanishing_gradients import reference as right


def _moved(x, place, by):
    x = x.copy()
    x[place] += by
    return x


def one_sided(f, x, eps=1e-5):
    """You move in one direction only. That is off by a term that shrinks with eps; the central difference is off by one
    that shrinks with eps². Move both ways.
    """
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        gradient[place] = (f(_moved(x, place, eps)) - f(x)) / eps
    return gradient


def eps_not_doubled(f, x, eps=1e-5):
    """All your numbers are twice too large: how far apart are the two points at which you call f?"""
    return 2 * right.numerical_gradient(f, x, eps)


def left_changed(f, x, eps=1e-5):
    """You don't put an entry back before moving the next one, so each is measured at another point than x; and if it is
    the caller's x that you move, it ends up changed.
    """
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        gradient[place] = (above - f(x)) / (2 * eps)
    return gradient


def copies_not_renewed(f, x, eps=1e-5):
    """You make the two copies once and move entry after entry in them, so each is measured where the ones before are
    still moved. Every entry starts from x as it is.
    """
    gradient, up, down = np.zeros_like(x), x.copy(), x.copy()
    for place in np.ndindex(x.shape):
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient


def downhill(f, x, eps=1e-5):
    """Your numbers have the wrong sign: you subtract f of the larger x from f of the smaller."""
    return -right.numerical_gradient(f, x, eps)


def almost_put_back(f, x, eps=1e-5):
    """Your numbers are right, but x is left changed: adding eps, taking 2 eps away and adding eps again rounds three
    times, so x may end up off by its last bit. Keep the old number, or work on a copy.
    """
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        gradient[place] = (above - f(x)) / (2 * eps)
        x[place] += eps
    return gradient


def all_at_once(f, x, eps=1e-5):
    """You move all entries together, which gives the slope of f along the diagonal. The gradient wants one number per
    entry.
    """
    return np.full_like(x, (f(x + eps) - f(x - eps)) / (2 * eps))


def one_number(f, x, eps=1e-5):
    """You move all entries together and get one number, the slope of f along the diagonal. The gradient has a number
    for each entry of x: move one, and leave the others where they are.
    """
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def row_by_row(f, x, eps=1e-5):
    """You move a whole row of x at once: `x[i]` is one number only if x is a vector. Entries of an array of any shape
    are asked for one by one.
    """
    gradient = np.zeros_like(x)
    for row in range(len(x)):
        gradient[row] = (f(_moved(x, row, eps)) - f(_moved(x, row, -eps))) / (2 * eps)
    return gradient


def times_eps(f, x, eps=1e-5):
    """Python works from left to right: `/ 2 * eps` divides by 2 and then *multiplies* by eps. What stands below the
    line needs brackets.
    """
    return right.numerical_gradient(f, x, eps) * eps**2


def eps_ignored(f, x, eps=1e-5):
    """You use an eps of your own. The one that was passed in counts."""
    return right.numerical_gradient(f, x)


def moves_a_copy(f, x, eps=1e-5):
    """Everything comes out zero: f is called both times with the same numbers. The entries of `x.flatten()` are those
    of a copy, so x stays as it is; and after `up = x` and `down = x` there is one array with three names, and what one
    moves up the other moves down again: `x.copy()` makes another.
    """
    return np.zeros_like(x)


def called_with_flat_x(f, x, eps=1e-5):
    """You call f with x flattened. f takes an array of x's shape: move an entry of the array as it is, or give the copy
    its shape back before you call f.
    """
    return right.numerical_gradient(f, x.ravel(), eps).reshape(x.shape)


@mistake(text=one_sided.__doc__)
def one_sided_downwards(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        gradient[place] = (f(x) - f(_moved(x, place, -eps))) / eps
    return gradient
