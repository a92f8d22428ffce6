"""Classes of many: whether grading a thousand goes as fast as grading a hundred, and what it leaves on the disk.

`GROWTH=100,1000,10000 python -m benchmarks growth` adds ten thousand, which takes half an hour.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from rich.table import Table

from benchmarks.grading import BIN, LESSON, make_course

SIZES = [int(size) for size in os.environ.get("GROWTH", "100,1000").split(",")]
MIB = 2**20


def run() -> Table:
    """Grade each class, then again with nothing changed."""
    heads = ("submissions", "a minute", "coordinator, MiB", "its CPU, ms each", "MB on disk each", "again, CPU ms each")
    table = Table(*heads, title=f"Classes of many, {LESSON}, all different")
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder:
            course = make_course(Path(folder, "course"), size)
            before = on_disk(course)
            seconds, cpu, memory = graded(course)
            _, again, _ = graded(course)
            grown = (on_disk(course) - before + on_disk(course / "submitted")) / size / 1e6
        table.add_row(
            f"{size:,}", f"{60 * size / seconds:.0f}", f"{memory:.0f}", f"{1000 * cpu / size:.1f}", f"{grown:.3f}",
            f"{1000 * again / size:.2f}",
        )  # fmt: skip
    return table


def graded(course: Path) -> tuple[float, float, float]:
    """Seconds of the clock, the coordinator's seconds of processor time, and its peak of memory in MiB."""
    begin = time.perf_counter()
    command = [BIN / "grader", "grade", LESSON, "--course", course]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"grader grade ended with {process.returncode}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / MIB


def on_disk(folder: Path) -> int:
    """Bytes that all files of a folder take on the disk, whole blocks."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
