"""The trained weights that come with a lesson: plain arrays in its folder `weights/`, never pickled objects."""

from __future__ import annotations

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1]
PARAMETERS = ("u_x", "u_h", "u_0", "w_x", "w_h", "w_0")


def load(name: str) -> dict[str, np.ndarray]:
    """The parameters of one trained network, by the names of Definition 15.1.

    Parameters
    ----------
    name : str
        One of `names()`.

    Returns
    -------
    dict of str to array
        `u_x` (H, D), `u_h` (H, H), `u_0` (H,) and, unless it is the encoder, `w_x` (O, D), `w_h` (O, H), `w_0` (O,).
    """
    return {key: value.astype(float) for key, value in read(name).items() if key in PARAMETERS}


def names() -> tuple[str, ...]:
    """The names of all trained networks."""
    return tuple(sorted(path.stem for path in _files()))


def read(name: str) -> dict[str, np.ndarray]:
    """All arrays of one file, as they are stored.

    Raises
    ------
    ValueError
        If there is none of this name.
    """
    path = next((path for path in _files() if path.stem == name), None)
    if path is None:
        raise ValueError(f"there are weights for {', '.join(names())}, not for {name!r}")
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def save(lesson: str, name: str, params: dict[str, np.ndarray], **others: np.ndarray) -> None:
    """Store parameters in a lesson's folder, with half the usual precision: three digits are plenty."""
    folder = FOLDER / lesson / "weights"
    folder.mkdir(exist_ok=True)
    halves = {key: value.astype(np.float16) for key, value in params.items()}
    np.savez_compressed(folder / f"{name}.npz", **halves, **others)


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*/weights/*.npz"))
