"""What learners do to kernels: in any order, interrupted, restarted, two notebooks in one."""

import queue
import textwrap
import time

import pytest
from jupyter_client.manager import start_new_kernel

import solutions
from grader.authoring.sources import cell_source

OPENING = "import numpy as np\nfrom unrolled import bring, check, ready"


def answers(lesson):
    exercises = {exercise.name: exercise for exercise in solutions.exercises(lesson)}
    return {name: cell_source(exercise.reference, name, exercises) for name, exercise in exercises.items()}


STEP, OUTPUT, FORWARD = (answers("02_definition")[name] for name in ("rnn_step", "rnn_output", "rnn_forward"))


class Notebook:
    """A real kernel, and the cells that are run in it."""

    def __init__(self, folder):
        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=str(folder))

    def run(self, source, until=None):
        """Run a cell; all it shows, as text. `until`: interrupt it once there is this file."""
        asked, shown = self.client.execute(source, allow_stdin=False), ""
        if until:
            while not until.exists():
                time.sleep(0.05)
            until.unlink()
            self.manager.interrupt_kernel()
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=60)
            except queue.Empty:
                pytest.fail(f"the kernel said nothing for a minute after {shown!r}")
            if message["parent_header"].get("msg_id") != asked:
                continue
            content = message["content"]
            if content.get("execution_state") == "idle":
                return shown
            shown += content.get("text", "") + content.get("data", {}).get("text/plain", "") + content.get("ename", "")

    def restart(self):
        self.manager.restart_kernel(now=True)
        self.client.wait_for_ready(timeout=60)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """One kernel for all these tests; what one leaves behind, another may find, as learners do."""
    folder = tmp_path_factory.mktemp("kernel") / "notebooks" / "here"  # what other tests leave is not beside it
    folder.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNROLLED_PROGRESS", str(folder / "progress.json"))
        patch.setenv("HOME", str(folder))
        notebook = Notebook(folder)
        yield notebook
        notebook.client.stop_channels()
        notebook.manager.shutdown_kernel(now=True)


def test_cells_may_be_run_in_any_order(notebook):
    """Whoever goes back to mend a function would have to run the whole notebook again, or be told nonsense."""
    notebook.run(OPENING)
    notebook.run(OUTPUT)
    notebook.run(FORWARD)
    assert "name 'rnn_step' is not defined" in notebook.run("check(rnn_forward)")
    notebook.run(STEP.replace("np.tanh", "np.sin"))
    assert "It calls your `rnn_step`" in notebook.run("check(rnn_forward)").replace("“", "`")
    notebook.run(STEP)
    assert "✓" in notebook.run("check(rnn_forward)")


def test_an_interrupted_check_says_so_and_the_next_one_works(notebook, tmp_path):
    """*Interrupt* would leave a kernel that answers nothing any more, or a traceback through our code."""
    notebook.run(OPENING)
    there = tmp_path / "there"
    endless = f"open({str(there)!r}, 'w')\nwhile True: pass"
    notebook.run("def rnn_step(x, h, u_x, u_h, u_0):\n" + textwrap.indent(endless, "    "))
    said = notebook.run("check(rnn_step)", until=there)
    assert "nterrupted" in said and "KeyboardInterrupt" not in said
    assert "KeyboardInterrupt" in notebook.run(endless, until=there)
    notebook.run(STEP)
    assert "✓" in notebook.run("check(rnn_step)")


def test_a_restarted_kernel_checks_as_before_and_progress_is_kept(notebook):
    """A restart, the cure for everything, would cost what was reached."""
    notebook.run(f"{OPENING}\n{STEP}")
    assert "✓" in notebook.run("check(rnn_step)")
    notebook.restart()
    assert "NameError" in notebook.run("check(rnn_step)")
    assert "rnn_step" in notebook.run(f"{OPENING}\nfrom unrolled.desk import progress\nprogress.read()")
    notebook.run(STEP)
    assert "✓" in notebook.run("check(rnn_step)")


def test_two_notebooks_in_one_kernel_are_each_checked_by_their_own_key(notebook):
    """An exercise would be held against another lesson's key, or be unknown there."""
    notebook.run(f"{OPENING}\n{STEP}")
    name, source = next(iter(answers("03_weight_sharing").items()))
    notebook.run(f"from unrolled import check\n{source}")
    assert "✓" in notebook.run(f"check({name})")
    assert "✓" in notebook.run("check(rnn_step)")
    assert "False" not in notebook.run(f"ready(rnn_step, {name})")
