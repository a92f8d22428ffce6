"""Two runs never grade one course at the same time, and no run that was killed stands in the way of the next."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.errors import CourseError
from grader.marking.lock import only_run

HOLD = """
import sys, time
from pathlib import Path
from grader.marking.lock import only_run
with only_run(Path(sys.argv[1])):
    print("here", flush=True)
    time.sleep(600)
"""


def test_second_run_is_told_to_wait(tmp_path):
    """Both would write the same gradebook."""
    with only_run(tmp_path):
        done = CliRunner().invoke(main, ["grade", "--course", str(tmp_path)])
    assert done.exit_code == 1
    assert "is being graded already" in done.output
    assert "wait until that has ended" in done.output
    assert "Traceback" not in done.output


def test_killed_run_holds_nothing_and_its_drafts_are_removed(tmp_path):
    """Somebody would have to find out which files to delete before the class can be graded."""
    folder = tmp_path / "autograded" / "ada" / "ps1"
    folder.mkdir(parents=True)
    for name in ("ps1.ipynb", ".ps1.ipynb.0123abcd", ".mine"):
        (folder / name).touch()
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        with pytest.raises(CourseError, match=f"by process {process.pid}: wait"), only_run(tmp_path):
            pass
        assert len(list(folder.iterdir())) == 3
        process.kill()
    with only_run(tmp_path):
        assert {path.name for path in folder.iterdir()} == {"ps1.ipynb", ".mine"}
