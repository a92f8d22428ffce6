"""What lesson 05 says more about a wrong matrix."""

from __future__ import annotations

from typing import Any

import numpy as np


def probe_orthogonal(returned: Any, H: int, rng: np.random.Generator) -> str:
    """For `orthogonal`: whether what was returned keeps lengths, though it is another matrix than the one asked for.

    Parameters
    ----------
    returned : object
        What the function returned; anything but an (H, H) orthogonal matrix is passed over.
    H : int
    rng : numpy.random.Generator
        As the function got it.

    Returns
    -------
    str
        A sentence or two, or none.
    """
    q = np.asarray(returned, float)
    if q.shape != (H, H) or not np.allclose(q.T @ q, np.eye(H), atol=1e-6):
        return ""
    if rng is not None and _are_singular_vectors(np.linalg.svd(rng.normal(size=(H, H))), q):
        return (
            "It is orthogonal, and made from the right numbers, but these are the singular vectors of the matrix. The "
            "docstring asks for the q of its QR decomposition."
        )
    return (
        "It is orthogonal, but not the one asked for. Is a made of standard normal numbers, all from `rng`, in one "
        "single call? Is it the q of a, not transposed, with whole columns flipped?"
    )


def _are_singular_vectors(svd: Any, q: np.ndarray) -> bool:
    """Whether the columns or rows of q are the singular vectors, whichever signs they have."""
    u, _, vt = svd
    return any(np.allclose(np.abs(q.T @ vectors), np.eye(len(q)), atol=1e-6) for vectors in (u, vt, vt.T))
