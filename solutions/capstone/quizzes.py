"""The questions of lesson 07, and why their wrong choices are wrong."""

from unrolled.exam.exercise import VALUE, Exercise, Misconception, Part


def _quiz(name, answer, choices, explanations):
    mistakes = tuple(Misconception(f"{name}-{choice}", text, choice) for choice, text in explanations.items())
    return Exercise(answer, name=name, kind=VALUE, choices=choices, misconceptions=mistakes, parts=(Part(name, 0),))


WHAT_ADAM_DIVIDES_BY = _quiz(
    "what_adam_divides_by",
    "c",
    {
        "a": "they are a thousand times larger",
        "b": "they are a million times larger",
        "c": "they are almost the same",
        "d": "they are a thousand times smaller",
    },
    {
        "a": "That is plain gradient descent. Adam divides m by the root of v: what happens to each if all "
        "gradients grow by a thousand?",
        "b": "v grows by a million, but it is under a root and in the denominator.",
        "d": "The root of v, by which the step is divided, is a thousand times larger. So is m, which stands above it.",
    },
)
WHY_CARRY_STATES = _quiz(
    "why_carry_states",
    "b",
    {
        "a": "The gradient then flows back to the beginning of the text.",
        "b": "The network may use what it read in earlier chunks, though no gradient goes back there.",
        "c": "Otherwise the parameters would start anew with every chunk.",
        "d": "It makes no difference, it only saves the time of making zeros.",
    },
    {
        "a": "The backward pass of a chunk ends at its first step: the state it starts from is a constant to "
        "it. That is truncated BPTT, lesson 05.",
        "c": "Parameters and states are different things: parameters change with each update, states with "
        "each character.",
        "d": "With zeros, the first guesses of every chunk would have nothing to go by, and no chunk could "
        "see further back than its own beginning.",
    },
)
WHAT_TEMPERATURE_DOES = _quiz(
    "what_temperature_does",
    "a",
    {
        "a": "always the likeliest character",
        "b": "each character equally likely",
        "c": "characters as frequent as in the training text",
        "d": "exactly the training text, from the prompt on",
    },
    {
        "b": "That is where a very *high* temperature leads: logits divided by something large are all nearly 0.",
        "c": "At temperature 1 the network's own probabilities are drawn from; and they depend on what came before.",
        "d": "The likeliest next character is not always the one that came in the text, and after one that "
        "differs everything may differ.",
    },
)
