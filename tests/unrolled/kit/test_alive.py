"""What all widgets have in common."""

import importlib
import inspect
import pkgutil
import re

import ipywidgets as widgets

import unrolled
from unrolled.kit import alive
from unrolled.kit.alive import Alive
from unrolled.kit.figures import Picture


class Doubler(Alive):
    """A widget as lessons make them."""

    def __init__(self, function):
        self.function = function
        self.number = widgets.IntSlider(1, min=0, max=9, description="x")
        super().__init__(self.number)
        self.box = widgets.VBox([self.number, self.shown])

    def still(self):
        return Picture(f"<b>{self.function(self.number.value)}</b>", "a number, doubled", {"image/png": "x"})


def test_moving_a_control_draws_again():
    """A widget would stand still."""
    doubler = Doubler(lambda x: 2 * x)
    doubler.number.value = 4
    assert doubler.shown.value == "<b>8</b>"


def test_a_cell_shows_the_still_picture_and_the_widget(monkeypatch):
    """A notebook opened again without its kernel would show an error where the picture was."""
    shown = []
    monkeypatch.setattr(alive, "display", shown.append)
    doubler = Doubler(lambda x: 2 * x)
    doubler._ipython_display_()
    still, box = shown
    assert "<b>2</b>" in still.html and ">x: 1<" in still.html and still.other == {"image/png": "x"}
    assert repr(still) == "[picture: a number, doubled]"
    assert box is doubler.box


def test_what_the_learners_function_raises_is_told_in_both():
    """A half-written function would end in a traceback of the widget's."""
    doubler = Doubler(lambda x: {}["h_0"])
    still, _ = doubler.outputs()
    for told in (doubler.shown.value, still.html):
        assert "Your function raises KeyError" in told
    assert "KeyError" in repr(still)


def test_every_widget_of_the_lessons_is_one_of_these():
    """A lesson would have a widget of another make: without a still picture, or with another way to tell errors."""
    names = [module.name for module in pkgutil.walk_packages(unrolled.__path__, "unrolled.")]
    modules = [importlib.import_module(name) for name in names if name.endswith(".widgets")]
    assert [
        module for module in modules if re.search("_ipython_display_|_mimebundle_", inspect.getsource(module))
    ] == []
    assert len(Alive.__subclasses__()) >= 9
