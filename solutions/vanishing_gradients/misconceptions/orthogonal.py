"""Wrong answers to `orthogonal`."""

import numpy as np

from solutions.vanishing_gradients import reference as right


def unit_columns(H, rng):
    """Your columns have length one but are not perpendicular to each other, so lengths are not kept."""
    a = rng.normal(size=(H, H))
    return a / np.linalg.norm(a, axis=0)


def signs_not_corrected(H, rng):
    """Your matrix is orthogonal, but its signs are those the algorithm happens to leave. Look at the diagonal of r:
    where it is negative, the column of q has to be flipped.
    """
    return np.linalg.qr(rng.normal(size=(H, H)))[0]


def signs_on_rows(H, rng):
    """You flip rows of q. The signs on r's diagonal belong to q's columns."""
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.sign(np.diag(r))[:, None]


def signs_of_q(H, rng):
    """You make the diagonal of q positive. The docstring asks it of the diagonal of r."""
    q, _ = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.sign(np.diag(q))


def absolute(H, rng):
    """You take the absolute values of q. Columns of positive numbers aren't perpendicular: it is whole columns whose
    sign is to be flipped.
    """
    return np.abs(np.linalg.qr(rng.normal(size=(H, H)))[0])


def not_flipped_but_scaled(H, rng):
    """You multiply the columns of q by the diagonal of r itself, so they lose their length of one. Of those numbers
    only the signs count.
    """
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.diag(r)


def from_svd(H, rng):
    """This comes from a singular value decomposition: orthogonal too, but another matrix than the q asked for."""
    u, _, vt = np.linalg.svd(rng.normal(size=(H, H)))
    return u @ vt


def q_transposed(H, rng):
    """You return q transposed, with the signs where they belong. It is orthogonal too, but the q asked for is the other
    one.
    """
    return right.orthogonal(H, rng).T


def second_draw(H, rng):
    """You ask `rng` twice and use the second answer. A generator never says the same again: ask once and keep what it
    says.
    """
    rng.normal(size=(H, H))
    return right.orthogonal(H, rng)


def own_generator(H, rng):
    """Your numbers come from a generator of your own, so you get the same matrix every time. Ask the `rng` that you
    were given.
    """
    return right.orthogonal(H, np.random.default_rng(0))


def of_transpose(H, rng):
    """You decompose the transpose. The columns of the matrix as it was drawn are to be made orthogonal."""
    q, r = np.linalg.qr(rng.normal(size=(H, H)).T)
    return (q * np.sign(np.diag(r))).T


def all_columns_or_none(H, rng):
    """You look at one number of r's diagonal and flip all of q. Each column has a sign of its own: that of its own
    number on the diagonal.
    """
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.sign(r[0, 0])


def signs_of_all_of_r(H, rng):
    """You multiply q with the signs of all of r. Only its diagonal counts: `np.diag(r)`."""
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q @ np.sign(r)


def transposed_with_signs(H, rng):
    """You flip columns of q transposed, which are rows of q. Flip the columns of q itself."""
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q.T * np.sign(np.diag(r))


def unit_columns_flipped(H, rng):
    """Your columns have length one but are not perpendicular to each other, so lengths are not kept. `np.linalg.qr`
    makes them perpendicular.
    """
    columns = unit_columns(H, rng)
    return columns * np.sign(np.diag(columns))
