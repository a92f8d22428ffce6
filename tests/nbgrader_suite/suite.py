"""Runs nbgrader's own application tests, which come with the installed package, with our configuration in force."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMANDS = (
    "autograde",
    "collect",
    "export",
    "generate_assignment",
    "generate_feedback",
    "releasefeedback",
    "validate",
    "zip_collect",
)
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


def run(command: str, folder: Path, configured: bool = True, only: str = "") -> dict[str, str]:
    """Run nbgrader's tests of a command.

    Parameters
    ----------
    command : str
        As in the names of nbgrader's test modules.
    folder : Path
        For what they write.
    configured : bool
        Whether our configuration is in force; otherwise nbgrader is as it comes.
    only : str
        An expression that picks tests, as for `pytest -k`.

    Returns
    -------
    dict
        By test, `<command>::<name>`: "passed", "failed" or "skipped".
    """
    report = folder / f"{command}.xml"
    arguments = ["-m", "pytest", "-c", str(HERE / "theirs.ini"), f"--rootdir={folder}", f"--junitxml={report}"]
    arguments += ["--pyargs", f"nbgrader.tests.apps.test_nbgrader_{command}", "-k", only]
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=_environment(folder, configured),
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"nbgrader's tests could not be run: {done.stdout}{done.stderr}")
    cases = ElementTree.parse(report).iter("testcase")
    return {f"{command}::{case.get('name')}": _outcome(case) for case in cases}


def _environment(folder: Path, configured: bool) -> dict[str, str]:
    """As for a user who has nothing of their own, and whose site has our configuration."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    mine = {"HOME": str(folder), "PATH": path, "PYTHONPATH": str(ROOT)}
    site = {"JUPYTER_CONFIG_PATH": str(HERE / "ours")} if configured else {}
    others = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER_", "PYTEST_"))}
    return others | mine | site


def _outcome(case: ElementTree.Element) -> str:
    kinds = {child.tag for child in case}
    return FAILED if kinds & {"failure", "error"} else SKIPPED if "skipped" in kinds else PASSED


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        for name in sys.argv[2:] or COMMANDS:
            for test, outcome in run(name, Path(scratch), configured=sys.argv[1:2] != ["stock"]).items():
                print(outcome, test, flush=True)
