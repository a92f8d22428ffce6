"""How lesson 04 is examined: the exercises that write sequences, and those that learn to."""

from solutions.task_types import inputs, variants
from solutions.task_types import misconceptions_writing as wrong
from solutions.task_types import reference as right
from unrolled.exam.exercise import Exercise, Misconception, Part, Pattern


def _known(*entries):
    return tuple(Misconception(slug, explanation, answer) for slug, answer, explanation in entries)


_NEW_STATE = (
    "Your output reads the state after the step, as most libraries do. In Definition 15.1, y_t reads h_{t−1}: "
    "compute the output before you replace the state."
)

ONE_TO_MANY = Exercise(
    right.one_to_many,
    inputs.single_inputs,
    (Part("one_to_many", 3, axes="T O"),),
    (
        "There is one sequence here, no batch: the code reads like the formulas. What does the second step read as "
        "its x?",
        "Three variables move through the loop: x, h and the list of outputs. At the end of each step, x becomes y.",
        "y = sigmoid(w_x @ x + w_h @ h + w_0); h = tanh(u_x @ x + u_h @ h + u_0); append y; x = y. Begin with x_0 "
        "and zeros.",
    ),
    _known(
        ("not-fed-back", wrong.never_fed_back,
         "Every step reads x_0. The network never learns what it has just played: feed each output back as the next "
         "input."),
        ("zeros-after-the-first", wrong.zeros_after_the_first,
         "After the first step you feed zeros. There are no other inputs, that is true; so the outputs become "
         "inputs."),
        ("state-reset", wrong.state_reset,
         "The state starts from zero at every step: the network hears its last note, but doesn't know where in the "
         "tune it is. Set h to zero once, before the loop."),
        ("first-output-dropped", wrong.first_output_dropped,
         "The first output is missing: you return outputs 2 to steps+1. The step that reads x_0 already makes one."),
        ("input-among-outputs", wrong.input_counted_as_output,
         "Your first row is x_0 itself, and the last output is missing. x_0 was given, not made: begin with its "
         "output."),
        ("input-in-front", wrong.input_in_front,
         "Your first row is x_0 itself, so there is one row too many. Only what the network makes is an output."),
        ("logits", wrong.logits_fed_back,
         "There is no sigmoid. An output is a probability, and that is what the next step reads: y = g(…), with g "
         "the sigmoid."),
        ("logits-fed-back", wrong.sigmoid_only_in_the_result,
         "You feed the logits back and apply the sigmoid to the result only. The next step reads y itself, after the "
         "sigmoid."),
        ("reads-new-state", wrong.reads_new_state, _NEW_STATE),
        ("state-reads-output", wrong.state_reads_the_output,
         "You replace x by the output before the new state has read it. Output and state of a step read the same x; "
         "only the next step reads y."),
        ("rounded", wrong.rounded_before_feeding,
         "You round the output to 0 and 1 before you feed it back. The docstring says: as it is."),
        ("winner-fed-back", wrong.winner_fed_back,
         "You feed back a one-hot vector of the largest output. That is the decoder's way, later in this lesson; "
         "here y goes back as it is."),
        ("tanh", wrong.tanh_for_sigmoid,
         "Your outputs go through tanh, and lie between −1 and 1. g is the sigmoid; f, which makes the state, is "
         "tanh."),
        ("last-output-only", wrong.last_output_only,
         "You return the last output only. Collect the outputs of all steps, one row each."),
    ),
    (variants.generate_recursively, variants.generate_in_place, variants.generate_in_single_precision),
    tolerance=1e-5,
)  # fmt: skip

