"""The questions of lesson 05, and why their wrong choices are wrong."""

from solutions.forms import RIGHT, quiz

AFTER_FIFTY_STEPS = quiz(
    "after_fifty_steps",
    a=(
        "0.9",
        "0.9 is what one step leaves. Each of the fifty steps multiplies by its own factor.",
    ),
    b=("about 0.005", RIGHT),
    c=(
        "exactly 0",
        "A product of factors that are not zero is not zero. It is too small to matter, which is worse: nothing tells "
        "you.",
    ),
    d=(
        "45",
        "That would be fifty steps adding up. Along one path the chain rule multiplies.",
    ),
    hints=(
        "Every step multiplies: after one step 0.9 is left, after two 0.9 · 0.9 = 0.81.",
        "So it is a power of 0.9. Every seven steps it is about halved: 0.9 ** 7 is 0.48.",
        "Fifty steps are a little more than seven halvings, so less than 1/128 is left: let Python work out `0.9**50`.",
    ),
)

WHAT_CLIPPING_DOES = quiz(
    "what_clipping_does",
    a=(
        "it makes vanished gradients longer, up to max_norm",
        "Clipping never lengthens: a gradient below `max_norm` stays as it is. Try your function on a short one.",
    ),
    b=(
        "it changes their direction towards the recent past",
        "All entries are multiplied by the same number, so the direction stays.",
    ),
    c=("nothing: it only shortens what is too long", RIGHT),
    d=(
        "it removes the noise that hides them",
        "A single factor for all entries can't tell noise from signal.",
    ),
    hints=(
        "Read the formula again, and the condition behind it.",
        "Is 1e-9 more than 1.0? What does the formula do with gradients for which the condition doesn't hold?",
        "Try it: `clip_by_global_norm({'w': np.array([1e-9])}, 1.0)`. Is anything longer than before?",
    ),
)

WHAT_TRUNCATION_COSTS = quiz(
    "what_truncation_costs",
    a=(
        "the state is set to zero every 20 steps",
        "The state flows over the borders: your own function carries it. Only the gradient stops.",
    ),
    b=("no gradient ever asks it to keep something for longer than 20 steps", RIGHT),
    c=(
        "it can't be run on sequences longer than 20 steps",
        "Running forward knows no borders at all; they exist in the backward pass only.",
    ),
    d=(
        "the gradients of w_x, w_h and w_0 are wrong",
        "Those use each step's own input and state, and these are exact. It is u_x, u_h and u_0 that miss the long "
        "paths.",
    ),
    hints=(
        "Two things come to a border between chunks, the state and the gradient. One of them goes on.",
        "The state goes on, so running forward is as it always was, and w_x, w_h and w_0 get each step's share from "
        "that step alone. What is left is what travels back.",
        "An output at step 30 sends its gradient back to step 21 at most. Who tells step 5 to keep something for it?",
    ),
)
