"""What a command is asked to write: refused before the work begins if it can't be."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import click


def writable(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    """An option's file or folder, if there is room for it; for click's `callback`.

    Raises
    ------
    click.BadParameter
        If it can't be written.
    """
    try:
        if path:
            try_out(path)
    except OSError as error:
        said = f"{path} can't be written ({error.strerror}): name another one"
        raise click.BadParameter(said, context, parameter) from error
    return path


def try_out(path: Path) -> None:
    """See that a file or folder can be written there, and leave nothing. Folders above it may be missing.

    Raises
    ------
    OSError
        If it can't.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is neither a file nor a folder")
    above = [path, *path.parents] if path.is_dir() else path.absolute().parents
    with tempfile.TemporaryFile(dir=next(folder for folder in above if folder.exists())):
        pass