MASKED_CROSS_ENTROPY = Exercise(
    right.masked_cross_entropy,
    inputs.scored_steps,
    (Part("loss", 2, pick=0), Part("dlogits", 2, pick=1, axes="B T V")),
    (
        "log softmax(z) = z − max(z) − log Σ exp(z − max(z)), along the axis of the choices: nothing in it "
        "overflows.",
        "The loss is a weighted sum over all steps. Which weight has a padded step, and which a real one, so that "
        "the weights sum to 1?",
        "For one step, the derivative of −log softmax(z)[target] by z is softmax(z) minus the one-hot vector of the "
        "target. Multiply it by the weight of the step, the same as in the loss.",
    ),
    _known(
        ("padding-counted", wrong.padding_counted,
         "Padded steps count like real ones. The network would be trained to describe frames that don't exist: leave "
         "them out of the sum and of the number you divide by."),
        ("divided-by-all", wrong.divided_by_all,
         "You leave padding out of the sum, but divide by B·T. Then the same films, padded longer, have a smaller "
         "loss: divide by the number of real steps."),
        ("gradient-not-masked", wrong.gradient_not_masked,
         "The loss ignores padding, the gradient doesn't. A step that isn't in the loss can't change it: its "
         "derivative is zero."),
        ("softmax-over-time", wrong.softmax_over_time,
         "Your softmax runs over time: probabilities of the steps for each choice. It is the choices of one step "
         "that compete: they are the last axis."),
        ("overflow", wrong.overflowing,
         "Your exponentials overflow: exp(1000) is inf, and inf / inf is nan. Subtract each step's largest logit "
         "first; the softmax doesn't change."),
        ("log-of-rounded-zero", wrong.log_of_rounded_zero,
         "Your softmax is safe, but you take its logarithm afterwards: a probability rounded to 0 has none. Take the "
         "logarithm on paper first: z − max(z) − log Σ exp(z − max(z))."),
        ("mean-of-means", wrong.mean_of_means,
         "You average each sequence, then the sequences: a step of a short film weighs more than one of a long film. "
         "Average over all real steps of the batch at once."),
        ("gradient-of-the-sum", wrong.gradient_of_the_sum,
         "Your loss is a mean, your gradient that of the sum: it is too large by the number of real steps. What the "
         "loss is divided by divides its derivative, too."),
        ("sum", wrong.summed,
         "You sum over the real steps. The loss is their mean: otherwise it grows with the size of the batch."),
        ("gradient-upside-down", wrong.gradient_upside_down,
         "Your gradient has the wrong sign: it points to where the loss falls. The derivative is softmax minus "
         "one-hot, not one-hot minus softmax."),
        ("target-not-subtracted", wrong.target_not_subtracted,
         "Your gradient is the softmax itself, which nothing can make zero. The one-hot vector of the target is "
         "missing from it."),
        ("gradient-at-targets-only", wrong.gradient_at_targets_only,
         "Your gradient is zero except at the targets. The other logits are in the softmax's denominator: raising "
         "one of them makes the target less likely."),
        ("loss-negative", wrong.loss_negative,
         "Your loss is negative. Logarithms of probabilities are; the loss is minus their mean."),
        ("divided-by-choices", wrong.divided_by_choices_too,
         "You divide by V as well: a mean over the whole array, perhaps. The choices of a step make one loss "
         "together."),
        ("logits-zeroed", wrong.logits_masked_to_zero,
         "You set padded logits to zero. Zero logits are not nothing: they are a choice among V equals, with a loss "
         "of log V. Mask the losses, not the logits."),
    ),
    (variants.loss_over_real_steps, variants.loss_step_by_step, variants.loss_in_single_precision),
    patterns=(
        Pattern(
            "The loss is right, and so is the gradient where nothing is padded. Look at the gradient of padded steps: "
            "a step that isn't in the loss can't change it.",
            ("dlogits @ padding",), ("loss", "dlogits @ no padding")),
        Pattern(
            "Without padding all is right. There are two places where padding comes in: what is added up, and how many "
            "steps the sum is divided by, once, for the whole batch.",
            ("loss @ padding",), ("loss @ no padding",)),
    ),
)  # fmt: skip

DECODER_INPUTS = Exercise(
    right.decoder_inputs,
    inputs.symbols,
    (Part("decoder_inputs", 2, axes="B T"),),
    (
        "Write the targets of one date in a row, and below each what the decoder should have read by then.",
        "At step s it reads the target of step s−1. What is there at the first step, and what becomes of the last "
        "target?",
        "One column of `bos`, then all columns of `targets` but the last: `np.concatenate(…, axis=1)`.",
    ),
    _known(
        ("unshifted", wrong.unshifted,
         "You give the decoder the very symbol it should write. It would learn to copy, and have nothing to copy "
         "from when it writes alone: shift by one step."),
        ("wrapped", wrong.wrapped,
         "The last target has wrapped round to the front (`np.roll` does so): the first step would be told how it "
         "ends. The first symbol is `bos`."),
        ("shifted-left", wrong.shifted_left,
         "You shift the wrong way: step s reads the target of step s+1, the future. It should read the one before."),
        ("one-too-long", wrong.one_too_long,
         "`bos` stands in front, but the last target is still there, so there is one input too many. Nothing is "
         "written after the last target: nobody needs to read it."),
        ("bos-over-the-first", wrong.bos_over_the_first,
         "You overwrite the first target and leave the others where they were: from the second step on the decoder "
         "reads what it should write. Everything moves by one."),
        ("bos-everywhere", wrong.bos_everywhere,
         "Every input is `bos`, so the decoder never learns what came before. Only the first one is."),
        ("without-bos", wrong.without_bos,
         "The last target is gone, but nothing stands in front: the first step needs something to read. That is "
         "`bos`."),
        ("along-the-batch", wrong.shifted_along_the_batch,
         "You shift along the batch: each sequence reads another sequence's targets. Time is the second axis."),
    ),
    (variants.shift_by_writing, variants.shift_lists, variants.shift_by_rolling),
)  # fmt: skip

