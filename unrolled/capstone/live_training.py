"""Training while you watch: the loss as it falls, what the network writes meanwhile, and a file to go on from.

The step is the learner's own; here is only what stands around it: batches, a learning rate, a clock, a picture.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from IPython import get_ipython
from IPython.display import display

from unrolled.capstone import data_language, plays
from unrolled.capstone.pictures import training_curve
from unrolled.kit.figures import Picture

Params = dict[str, np.ndarray]
PROMPT = "The "
DOUBLE = (
    "Your functions compute in double precision, which takes up to twice as long: {names} float64 where float32 goes "
    "in. `np.zeros(shape)` is double; `np.zeros(shape, h_0.dtype)` and `np.zeros_like(xs)` are as precise as what they "
    "are made for. Change that in the notebook where you wrote it, save, and run the toolbox cell and this one "
    "again; or leave it: what is learned is as good."
)


def rate(step: int, steps: int, highest: float, warm: int = 50) -> float:
    """A learning rate that rises over `warm` steps, then falls to a twentieth along a cosine."""
    done = min(step / steps, 1.0)
    return highest * min(1.0, (step + 1) / warm) * (0.525 + 0.475 * np.cos(np.pi * done))


def load_params(file: str) -> Any:
    """Trained parameters from a file beside the notebook; `...`, as good as not solved, if there is none.

    Raises
    ------
    ValueError
        If the file holds something else, or is damaged.
    """
    if not Path(file).is_file():
        print(f"{file} isn't beside the notebook. Training writes it; if this is graded, hand the file in, too.")
        return ...
    try:
        return _arrays(Path(file))
    except Exception:  # NumPy and zipfile raise a dozen different ones, and some advise what isn't safe
        raise ValueError(
            f"{file} can't be read: it is damaged, or not a file that training or save_params has written. Put a good "
            "copy in its place; or delete it, and run the cell that writes it once more"
        ) from None


def save_params(file: str, params: Params) -> None:
    """Store parameters in single precision; the file is complete or as it was before, whatever happens.

    While a notebook is graded nothing is stored: what was handed in stays.
    """
    if not _graded():
        _save(Path(file), {name: np.asarray(value, np.float32) for name, value in params.items()})


def score(params: Params, lstm_forward: Callable) -> float:
    """Bits per character with which a language model guesses the held-out text.

    Parameters
    ----------
    params : dict of arrays
    lstm_forward : callable
        Yours.

    Raises
    ------
    ValueError
        If the parameters can't be used.
    """
    weights = plays.checked_params(params, D=data_language.V, V=data_language.V)
    return plays.predictions(weights, data_language.held_out(), lstm_forward)[0]


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
        Where the parameters go, unless better ones are there. Beside it, "training_128.npz" keeps all that is needed
        to go on with a network of 128 units.
    """

    def __init__(
        self, step: Callable, params: Params, lstm_forward: Callable, writer: Callable | None = None,
        file: str = "trained_params.npz",
    ):  # fmt: skip
        self.take_step, self.forward, self.writer = step, lstm_forward, writer
        self.file, self.best, self.told, self.steps = Path(file), np.inf, False, 0
        self.H = len(params["u_0"]) // 4
        self.checkpoint = Path(file).with_name(f"training_{self.H}.npz")
        self.progress = Progress({name: np.asarray(value, np.float32) for name, value in params.items()})

    def run(self, steps: int = 6000, minutes: float = 5.0, lr: float = 8e-3, B: int = 32, T: int = 64) -> None:
        """Train until `steps` are done, the time is up, or you press stop; then what was reached is in the file.

        Run it again to go on: with the same numbers after an interruption, with more steps or minutes to get further.
        """
        if _graded():
            print("Nothing is trained while a notebook is graded.")
            return
        self.steps = steps
        self._resume()
        self.best = self._score_of_file()
        shown = display(self.picture(), display_id=True) if get_ipython() else None
        if self.progress.step >= steps:
            self._keep(self._last_score())
            print(f"{self}. All {steps} steps are done: to train on, raise `steps`.")
        else:
            self._train(steps, minutes, lr, data_language.batches(B, T, seed=self.progress.step), shown)
            print(f"{self}.{self._advice()}")
        if self._last_score() > self.best:
            print(f"{self.file} keeps the better network that you had: {self.best:.3f} bits per character.")

    def _train(self, steps: int, minutes: float, lr: float, chunks: Iterator, shown: Any) -> None:
        started = saved = drawn = time.monotonic()
        already, recent, h, c = self.progress.seconds, [], None, None
        try:
            while self.progress.step < steps and time.monotonic() - started < 60 * minutes:
                places, fresh = next(chunks)
                if fresh or h is None:
                    h = c = np.zeros((len(places), self.H), np.float32)
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
            print("Stopped.")
        if len(recent) >= 10 or not self.progress.losses:  # the mean of fewer would be a spike at the curve's end
            self._note(recent)
        self._save()
        self._show(shown)

    def picture(self, samples: int = 1) -> Picture:
        """The curve so far, with the n-grams' scores for comparison, and the last of its texts, or several."""
        told = self.progress.losses, self.progress.scores, self.progress.samples
        return training_curve(*told, data_language.rungs(), samples, self._ahead())

    def _ahead(self) -> str:
        """How much there is to do: "of 6,000, about 3 minutes left"; nothing where that isn't known."""
        done, left = self.progress.step, self.steps - self.progress.step
        if left <= 0 or not done:
            return ""
        minutes = self.progress.seconds / done * left / 60
        return f" of {self.steps:,}, {f'about {minutes:.0f}' if minutes >= 1.5 else 'one or two'} minutes left"

    def _advice(self) -> str:
        return " Run the cell again to go on." if self.progress.step < self.steps else ""

    def __repr__(self) -> str:
        scores = self.progress.scores
        score = f", {scores[-1][1]:.3f} bits per character on held-out text" if scores else ""
        return f"{self.progress.step} steps in {self.progress.seconds / 60:.1f} minutes{score}"

    def _advance(self, places: np.ndarray, h: np.ndarray, c: np.ndarray, lr: np.float32) -> tuple:
        progress = self.progress
        params, state, loss, h, c = self.take_step(progress.params, progress.state, places, h, c, lr)
        if not np.isfinite(loss):
            raise self._diverged(f"the loss is {loss}")
        self._mind_precision(places, (params, state, h, c))
        progress.params, progress.state, progress.step = _single(params), _single(state), progress.step + 1
        return _single(h), _single(c), float(loss) / np.log(2)

    def _mind_precision(self, places: np.ndarray, returned: tuple) -> None:
        """Say once if the learner's functions make double precision of single, and which."""
        if self.told or not _is_double(returned):
            return
        self.told = True
        hs = plays.read(
            {name: self.progress.params[name] for name in plays.CELL},
            data_language.one_hot(places[:1, :2]),
            self.forward,
        )
        others = "`lstm_backward`, `read_out`, `clip_by_global_norm` or `adam_step` makes"
        print(DOUBLE.format(names="`lstm_forward` (and perhaps others) makes" if _is_double(hs) else others))

    def _diverged(self, sign: str) -> ValueError:
        return ValueError(
            f"{sign} after {self.progress.step} steps, so training has diverged: try a smaller learning rate, and look "
            "at the clipping; the files keep the parameters from before"
        )

    def _show(self, shown: Any) -> None:
        if shown:
            shown.update(self.picture())

    def _note(self, recent: list[float]) -> None:
        if recent:
            self.progress.losses.append((self.progress.step, float(np.mean(recent))))

    def _save(self) -> None:
        progress = self.progress
        if not all((np.abs(value) <= plays.MAX_WEIGHT).all() for value in progress.params.values()):
            raise self._diverged(f"there are parameters above {plays.MAX_WEIGHT:,.0f}, or not finite,")
        bits = score(progress.params, self.forward)
        progress.scores.append((progress.step, bits))
        if self.writer:
            seed = np.random.default_rng(progress.step)
            progress.samples.append((progress.step, str(self.writer(progress.params, PROMPT, 160, 0.7, seed))))
        self._keep(bits)
        moments = {f"{key} {name}": value for key in "mv" for name, value in progress.state.get(key, {}).items()}
        story = {key: getattr(progress, key) for key in ("step", "seconds", "losses", "scores", "samples")}
        story["t"] = int(progress.state.get("t", 0))
        text = np.frombuffer(json.dumps(story).encode(), np.uint8)
        params = {f"p {name}": value for name, value in progress.params.items()}
        _save(self.checkpoint, params | moments | {"story": text})

    def _last_score(self) -> float:
        return self.progress.scores[-1][1] if self.progress.scores else np.inf

    def _keep(self, bits: float) -> None:
        """Write the parameters, whose score is `bits`, unless better ones are in the file."""
        if bits <= self.best:
            save_params(str(self.file), self.progress.params)
            self.best = bits

    def _score_of_file(self) -> float:
        """Bits per character of the network in the file; infinity if there is none that can be used."""
        try:
            return score(_arrays(self.file), self.forward)
        except Exception:
            return np.inf

    def _resume(self) -> None:
        """Go on from the checkpoint, if there is one for a network of this shape that is further than this."""
        try:
            arrays = _arrays(self.checkpoint)
            story = json.loads(arrays["story"].tobytes())
        except Exception:  # a damaged file is as good as none
            return
        params, m, v = (_parted(arrays, key) for key in "pmv")
        mine = {name: value.shape for name, value in self.progress.params.items()}
        if {name: value.shape for name, value in params.items()} == mine and story["step"] > self.progress.step:
            state = {"t": story.pop("t"), "m": m, "v": v} if m else {}
            story.pop("t", None)
            self.progress = Progress(params, state, **story)
            print(f"Going on from step {self.progress.step}.")


def _graded() -> bool:
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def _single(value: Any) -> Any:
    """Arrays, and those in dicts, in single precision; other things as they are."""
    if isinstance(value, dict):
        return {name: _single(item) for name, item in value.items()}
    return np.asarray(value, np.float32) if isinstance(value, np.ndarray) else value


def _is_double(value: Any) -> bool:
    if isinstance(value, dict | tuple):
        return any(map(_is_double, value.values() if isinstance(value, dict) else value))
    return isinstance(value, np.ndarray) and value.dtype == np.float64


def _parted(arrays: Params, key: str) -> Params:
    return {name[2:]: value for name, value in arrays.items() if name.startswith(f"{key} ")}


def _arrays(path: Path) -> Params:
    with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    scratch = path.with_name(f".{path.name}.part.npz")
    np.savez(scratch, **arrays)
    scratch.replace(path)
