"""The questions of lesson 03, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

WHICH_DATA = quiz(
    "which_data",
    a=(
        "sentences, one word per step",
        "A phrase means much the same wherever in the sentence it stands, so what is learned at one position serves "
        "at the others. Which data have steps that mean different things?",
        "chose-a",
    ),
    b=("a form, one field per step: age, height, income, in this order", RIGHT),
    c=(
        "a melody, one note per step",
        "A motif comes back at other places in the tune: what is learned at one serves at the others. Which data have "
        "steps that mean different things?",
        "chose-c",
    ),
    d=(
        "the temperature outside, one number an hour",
        "A falling temperature is a falling temperature at every hour; the time of day can be given as a second "
        "input. Which data have steps that mean different things altogether?",
        "chose-d",
    ),
    hints=(
        "Sharing assumes that a pattern means the same wherever it stands.",
        "For each choice: shift the data by one step. Would a reader still understand them?",
    ),
)

SHARED_UPDATE = quiz(
    "shared_update",
    a=(
        "three times, by −0.02, +0.01 and −0.04, one value per timestep",
        "Then it would have three values, and not be shared any more. One weight, one gradient, one change: how do "
        "the three uses combine?",
        "chose-a",
    ),
    b=(
        "by about −0.017",
        "That is the mean of the three. Nothing divides by the number of uses: moving the weight moves the loss "
        "through all three at once.",
        "chose-b",
    ),
    c=("by −0.05", RIGHT),
    d=(
        "by −0.04",
        "That is the last timestep's part alone. The uses at t=1 and t=2 moved the loss, too.",
        "chose-d",
    ),
    hints=(
        "What does your `tied_gradient` make of three gradients of one number?",
        "First combine the three gradients, then multiply by the learning rate, then mind the sign.",
    ),
)

# shown: tests/solutions/test_weight_sharing_claims.py::test_no_u_h_keeps_every_state
# shown: tests/solutions/test_weight_sharing_claims.py::test_very_few_states_stay_without_input
WHY_MASK = quiz(
    "why_mask",
    a=("No: `h` still becomes `tanh(u_h @ h + u_0)`, and that is `h` again for very few states", RIGHT),
    b=(
        "Yes: zero times any weight is zero, so a padded step does nothing",
        "Zero times `u_x` is zero, but that is one of three terms. The other two don't read the input at all.",
        "chose-b",
    ),
    c=(
        "Yes, if `u_0` is zero as well",
        "Without a bias, tanh(u_h h) remains. The state 0 stays, and others may: with u_h = 1.5, the echo of lesson 02 "
        "came to rest at 0.86. But no `u_h` keeps every state, and padding must not change any.",
        "chose-c",
    ),
    d=(
        "Yes, if the sequences start from a zero state `h_0`",
        "By the time padding comes, the state isn't `h_0` any more: it holds what the real steps left there.",
        "chose-d",
    ),
    hints=(
        "Write down h_t for x_t = 0. Which terms are left?",
        "For which states is tanh(u_h h + u_0) equal to h?",
    ),
)
