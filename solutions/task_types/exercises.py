"""How lesson 04 is examined."""

from solutions.task_types import inputs, variants
from solutions.task_types import misconceptions as wrong
from solutions.task_types import reference as right
from solutions.task_types.exercises_writing import (
    DECODER_INPUTS,
    GREEDY_DECODE,
    MASKED_CROSS_ENTROPY,
    ONE_TO_MANY,
    SAMPLE_WITH_TEMPERATURE,
)  # fmt: skip
from solutions.task_types.quizzes import WHERE_OUTPUTS, WHICH_KIND, WHY_SAMPLE, WHY_WORSE_ALONE
from unrolled.exam.exercise import Exercise, Misconception, Part, Pattern

LESSON = "04_task_types"


def _known(*entries):
    return tuple(Misconception(slug, explanation, answer) for slug, answer, explanation in entries)


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


_NO_ERROR = (
    "A sequence that is nothing but padding gets an answer, although there was nothing to read. Nobody would notice: "
    "look into the mask before you begin, and raise a ValueError that says so."
)
_NEW_STATE = (
    "Your output reads the state after the step, as most libraries do. In Definition 15.1, y_t reads h_{t−1}: "
    "compute the output before you replace the state."
)

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
    _known(
        ("through-the-sigmoid", wrong.through_the_sigmoid,
         "You compute the probability first and take its logarithm. For a logit of 1000 the probability is rounded "
         "to exactly 1, then log(1 − p) is log(0), and 0 · ∞ is nan. Simplify the formula on paper before you "
         "compute."),
        ("log-of-rounded-zero", wrong.chosen_through_the_sigmoid,
         "You choose the right term, but take the logarithm of a probability that has been rounded to 0 when the "
         "network is sure and wrong: that is infinite, and the loss isn't. Simplify the formula before you compute."),
        ("clipped", wrong.clipped,
         "You keep the probability away from 0 and 1. That avoids the infinity, but the loss can't grow past the "
         "clip: a logit of −1000 with label 1 has a loss of 1000, not 27. Work with the logit itself."),
        ("half-stable", wrong.half_stable,
         "Your formula is right, but its exponential overflows when the prediction is badly wrong: exp(1000) is inf. "
         "What is log(1 + exp(z)), approximately, for a large z?"),
        ("sign", wrong.sign_lost,
         "Your loss is negative. A probability is at most 1, so its logarithm is at most 0: the minus in the formula "
         "makes the loss positive."),
        ("label-swapped", wrong.label_swapped,
         "Your loss is large where the prediction is right. The two cases are the wrong way round: which of p and 1 "
         "− p belongs to label 1?"),
        ("averaged", wrong.averaged,
         "You return one number for the whole batch. Here each pair keeps its own loss: the shape is that of "
         "`logit`."),
        ("only-label-1", wrong.only_praise_counts,
         "Pairs with label 0 cost nothing in your formula, so a network that always says yes would be perfect. The "
         "second term, for label 0, is missing."),
        ("bits", wrong.in_bits,
         "Your numbers are in bits: a logarithm to base 2. The docstring asks for nats, the natural logarithm."),
        ("labels-of-minus-one", wrong.labels_of_minus_one,
         "You multiply the logit by the label, as if labels were −1 and 1. They are 0 and 1, so every pair with "
         "label 0 costs log 2, whatever its logit."),
        ("straight-parts-only", wrong.only_the_straight_parts,
         "That is what the loss comes to for large logits: zero on one side, a straight line on the other. Between "
         "them it is curved: at a logit of 0 the probability is one half, and that costs log 2."),
        ("squared-error", wrong.squared_error,
         "You square the difference of probability and label. That never grows beyond 1, however sure and wrong the "
         "prediction is; cross-entropy is a logarithm."),
    ),
    (variants.bce_logaddexp, variants.bce_turned, variants.bce_loop, variants.bce_single_precision),
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
    _known(
        ("no-mask", wrong.last_column_without_mask,
         "You run through the padding and read the last column. Padded steps change the state and the output: for a "
         "short sequence you read what the network makes of padding, not of the review."),
        ("reads-padded-step", wrong.last_column_with_carry,
         "You carry the state through the padding, and then read the output of the last column: that output also "
         "reads the padded x_t. Keep the output of the last *real* step."),
        ("mean-of-all-steps", wrong.mean_of_all_steps,
         "You average the outputs of all steps, padding among them. The same review with more padding then gets "
         "another answer; and one output is asked for, the last real one."),
        ("mean-of-real-steps", wrong.mean_of_real_steps,
         "You average the outputs of all real steps. Early outputs have not heard the end of the review; this "
         "network was trained to have its say at the last real step."),
        ("reads-new-state", wrong.output_of_new_state, _NEW_STATE),
        ("last-state-only", wrong.last_state_only,
         "You read the answer from the last state alone, as many libraries do. In Definition 15.1 the last output "
         "reads the last input x_T as well, and the state before it."),
        ("w_x-missing", wrong.input_weights_forgotten,
         "Your output leaves out w_x x_t. In Definition 15.1 an output reads the input of its step, too."),
        ("probability", wrong.probability,
         "You return probabilities: a sigmoid has been applied. The docstring asks for logits, because the loss is "
         "computed from those."),
        ("shape", wrong.column_kept,
         "You return a column of shape (B, 1). One number per sequence is an array of shape (B,)."),
        ("first-output", wrong.first_output,
         "You return the output of the first real step: the network has read one word. Where is the answer kept in "
         "your loop, and is it replaced at every real step?"),
        ("end-by-counting", wrong.counted_end_without_carry,
         "You take the number of real steps as the place of the last one. That is right if all padding stands at the "
         "end; in front or between, it isn't. Look in the mask where the last True stands, and carry the state "
         "through padding."),
        ("state-zeroed", wrong.state_zeroed_at_padding,
         "You set the state to zero at padding. What has been read is lost if real steps follow: carry the state "
         "on."),
        ("no-error", wrong.silent_about_nothing, _NO_ERROR),
    ),
    (variants.sentiment_by_sequence, variants.sentiment_picked, variants.sentiment_single_precision),
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
    _known(
        ("last-step-only", wrong.last_step_only,
         "You return only the last real step's logits. That is many-to-one; here every step has an answer."),
        ("last-step-everywhere", wrong.last_step_everywhere,
         "All steps of a sequence have the same logits, those of the last one: perhaps the result is filled after "
         "the loop. Store each step's logits inside it."),
        ("padding-kept", wrong.padding_kept,
         "There are logits at padded steps, and the state runs on through them. Neither should be: zeros there, and "
         "the state carried."),
        ("padding-kept-with-carry", wrong.padding_kept_with_carry,
         "There are logits at padded steps. Nobody asked about those frames: the docstring wants zeros there."),
        ("state-runs-through-padding", wrong.state_runs_through_padding,
         "Your logits are zero at padding, but the state still changes there, so real steps after it are wrong. "
         "Carry the state on where the mask is False."),
        ("reads-new-state", wrong.outputs_of_new_states, _NEW_STATE),
        ("probabilities", wrong.probabilities,
         "You return probabilities: a softmax has been applied. The docstring asks for logits, because the loss is "
         "computed from those."),
        ("time-first", wrong.time_first,
         "Your result has the axes time and batch swapped: (T, B, V). The first index chooses the sequence."),
        ("memory-reset", wrong.memory_reset,
         "Every step starts from the zero state, so each frame is described as if it were alone. Look at what `h` is "
         "when the next step begins."),
        ("state-leaks", wrong.state_leaks_to_the_next,
         "Each sequence starts where the one before it ended. The state belongs to a sequence: set it to zero when a "
         "new one begins."),
        ("no-error", wrong.no_error_for_nothing, _NO_ERROR),
    ),
    (variants.captions_by_sequence, variants.captions_all_at_once),
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
    _known(
        ("reads-padding", wrong.state_of_last_column,
         "You return the state after the last column, and padding has changed it on the way. The same date with more "
         "padding would be another date: carry the state where the mask is False."),
        ("reversed", wrong.backwards,
         "You read from the end to the beginning. Some translators do so; here the first step is read first."),
        ("one-step-early", wrong.one_step_early,
         "You return the state before the last real step: the last output reads that one, but the decoder gets the "
         "state that has read everything."),
        ("mean-state", wrong.mean_state,
         "You average all states. The context is one state, the last: what the network kept of everything it read."),
        ("state-zeroed", wrong.zeroed_at_padding,
         "You set the state to zero at padding. What has been read is lost: carry the state on unchanged."),
        ("end-by-counting", wrong.counted_state_without_carry,
         "You take the number of real steps as the place of the last one. That is right if all padding stands at the "
         "end; in front or between, it isn't. Carry the state through padding instead."),
        ("last-input-only", wrong.last_input_only,
         "Every step starts from zero, so only the last character is left. Each step's state is where the next one "
         "starts."),
        ("all-states", wrong.all_states,
         "You return the states of all steps. The decoder gets a single one per sequence, of shape (B, H)."),
        ("transposed", wrong.recurrence_transposed,
         "`u_h` stands the wrong way round. Each row of h is a sequence's state, so the product is h @ u_h.T."),
        ("no-error", wrong.quiet_about_nothing, _NO_ERROR),
    ),
    (variants.encode_by_sequence, variants.encode_by_blending, variants.encode_in_single_precision),
    patterns=_patterns("context", "the one after the last real step is what is returned"),
)  # fmt: skip

EXERCISES = [
    WHICH_KIND, BINARY_CROSS_ENTROPY, MANY_TO_ONE, ONE_TO_MANY, MANY_TO_MANY, WHERE_OUTPUTS, MASKED_CROSS_ENTROPY,
    ENCODE, DECODER_INPUTS, GREEDY_DECODE, WHY_WORSE_ALONE, SAMPLE_WITH_TEMPERATURE, WHY_SAMPLE,
]  # fmt: skip
