"""What a learner waits for: the first figure after the imports, and each check."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from rich.table import Table

from benchmarks.budget import Budget
from benchmarks.grading import HEADS, LESSON
from grader.authoring.build import NOTEBOOKS

ALLOTTED, ROUNDS = 20, 5
FIGURE = """\
import time
begin = time.perf_counter()
import numpy, matplotlib
matplotlib.use("agg")
from unrolled import check
from unrolled.definition import rolled_and_unrolled
rolled_and_unrolled()
import matplotlib.pyplot as plt
plt.plot([1, 2, 3])
plt.savefig("figure.png")
print(time.perf_counter() - begin)
"""
CHECKS = """\
import contextlib, io, json, sys, time
from solutions import exercises
from unrolled import check
spent = []
for exercise in exercises(sys.argv[1]):
    globals()[exercise.name] = exercise.reference
for exercise in [e for e in exercises(sys.argv[1]) if e.kind == "function"] * 3:
    begin = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        check(exercise.reference)
    spent.append(time.perf_counter() - begin)
print(json.dumps(spent))
"""


def run(budget: Budget) -> Table:
    """Measure in processes of their own."""
    table = Table(*HEADS, "at most", title="What a learner waits for, milliseconds of the clock")
    with tempfile.TemporaryDirectory() as folder:
        for path in (NOTEBOOKS / LESSON).iterdir():
            Path(folder, path.name).write_bytes(path.read_bytes())
        both = [(float(_asked(FIGURE, folder)), json.loads(_asked(CHECKS, folder))) for _ in budget.rounds(ROUNDS)]
    figures, checks = zip(*both)
    first, later = [each[0] for each in checks], [seconds for each in checks for seconds in each[1:]]
    for name, seconds, most in (
        ("import to first figure", figures, 3000),
        ("the first check()", first, 200),
        ("check() afterwards", later, 100),
    ):
        table.add_row(name, *(f"{1000 * of(seconds):.0f}" for of in (min, median, max)), f"{most}")
    return table


def _asked(program: str, folder: str) -> str:
    command = [sys.executable, "-c", program, LESSON]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
