"""How lesson 04 is examined."""

from solutions.task_types import inputs, quizzes, variants
from solutions.task_types import reference as right
from solutions.task_types.exercises_writing import (
    DECODER_INPUTS,
    GREEDY_DECODE,
    MASKED_CROSS_ENTROPY,
    ONE_TO_MANY,
    SAMPLE_WITH_TEMPERATURE,
)  # fmt: skip
from unrolled.exam.exercise import Exercise, Part, Pattern

LESSON = "04_task_types"


def _masked(what, points):
    """Parts of an exercise that reads a padded batch: `points` for each kind of padding."""
    names = {
        inputs.WHOLE: f"{what}, no padding", inputs.ENDING: f"{what}, padding at the end",
        inputs.ANYWHERE: f"{what}, padding anywhere", inputs.NOTHING: "ValueError for nothing but padding",
    }  # fmt: skip
    return tuple(Part(name, worth, label=label) for (label, name), worth in zip(names.items(), points, strict=True))


def _patterns(what, kept):
    """What to say of mistakes about padding that nobody foresaw; `kept` says what becomes of a padded step."""
    return (
        Pattern(
            "Without padding all is right, so look at what you do at a padded step. The state comes out of it as it "
            f"went in, and {kept}.",
            (f"{what}, padding at the end",), (f"{what}, no padding",)),
        Pattern(
            "With padding at the end all is right, but not where real steps come after padding: they go on from a "
            "state that it has changed. The state comes out of a padded step as it went in.",
            (f"{what}, padding anywhere",), (f"{what}, padding at the end",)),
    )  # fmt: skip


BINARY_CROSS_ENTROPY = Exercise(
    right.binary_cross_entropy,
    inputs.logits_and_labels,
    (Part("moderate logits", 1, label=inputs.MODERATE), Part("logits of ±1000", 1, label=inputs.HUGE)),
    (
        "Write −log(sigmoid(z)) as log(1 + exp(−z)). For which sign of z does that overflow?",
        "−log(1 − sigmoid(z)) is the first loss with −z for z. So there is one formula to make safe, not two.",
        "log(1 + exp(z)) = max(z, 0) + log(1 + exp(−|z|)): its exponent is never positive. `np.log1p` and `np.abs` "
        "help; `np.logaddexp(0, z)` is the same in one call.",
    ),
    variants=(variants.bce_logaddexp, variants.bce_turned, variants.bce_loop, variants.bce_single_precision),
)  # fmt: skip

MANY_TO_ONE = Exercise(
    right.many_to_one,
    inputs.batches(1),
    _masked("logits", (1, 1, 0.5, 0.5)),
    (
        "It is your forward pass for batches from lesson 03, of which you keep one number per sequence. Which?",
        "Within the loop, keep the latest logit of each sequence, and replace it only where the step is real: "
        "`np.where(mask[:, t], new, old)`. The state likewise.",
        "Order within a step: output from x_t and the state before; then the new state; then both `np.where`. A row "
        "whose mask holds no True is found by `mask.any(axis=1)`, before the loop.",
    ),
    variants=(variants.sentiment_by_sequence, variants.sentiment_picked, variants.sentiment_single_precision),
    equivalent=(
        (
            "logits = np.zeros(B) → logits = B",
            "every logit is overwritten at the row's first real step",
        ),
        (
            ".where(mask[:, t], y[:, 0], logits) → .where(mask[:, t], y[:, -1], logits)",
            "there is one output, so the first is the last",
        ),
    ),
    patterns=_patterns("logits", "the answer stays that of the last real step"),
)  # fmt: skip

MANY_TO_MANY = Exercise(
    right.many_to_many,
    inputs.batches(4),
    _masked("logits", (0.5, 0.5, 0.5, 0.5)),
    (
        "Now every output is kept: make an array of zeros of shape (B, T, V) and fill it.",
        "`np.where(mask[:, t, None], y, 0)` keeps the real ones: a mask of shape (B, 1) chooses whole rows.",
        "The loop is that of `many_to_one`: output from x_t and the state before, new state, carry. Only what you "
        "keep differs.",
    ),
    variants=(variants.captions_by_sequence, variants.captions_all_at_once),
    patterns=_patterns("logits", "its own logits are zeros"),
)  # fmt: skip

ENCODE = Exercise(
    right.encode,
    inputs.batches(0),
    _masked("context", (0.5, 0.5, 0.5, 0.5)),
    (
        "The loop of `many_to_one` without the outputs: what is left when it ends?",
        "If the state is carried through padding, the state after the last column is the one you want.",
        "`h_new = np.tanh(…)`, then `h = np.where(mask[:, t, None], h_new, h)`, for every t from 0 to T−1; return h.",
    ),
    variants=(variants.encode_by_sequence, variants.encode_by_blending, variants.encode_in_single_precision),
    patterns=_patterns("context", "the one after the last real step is what is returned"),
)  # fmt: skip

EXERCISES = [
    quizzes.WHICH_KIND,
    BINARY_CROSS_ENTROPY,
    MANY_TO_ONE,
    ONE_TO_MANY,
    MANY_TO_MANY,
    quizzes.WHERE_OUTPUTS,
    MASKED_CROSS_ENTROPY,
    ENCODE,
    DECODER_INPUTS,
    GREEDY_DECODE,
    quizzes.WHY_WORSE_ALONE,
    SAMPLE_WITH_TEMPERATURE,
    quizzes.WHY_SAMPLE,
]
