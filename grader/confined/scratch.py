"""Scratch folders: the only place a submission may write to."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from grader.confined.limits import Limits


class Scratch:
    """Makes, measures and removes the scratch folder of one submission after the other.

    Parameters
    ----------
    base : str
        An existing folder nobody else writes to.
    own_mount : bool
        Whether `base` is a file system of its own, which bounds what all files together may take.
    """

    def __init__(self, base: str, limits: Limits, own_mount: bool):
        self.base = Path(base)
        self.limits = limits
        self.own_mount = own_mount
        self.count = 0
        self.folder: Path | None = None

    def new(self, uid: int | None) -> str:
        """Make a fresh folder that belongs to `uid`."""
        self.count += 1
        self.folder = self.base / f"{self.count}"
        self.folder.mkdir(mode=0o700)
        if uid is not None:
            os.chown(self.folder, uid, uid)
        return str(self.folder)

    def usage(self) -> tuple[int, int]:
        """Bytes and files in use; counting stops where the limit of files is passed."""
        if self.own_mount:
            status = os.statvfs(self.base)
            return (status.f_blocks - status.f_bfree) * status.f_frsize, status.f_files - status.f_ffree
        return _count(self.folder, self.limits.files) if self.folder else (0, 0)

    def remove(self) -> None:
        """Remove the folder, however deep or odd its contents; its owner must be dead."""
        if self.folder and self.folder.exists():
            remove_tree(self.folder)
        self.folder = None


def _count(folder: Path, most: int) -> tuple[int, int]:
    used = files = 0
    pending = [folder]
    while pending and files <= most:
        with contextlib.suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                files += 1
                used += entry.stat(follow_symlinks=False).st_blocks * 512
                if entry.is_dir(follow_symlinks=False):
                    pending.append(Path(entry.path))
                if files > most:
                    break
    return used, files


def remove_tree(top: Path) -> None:
    """Delete a tree of any depth, so without recursion: folders move up into `top` until none is nested."""
    moved = 0
    while entries := list(os.scandir(top)):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry)
                continue
            os.chmod(entry, stat.S_IRWXU)
            for inner in list(os.scandir(entry)):
                moved += 1
                os.rename(inner, top / f".{moved}") if inner.is_dir(follow_symlinks=False) else os.unlink(inner)
            os.rmdir(entry)
    os.rmdir(top)
