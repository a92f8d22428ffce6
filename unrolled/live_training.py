"""Training while you watch: the loss as it falls, what the network writes meanwhile, and a file to go on from.

The step is the learner's own; here is only what stands around it: batches, a learning rate, a clock, a picture.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from IPython import get_ipython
from IPython.display import display

from unrolled import data_language, plays_capstone
from unrolled.figures import Picture
from unrolled.pictures_capstone import training_curve

Params = dict[str, np.ndarray]
PROMPT = "The "


def rate(step: int, steps: int, highest: float, warm: int = 50) -> float:
    """A learning rate that rises over `warm` steps, then falls to a twentieth along a cosine."""
    done = min(step / steps, 1.0)
    return highest * min(1.0, (step + 1) / warm) * (0.525 + 0.475 * np.cos(np.pi * done))


def load_params(file: str) -> Any:
    """Trained parameters from a file beside the notebook; `...`, as good as not solved, if there is none.

    Raises
    ------
    ValueError
        If the file holds something else.
    """
    if not Path(file).is_file():
        print(f"{file} isn't beside the notebook. Training writes it; if this is graded, hand the file in, too.")
        return ...
    with open(file, "rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def save_params(file: str, params: Params) -> None:
    """Store parameters in single precision; the file is complete or as it was before, whatever happens."""
    _save(Path(file), {name: np.asarray(value, np.float32) for name, value in params.items()})


@dataclass
class Progress:
    """How far training is: everything needed to go on, and the story so far.

    Attributes
    ----------
    params : dict of arrays
    state : dict
        The optimiser's.
    step : int
    seconds : float
        Spent on training.
    losses : list of (step, bits)
        Mean of the training loss since the last entry, in bits per character.
    scores : list of (step, bits)
        On the held-out text.
    samples : list of (step, text)
    """

    params: Params
    state: dict[str, Any] = field(default_factory=dict)
    step: int = 0
    seconds: float = 0.0
    losses: list = field(default_factory=list)
    scores: list = field(default_factory=list)
    samples: list = field(default_factory=list)


class Training:
    """Trains a language model with a step of your own, as long as you let it.

    Parameters
    ----------
    step : callable
        `step(params, state, places, h, c, lr) -> (params, state, loss, h, c)`: one update. `places` (B, T + 1) is a
        chunk of text, `h` and `c` (B, H) are the states it starts from and those it ends with, `loss` is in nats.
    params : dict of arrays
        To begin with.
    lstm_forward : callable
        Yours: for the score on held-out text.
    writer : callable, optional
        Your `generate`: for samples.
    file : str
        Where the parameters go. Beside it, "training.npz" keeps all that is needed to go on.
    """

    def __init__(
        self, step: Callable, params: Params, lstm_forward: Callable, writer: Callable | None = None,
        file: str = "trained_params.npz",
    ):  # fmt: skip
        self.take_step, self.forward, self.writer = step, lstm_forward, writer
        self.file, self.checkpoint = Path(file), Path(file).with_name("training.npz")
        self.progress = Progress({name: np.asarray(value, np.float32) for name, value in params.items()})

    def run(self, steps: int = 6000, minutes: float = 5.0, lr: float = 8e-3, B: int = 32, T: int = 64) -> None:
        """Train until `steps` are done, the time is up, or you press stop; then what was reached is in the file.

        Run it again to go on: with the same numbers after an interruption, with more steps or minutes to get further.
        """
        self._resume()
        shown = display(self.picture(), display_id=True) if get_ipython() else None
        if self.progress.step >= steps:
            save_params(str(self.file), self.progress.params)
            print(f"{self}. All {steps} steps are done: to train on, raise `steps`.")
            return
        chunks = data_language.batches(B, T, seed=self.progress.step)
        started = saved = drawn = time.monotonic()
        already, recent, h, c = self.progress.seconds, [], None, None
        try:
            while self.progress.step < steps and time.monotonic() - started < 60 * minutes:
                places, fresh = next(chunks)
                if fresh or h is None:
                    h = c = np.zeros((B, len(self.progress.params["u_0"]) // 4), np.float32)
                h, c, loss = self._advance(places, h, c, np.float32(rate(self.progress.step, steps, lr)))
                recent.append(loss)
                now = time.monotonic()
                self.progress.seconds = already + now - started
                if now - drawn > 1.5:
                    self._note(recent)
                    drawn, recent = now, []
                    self._show(shown)
                if now - saved > 20:
                    self._save()
                    saved = time.monotonic()
        except KeyboardInterrupt:
            print("Stopped. Run the cell again to go on from here.")
        if len(recent) >= 10 or not self.progress.losses:  # the mean of fewer would be a spike at the curve's end
            self._note(recent)
        self._save()
        self._show(shown)
        print(self)

    def picture(self, samples: int = 1) -> Picture:
        """The curve so far, with the n-grams' scores for comparison, and the last of its texts, or several."""
        told = self.progress.losses, self.progress.scores, self.progress.samples
        return training_curve(*told, data_language.rungs(), samples)

    def __repr__(self) -> str:
        scores = self.progress.scores
        score = f", {scores[-1][1]:.3f} bits per character on held-out text" if scores else ""
        return f"{self.progress.step} steps in {self.progress.seconds / 60:.1f} minutes{score}"

    def _advance(self, places: np.ndarray, h: np.ndarray, c: np.ndarray, lr: np.float32) -> tuple:
        progress = self.progress
        params, state, loss, h, c = self.take_step(progress.params, progress.state, places, h, c, lr)
        if not np.isfinite(loss):
            raise ValueError(
                f"the loss is {loss} after {progress.step} steps: try a smaller learning rate, and look at the "
                "clipping; the file keeps the parameters from before"
            )
        progress.params, progress.state, progress.step = params, state, progress.step + 1
        return h, c, float(loss) / np.log(2)

    def _show(self, shown: Any) -> None:
        if shown:
            shown.update(self.picture())

    def _note(self, recent: list[float]) -> None:
        if recent:
            self.progress.losses.append((self.progress.step, float(np.mean(recent))))

    def _save(self) -> None:
        progress = self.progress
        weights = plays_capstone.checked_params(progress.params, data_language.V, data_language.V)
        bits, _ = plays_capstone.predictions(weights, data_language.held_out(), self.forward)
        progress.scores.append((progress.step, bits))
        if self.writer:
            seed = np.random.default_rng(progress.step)
            progress.samples.append((progress.step, str(self.writer(progress.params, PROMPT, 160, 0.7, seed))))
        save_params(str(self.file), progress.params)
        moments = {f"{key} {name}": value for key in "mv" for name, value in progress.state.get(key, {}).items()}
        story = {key: getattr(progress, key) for key in ("step", "seconds", "losses", "scores", "samples")}
        story["t"] = int(progress.state.get("t", 0))
        text = np.frombuffer(json.dumps(story).encode(), np.uint8)
        params = {f"p {name}": value for name, value in progress.params.items()}
        _save(self.checkpoint, params | moments | {"story": text})

    def _resume(self) -> None:
        """Go on from the checkpoint, if there is one for a network of this shape that is further than this."""
        try:
            with open(self.checkpoint, "rb") as file, np.load(file, allow_pickle=False) as arrays:
                story = json.loads(arrays["story"].tobytes())
                params, m, v = (_parted(arrays, key) for key in "pmv")
        except (OSError, ValueError, KeyError, BadZipFile):
            return
        mine = {name: value.shape for name, value in self.progress.params.items()}
        if {name: value.shape for name, value in params.items()} == mine and story["step"] > self.progress.step:
            state = {"t": story.pop("t"), "m": m, "v": v} if m else {}
            story.pop("t", None)
            self.progress = Progress(params, state, **story)
            print(f"Going on from step {self.progress.step}.")


def _parted(arrays: Any, key: str) -> Params:
    return {name[2:]: arrays[name] for name in arrays.files if name.startswith(f"{key} ")}


def _save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    scratch = path.with_name(f".{path.name}.part.npz")
    np.savez(scratch, **arrays)
    scratch.replace(path)
