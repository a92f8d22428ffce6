"""Run the benchmarks: all with `python -m benchmarks`, some by name with `python -m benchmarks grading`."""

import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console


def main() -> None:
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    if unknown := set(sys.argv[1:]) - set(names):
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}.")
    console = Console()
    for name in sys.argv[1:] or names:
        with console.status(f"Measuring {name}"):
            table = import_module(f"benchmarks.{name}").run()
        console.print(table)


if __name__ == "__main__":
    main()
