"""What grading takes down of each submission, in one file: a file for each note would take a block of the disk."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

Names = tuple[str, ...]
Work = Callable[[sqlite3.Connection], Any]
PATIENCE = 60.0
"""Seconds that one process waits for another to have written."""
_READ = "SELECT text FROM notes WHERE what = ? AND names = ?"
_READ_ALL = "SELECT names, text FROM notes WHERE what = ?"
_TABLE = "CREATE TABLE IF NOT EXISTS notes (what, names, text, PRIMARY KEY (what, names))"
_WRITE = "INSERT INTO notes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text WHERE text != excluded.text"


class Notes:
    """Texts by what they are about and whose. Any thread and any process may read and write.

    Nothing is lost that can't be found out again: notes that a broken disk spoilt are begun anew.

    Parameters
    ----------
    path : Path
        The file, which is made when there is something to write.
    """

    def __init__(self, path: Path):
        self.path, self._lock, self._file = path, Lock(), (0, 0)
        self._connection: sqlite3.Connection | None = None

    def read(self, what: str, names: Names) -> str:
        """What was last taken down; empty if nothing."""
        if not self._which():
            return ""
        found = self._do(lambda notes: notes.execute(_READ, (what, _known_as(names))).fetchone())
        return found[0] if found else ""

    def of_all(self, what: str) -> dict[Names, str]:
        """What was last taken down of everybody."""
        if not self._which():
            return {}
        rows = self._do(lambda notes: notes.execute(_READ_ALL, (what,)).fetchall())
        return {tuple(json.loads(names)): text for names, text in rows}

    def write(self, what: str, texts: Mapping[Names, str]) -> None:
        """Take down texts, all of them or none.

        Raises
        ------
        OSError
            With the file's name: the disk is full, or it can't be written.
        """
        rows = [(what, _known_as(names), text) for names, text in texts.items()]
        if rows:
            self._do(lambda notes: notes.executemany(_WRITE, rows))

    def _do(self, work: Work) -> Any:
        with self._lock:
            try:
                return self._done(work)
            except sqlite3.OperationalError as error:
                number = errno.ENOSPC if "full" in str(error) else errno.EIO
                raise OSError(number, f"{os.strerror(number)} ({error})", str(self.path)) from error
            except sqlite3.DatabaseError:
                self._begin_anew()
                return self._done(work)

    def _done(self, work: Work) -> Any:
        if self._connection is None or self._which() != self._file:  # somebody has removed it
            self._open()
        with self._connection:
            return work(self._connection)

    def _which(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self.path)
            return status.st_dev, status.st_ino
        except FileNotFoundError:
            return None

    def _open(self) -> None:
        self.close()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        self._file = self._which()
        self._connection = sqlite3.connect(self.path, timeout=PATIENCE, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        for first in ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = OFF", _TABLE):
            self._connection.execute(first)

    def close(self) -> None:
        """Close the file, until it is needed again."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _begin_anew(self) -> None:
        self.close()
        for path in (self.path, Path(f"{self.path}-journal")):
            path.unlink(missing_ok=True)


def _known_as(names: Names) -> str:
    return json.dumps(names)
