"""Wrong answers to `scale_to_spectral_radius`."""

import numpy as np


def norm(u_h, radius):
    """You divide by the spectral norm, the largest *singular* value. Unless u_h is very symmetric it is larger than the
    largest eigenvalue.
    """
    return u_h * radius / np.linalg.norm(u_h, 2)


def frobenius(u_h, radius):
    """You divide by the Frobenius norm. The spectral radius is about eigenvalues."""
    return u_h * radius / np.linalg.norm(u_h)


def symmetric_only(u_h, radius):
    """`eigvalsh` is for symmetric matrices: it looks at one triangle of yours and makes up the other."""
    return u_h * radius / np.abs(np.linalg.eigvalsh(u_h)).max()


def no_absolute(u_h, radius):
    """You take the largest eigenvalue as it is. It may be complex, and for complex numbers 'largest' says little; the
    spectral radius is about their absolute values.
    """
    return u_h * radius / np.linalg.eigvals(u_h).max()


def largest_real_part(u_h, radius):
    """You take the largest real part. An eigenvalue of −3 or 3i multiplies lengths by 3 as well: its absolute value
    counts.
    """
    return u_h * radius / np.linalg.eigvals(u_h).real.max()


def real_part(u_h, radius):
    """You drop the imaginary part before taking the absolute value. A rotation's eigenvalues are nearly all imaginary,
    and yet it doesn't shrink anything.
    """
    return u_h * radius / np.abs(np.linalg.eigvals(u_h).real).max()


def only_if_too_large(u_h, radius):
    """You scale u_h down and never up. Asked for is exactly `radius`, whatever u_h had before."""
    return u_h * min(radius / np.abs(np.linalg.eigvals(u_h)).max(), 1.0)


def upside_down(u_h, radius):
    """Your factor is upside down: you divide by what you want and multiply by what there was."""
    return u_h * (np.abs(np.linalg.eigvals(u_h)).max() / np.float64(radius))


def not_divided(u_h, radius):
    """You multiply by `radius` whatever u_h's radius was. First bring it to one."""
    return u_h * radius


def in_place(u_h, radius):
    """You scale the caller's own matrix. Return a new one: the original may be needed for other radii."""
    u_h *= radius / np.abs(np.linalg.eigvals(u_h)).max()
    return u_h


def brought_to_one(u_h, radius):
    """You divide by the spectral radius and leave it at 1: `radius` isn't used."""
    return u_h / np.abs(np.linalg.eigvals(u_h)).max()


def rooted(u_h, radius):
    """You scale by the root of what is needed. Eigenvalues grow by the same factor as the matrix."""
    return u_h * np.sqrt(radius / np.abs(np.linalg.eigvals(u_h)).max())


def largest_entry(u_h, radius):
    """You divide by the largest entry. The spectral radius is about eigenvalues."""
    return u_h * (radius / np.abs(u_h).max())


def absolute_after_the_largest(u_h, radius):
    """You look for the largest eigenvalue first, and take its absolute value after. The largest by its real part need
    not be the longest: take the absolute values of all, then the largest.
    """
    return u_h * radius / np.abs(np.linalg.eigvals(u_h).max())


def first_eigenvalue(u_h, radius):
    """You take the first eigenvalue. They come in no order: the largest absolute value may stand anywhere."""
    return u_h * radius / np.abs(np.linalg.eigvals(u_h)[0])


def all_eigenvalues(u_h, radius):
    """You add up the absolute values of all eigenvalues. The spectral radius is the largest of them."""
    return u_h * radius / np.abs(np.linalg.eigvals(u_h)).sum()
