"""Handing in: a lesson and what belongs to it in one file, with a receipt that says what was in it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

RECEIPT = "receipt.json"
LARGEST = 32 * 2**20  # of a file beside the notebook, in bytes


def handed_in(notebook: Path) -> dict[str, bytes]:
    """What is handed in of a lesson: its notebook, and the files beside it that its code names."""
    data = notebook.read_bytes()
    files = {notebook.name: data}
    for path in sorted(notebook.parent.iterdir()):
        if _belongs(path, data):
            files[path.name] = path.read_bytes()
    return files


def digest(files: Mapping[str, bytes]) -> str:
    """A hash of names and contents, whatever the order: the same files have the same, and no others."""
    total = hashlib.sha256()
    for name, data in sorted(files.items()):
        total.update(hashlib.sha256(_bytes(name)).digest() + hashlib.sha256(data).digest())
    return total.hexdigest()


def packed(lesson: str, files: Mapping[str, bytes], now: datetime | None = None) -> tuple[bytes, dict[str, str]]:
    """The files as one archive, and its receipt, which is in it, too.

    Returns
    -------
    (bytes, dict)
        A zip file, and "lesson", "time" (UTC, ISO 8601) and "sha256".
    """
    time = (now or datetime.now(timezone.utc)).strftime("%Y-%m-%dT%H:%M:%SZ")
    receipt = {"lesson": lesson, "time": time, "sha256": digest(files)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(f"{lesson}/{name}", data)
        archive.writestr(RECEIPT, json.dumps(receipt, indent=1) + "\n")
    return buffer.getvalue(), receipt


def _belongs(path: Path, notebook: bytes) -> bool:
    """Whether a file beside the notebook is one that the notebook's code names."""
    ours = path.suffix == ".ipynb" or path.name.endswith(".key.json") or path.name.startswith(".")
    if ours or path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        return False
    return _bytes(path.name) in notebook


def _bytes(name: str) -> bytes:
    """A file's name, which need not be text on every system."""
    return name.encode("utf-8", "surrogateescape")
