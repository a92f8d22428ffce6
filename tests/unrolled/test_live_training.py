"""Training while watching: it goes on from a file, stops when told, and never leaves half a file."""

import numpy as np
import pytest

from unrolled import data_language
from unrolled.live_training import Training, load_params, rate, save_params
from unrolled.pictures_capstone import as_file, page, shaded_text

V = data_language.V


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Files are written beside the notebook: in a folder of our own."""
    monkeypatch.chdir(tmp_path)


def still_forward(xs, h, c, params):
    """An LSTM that ignores everything."""
    hs = np.zeros((*xs.shape[:2], h.shape[1]), np.float32)
    return hs, {"c": hs}


def fresh():
    return {
        "u_x": np.zeros((8, V)),
        "u_h": np.zeros((8, 2)),
        "u_0": np.zeros(8),
        "w_h": np.zeros((V, 2)),
        "w_0": np.zeros(V),
    }


def counting_step(params, state, places, h, c, lr):
    """A step that counts itself in the bias and in the state, as Adam would."""
    t = state.get("t", 0) + 1
    same = {name: np.zeros_like(value) for name, value in params.items()}
    return params | {"w_0": params["w_0"] + 1 / V}, {"t": t, "m": same, "v": same}, 2.0, h, c


def training(step=counting_step):
    return Training(step, fresh(), still_forward, lambda params, prompt, *_: prompt + "…")


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


def test_a_network_of_another_size_starts_anew():
    """A learner who tries 192 units would get an error, or the old network."""
    training().run(steps=3)
    other = training()
    other.progress.params["u_h"] = np.zeros((12, 3), np.float32)
    other._resume()
    assert other.progress.step == 0


def test_a_damaged_checkpoint_starts_anew():
    """A full disk once would stop training for ever."""
    with open("training.npz", "wb") as file:
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


def test_stored_parameters_hold_no_code():
    """Loading somebody's parameters could run their code."""
    np.savez("evil.npz", u_x=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        load_params("evil.npz")


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
    html = as_file(picture)
    assert "held-out text" in picture.alt and "a<b" not in html and "&lt;" in html
