"""How lesson 04 is examined."""

from solutions.task_types import inputs, quizzes, variants
from solutions.task_types import reference as right
from solutions.task_types.exercises_writing import (
    DECODER_INPUTS,
    GREEDY_DECODE,
    MASKED_CROSS_ENTROPY,
    ONE_TO_MANY,
    SAMPLE_WITH_TEMPERATURE,
)
from unrolled.exam.exercise import Exercise, Part, Pattern

LESSON = "04_task_types"


def _masked(what, points):
    """Parts of an exercise that reads a padded batch: `points` for each kind of padding."""
    names = {
        inputs.WHOLE: f"{what}, no padding",
        inputs.ENDING: f"{what}, padding at the end",
        inputs.ANYWHERE: f"{what}, padding anywhere",
        inputs.NOTHING: "ValueError for nothing but padding",
    }
    return tuple(Part(name, worth, label=label) for (label, name), worth in zip(names.items(), points, strict=True))


def _patterns(what, kept):
    """What to say of mistakes about padding that nobody foresaw; `kept` says what becomes of a padded step."""
    return (
        Pattern(
            "Without padding all is right, so look at what you do at a padded step. The state comes out of it as it "
            f"went in, and {kept}.",
            (f"{what}, padding at the end",), (f"{what}, no padding",)),
        Pattern(
            "With padding at the end all is right, but not where real steps come after padding. Ask three things about "
            "them: is each of them reached, is the state they go on from the one before the padding, and is what you "
            "keep of them kept, or looked for, in the right place?",
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
    patterns=(
        Pattern(
            "Moderate logits are right, those of ±1000 aren't. There the loss has to be as large as the logit. A "
            "probability that is clipped, or has a small number added, stops it somewhere; an exponential of +1000 is "
            "inf.",
            (inputs.HUGE,),
            (inputs.MODERATE,),
        ),
    ),
    terms={},
    variants=(variants.bce_logaddexp, variants.bce_turned, variants.bce_loop, variants.bce_single_precision),
)

MANY_TO_ONE = Exercise(
    right.many_to_one,
    inputs.batches(1),
    _masked("logits", (1, 1, 0.5, 0.5)),
    (
        "Of each sequence one step counts, its last real one. What does the output of that step read?",
        "`hs = states(xs, mask, params)`: the logits of all steps at once are "
        '`xs @ params["w_x"].T + hs[:, :-1] @ params["w_h"].T + params["w_0"]`, of shape (B, T, 1).',
        "The last True of each row is found as in lesson 03's `last_valid`: `T - 1 - mask[:, ::-1].argmax(axis=1)`. A "
        "row without any True is found by `mask.any(axis=1)`, before all else.",
    ),
    terms={"y": "y_t", "h": "the state", "h_new": "the new state", "logits": "the logits"},
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
)

MANY_TO_MANY = Exercise(
    right.many_to_many,
    inputs.batches(4),
    _masked("logits", (0.5, 0.5, 0.5, 0.5)),
    (
        "Now every output is kept. What does the output of a step read?",
        "The state before each step is in `states(xs, mask, params)[:, :-1]`: all logits are one line, as in "
        "`many_to_one`.",
        "`np.where(mask[..., None], logits, 0)` keeps the real ones: a mask of shape (B, T, 1) chooses whole rows.",
    ),
    terms={"y": "y_t", "h": "the state", "h_new": "the new state", "logits": "the logits"},
    variants=(variants.captions_by_sequence, variants.captions_all_at_once),
    patterns=_patterns("logits", "its own logits are zeros"),
)

ENCODE = Exercise(
    right.encode,
    inputs.batches(0),
    _masked("context", (0.5, 0.5, 0.5, 0.5)),
    (
        "What is left when everything has been read?",
        "Padding leaves the state as it is. So the state after the last column is the one after the last real step.",
        "`states` returns it as the last of its T + 1: `[:, -1]`. Before that, `mask.any(axis=1)` finds a row that is "
        "nothing but padding.",
    ),
    terms={"y": "y_t", "h": "the state", "h_new": "the new state", "logits": "the logits"},
    variants=(variants.encode_by_sequence, variants.encode_by_blending, variants.encode_in_single_precision),
    patterns=_patterns("context", "the one after the last real step is what is returned"),
)

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
