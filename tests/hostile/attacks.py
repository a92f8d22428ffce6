"""The hostile submissions: small files, each with a first line that says what it tries.

A file of learner's code holds cells, separated by `# %% <where>`: `first` (the default) and `last` become cells of
their own, `answer` becomes the answer to `rnn_step`, `check` takes the place of its check cell, and any other word
names the exercise it answers. Where nothing else is given, `rnn_step` is answered wrongly and the rest not at all.

A file that defines one of these is run here, to tamper with what is handed in:

    change(notebook)        a dict, to be edited in place, or bytes or a dict to hand in instead
    put(path, data)         writes the submission itself, and whatever lies beside it
    pack(folder, name, data) writes archives as a learner would upload them; `name` is what the LMS calls them

It may also name its `LEARNER`. `@COURSE@` and the like stand for what a well-informed attacker would know.
"""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LESSON, EXERCISE = "02_definition", "rnn_step"
WRONG = "def rnn_step(x, h, u_x, u_h, u_0):\n    return 0 * h"
SLOW = "[slow] "
_HOOKS = ("change", "put", "pack")


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    Attributes
    ----------
    path : Path
    text : str
        The file's.
    """

    path: Path
    text: str

    @property
    def group(self) -> str:
        """What it attacks."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        """Group and file, for test ids."""
        return f"{self.group}/{self.path.stem}"

    @property
    def tries(self) -> str:
        """What it tries."""
        return self.text.partition("\n")[0].lstrip("# ").removeprefix(SLOW)

    @property
    def slow(self) -> bool:
        """Whether it is left to the full run."""
        return self.text.startswith(f"# {SLOW}")

    @cached_property
    def hooks(self) -> dict[str, Any]:
        """What a tampering file defines; empty for one of learner's code."""
        if not re.search(rf"(?m)^(def ({'|'.join(_HOOKS)})\(|LEARNER = )", self.text):
            return {}
        return runpy.run_path(str(self.path))

    @property
    def is_archive(self) -> bool:
        """Whether it arrives as an archive."""
        return "pack" in self.hooks

    @property
    def learner(self) -> str:
        """Who hands it in."""
        return self.hooks.get("LEARNER", f"{self.group}_{self.path.stem}")

    def cells(self, known: dict[str, str]) -> dict[str, str]:
        """Sources by place, with what the attacker knows filled in."""
        text = self.text if not self.hooks else ""
        for name, value in known.items():
            text = text.replace(f"@{name}@", value)
        pieces = re.split(r"(?m)^# %% (\w+)\n", text)
        named = dict(zip(pieces[1::2], pieces[2::2]))
        return ({"first": pieces[0]} if pieces[0].strip() else {}) | named

    def notebook(self, release: dict, known: dict[str, str]) -> dict:
        """The released notebook with the attack's cells in it."""
        notebook, cells = deepcopy(release), self.cells(known)
        answers = {EXERCISE: WRONG} | cells
        answers[EXERCISE] = answers.get("answer", answers[EXERCISE])
        answers[f"check_{EXERCISE}"] = answers.pop("check", None)
        for cell in notebook["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(grade_id) or cell["source"]
        for where, place in (("first", 0), ("last", len(notebook["cells"]))):
            if where in cells:
                notebook["cells"].insert(place, code_cell(cells[where]))
        return notebook

    def hand_in(self, path: Path, release: dict, known: dict[str, str]) -> None:
        """Write the submission where the notebook belongs."""
        data = self.data(release, known)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.hooks.get("put", lambda path, data: path.write_bytes(data))(path, data)

    def data(self, release: dict, known: dict[str, str]) -> bytes:
        """The notebook file."""
        notebook = self.notebook(release, known)
        changed = self.hooks.get("change", lambda notebook: None)(notebook)
        if isinstance(changed, bytes):
            return changed
        return json.dumps(notebook if changed is None else changed).encode()


def code_cell(source: str) -> dict:
    """A cell of the learner's own."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def load(slow: bool = False) -> list[Attack]:
    """All hostile submissions, or only those that are quick."""
    attacks = [Attack(path, path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*/*.py"))]
    return [attack for attack in attacks if slow or not attack.slow]


def groups(attacks: list[Attack], pick: Callable[[Attack], Any] = lambda attack: attack.name) -> dict[str, list]:
    """What `pick` gives for each attack, by group."""
    found: dict[str, list] = {}
    for attack in attacks:
        found.setdefault(attack.group, []).append(pick(attack))
    return found
