"""Run the benchmarks and write BENCHMARKS.md: `python -m benchmarks`; some by name: `python -m benchmarks grading`."""

import platform
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import psutil
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks.budget import Budget

USUAL = ("cost", "grading", "growth", "machines", "confinement", "learner", "lstm")
PAGE = Path(__file__).resolve().parents[1] / "BENCHMARKS.md"
PACKAGES = ("ipykernel", "ipython", "matplotlib", "nbconvert", "nbgrader", "numpy")


def main() -> None:
    """Measure what is asked for; what was measured last of the rest stays in the file."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py") if path.stem != "budget")
    if unknown := set(sys.argv[1:]) - set(known):
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    console, names, parts = Console(), sys.argv[1:] or USUAL, []
    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=len(names))
        for name in names:
            progress.update(bar, description=f"Measuring {name}")
            console.print(f"{time.strftime('%H:%M:%S')}  {name}", highlight=False)
            parts.append(measured(name, console))
            progress.advance(bar)
            if not sys.argv[1:]:
                PAGE.write_text("\n".join([heading(), *parts]), encoding="utf-8")
    if not sys.argv[1:]:
        console.print(f"Written: {PAGE}", highlight=False, soft_wrap=True)


def measured(name: str, console: Console) -> str:
    """What a benchmark found, as Markdown; or why it found nothing. One with seconds ALLOTTED is held to them."""
    module, begin = import_module(f"benchmarks.{name}"), time.monotonic()
    about = (module.__doc__ or "").strip()
    try:
        table = _within(Budget(module.ALLOTTED), module.run) if hasattr(module, "ALLOTTED") else module.run()
    except Exception as error:
        console.print(f"{name}: {type(error).__name__}: {error}", highlight=False)
        why = str(error) if isinstance(error, TimeoutError) else type(error).__name__
        return f"## {name}\n\nCould not be measured: {why}.\n"
    console.print(table)
    took = f"`python -m benchmarks {name}`, {time.monotonic() - begin:.0f} s."
    return f"## {table.title}\n\n{about}\n\n{took}\n\n{as_markdown(table)}\n"


def _within(budget: Budget, run: Callable[[Budget], Table]) -> Table:
    with budget.enforced():
        return run(budget)


def heading() -> str:
    """The machine, and what runs on it."""
    kernel = f"{platform.system()} {platform.release().partition('-')[0]}"
    load = ", ".join(f"{each:.1f}" for each in psutil.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total / 2**30
    return (
        "# Benchmarks\n\n"
        f"Written by `make bench` on {date.today()}. {psutil.cpu_count()} processors, {platform.machine()}, "
        f"{memory:.0f} GiB, {kernel}, Python {platform.python_version()}; {packages}. "
        f"Load of the machine at the end (1, 5 and 15 minutes): {load}.\n\n"
        "The goals, and what stands in their way where they are not reached:\n"
        "- At least 20 times as fast as stock nbgrader, walls up, feedback pages made.\n"
        "- At most 60 ms of CPU a submission beyond the learner's own cells. Each notebook is run twice, once for what "
        "is shown and once on hidden inputs, in processes that are born for it; SECURITY.md says why one run for both "
        "would be less safe. To be born, to have pages of memory of its own and to end takes a process longer than "
        "what it computes; comparing with the answers and with known mistakes takes longer still.\n"
        "- As many submissions a minute for 10,000 as for 100, within a tenth; at most 300 MiB for the coordinator and "
        "0.2 MB on the disk for a submission, what was handed in included; at most 1 ms for one that has not changed.\n"
        "- A page has to be whole by itself, and formgrader reads notebooks that are not compressed: "
        "both take their room.\n\n"
        "Each part has a number of seconds, so that all ends within ten minutes: on a slow or busy machine there "
        "are fewer rounds, and what did not fit is said to be left out. Times of the clock have minimum, median and "
        "maximum; ratios are of the same round.\n"
    )


def as_markdown(table: Table) -> str:
    """A table of rich's in Markdown."""
    heads = [str(column.header) for column in table.columns]
    rows = zip(*(column.cells for column in table.columns))
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


if __name__ == "__main__":
    main()
