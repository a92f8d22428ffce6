"""Lesson 06's pictures: the LSTM unit that the note leaves empty, and the GRU beside it."""

from __future__ import annotations

from unrolled.kit.drawing import Drawing
from unrolled.kit.figures import Picture

_GATES = (("f", 160), ("i", 245), ("g", 330), ("o", 425))


def lstm_unit() -> Picture:
    """One LSTM unit: the cell runs along the top, the gates stand below, the hidden state leaves at the right."""
    drawing = Drawing(680, 350)
    drawing.box(335, 165, 470, 252)
    _lstm_inputs(drawing)
    _lstm_cell(drawing)
    _lstm_output(drawing)
    drawing.text(627, 40, "cell state", 13, math=False, role="state")
    drawing.text(627, 215, "hidden state", 13, math=False, role="state")
    return drawing.picture(
        "An LSTM unit. Along the top the cell state: multiplied by the forget gate f, then the input gate i times "
        "the candidate g is added. Its tanh, multiplied by the output gate o, leaves as the hidden state below. "
        "All four layers read the input and the last hidden state."
    )


def gru_unit() -> Picture:
    """One gated recurrent unit: a single state along the top, kept by z, renewed by the candidate n."""
    drawing = Drawing(680, 350)
    drawing.box(325, 165, 450, 252)
    _gru_inputs(drawing)
    _gru_gates(drawing)
    _gru_state(drawing)
    drawing.text(627, 40, "state", 13, math=False, role="state")
    return drawing.picture(
        "A gated recurrent unit. Along the top the state: multiplied by the update gate z, then the candidate n times "
        "one minus z is added. The reset gate r multiplies the state that the candidate reads."
    )


def _operation(drawing: Drawing, x: float, y: float, sign: str) -> None:
    drawing.circle(x, y, radius=12).text(x, y, sign, 17, math=False)


def _lstm_inputs(drawing: Drawing) -> None:
    drawing.circle(38, 250, "h_{t-1}", "state").circle(130, 325, "x_t", "input").circle(38, 75, "c_{t-1}", "state")
    drawing.arrow((59, 250), (130, 250), role="state", head=False)
    drawing.arrow((130, 304), (130, 250), role="input", head=False)
    drawing.arrow((130, 250), (425, 250), head=False).dot(130, 250)
    for name, x in _GATES:
        drawing.arrow((x, 250), (x, 221))
        role = "plain" if name == "g" else "accent"
        drawing.box(x, 204, 46, 32, "tanh" if name == "g" else "σ", role)


def _lstm_cell(drawing: Drawing) -> None:
    drawing.arrow((59, 75), (148, 75), role="state").arrow((172, 75), (276, 75), role="state")
    drawing.arrow((300, 75), (599, 75), role="state").circle(620, 75, "c_t", "state")
    drawing.arrow((160, 188), (160, 87), role="accent").arrow((245, 188), (245, 140), (276, 140), role="accent")
    drawing.arrow((330, 188), (330, 140), (300, 140)).arrow((288, 128), (288, 87))
    _operation(drawing, 160, 75, "×")
    _operation(drawing, 288, 75, "+")
    _operation(drawing, 288, 140, "×")
    drawing.text(148, 168, "f_t", anchor="end").text(234, 168, "i_t", anchor="end").text(
        342, 168, "g_t", anchor="start"
    )


def _lstm_output(drawing: Drawing) -> None:
    drawing.arrow((490, 75), (490, 104), role="state").dot(490, 75, "state").box(490, 120, 46, 32, "tanh")
    drawing.arrow((490, 136), (490, 158), role="state").arrow((425, 188), (425, 170), (478, 170), role="accent")
    drawing.arrow((490, 182), (490, 250), (599, 250), role="state").circle(620, 250, "h_t", "state")
    _operation(drawing, 490, 170, "×")
    drawing.text(413, 168, "o_t", anchor="end")


def _gru_inputs(drawing: Drawing) -> None:
    drawing.circle(38, 75, "h_{t-1}", "state").circle(150, 325, "x_t", "input")
    drawing.arrow((59, 75), (258, 75), role="state").dot(120, 75, "state")
    drawing.arrow((120, 75), (120, 246), (264, 246), (264, 221), role="state")
    drawing.arrow((154, 246), (154, 221), role="state").dot(154, 246, "state")
    drawing.arrow((120, 150), (148, 150), role="state").dot(120, 150, "state")
    drawing.arrow((150, 304), (150, 266), (410, 266), (410, 221), role="input")
    for x in (170, 280):
        drawing.arrow((x, 266), (x, 221), role="input").dot(x, 266, "input")


def _gru_gates(drawing: Drawing) -> None:
    drawing.box(162, 204, 46, 32, "σ", "accent").box(272, 204, 46, 32, "σ", "accent").box(402, 204, 46, 32, "tanh")
    drawing.arrow((160, 188), (160, 162), role="accent").text(150, 178, "r_t", 16, anchor="end")
    drawing.arrow((172, 150), (345, 150), (345, 240), (394, 240), (394, 221), role="state")
    drawing.arrow((270, 188), (270, 87), role="accent").text(262, 178, "z_t", 16, anchor="end")
    drawing.arrow((270, 115), (308, 115), role="accent").dot(270, 115, "accent").box(330, 115, 42, 28, "1−", "accent")
    drawing.arrow((351, 115), (388, 115), role="accent").arrow((400, 188), (400, 127))
    drawing.text(412, 168, "n_t", 16, anchor="start")
    _operation(drawing, 160, 150, "×")


def _gru_state(drawing: Drawing) -> None:
    drawing.arrow((282, 75), (388, 75), role="state").arrow((400, 103), (400, 87))
    drawing.arrow((412, 75), (599, 75), role="state").circle(620, 75, "h_t", "state")
    _operation(drawing, 270, 75, "×")
    _operation(drawing, 400, 115, "×")
    _operation(drawing, 400, 75, "+")
