"""Hand-ins at the desk, as a class makes them: none lost, none graded twice, memory flat, and how long learners wait.

`python -m benchmarks desk` takes three minutes: a burst of 50, then 200 hand-ins of 60 learners in two minutes. More,
1,000 of 300 in ten: `DESK_LEARNERS=300 DESK_HAND_INS=1000 DESK_SECONDS=600 python -m benchmarks desk`.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import nbformat
import psutil
from nbformat.v4 import new_code_cell
from rich.table import Table

import solutions
from grader.authoring.build import build_lesson
from grader.authoring.sources import cell_source
from grader.serving.links import Links
from unrolled.desk.handing_in import digest

LESSON = "02_definition"
LEARNERS, HAND_INS, SECONDS, BURST = (
    int(os.environ.get(f"DESK_{name}", usual))
    for name, usual in (("LEARNERS", 60), ("HAND_INS", 200), ("SECONDS", 120), ("BURST", 50))
)
MIB, PATIENCE = 2**20, 900.0


@dataclass
class Seen:
    """What came of the hand-ins, and what the desk's processes held meanwhile."""

    waits: list[float] = field(default_factory=list)
    receipts: dict[str, list[str]] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    processor: float = 0.0


def run() -> Table:
    """Hand in, and put what was seen into a table."""
    heads = ("", "hand-ins", "learners", "wait: median", "95 of 100", "CPU each", "memory, MiB", "lost", "graded twice")
    table = Table(*heads, box=None, title="The hand-in desk", title_justify="left")
    with tempfile.TemporaryDirectory(prefix="unrolled-benchmark-") as folder:
        course = Path(folder, "course")
        build_lesson(LESSON, course)
        with serving(course, Path(folder, "log")) as (port, process):
            for name, learners, count, seconds in (
                ("burst", BURST, BURST, 0.0),
                ("class", LEARNERS, HAND_INS, SECONDS),
            ):
                names = [f"{name}-{number}" for number in range(learners)]
                seen = hand_in(course, port, process, [names[i % learners] for i in range(count)], seconds)
                kept = lost(course, seen), twice(Path(folder, "log"), seen)
                table.add_row(
                    name,
                    str(count - len(seen.refused)),
                    str(learners),
                    *times(seen),
                    each(seen),
                    grown(seen),
                    *map(str, kept),
                )
    return table


@contextmanager
def serving(course: Path, log: Path) -> Iterator[tuple[int, psutil.Process]]:
    """`grader serve`, its port and its process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [Path(sys.executable).with_name("grader"), "serve", "--course", course, "--port", str(port)]
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file, text=True) as server:
        while "Watching" not in log.read_text():
            time.sleep(0.1)
        time.sleep(3)  # workers get ready
        yield port, psutil.Process(server.pid)
        server.terminate()


def hand_in(course: Path, port: int, process: psutil.Process, learners: list[str], seconds: float) -> Seen:
    """Everybody hands in, spread over the time, and waits for the verdict."""
    seen, links, notebook = Seen(), Links(course), solved(course)
    over = threading.Event()
    watcher = threading.Thread(target=measure, args=(process, seen, over))
    watcher.start()
    started, before = time.monotonic(), spent(process)
    with ThreadPoolExecutor(len({*learners})) as crowd:
        for number, learner in enumerate(learners):
            begins = started + seconds * number / len(learners)
            crowd.submit(
                one, seen, port, learner, links.token(learner), begins, notebook.replace("NUMBER", str(number))
            )
    over.set()
    watcher.join()
    seen.processor = spent(process) - before
    return seen


def one(seen: Seen, port: int, learner: str, token: str, begins: float, notebook: str) -> None:
    """One hand-in, from its beginning to its verdict."""
    time.sleep(max(begins - time.monotonic(), 0.0))
    part = (
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{LESSON}.ipynb"\r\n\r\n{notebook}\r\n--x--\r\n'
    )
    begun = time.monotonic()
    status, answer = ask(port, token, f"/lesson/{LESSON}/hand-in", part.encode())
    if status != 200:
        return seen.refused.append(status)
    seen.receipts.setdefault(learner, []).append(answer["sha256"])
    while time.monotonic() - begun < PATIENCE and ask(port, token, f"/lesson/{LESSON}")[1].get("state") != "graded":
        time.sleep(1)
    seen.waits.append(time.monotonic() - begun)


def ask(port: int, token: str, path: str, body: bytes | None = None) -> tuple[int, dict]:
    """Status and data of a request."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "Prefer": "wait=25"}
    headers |= {"Content-Type": "multipart/form-data; boundary=x"} if body else {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text)


def solved(course: Path) -> str:
    """A notebook with all answers, and a number that makes every hand-in another."""
    notebook = nbformat.read(course / "release" / LESSON / f"{LESSON}.ipynb", as_version=4)
    exercises = {exercise.name: exercise for exercise in solutions.exercises(LESSON)}
    for cell in notebook.cells:
        if exercise := exercises.get(cell.metadata.get("nbgrader", {}).get("grade_id")):
            cell.source = exercise.source or cell_source(exercise.reference, exercise.name, [*exercises])
    notebook.cells.append(new_code_cell("# NUMBER"))
    return nbformat.writes(notebook)


def measure(process: psutil.Process, seen: Seen, over: threading.Event) -> None:
    """What the desk's processes hold together, now and then."""
    while not over.wait(1.0):
        with suppress(psutil.Error):
            family = [process, *process.children(recursive=True)]
            seen.memory.append(sum(each.memory_info().rss - each.memory_info().shared for each in family) / MIB)


def spent(process: psutil.Process) -> float:
    """Seconds of a processor's time that the desk's processes have taken so far, those that have ended included."""
    with suppress(psutil.Error):
        return sum(sum(one.cpu_times()[:4]) for one in [process, *process.children(recursive=True)])
    return 0.0


def each(seen: Seen) -> str:
    """What one hand-in took: as many times that as come at once, by all processors, is the least the last one waits."""
    return f"{1000 * seen.processor / max(len(seen.waits), 1):.0f} ms"


def times(seen: Seen) -> tuple[str, str]:
    """How long learners waited from handing in to their verdict."""
    return f"{median(seen.waits):.1f} s", f"{quantiles(seen.waits, n=20)[-1]:.1f} s"


def grown(seen: Seen) -> str:
    """What was held in the second quarter of the time and in the last."""
    quarter = max(len(seen.memory) // 4, 1)
    return f"{median(seen.memory[quarter : 2 * quarter]):.0f} → {median(seen.memory[-quarter:]):.0f}"


def lost(course: Path, seen: Seen) -> int:
    """Of how many learners the last hand-in is not there, or has no verdict."""
    count = 0
    for learner, receipts in seen.receipts.items():
        folder = course / "submitted" / learner / LESSON
        files = {path.name: path.read_bytes() for path in folder.glob("*.ipynb")}
        graded = (course / "feedback" / learner / LESSON / f"{LESSON}.html").is_file()
        count += not graded or digest(files) not in receipts
    return count


def twice(log: Path, seen: Seen) -> int:
    """How many verdicts there are beyond one for each hand-in."""
    told = Counter(re.findall(rf"\s(\S+), {LESSON}: ", log.read_text()))
    return sum(max(told[learner] - len(receipts), 0) for learner, receipts in seen.receipts.items())
