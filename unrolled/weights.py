"""The trained weights that come with lessons 04 to 06: plain arrays in `unrolled/weights/`, never pickled objects."""

from __future__ import annotations

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "weights"
NAMES = ("reviews", "captions", "tunes", "arrows", "date_encoder", "date_decoder", "source_rnn", "source_lstm")
PARAMETERS = ("u_x", "u_h", "u_0", "w_x", "w_h", "w_0")


def load(name: str) -> dict[str, np.ndarray]:
    """The parameters of one trained network, by the names of Definition 15.1.

    Parameters
    ----------
    name : str
        One of `NAMES`.

    Returns
    -------
    dict of str to array
        `u_x` (H, D), `u_h` (H, H), `u_0` (H,) and, unless it is the encoder, `w_x` (O, D), `w_h` (O, H), `w_0` (O,).
    """
    if name not in NAMES:
        raise ValueError(f"there are weights for {', '.join(NAMES)}, not for {name!r}")
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        return {key: arrays[key].astype(float) for key in PARAMETERS if key in arrays}


def letters() -> str:
    """The characters the date encoder reads: the first is the first place of its one-hot vectors, and so on."""
    with np.load(FOLDER / "date_encoder.npz", allow_pickle=False) as arrays:
        return "".join(map(chr, arrays["letters"]))


def save(name: str, params: dict[str, np.ndarray], **others: np.ndarray) -> None:
    """Store parameters, with half the usual precision: three digits are plenty."""
    FOLDER.mkdir(exist_ok=True)
    halves = {key: value.astype(np.float16) for key, value in params.items()}
    np.savez_compressed(FOLDER / f"{name}.npz", **halves, **others)
