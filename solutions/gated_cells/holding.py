"""How `hold_weights` is examined: by what an LSTM with these weights does."""

import numpy as np

from solutions.gated_cells import inputs, reference, variants
from unrolled.exam.exercise import BEHAVIOUR, Exercise, Misconception, Part, Play
from unrolled.gated_cells import plays


def _unit(i, f, g, o):
    """An LSTM of one unit: for each gate the weights of value and command, and the bias."""
    rows = np.array([i, f, g, o], float)
    return {"u_x": rows[:, :2], "u_h": np.zeros((4, 1)), "u_0": rows[:, 2]}


def never_writes():
    return _unit((0, 20, -30), (0, -20, 10), (5, 0, 0), (0, 0, 10))


def gates_exchanged():
    return _unit((0, -20, 10), (0, 20, -10), (5, 0, 0), (0, 0, 10))


def upside_down():
    return _unit((0, 20, -10), (0, -20, 10), (-5, 0, 0), (0, 0, 10))


def writes_the_command():
    return _unit((0, 20, -10), (0, -20, 10), (0, 5, 0), (0, 0, 10))


def leaks():
    return _unit((0, 20, -10), (0, -20, 4), (5, 0, 0), (0, 0, 10))


def nearly_shut():
    return _unit((0, 10, -5), (0, -20, 10), (2, 0, 0), (0, 0, 10))


def overwritten():
    return _unit((0, 0, 10), (0, 0, -10), (5, 0, 0), (0, 0, 10))


def not_replaced():
    return _unit((0, 20, -10), (0, 0, 12), (5, 0, 0), (0, 0, 10))


HOLD_WEIGHTS = Exercise(
    reference.hold_weights,
    inputs.commands,
    (
        Part("written when told", 1, "held", "writes close together"),
        Part(inputs.KEPT, 1, "held", inputs.KEPT),
        Part("both at once", 1, "held"),
    ),
    (
        "One unit is enough, and u_h may be zero. Say for each gate when it should be open and when shut: at "
        "\"write\", and otherwise.",
        "Writing means: input gate open, forget gate shut. Keeping means: input gate shut, forget gate open. So both "
        "hang on the command alone, in opposite ways. The output gate can stay open.",
        "How open is open? A forget gate of 0.99 leaves 0.99^500, under one percent. σ(10) is about 0.99995: with a "
        "weight of 20 for the command and a bias of −10, a gate swings from σ(−10) to σ(10). The same for shut: what "
        "lets in 0.007 at each step lets in 3.5 over 500.",
        "The candidate only has to carry the value's sign: weight 5 for the value, nothing else.",
    ),
    (
        Misconception("never-writes", "Nothing beyond ±0.1 is shown even right after the first command to write: the "
                      "input gate stays shut, the output gate doesn't show the cell, or the candidate is too small. "
                      "The blocks are i, f, g, o, the input gate's first.",
                      never_writes, plays.never_writes),
        Misconception("gates-exchanged", "It stores nothing when told to write, and takes every value over when not "
                      "told: the gates do the opposite of what they should. Is a sign turned, or are two blocks "
                      "exchanged? They are i, f, g, o, the input gate's first.",
                      gates_exchanged, plays.backwards),
        Misconception("upside-down", "It keeps the opposite of what it is told. Somewhere a sign is turned.",
                      upside_down, plays.upside_down),
        Misconception("writes-the-command", "Whatever the value is, the same is written. What is to be written is the "
                      "candidate's business: which of the two numbers does it read? The value is the first column of "
                      "u_x, the command the second.", writes_the_command, plays.one_sided),
        Misconception("leaks", "It writes when told, but later, without a new command, nothing beyond ±0.1 is shown. "
                      "Mostly what was written fades: how much of it is left after 500 steps if each keeps a share f? "
                      "If that is enough: is the output gate still open?",
                      leaks, plays.leaks),
        Misconception("nearly-shut", "It keeps what was written for a while, until what comes in without a command "
                      "outweighs it: your input gate is nearly shut, and nearly is not shut. The same value may come "
                      "in 500 times: how much of it has got in by then?", nearly_shut, plays.drifts),
        Misconception("overwritten", "It takes over a value although nobody said to write. How far is your input gate "
                      "open when the command is 0, and how far should it be?", overwritten, plays.overwritten),
        Misconception("not-replaced", "A later command to write doesn't replace what was there. Mostly the new value "
                      "is added to the old one: what should the forget gate do while you write? If it does that: value "
                      "is the first column of u_x, command the second, and the blocks are i, f, g, o.", not_replaced,
                      plays.not_replaced),
    ),
    (variants.hold_weights_with_spare_units, variants.hold_weights_lists),
    kind=BEHAVIOUR,
    play=Play(plays.play_hold, needs=("lstm_forward",)),
    tools={"lstm_forward": reference.lstm_forward},
)  # fmt: skip
