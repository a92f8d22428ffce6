"""The questions of lesson 06, and why their wrong choices are wrong."""

from unrolled.exam.exercise import VALUE, Exercise, Misconception, Part


def _quiz(name, answer, choices, explanations):
    mistakes = tuple(Misconception(f"{name}-{choice}", text, choice) for choice, text in explanations.items())
    parts, hints = (Part(name, 0),), ()
    return Exercise(answer, name=name, kind=VALUE, choices=choices, misconceptions=mistakes, parts=parts, hints=hints)


QUIZZES = (
    _quiz(
        "why_the_cell_lasts",
        "c",
        {
            "a": "its gates can't saturate",
            "b": "its weights are larger, so gradients are as well",
            "c": "along the cell a gradient is multiplied by forget gates only, and these may be 1",
            "d": "it has four times as many weights to store things in",
        },
        {
            "a": "The gates do saturate, and that is how it stores: a forget gate at 1 is a saturated one.",
            "b": "On the way along the cell there is no weight matrix at all, large or small.",
            "d": "What is stored is in the states, not in the weights. It carries two of them, h and c, but twice the "
            "room doesn't make a gradient last.",
        },
    ),
    _quiz(
        "what_the_bias_does",
        "a",
        {
            "a": "the unit begins by remembering, so gradients reach far before it has learned anything",
            "b": "the unit never forgets, whatever it learns",
            "c": "the cell state grows without bound from the start",
            "d": "the input gate opens as well, because gates share their biases",
        },
        {
            "b": "It is only where training starts. The bias and the weights of the gate are learned like all others.",
            "c": "What is kept is at most what was written, and σ(1) is about 0.73: it still fades, only less fast.",
            "d": "Each gate has a block of biases of its own; `init_lstm` sets one of them.",
        },
    ),
    _quiz(
        "which_gru",
        "d",
        {
            "a": "none: the two are the same function written differently",
            "b": "the biases: one has them, the other hasn't",
            "c": "z: in one it keeps, in the other it writes",
            "d": "the candidate: one resets the state before u_h multiplies it, the other after",
        },
        {
            "a": "They are different functions: u_h (r ⊙ h) mixes units after resetting each, r ⊙ (u_h h) before.",
            "b": "Both have biases. PyTorch has two for each gate, which only matters inside the reset.",
            "c": "Between Cho et al. and PyTorch z means the same: 1 keeps. It is Chung et al. who write it otherwise.",
        },
    ),
)
