"""The questions of lesson 07, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

# shown: tests/solutions/test_capstone.py::test_adam_divides_out_the_size_of_gradients
WHAT_ADAM_DIVIDES_BY = quiz(
    "what_adam_divides_by",
    a=(
        "they are a thousand times larger",
        "That is plain gradient descent. Adam divides m by the root of v: what happens to each if all gradients grow "
        "by a thousand?",
    ),
    b=(
        "they are a million times larger",
        "v grows by a million, but it is under a root and in the denominator.",
    ),
    c=("they are almost the same", RIGHT),
    d=(
        "they are a thousand times smaller",
        "The root of v, by which the step is divided, is a thousand times larger. So is m, which stands above it.",
    ),
)

WHY_CARRY_STATES = quiz(
    "why_carry_states",
    a=(
        "the gradient then flows back to the beginning of the text",
        "The backward pass of a chunk ends at its first step: the state it starts from is a constant to it. That is "
        "truncated BPTT, lesson 05.",
    ),
    b=("the network may use what it read in earlier chunks, though no gradient goes back there", RIGHT),
    c=(
        "otherwise the parameters would start anew with every chunk",
        "Parameters and states are different things: parameters change with each update, states with each character.",
    ),
    d=(
        "it makes no difference, it only saves the time of making zeros",
        "With zeros, the first guesses of every chunk would have nothing to go by, and no chunk could see further "
        "back than its own beginning.",
    ),
)

# shown: tests/solutions/test_task_types.py::test_sampling_follows_the_probabilities
WHAT_TEMPERATURE_DOES = quiz(
    "what_temperature_does",
    a=("always the likeliest character", RIGHT),
    b=(
        "each character equally likely",
        "That is where a very *high* temperature leads: logits divided by something large are all nearly 0.",
    ),
    c=(
        "characters as frequent as in the training text",
        "At temperature 1 the network's own probabilities are drawn from; and they depend on what came before.",
    ),
    d=(
        "exactly the training text, from the prompt on",
        "The likeliest next character is not always the one that came in the text, and after one that differs "
        "everything may differ.",
    ),
)
