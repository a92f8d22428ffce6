"""The quizzes of lesson 03: nothing to earn, wrong choices are explained."""

from unrolled.exam.exercise import VALUE, Exercise, Misconception, Part


def _quiz(name, answer, choices, explanations, hints):
    """Nothing to earn: wrong choices are explained."""
    mistakes = tuple(Misconception(f"chose-{letter}", text, letter) for letter, text in explanations.items())
    return Exercise(answer, parts=(Part(name, 0),), hints=hints, misconceptions=mistakes, name=name, kind=VALUE,
                    choices=choices)  # fmt: skip


WHICH_DATA = _quiz(
    "which_data",
    "b",
    {
        "a": "sentences, one word per step",
        "b": "a form, one field per step: age, height, income, in this order",
        "c": "a melody, one note per step",
        "d": "the temperature outside, one number an hour",
    },
    {
        "a": "A phrase means much the same wherever in the sentence it stands, so what is learned at one position "
        "serves at the others. Which data have steps that mean different things?",
        "c": "A motif comes back at other places in the tune: what is learned at one serves at the others. Which "
        "data have steps that mean different things?",
        "d": "A falling temperature is a falling temperature at every hour; the time of day can be given as a "
        "second input. Which data have steps that mean different things altogether?",
    },
    (
        "Sharing assumes that a pattern means the same wherever it stands.",
        "For each choice: shift the data by one step. Would a reader still understand them?",
    ),
)

SHARED_UPDATE = _quiz(
    "shared_update",
    "c",
    {
        "a": "three times, by −0.02, +0.01 and −0.04, one value per timestep",
        "b": "by about −0.017",
        "c": "by −0.05",
        "d": "by −0.04",
    },
    {
        "a": "Then it would have three values, and not be shared any more. One weight, one gradient, one change: "
        "how do the three uses combine?",
        "b": "That is the mean of the three. Nothing divides by the number of uses: moving the weight moves the "
        "loss through all three at once.",
        "d": "That is the last timestep's part alone. The uses at t=1 and t=2 moved the loss, too.",
    },
    (
        "What does your `tied_gradient` make of three gradients of one number?",
        "First combine the three gradients, then multiply by the learning rate, then mind the sign.",
    ),
)

WHY_MASK = _quiz(
    "why_mask",
    "a",
    {
        "a": "No: `u_h @ h + u_0` changes the state at every step, whatever the input",
        "b": "Yes: zero times any weight is zero, so a padded step does nothing",
        "c": "Yes, if `u_0` is zero as well",
        "d": "Yes, if the sequences start from a zero state `h_0`",
    },
    {
        "b": "Zero times `u_x` is zero, but that is one of three terms. The other two don't read the input at all.",
        "c": "Without a bias, tanh(u_h h) remains, and that isn't h, whatever `u_h` is: tanh alone makes every "
        "number smaller. Only the state 0 would stay.",
        "d": "By the time padding comes, the state isn't `h_0` any more: it holds what the real steps left there.",
    },
    (
        "Write down h_t for x_t = 0. Which terms are left?",
        "For which states is tanh(u_h h + u_0) equal to h?",
    ),
)
