"""Archives that nobody can vouch for: regular files with harmless names, up to a limit, and nothing else."""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import BinaryIO

DEEPEST = 3  # archives packed in one another
BROKEN = (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, EOFError, OSError, ValueError, NotImplementedError,
          RuntimeError, zlib.error, struct.error, ArithmeticError, LookupError, TypeError, AttributeError)  # fmt: skip
"""What reading an archive raises that is none, the last four where nobody thought of it: places beyond all files."""
LONGEST = 1_000  # of a name, which is read as each platform would have written it
ENDINGS = (".zip", ".gz", ".tgz")
_JUNK = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints"}
_CHUNK = 2**16
_LISTED, _LONGEST_LIST, _LONGEST_HEADER = 2**10, 2**26, 2**14


class TooMuch(Exception):
    """An archive holds more than it may."""


@dataclass
class Budget:
    """What may still be unpacked, archives within archives included."""

    bytes: int
    files: int

    def spend(self, size: int, files: int = 0) -> None:
        """Take from what is left.

        Raises
        ------
        TooMuch
            If nothing is.
        """
        self.bytes -= size
        self.files -= files
        if self.bytes < 0 or self.files < 0:
            raise TooMuch


@dataclass(frozen=True)
class Member:
    """A file in an archive or folder.

    Attributes
    ----------
    name : str
        Its path in there, with slashes.
    read : callable or None
        Takes the budget that its bytes are on, and returns them. None for all but regular files with harmless names.
    time : datetime or None
        What the archive says, without a time zone.
    """

    name: str
    read: Callable[[Budget], bytes] | None
    time: datetime | None = None


def members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """What is in an archive. Only of a zip file can members be read later, as long as it is open.

    Raises
    ------
    TooMuch
        If its list, or what has to be read to list it, is longer than the budget allows.
    """
    for name, size, time, read in (_of_zip if zipfile.is_zipfile(file) else _of_tar)(file, budget):
        budget.spend(0, files=1)
        if read and size > budget.bytes:
            raise TooMuch
        usable = len(name) <= LONGEST and is_harmless(name)
        yield Member(name[:LONGEST], read if usable else None, time)


def is_harmless(name: str) -> bool:
    """Whether a name leads to a file below, and can be shown."""
    parts = PurePosixPath(name).parts
    fits = all(len(os.fsencode(part)) <= 200 for part in parts) and len(parts) <= 20 if name.isprintable() else False
    return bool(parts) and fits and ".." not in parts and not name.startswith("/") and ":" not in parts[0]


def is_junk(name: str) -> bool:
    """Whether an operating system or Jupyter left it there."""
    parts = PurePosixPath(name).parts
    return bool(parts) and (parts[-1].startswith("._") or not _JUNK.isdisjoint(parts))


def without_ending(name: str) -> str:
    """An archive's name without `.zip`, `.tar.gz` or the like."""
    path = PurePosixPath(name)
    stem = path.stem.removesuffix(".tar") if path.suffix in ENDINGS else path.name
    return str(path.with_name(stem or "archive"))


def _of_zip(file: BinaryIO, budget: Budget) -> Iterator[tuple]:
    end = zipfile._EndRecData(file)  # zipfile reads the whole list of contents into memory: ask how long it is
    if end and end[zipfile._ECD_SIZE] > min(budget.files * _LISTED, _LONGEST_LIST):
        raise TooMuch
    archive = zipfile.ZipFile(file)
    for member in archive.infolist():
        if member.is_dir():
            continue
        kind = stat.S_IFMT(member.external_attr >> 16)
        usual = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not member.flag_bits & 1
        read = _reader(archive, member) if usual and kind in (0, stat.S_IFREG) else None
        yield member.filename.replace("\\", "/"), member.file_size, _time(member), read


def _reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[Budget], bytes]:
    def read(budget: Budget) -> bytes:
        if member.file_size > budget.bytes:
            raise TooMuch
        with archive.open(member) as file:
            return read_all(file, budget)

    return read


def _time(member: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*member.date_time)
    except ValueError:
        return None


def _of_tar(file: BinaryIO, budget: Budget) -> Iterator[tuple]:
    file.seek(0)
    most = 2 * budget.bytes
    with (
        gzip.open(file) as packed,
        tarfile.open(fileobj=_Bounded(packed, most), mode="r|", tarinfo=_Header) as archive,
    ):
        for member in archive:
            if archive.offset > most:  # else the way to the next one is walked, in steps, also behind the end
                raise TooMuch
            if member.isdir():
                continue
            if not member.isreg() or member.issparse():
                yield member.name, member.size, None, None
            elif member.size > budget.bytes:
                raise TooMuch
            else:
                content = read_all(archive.extractfile(member), budget)
                yield member.name, 0, None, lambda _, content=content: content


class _Header(tarfile.TarInfo):
    """What stands before a file, if it is no longer than names and times are: for each is searched for numbers."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        before = tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME
        if self.type in (*before, tarfile.GNUTYPE_LONGLINK) and self.size > _LONGEST_HEADER:
            raise TooMuch
        return super()._proc_member(archive)


class _Bounded(io.RawIOBase):
    """A stream that ends in `TooMuch` where it is longer than allowed: headers can be bombs, too."""

    def __init__(self, file: BinaryIO, most: int):
        self.file, self.left = file, most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(min(size, _CHUNK) if size >= 0 else _CHUNK)
        self.left -= len(data)
        if self.left < 0:
            raise TooMuch
        return data


def read_all(file: BinaryIO, budget: Budget) -> bytes:
    """The bytes of a file, piece by piece, as far as the budget allows."""
    content = bytearray()
    while chunk := file.read(_CHUNK):
        budget.spend(len(chunk))
        content += chunk
    return bytes(content)
