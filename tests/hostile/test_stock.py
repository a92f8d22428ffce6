"""The comparison with stock nbgrader is fair to it, and safe for the machine it is made on."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.hostile import apart, stock
from tests.hostile.attacks import load

ALL = load(slow=True)
needs_bubblewrap = pytest.mark.skipif(
    not shutil.which("bwrap") or subprocess.run(["bwrap", "--ro-bind", "/", "/", "true"], check=False).returncode != 0,
    reason="bubblewrap does not work here",
)
LOOK_AROUND = """
import os, socket
for place in {hidden!r}:
    try: print("sees", place, os.listdir(place) or 1 / 0)
    except (OSError, ZeroDivisionError): pass
for place in {fixed!r}:
    try: print("wrote", open(os.path.join(place, "evil-apart"), "w"))
    except OSError: pass
try: print("reached", socket.create_connection(("1.1.1.1", 53), timeout=1))
except OSError: pass
open("mine", "w").close()
print(os.geteuid(), len([name for name in os.listdir("/proc") if name.isdigit()]) < 5)
"""


def test_every_attack_that_is_left_out_exists():
    """What hurts the machine would be let loose on it under another name."""
    names = {attack.name for attack in ALL}
    left_out = {f"{group}/{name}" for group, found in stock.LEFT_OUT.items() for name in found.split()}
    assert left_out <= names
    assert not left_out & {attack.name for attack in stock.tried(ALL)}


def test_the_table_counts_who_did_harm():
    """The comparison would say something else than was found."""
    two = [attack for attack in ALL if attack.group == "network"][:2]
    found = {
        "stock": {two[0].name: stock.Harm(gained=2.0), two[1].name: stock.Harm(read=["by network"])},
        "ours": {attack.name: stock.Harm() for attack in two},
    }
    row = "| network | 2 | 2 | 1 / 0 | 0 / 0 | 1 / 0 | 0 / 0 |"
    assert stock.table(found, two).splitlines()[2:] == [row, row.replace("network", "**together**")]


@needs_bubblewrap
def test_what_runs_apart_sees_and_changes_nothing_else():
    """Stock nbgrader runs attacks with all its user's rights: here these must be none."""
    folder = Path(tempfile.mkdtemp(prefix="unrolled-apart-"))
    try:
        hidden = [str(Path.home() / ".ssh"), *(str(apart.ROOT / name) for name in ("solutions", "tests", ".git"))]
        program = LOOK_AROUND.format(hidden=hidden, fixed=["/", "/usr", "/etc", "/var/tmp"])
        apart.run_inside(folder, folder, [["-c", program]], {}, 30)
        user = apart.NOBODY if os.geteuid() == 0 else os.geteuid()
        assert (folder / "said").read_text() == f"{user} True\n"
        assert (folder / "mine").is_file()
    finally:
        shutil.rmtree(folder)