GREEDY_DECODE = Exercise(
    right.greedy_decode,
    inputs.contexts,
    (Part("greedy_decode", 4),),
    (
        "Write it for one context first, then loop over the rows: x is the one-hot vector of the last symbol, h "
        "starts as the context.",
        "A step: logits from x and h; new h; symbol = the logits' argmax. Then: is it `eos`? Stop, without writing "
        "it. Otherwise append it, and it becomes the next x.",
        "For the whole batch at once, keep a bool for each row, \"still writing\". It turns False at the row's first "
        "`eos` and stays so: `writing &= symbols != eos`.",
    ),
    _known(
        ("zero-context", wrong.zero_context,
         "You start from a zero state, so every date gets the same translation. All the decoder knows of the input "
         "is the context: that is where h starts."),
        ("never-stops", wrong.never_stops,
         "You write `max_length` symbols, whatever they are. A sequence ends where the decoder says `eos`."),
        ("eos-kept", wrong.eos_kept,
         "You keep the `eos`. It says that the sequence is over; it isn't part of it."),
        ("bos-kept", wrong.bos_kept,
         "Your lists begin with `bos`. The decoder reads it first, but doesn't write it."),
        ("bos-counted", wrong.bos_counted,
         "Your lists begin with `bos`, and it takes the place of a symbol in those that don't end. The decoder reads "
         "it first, but doesn't write it."),
        ("feeds-probabilities", wrong.feeds_probabilities,
         "You feed the probabilities back. The next step should read the symbol that was chosen, as a one-hot "
         "vector: the same kind of input as in training."),
        ("feeds-logits", wrong.feeds_logits,
         "You feed the logits back. The next step should read the symbol that was chosen, as a one-hot vector."),
        ("always-reads-bos", wrong.always_reads_bos,
         "Every step reads `bos`. After the first, the decoder reads what it has just written."),
        ("reads-new-state", wrong.reads_new_states, _NEW_STATE),
        ("state-stands-still", wrong.state_stands_still,
         "Every step starts from the context: the decoder doesn't know how far it has come. Let the state move on."),
        ("all-stop-with-the-first", wrong.all_stop_with_the_first,
         "All sequences stop as soon as one of them writes `eos`. Each ends where its own `eos` is."),
        ("goes-on-after-eos", wrong.goes_on_after_eos,
         "You leave out `eos`, but go on writing after it. What a decoder says after its end means nothing."),
        ("one-list-for-all", wrong.one_list_for_all,
         "All your rows hold the same symbols: `[[]] * B` is one list, B times. Make a new list for each row, for "
         "example `[[] for _ in range(B)]`."),
        ("one-symbol-short", wrong.one_symbol_short,
         "Sequences that don't end are one symbol short: `bos` doesn't count as one of the `max_length` symbols."),
        ("starts-with-eos", wrong.starts_with_eos,
         "You begin with `eos`. The first input is `bos`, as in `decoder_inputs`."),
    ),
    (variants.decode_by_sequence, variants.decode_then_cut, variants.decode_in_single_precision),
)  # fmt: skip

SAMPLE_WITH_TEMPERATURE = Exercise(
    right.sample_with_temperature,
    inputs.temperatures,
    (Part("sample_with_temperature", 2),),
    (
        "Temperature changes the logits, before the softmax. A small one makes differences larger: multiply or "
        "divide?",
        "Subtract the largest number before `np.exp`, as in every softmax: the probabilities stay the same.",
        "Once you have probabilities that sum to 1, `rng.choice(len(p), p=p)` takes the one number from `rng` and "
        "finds the choice.",
    ),
    _known(
        ("multiplied", wrong.multiplied,
         "You multiply by the temperature, so a high one makes the choice more careful. Divide: large temperatures "
         "bring the logits together."),
        ("divided-after-softmax", wrong.divided_after_softmax,
         "You divide the probabilities. They no longer sum to 1, and their proportions are what they were: divide "
         "the logits, before the softmax."),
        ("argmax", wrong.always_the_likeliest,
         "You always take the likeliest choice. Sampling takes each one as often as its probability says: it needs a "
         "number from `rng`."),
        ("overflow", wrong.overflows,
         "exp(1000) is inf, and inf / inf is nan. Subtract the largest number before you take the exponential."),
        ("temperature-ignored", wrong.temperature_ignored,
         "You sample right, but at temperature 1 always. Where does the temperature come in? (If you divided the "
         "probabilities and made them sum to 1 again, it has cancelled out: it belongs to the logits.)"),
        ("softmax-twice", wrong.softmax_twice,
         "You take the softmax of a softmax: that makes everything almost equally likely. Divide the logits, then "
         "one softmax."),
        ("all-alike", wrong.all_alike,
         "All choices are equally likely in your function. The logits say which ones are likelier."),
        ("gumbel", wrong.gumbel,
         "You add Gumbel noise and take the largest: that samples from the right probabilities. But it draws V "
         "numbers where the docstring promises one, so the same seed gives another choice."),
        ("one-too-far", wrong.one_too_far,
         "Your choice is one too high: the running sum's first entry belongs to choice 0."),
        ("second-draw", wrong.second_draw,
         "You draw a number from `rng` and don't use it. Exactly one is promised: the first."),
        ("probability-returned", wrong.probability_returned,
         "You return a probability. What is asked for is the choice itself: its number, an int."),
    ),
    (variants.sample_by_running_sum, variants.sample_by_loop, variants.sample_from_powers),
)  # fmt: skip
