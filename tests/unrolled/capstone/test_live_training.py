"""Training while watching: it goes on from a file, stops when told, and never leaves half a file."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from solutions.capstone import train
from solutions.gated_cells.reference import lstm_forward
from unrolled.capstone import data_language
from unrolled.capstone.live_training import Training, load_params, rate, save_params, score
from unrolled.capstone.pictures import as_file, page, shaded_text, training_curve

V = data_language.V


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Files are written beside the notebook: in a folder of our own."""
    monkeypatch.chdir(tmp_path)


def still_forward(xs, h, c, params):
    """An LSTM that ignores everything."""
    hs = np.zeros((*xs.shape[:2], h.shape[1]), np.float32)
    return hs, {"c": hs}


def fresh(H=2):
    return {
        "u_x": np.zeros((4 * H, V)),
        "u_h": np.zeros((4 * H, H)),
        "u_0": np.zeros(4 * H),
        "w_h": np.zeros((V, H)),
        "w_0": np.zeros(V),
    }


def counting_step(params, state, places, h, c, lr):
    """A step that counts itself in the bias and in the state, as Adam would."""
    t = state.get("t", 0) + 1
    same = {name: np.zeros_like(value) for name, value in params.items()}
    return params | {"w_0": params["w_0"] + 1 / V}, {"t": t, "m": same, "v": same}, 2.0, h, c


def training(step=counting_step, params=None, forward=still_forward):
    return Training(step, params or fresh(), forward, lambda params, prompt, *_: prompt + "…")


def test_an_interrupted_training_goes_on_where_it_stopped(capsys):
    """Five minutes of training would be lost with a closed lid."""

    def interrupted(params, state, *rest):
        if state.get("t", 0) == 5:
            raise KeyboardInterrupt
        return counting_step(params, state, *rest)

    first = training(interrupted)
    first.run(steps=8)
    assert first.progress.step == 5
    second = training()
    second.run(steps=8)
    assert "from step 5" in capsys.readouterr().out
    assert second.progress.step == second.progress.state["t"] == 8
    assert load_params("trained_params.npz")["w_0"][0] == pytest.approx(8 / V)


def test_a_finished_training_is_not_repeated(capsys):
    """Running all cells after a restart would take five minutes once more, and score the same network twice."""
    training().run(steps=4)

    def never(*args):
        raise AssertionError("trained once more")

    again = training(never)
    again.run(steps=4)
    assert "All 4 steps are done" in capsys.readouterr().out
    assert again.progress.step == 4 and len(again.progress.scores) == 1


def test_a_network_of_another_size_starts_anew(capsys):
    """A learner who tries 192 units would get an error, or lose the place in the training of the first network."""
    training().run(steps=3)
    other = training(params=fresh(3))
    other.run(steps=2)
    assert other.progress.step == 2
    capsys.readouterr()
    training().run(steps=4)
    assert "Going on from step 3" in capsys.readouterr().out


def test_a_damaged_checkpoint_starts_anew():
    """A full disk once would stop training for ever."""
    with open("training_2.npz", "wb") as file:
        file.write(b"PK\x03\x04 not really")
    once = training()
    once.run(steps=2)
    assert once.progress.step == 2


def test_a_diverged_training_keeps_the_good_parameters():
    """NaN would overwrite what was trained."""
    training().run(steps=3)

    def diverging(params, state, *rest):
        return params, state, np.nan, *rest[1:3]

    with pytest.raises(ValueError, match="learning rate"):
        training(diverging).run(steps=6)
    assert load_params("trained_params.npz")["w_0"][0] == pytest.approx(3 / V)


def test_no_file_is_as_good_as_not_solved(capsys):
    """Whoever forgets to hand the file in would not learn why there are no points."""
    assert load_params("trained_params.npz") is ...
    assert "hand the file in" in capsys.readouterr().out


def test_parameters_out_of_bounds_are_explained_and_not_kept():
    """A rate far too large would end in a bare error about u_x, or in a file that earns nothing."""
    training().run(steps=3)

    def leaping(params, *rest):
        return params | {"w_0": params["w_0"] + 1e6}, *counting_step(params, *rest)[1:]

    with pytest.raises(ValueError, match="smaller learning rate"):
        training(leaping).run(steps=6)
    assert load_params("trained_params.npz")["w_0"][0] == pytest.approx(3 / V)


@pytest.mark.parametrize("units", [2, 3])
def test_a_better_network_in_the_file_is_never_overwritten(units, capsys):
    """Trying another size or rate for a few seconds would cost the network that was handed in."""
    good = train.load("language")
    save_params("trained_params.npz", good)
    training(params=fresh(units), forward=lstm_forward).run(steps=2)
    np.testing.assert_array_equal(load_params("trained_params.npz")["w_h"], good["w_h"])
    assert f"better network that you had: {score(good, lstm_forward):.3f}" in capsys.readouterr().out


