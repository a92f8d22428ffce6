"""How much of everything one submission may use."""

from __future__ import annotations

from dataclasses import dataclass, replace

MIB = 2**20
BROKEN, OUT_OF_MEMORY = 70, 71  # exit codes of a confined process


@dataclass(frozen=True)
class Limits:
    """Limits of one session.

    Attributes
    ----------
    cell_seconds, call_seconds, session_seconds : float
        Wall time for a cell, for the calls of one exercise, for everything together.
    grace_seconds : float
        How long an interrupted cell may take to stop before the process is killed.
    restarts : int
        How often a session whose process died is set up again.
    memory : int
        Bytes of address space beyond what the warm parent already has.
    scratch : int
        Bytes in the scratch folder, all files together.
    files : int
        Files in the scratch folder.
    file_size : int
        Bytes of one file.
    threads, open_files : int
    stream_bytes, output_bytes : int
        Printed text, and everything shown, of one cell; what goes beyond is cut off, with a note.
    outputs : int
        Outputs of one cell.
    shown_bytes : int
        Everything shown by all cells together.
    reply_bytes : int
        One reply, as it travels.
    """

    cell_seconds: float = 10.0
    call_seconds: float = 10.0
    session_seconds: float = 180.0
    grace_seconds: float = 1.0
    restarts: int = 3
    memory: int = 1024 * MIB
    scratch: int = 64 * MIB
    files: int = 2000
    file_size: int = 32 * MIB
    threads: int = 64
    open_files: int = 64
    stream_bytes: int = 200_000
    output_bytes: int = 8 * MIB
    outputs: int = 500
    shown_bytes: int = 32 * MIB
    reply_bytes: int = 64 * MIB

    def paced(self, seconds: float) -> Limits:
        """The same with so many seconds for a cell, and for a notebook eighteen times as many, if that is more."""
        whole = max(self.session_seconds, 18 * seconds)
        return replace(self, cell_seconds=seconds, call_seconds=seconds, session_seconds=whole)
