"""Wrong answers to `gradient_norms`."""

import numpy as np

from solutions.vanishing_gradients import reference as right


def _norms(jacobians, multiply=lambda product, jacobian: product @ jacobian, norm=lambda a: np.linalg.norm(a, 2)):
    product = np.eye(jacobians.shape[1])
    norms = [norm(product)]
    for jacobian in jacobians[:0:-1]:
        product = multiply(product, jacobian)
        norms.append(norm(product))
    return np.array(norms[::-1])


def order(jacobians):
    """Either you multiply in the opposite order, or each Jacobian is transposed in your product, which gives the same
    norms. Matrices don't commute: in ∂h_T/∂h_t the *last* step's Jacobian stands on the left, and all of them are as
    they came.
    """
    return _norms(jacobians, multiply=lambda product, jacobian: jacobian @ product)


def frobenius(jacobians):
    """`np.linalg.norm(a)` of a matrix is the Frobenius norm; the identity would have norm √H. The spectral norm, the
    most a vector can be stretched, has to be asked for.
    """
    return _norms(jacobians, norm=np.linalg.norm)


def frobenius_inside(jacobians):
    """Of the products you take the Frobenius norm, which `np.linalg.norm(a)` is for a matrix: it counts all directions,
    not the most stretched one alone. The spectral norm has to be asked for.
    """
    return np.append(frobenius(jacobians)[:-1], 1.0)


def own_step(jacobians):
    """To entry t you multiply `jacobians[t]`, the step that *made* `hs[t]`. The way from `hs[t]` to the next state is
    the step after it.
    """
    return _norms(np.concatenate([jacobians[:1], jacobians[:-1]]))


def not_turned_round(jacobians):
    """Your numbers are right and in reversed order: you went backwards, so the last state came first."""
    return right.gradient_norms(jacobians)[::-1]


def spectral_radius(jacobians):
    """You take the largest absolute eigenvalue, the spectral *radius*. How much a matrix can stretch a vector is its
    spectral norm, which may be much larger.
    """
    return _norms(jacobians, norm=lambda a: np.abs(np.linalg.eigvals(a)).max())


def norms_multiplied(jacobians):
    """You multiply the norms of the single Jacobians. That is only an upper bound: one step's most stretched direction
    is not the next one's.
    """
    return np.append(np.cumprod(np.linalg.norm(jacobians[:0:-1], 2, axis=(1, 2)))[::-1], 1.0)


def one_too_far(jacobians):
    """You have one factor too many: entry t is ∂h_T/∂h_{t-1}. The last entry, ∂h_T/∂h_T, has no factor at all."""
    return _norms(np.concatenate([jacobians[:1], jacobians]))[:-1]


def one_too_many(jacobians):
    """You have T + 1 numbers: the first of them is for h_0. Asked for are h_1 to h_T, so ∂h_1/∂h_0 is not multiplied
    in.
    """
    return _norms(np.concatenate([jacobians[:1], jacobians]))


def from_the_start(jacobians):
    """You follow how states depend on h_0, going forward. Asked for is how the *last* state depends on each one."""
    product, norms = np.eye(jacobians.shape[1]), []
    for jacobian in jacobians:
        product = jacobian @ product
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms)


def each_alone(jacobians):
    """These are the norms of the single steps. What h_t does to h_T passes through all the steps between."""
    return np.linalg.norm(jacobians, 2, axis=(1, 2))


def from_first_state(jacobians):
    """You follow how states depend on h_1, going forward: ∂h_t/∂h_1. Asked for is how the *last* state depends on each
    one: ∂h_T/∂h_t.
    """
    return np.append(1.0, from_the_start(jacobians[1:]))


def entry_by_entry(jacobians):
    """`*` multiplies entry by entry. Along the chain matrices are multiplied as matrices: `@`."""
    products = [np.prod(jacobians[t + 1 :], axis=0) for t in range(len(jacobians) - 1)]
    return np.array([*(np.linalg.norm(product, 2) for product in products), 1.0])


def largest_column(jacobians):
    """You take the norm that `np.linalg.norm(a, 1)` gives, the largest column's sum. The spectral norm is the one of
    order 2.
    """
    return _norms(jacobians, norm=lambda a: np.linalg.norm(a, 1))


def smallest_stretch(jacobians):
    """You take the smallest singular value: how much the derivative stretches at least. The spectral norm is the most
    it stretches, the largest.
    """
    return _norms(jacobians, norm=lambda a: np.linalg.svd(a, compute_uv=False)[-1])


def one_jacobian_left(jacobians):
    """Each entry is the norm of the last Jacobian alone: in your loop one matrix replaces the product instead of
    joining it.
    """
    return _norms(jacobians, multiply=lambda product, jacobian: jacobians[-1])


def largest_entry(jacobians):
    """You take the largest entry. A matrix of small entries may stretch a vector a lot, if they all pull the same way:
    ask for the spectral norm.
    """
    return _norms(jacobians, norm=lambda a: np.abs(a).max())


def from_first_state_in_the_other_order(jacobians):
    """You follow how states depend on h_1, going forward, with each new factor on the right: asked for is how the
    *last* state depends on each one, ∂h_T/∂h_t, with the last step's Jacobian on the left.
    """
    product, norms = np.eye(jacobians.shape[1]), [1.0]
    for jacobian in jacobians[1:]:
        product = product @ jacobian
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms)
