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
        Not used.

    Returns
    -------
    str
        A sentence or two, or none.
    """
    q = np.asarray(returned, float)
    if q.shape != (H, H) or not np.allclose(q.T @ q, np.eye(H), atol=1e-6):
        return ""
    return (
        "It is orthogonal, but not the one asked for: does every random number come from `rng`, in one single call, as "
        "the docstring says?"
    )
