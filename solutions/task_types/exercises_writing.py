"""How lesson 04 is examined: the exercises that write sequences, and those that learn to."""

from solutions.task_types import formulas, inputs, variants
from solutions.task_types import reference as right
from unrolled.exam.exercise import Exercise, Part, Pattern

ONE_TO_MANY = Exercise(
    right.one_to_many,
    inputs.single_inputs,
    (Part("one_to_many", 3, axes="T O"),),
    (
        "There is one sequence here, no batch: the code reads like the formulas. What does the second step read as "
        "its x?",
        "Three variables move through the loop: x, h and the list of outputs. At the end of each step, x becomes y.",
        "In a step, y is the sigmoid of w_x x + w_h h + w_0, then h the tanh of u_x x + u_h h + u_0; append y; x = y. "
        "Begin with x_0 and zeros.",
    ),
    terms={"y": "y_t", "h": "the state", "x": "x_t"},
    formula=formulas.one_to_many,
    variants=(variants.generate_recursively, variants.generate_in_place, variants.generate_in_single_precision),
    tolerance=1e-5,
)

MASKED_CROSS_ENTROPY = Exercise(
    right.masked_cross_entropy,
    inputs.scored_steps,
    (Part("loss", 2, pick=0), Part("dlogits", 2, pick=1, axes="B T V")),
    (
        "log softmax(z) = z − max(z) − log Σ exp(z − max(z)), along the axis of the choices: nothing in it overflows.",
        "The loss is a weighted sum over all steps. Which weight has a padded step, and which a real one, so that "
        "the weights sum to 1?",
        "For one step, the derivative of −log softmax(z)[target] by z is softmax(z) minus the one-hot vector of the "
        "target. Multiply it by the weight of the step, the same as in the loss.",
    ),
    terms={
        "shifted": "the logits less their largest",
        "log_p": "the log-probabilities",
        "target": "the one-hot target",
        "weight": "a step's weight",
        "loss": "the loss",
    },
    variants=(variants.loss_over_real_steps, variants.loss_step_by_step, variants.loss_in_single_precision),
    patterns=(
        Pattern(
            "Ordinary logits are right, those of ±1000 aren't. There a probability is rounded to 0, and its logarithm "
            "is -inf; a small number added to it, or a clip, stops the loss somewhere. Take the logarithm of the "
            "softmax as a formula, z − max(z) − log Σ exp(z − max(z)), in which max(z) is that step's own.",
            ("loss @ logits of ±1000",),
            ("loss @ padding", "loss @ padding anywhere", "loss @ no padding"),
        ),
        Pattern(
            "The loss is right, and so is the gradient where nothing is padded. Look at the gradient of padded steps: "
            "a step that isn't in the loss can't change it.",
            ("dlogits @ padding",),
            ("loss", "dlogits @ no padding"),
        ),
        Pattern(
            "Without padding all is right. There are two places where padding comes in: what is added up, and how many "
            "steps the sum is divided by, once, for the whole batch.",
            ("loss @ padding",),
            ("loss @ no padding",),
        ),
    ),
)

DECODER_INPUTS = Exercise(
    right.decoder_inputs,
    inputs.symbols,
    (Part("decoder_inputs", 2, axes="B T", exact="they are used as indices"),),
    (
        "Write the targets of one date in a row, and below each what the decoder should have read by then.",
        "At step s it reads the target of step s−1. What is there at the first step, and what becomes of the last "
        "target?",
        "One column of `bos`, then all columns of `targets` but the last: `np.concatenate(…, axis=1)`.",
    ),
    terms={"first": "the first column"},
    variants=(variants.shift_by_writing, variants.shift_lists, variants.shift_by_rolling),
)

GREEDY_DECODE = Exercise(
    right.greedy_decode,
    inputs.contexts,
    (Part("greedy_decode", 4, exact="adding to a list makes it longer, adding to an array adds numbers"),),
    (
        "Write it for one context first, then loop over the rows: x is the one-hot vector of the last symbol, h "
        "starts as the context.",
        "A step: logits from x and h; new h; symbol = the logits' argmax. Then: is it `eos`? Stop, without writing "
        "it. Otherwise append it, and it becomes the next x.",
        'For the whole batch at once, keep a bool for each row, "still writing". It turns False at the row\'s first '
        "`eos` and stays so: `writing &= symbols != eos`.",
    ),
    terms={
        "h": "the state",
        "x": "the symbol read",
        "symbols": "the symbols",
        "logits": "the logits",
    },
    variants=(variants.decode_by_sequence, variants.decode_then_cut, variants.decode_in_single_precision),
)

SAMPLE_WITH_TEMPERATURE = Exercise(
    right.sample_with_temperature,
    inputs.temperatures,
    (Part("sample_with_temperature", 2),),
    (
        "Temperature changes the logits, before the softmax. A small one makes differences larger: multiply or divide?",
        "Subtract the largest number before `np.exp`, as in every softmax: the probabilities stay the same.",
        "Once you have probabilities that sum to 1, `rng.choice(len(p), p=p)` takes the one number from `rng` and "
        "finds the choice.",
    ),
    patterns=(
        Pattern(
            "Where one choice is all but certain, yours is right, elsewhere it is another. Three things decide "
            "there: the probabilities, a softmax of logits / temperature; the number, one `rng.random()` from the "
            "`rng` passed in (`np.random`, or a generator of your own, draws others); and the first place at which the "
            "running sum of the probabilities, in the order of the choices, exceeds that number.",
            ("sample_with_temperature",),
            ("sample_with_temperature @ a temperature near 0", "sample_with_temperature @ one choice"),
        ),
        Pattern(
            "Even where one choice is all but certain, because the temperature is near 0, yours is another: look at "
            "the probabilities, of which none may be nan and not all may be 0, and at the place where their running "
            "sum exceeds the number.",
            ("sample_with_temperature @ a temperature near 0",),
        ),
    ),
    terms={"scaled": "the divided logits", "weights": "the probabilities"},
    variants=(variants.sample_by_running_sum, variants.sample_by_loop, variants.sample_from_powers),
)
