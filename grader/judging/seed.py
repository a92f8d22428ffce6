"""The secret of a course: the seed that hidden inputs come from."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

NAME = ".grading-seed"


def secret_seed(course: Path) -> int:
    """The course's secret seed; made, readable by its owner alone, when first asked for."""
    path = course / NAME
    if not path.exists():
        _write(path, secrets.randbits(64))
    return int(path.read_text(encoding="ascii"))


def _write(path: Path, seed: int) -> None:
    draft = path.with_name(f"{NAME}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{seed}\n")
    with contextlib.suppress(FileExistsError):  # someone else was faster: theirs it is
        os.link(draft, path)
    draft.unlink()
