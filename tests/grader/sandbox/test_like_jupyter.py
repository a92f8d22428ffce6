"""What runs in Jupyter and needs nothing that is walled off runs while graded, too."""

import pytest

BACKEND = "import matplotlib\nprint(matplotlib.get_backend())"
PRINTS = "print('done')"


@pytest.mark.parametrize(
    "line",
    [
        "%cd .", "%cd /content/drive/MyDrive", "%matplotlib inline", "%matplotlib widget", "%matplotlib notebook",
        "%matplotlib qt", "import matplotlib; matplotlib.use('TkAgg')", "import matplotlib; matplotlib.use('nbagg')",
        "!pip install numpy", "%pip install numpy", "files = !ls", "%load_ext autoreload",
    ],
)  # fmt: skip
def test_a_line_of_setting_up_does_not_stop_the_cell(session, line):
    """An import cell would stop there, and every exercise after it earn nothing."""
    result = session.run_cell(f"{line}\n{PRINTS}")
    assert result.status == "ok"
    assert result.outputs[-1]["text"].endswith("done\n")


@pytest.mark.parametrize("backend", ["%matplotlib widget", "import matplotlib; matplotlib.use('Qt5Agg')"])
def test_pictures_are_inline_whatever_is_asked_for(session, backend):
    """A learner's figure would be missing where a person grades it."""
    assert "inline" in session.run_cell(f"{backend}\n{BACKEND}").outputs[-1]["text"]


@pytest.mark.parametrize("magic", ["bash", "sh", "script python", "perl"])
def test_programs_in_a_cell_are_left_be(session, magic):
    """A cell that lists files would make another one fail."""
    result = session.run_cell(f"%%{magic}\nls")
    assert (result.status, result.outputs[0]["name"]) == ("ok", "stdout")
    assert "not run while grading" in result.outputs[0]["text"]
    assert session.run_cell(PRINTS).outputs == [{"output_type": "stream", "name": "stdout", "text": "done\n"}]


@pytest.mark.parametrize("ending, kind", [("2.5", "execute_result"), ("1 / 0", "error")])
def test_what_decides_a_test_is_kept_however_much_was_printed(session, ending, kind):
    """A test that prints much would give full marks, or none."""
    result = session.run_cell(f"print('x' * 300_000)\n{ending}")
    note = [output["text"] for output in result.outputs if "truncated" in output.get("text", "")]
    assert (len(note), kind) == (1, next(o["output_type"] for o in result.outputs if o["output_type"] != "stream"))
    assert all(output.get("name") != "stderr" for output in result.outputs)
