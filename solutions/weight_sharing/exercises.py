"""How lesson 03 is examined."""

from solutions.weight_sharing import formulas, inputs, quizzes, variants
from solutions.weight_sharing import reference as right
from unrolled.exam.exercise import Exercise, Part

LESSON = "03_weight_sharing"


PARAMETER_COUNT = Exercise(
    right.parameter_count,
    inputs.counts,
    tuple(
        Part(label, 1, label=label, exact="a count is a whole number; `/` makes a float, `//` doesn't")
        for label in ("shared", "not shared")
    ),
    (
        "Write down the shape of each of the six parameters. How many numbers does an array of shape (a, b) hold?",
        "Add up the six numbers: four matrices and two biases make one set of weights.",
        "`shared` decides only how many sets there are: one, or one per timestep.",
    ),
    terms={"T": "T", "D": "D", "H": "H", "O": "O", "per_set": "the count of one set"},
    variants=(variants.count_by_shapes, variants.count_factored, variants.count_built),
)

UNSHARED_FORWARD = Exercise(
    right.unshared_forward,
    inputs.unshared,
    (Part("ys", 1, pick=0, axes="T O"), Part("hs", 1, pick=1, axes="T H")),
    (
        "It is the forward pass of lesson 02 with one change: where do the six arrays come from at each step?",
        "`zip(xs, params_per_step)` hands out each input together with the weights of its timestep.",
        "Within a step, compute y from the state you have, then the new state, then store both and go on with the "
        "new state.",
    ),
    terms={"y": "y_t", "h": "the state", "x": "x_t"},
    formula=formulas.unshared_forward,
    variants=(variants.unshared_filled, variants.unshared_stacked, variants.unshared_recursive),
)

TIED_GRADIENT = Exercise(
    right.tied_gradient,
    inputs.gradients,
    (Part("tied_gradient", 3),),
    (
        "Move the one shared number a little. Every step that uses it changes the loss a little: what does the "
        "loss feel in all?",
        "The chain rule for a quantity that is used in several places: each use contributes its own derivative, "
        "and the contributions are …",
        "Go through the names of the first dict. For each, combine the T arrays of that name into one of the same "
        "shape, element by element.",
    ),
    terms={"total": "the sum", "gradients": "a step's gradients"},
    formula=formulas.tied_gradient,
    variants=(variants.tied_stacked, variants.tied_accumulated, variants.tied_reduced),
    equivalent=(
        (
            "e in gradients_per_step[0]} → e in gradients_per_step[-1]}",
            "every step's gradients have the same names",
        ),
    ),
)

BATCH_FORWARD = Exercise(
    right.batch_forward,
    inputs.batches,
    (Part("hs", 2.5, pick=1, axes="B T H"), Part("ys", 1.5, pick=0, axes="B T O")),
    (
        "Loop over time, not over sequences: `xs[:, t]` is (B, D), the inputs of all sequences at step t. Then `x "
        "@ u_x.T` is (B, H).",
        "At each step compute the new state for all B sequences, then decide row by row whether it may replace "
        "the old one. "
        "`np.where(condition, a, b)` decides element by element; a condition of shape (B, 1) fits beside (B, H).",
        "`real = mask[:, t, None]` has shape (B, 1). The next state is the new one where `real` holds, the old "
        "one elsewhere; the output is y or 0.",
        "Collect B rows per step in a list, and put time second at the end: `np.stack(states, axis=1)`.",
    ),
    terms={"y": "y_t", "h": "the state", "x": "x_t", "h_new": "the new state", "real": "the mask"},
    formula=formulas.batch_forward,
    variants=(variants.batch_one_by_one, variants.batch_arithmetic, variants.batch_selected),
)

LAST_VALID = Exercise(
    right.last_valid,
    inputs.states,
    tuple(Part(label, points, label=label) for label, points in ((inputs.ANYWHERE, 1.5), (inputs.ALMOST_EMPTY, 0.5))),
    (
        "For each sequence you need one number: the index of the last True in its row of the mask.",
        "`argmax` on a row of booleans finds the first True. The last True is the first one when you read the row "
        "backwards, `mask[:, ::-1]`.",
        "Given one index per sequence in `last`, `hs[np.arange(B), last]` takes one state from each sequence. "
        "Before that, look for rows without any True.",
    ),
    terms={"last": "the last real step"},
    variants=(variants.last_by_loop, variants.last_by_take, variants.last_by_one_hot),
)

EXERCISES = [
    PARAMETER_COUNT,
    UNSHARED_FORWARD,
    quizzes.WHICH_DATA,
    TIED_GRADIENT,
    quizzes.SHARED_UPDATE,
    BATCH_FORWARD,
    LAST_VALID,
    quizzes.WHY_MASK,
]