def test_a_worse_network_in_the_file_gives_way():
    """Training on would earn nothing: the first network would stay in the file for ever."""
    save_params("trained_params.npz", train.load("language") | {"w_0": np.arange(V)})
    training(forward=lstm_forward).run(steps=2)
    assert load_params("trained_params.npz")["u_0"].shape == (8,)


def test_training_stays_in_single_precision_and_says_who_left_it(capsys):
    """One `np.zeros` without a dtype would double the time of training, and nobody would know."""
    seen = []

    def double_step(params, state, places, h, c, lr):
        seen.extend([params["u_x"].dtype, h.dtype, *(value.dtype for value in state.get("m", {}).values())])
        wide = {name: value.astype(float) for name, value in params.items()}
        return counting_step(wide, state, places, h.astype(float), c.astype(float), lr)

    training(double_step).run(steps=3)
    assert set(seen) == {np.dtype(np.float32)}
    said = capsys.readouterr().out
    assert said.count("double precision") == 1 and "`adam_step`" in said
    training(double_step, fresh(3), lambda xs, h, c, params: (np.zeros((*xs.shape[:2], 3)), {})).run(steps=2)
    assert "`lstm_forward`" in capsys.readouterr().out


def test_single_precision_is_not_remarked_upon(capsys):
    """Whoever did it right would look for a mistake."""
    training().run(steps=2)
    assert "double" not in capsys.readouterr().out


def test_nothing_is_trained_or_stored_while_a_notebook_is_graded(monkeypatch, capsys):
    """Grading would take five minutes more, and judge other parameters than those handed in."""
    save_params("trained_params.npz", {"w_0": np.arange(3.0)})
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    once = training()
    once.run(steps=2)
    save_params("trained_params.npz", fresh())
    assert once.progress.step == 0 and "graded" in capsys.readouterr().out
    np.testing.assert_array_equal(load_params("trained_params.npz")["w_0"], [0, 1, 2])


def test_every_cell_that_trains_waits_until_its_functions_are_ready():
    """A graded notebook would train: there, nothing is ever ready."""
    text = (Path(__file__).parents[3] / "lessons" / "07_capstone.md").read_text(encoding="utf-8")
    cells = [cell.split("```")[0] for cell in text.split("```{code-cell}")[1:]]
    training_cells = [cell for cell in cells if ".run(" in cell or 'save_params("' in cell]
    assert len(training_cells) == 2
    assert all(cell.index("ready(") < max(cell.rfind(".run("), cell.rfind("save_params(")) for cell in training_cells)


def test_stored_parameters_hold_no_code():
    """Loading somebody's parameters could run their code."""
    np.savez("evil.npz", u_x=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match=r"evil\.npz can't be read"):
        load_params("evil.npz")


def array_file():
    buffer = BytesIO()
    np.save(buffer, np.arange(3.0))
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"u_x = 3", b"PK\x03\x04 and no more", array_file()])
def test_a_file_that_holds_no_parameters_is_named(data):
    """NumPy's own errors say other things for each, and one advises to load the file unsafely."""
    Path("odd.npz").write_bytes(data)
    with pytest.raises(ValueError, match=r"odd\.npz can't be read") as caught:
        load_params("odd.npz")
    assert "pickle" not in str(caught.value)


def test_the_rate_rises_and_falls():
    """Training would start with a jump, or end with one."""
    rates = [rate(step, 1000, 1.0) for step in range(1001)]
    assert rates[0] < 0.05 and max(rates) > 0.95 and rates[-1] == pytest.approx(0.05)


def test_parameters_come_back_as_they_were():
    """What is graded would not be what was trained."""
    save_params("some.npz", {"w_0": np.arange(3.0)})
    np.testing.assert_array_equal(load_params("some.npz")["w_0"], [0, 1, 2])


def test_the_page_says_in_words_what_it_shows():
    """Who can't see the curve would have a page of nothing; a text with < in it would break it."""
    once = training()
    once.run(steps=2)
    picture = page("Mine", ("Curve", once.picture(4)), ("Text", shaded_text("a<b", [0.5, 1.0])))
    html = as_file(picture, "Mine < yours")
    assert "held-out text" in picture.alt and "a<b" not in html and "&lt;" in html
    assert "<title>Mine &lt; yours</title>" in html and "padding:0 1em" in html


def test_the_page_explains_what_a_stranger_sees():
    """Whoever is shown the page would wonder what the colours mean."""
    picture = page("Mine", ("Text", shaded_text("ab", [1.0]), "The framed one is < guessed."))
    assert "The framed one is &lt; guessed." in picture.html


def test_the_curve_goes_as_low_as_the_network():
    """A network below 1.5 bits would seem to have stopped learning."""
    low, high = (training_curve([(1, 3.0), (2, bits)], [], [], {}).html for bits in (1.2, 1.0))
    assert low != high


def test_a_score_is_told_with_the_step_it_was_taken_at():
    """Step 664 would be paired with the score of step 524."""
    picture = training_curve([(664, 2.1)], [(524, 2.68)], [], {})
    assert "step 664 · 2.68 bits per character on held-out text after step 524" in picture.html
