"""Saying more about lesson 06's wrong answers."""

from __future__ import annotations

from typing import Any

import numpy as np


def probe_drawn(returned: Any, D: int, H: int, rng: Any, forget_bias: float = 1.0) -> str:
    """For weights that should have been drawn from `rng`: whether only the numbers differ, and nothing else.

    Parameters
    ----------
    returned : object
        What the function returned; anything but "u_x" (4H, D) and "u_h" (4H, H) is passed over.

    Returns
    -------
    str
        A sentence or two, or none.
    """
    u_x, u_h = (np.asarray(returned[name], float) for name in ("u_x", "u_h"))
    k = 1 / np.sqrt(H)
    if (u_x.shape, u_h.shape) != ((4 * H, D), (4 * H, H)):
        return ""
    asked = {"u_x": rng.uniform(-k, k, size=u_x.shape), "u_h": rng.uniform(-k, k, size=u_h.shape)}
    right = {name: np.allclose(drawn, asked[name], rtol=1e-6) for name, drawn in (("u_x", u_x), ("u_h", u_h))}
    if all(right.values()):
        return "u_x and u_h are right. So it is u_0: zeros, but for the forget gate's block, the second of four."
    stretched = [name for name, drawn in (("u_x", u_x), ("u_h", u_h)) if _stretched(asked[name], drawn)]
    if stretched:
        return f"The numbers of {' and '.join(stretched)} are those of `rng`, but in another range than −1/√H to 1/√H."
    if any(right.values()):
        return ""
    if max(np.abs(u_x).max(), np.abs(u_h).max()) > k:
        return ""
    return (
        "Shapes are right and no number is beyond ±1/√H, but these aren't the numbers that `rng` gives: draw from the "
        "generator that comes in as an argument, not from one of your own, once for u_x and then once for u_h."
    )


def _stretched(asked: np.ndarray, drawn: np.ndarray) -> bool:
    """Whether these are the numbers asked for in another range: stretched alike, and moved alike."""
    if drawn.size < 3 or np.allclose(asked, drawn, rtol=1e-6):
        return False
    return bool(abs(np.corrcoef(asked.ravel(), drawn.ravel())[0, 1]) > 1 - 1e-9)
