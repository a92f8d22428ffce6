"""How lesson 03 is examined."""

from solutions.weight_sharing import inputs, variants
from solutions.weight_sharing import misconceptions as wrong
from solutions.weight_sharing import misconceptions_batch as wrong_batch
from solutions.weight_sharing import reference as right
from solutions.weight_sharing.quizzes import SHARED_UPDATE, WHICH_DATA, WHY_MASK
from unrolled.exam.exercise import Exercise, Misconception, Part

LESSON = "03_weight_sharing"


def _known(*entries):
    return tuple(Misconception(slug, explanation, answer) for slug, answer, explanation in entries)


PARAMETER_COUNT = Exercise(
    right.parameter_count,
    inputs.counts,
    (Part("shared", 1, label="shared"), Part("not shared", 1, label="not shared")),
    (
        "Write down the shape of each of the six parameters. How many numbers does an array of shape (a, b) hold?",
        "Add up the six numbers: four matrices and two biases make one set of weights.",
        "`shared` decides only how many sets there are: one, or one per timestep.",
    ),
    _known(
        ("biases-forgotten", wrong.biases_forgotten,
         "You count the four matrices. The biases `u_0` and `w_0` are learned as well: look at what is added last "
         "in each formula."),
        ("u_h-as-input-weights", wrong.recurrent_counted_as_input,
         "You count `u_h` as D·H. It doesn't read the input: it takes a state to a state. What is its shape?"),
        ("sides-added", wrong.sides_added,
         "You add the two sides of each matrix. A matrix of shape (a, b) has a rows of b numbers each: how many is "
         "that?"),
        ("biases-of-one-number", wrong.biases_of_one_number,
         "You count one number for each bias. A bias is added to a whole vector, a number to each of its places: "
         "look at the shapes of `u_0` and `w_0`."),
        ("shared-times-steps", wrong.shared_times_steps,
         "You multiply by T in both cases. Shared weights are used T times, but there is one set of them: using a "
         "number again doesn't add a number to learn."),
        ("steps-ignored", wrong.steps_ignored,
         "You return one set of weights in both cases. Without sharing, every timestep has its own: what does T "
         "do to the count then?"),
        ("shared-turned-round", wrong.shared_turned_round,
         "Your two cases are the wrong way round: the shared network comes out T times as big as the other. Look "
         "at your test of `shared`."),
        ("output-forgotten", wrong.output_forgotten,
         "You count what makes the state, `u_x`, `u_h` and `u_0`. The output has weights of its own, named w."),
        ("output-reads-state-only", wrong.output_reads_state_only,
         "You leave out `w_x`. Many libraries read the output from the state alone; in Definition 15.1, y_t reads "
         "x_t too."),
        ("two-biases", wrong.two_biases,
         "You count two biases per formula, as PyTorch's `RNN` has them (`b_ih` and `b_hh`). Only their sum "
         "matters, and Definition 15.1 has one: `u_0`, or `w_0`."),
        ("first-state-counted", wrong.first_state_counted,
         "You count `h_0` too. It is where the network starts, given with the input; here nobody trains it."),
        ("biases-stay-shared", wrong.biases_stay_shared,
         "Without sharing you give every timestep its own matrices, but one pair of biases to all. The definition "
         "writes (t) on the biases, too: w_0^(t) and u_0^(t)."),
        ("output-stays-shared", wrong.output_stays_shared,
         "Without sharing you multiply only the state's weights by T. The output's weights, w_x^(t), w_h^(t) and "
         "w_0^(t), are a new set at every timestep, too."),
        ("one-step-fewer", wrong.one_step_fewer,
         "Without sharing you count T−1 sets. There are T−1 arrows between T states, but with `h_0` every one of "
         "the T timesteps computes a state and an output."),
    ),
    (variants.count_by_shapes, variants.count_factored, variants.count_built),
)  # fmt: skip

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
    _known(
        ("first-weights-everywhere", wrong.first_weights_everywhere,
         "You use the first timestep's weights at every step: that is a shared network. Here each step looks up "
         "its own dict, inside the loop."),
        ("last-weights-everywhere", wrong.last_weights_everywhere,
         "You use the last timestep's weights at every step. Look at where you take the dict out of the list: it "
         "belongs inside the loop over time."),
        ("weights-of-the-step-before", wrong.weights_of_the_step_before,
         "Your index is off by one: step t uses the weights of step t−1, and the first step, with index −1, the "
         "very last ones. In the list, the first timestep's weights have index 0."),
        ("weights-of-the-next-step", wrong.weights_of_the_next_step,
         "Your index is off by one: step t uses the weights of step t+1. In the list, the first timestep's "
         "weights have index 0, like the first input in `xs`."),
        ("weights-backwards", wrong.weights_backwards,
         "You use the weights in reverse order: the last dict at the first step. Inputs and weights both go "
         "forward in time."),
        ("output-weights-shared", wrong.output_weights_shared,
         "Your states are right, but every output uses the first timestep's `w_x`, `w_h` and `w_0`. The output's "
         "weights belong to the timestep as well."),
        ("y-reads-new-state", wrong.unshared_reads_new_state,
         "Your y_t reads h_t, the state after the step: the textbooks' reading. In Definition 15.1 it reads "
         "h_{t−1}: compute the output before you replace the state."),
        ("state-never-advanced", wrong.unshared_never_advances,
         "Every step starts from `h_0`: each new state is stored, but the next step doesn't read it. Look at what "
         "`h` is at the end of your loop's body."),
        ("h_0-ignored", wrong.unshared_ignores_first_state,
         "You start from zeros. The first step reads the `h_0` that was passed in, and it isn't zero here."),
        ("output-linear", wrong.unshared_without_sigmoid,
         "Your states are right, but your outputs are sums: g, the sigmoid, is missing."),
        ("states-with-h_0", wrong.unshared_states_with_h_0,
         "`hs` begins with `h_0`, which makes T + 1 rows. Its first row should be h_1."),
        ("returned-too-soon", wrong.unshared_returns_too_soon,
         "You return after the first step: one row, however many inputs there are. Is the `return` inside the "
         "loop? Its indentation decides."),
        ("stops-where-weights-end", wrong.stops_where_weights_end,
         "With more timesteps than weights, you leave out the rest of the sequence without a word (`zip` does "
         "so). The first two lines of the function refuse such a sequence: keep them."),
    ),
    (variants.unshared_filled, variants.unshared_stacked, variants.unshared_recursive),
)  # fmt: skip

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
    _known(
        ("mean", wrong.mean_over_steps,
         "You average over the timesteps. Moving a shared weight moves all T uses at once, by the full amount "
         "each: dividing by T makes the gradient T times too small."),
        ("last-step-only", wrong.last_step_only,
         "You return the last timestep's gradient: perhaps each step overwrites the one before. The weight was "
         "used at the earlier steps as well, and those uses count."),
        ("first-step-only", wrong.first_step_only,
         "You return the first timestep's gradient. The same weight was used again at every later step, and those "
         "uses count, too."),
        ("first-step-missing", wrong.first_step_missing,
         "The first timestep's gradient is missing from your result. Look at where your loop starts: list indices "
         "start at 0."),
        ("last-step-missing", wrong.last_step_missing,
         "The last timestep's gradient is missing from your result. Look at where your loop ends."),
        ("multiplied", wrong.multiplied,
         "You multiply the timesteps' gradients. The chain rule multiplies along one path from weight to loss; "
         "these are T different paths, one for each use of the weight."),
        ("summed-to-one-number", wrong.summed_to_one_number,
         "You add up over everything, also over the elements of each array. Every element of a weight has a "
         "gradient of its own: the result has the weight's shape. Look at `axis`."),
        ("steps-kept-apart", wrong.steps_kept_apart,
         "Your arrays still have an axis for time. A shared weight is one array, so its gradient is one array of "
         "the same shape: the timesteps have to come together."),
        ("first-step-twice", wrong.first_step_counted_twice,
         "The first timestep's gradient counts twice: you start from it and then add it again. Start from zeros, "
         "or start adding at the second step."),
        ("summed-into-the-first", wrong.summed_into_the_first,
         "The numbers are right, but you write them into an array you were given. After `total[name] = g[name]`, "
         "or with a copy of the dict, `total[name]` is still the same array, and `+=` changes that one. Make a new "
         "array instead."),
        ("signs-lost", wrong.sizes_added,
         "You add up sizes, without their signs. If one use wants the weight larger and another wants it smaller, "
         "the two pull against each other."),
    ),
    (variants.tied_stacked, variants.tied_accumulated, variants.tied_reduced),
    equivalent=(
        (
            "e in gradients_per_step[0]} → e in gradients_per_step[-1]}",
            "every step's gradients have the same names",
        ),
    ),
)  # fmt: skip

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
    _known(
        ("mask-ignored", wrong_batch.mask_ignored,
         "You never look at the mask: padding is run like real input, and changes states and outputs. What should "
         "a padded step leave behind?"),
        ("padding-updates-state", wrong_batch.padding_updates_state,
         "Your outputs at padding are zero, but padding still updates the state. Zeros as input are no help "
         "either: u_h h + u_0 changes the state without any input."),
        ("input-masked-instead", wrong_batch.input_masked_instead,
         "You set the input to zero at padding, and let the state move on. A zero input is still a step: u_h h + "
         "u_0 changes the state. It is the state that has to stay."),
        ("state-zeroed", wrong_batch.state_zeroed,
         "You set the state to zero at padding. That forgets the sequence: what was read before the padding is "
         "gone. The state has to stay what it was."),
        ("state-back-to-h_0", wrong_batch.state_back_to_first,
         "At padding your state falls back to `h_0`. It has to stay what it was after the last real step: look at "
         "the second choice in your `where`."),
        ("stored-states-zeroed", wrong_batch.stored_states_zeroed,
         "You carry the state through padding rightly, but store zeros in `hs` there. After a padded step the "
         "state is still the state before it: store that."),
        ("padded-outputs-kept", wrong_batch.padded_outputs_kept,
         "Your states are right, but `ys` holds outputs at padded steps. There is nothing to answer there: these "
         "are to be zero."),
        ("mask-turned-round", wrong_batch.mask_turned_round,
         "You use the mask the wrong way round: your state moves at padding and rests at real steps. True means "
         "real."),
        ("any-real-moves-all", wrong_batch.any_real_moves_all,
         "One decision for the whole batch: as soon as one sequence has a real step, you let all of them move "
         "(`mask[:, t].any()`?). Each sequence needs its own decision, row by row."),
        ("any-padding-stops-all", wrong_batch.any_padding_stops_all,
         "One decision for the whole batch: as soon as one sequence is padded, you stop all of them (`mask[:, "
         "t].all()`?). Each sequence needs its own decision, row by row."),
        ("lengths-from-the-front", wrong_batch.lengths_from_the_front,
         "You count each sequence's real steps and take that many from the front. That works when padding comes "
         "last; it may stand anywhere. Read the mask at each step."),
        ("y-reads-new-state", wrong_batch.batch_reads_new_state,
         "Your y_t reads h_t, the state after the step: the textbooks' reading. In Definition 15.1 it reads "
         "h_{t−1}: compute the output before you replace the state."),
        ("h_0-ignored", wrong_batch.batch_ignores_first_state,
         "You start from zeros. Every sequence comes with its own first state: its row of `h_0`."),
        ("state-never-advanced", wrong_batch.batch_never_advances,
         "Every step starts from `h_0`: new states are stored, but the next step doesn't read them. Look at what "
         "`h` is at the end of your loop's body."),
        ("batch-and-time-swapped", wrong_batch.batch_and_time_swapped,
         "You go along the batch as if it were time: each sequence starts from the state of the one before it. In "
         "`xs`, the first axis counts sequences, the second timesteps: step t of all of them is `xs[:, t]`."),
        ("sequence-taken-for-step", wrong_batch.sequence_taken_for_step,
         "`for x in xs` goes along the first axis, and in `xs` that one counts sequences: your `x` is a whole "
         "sequence, (T, D). Step t of all of them is `xs[:, t]`, (B, D)."),
        ("mask-along-the-row", wrong_batch.mask_along_the_row,
         "`mask[:, t]` has shape (B,), and NumPy lays it along the last axis, beside the numbers of one state. "
         "Every sequence, a whole row, needs one decision: make it a column, of shape (B, 1)."),
        ("stops-at-first-padding", wrong_batch.stops_at_first_padding,
         "You stop at a sequence's first padding, and leave zeros in `hs` from there on. The state is to be carried "
         "on, and real steps may follow: padding may stand anywhere."),
        ("u_h-transposed", wrong_batch.u_h_from_the_wrong_side,
         "You use `u_h` transposed: with states as rows, `h @ u_h` does that. It is square, so NumPy can't warn "
         "you. In the formula for a batch, both matrices are turned."),
        ("outputs-carried", wrong_batch.outputs_carried,
         "You carry the output through padding, as the state is. Only the state is carried: where there was no "
         "input, `ys` is to be zero."),
        ("time-comes-first", wrong_batch.time_comes_first,
         "Your numbers are right, but time is your first axis: the shape is (T, B, …), wanted is (B, T, …). "
         "`np.stack` puts its new axis first unless you name another."),
        ("state-leaks-between-sequences", wrong_batch.state_leaks_between_sequences,
         "A sequence starts where the one before it ended: the state leaks from one to the next. Each sequence "
         "starts from its own row of `h_0`."),
        ("one-h_0-for-all", wrong_batch.one_first_state_for_all,
         "All sequences start from the first row of `h_0`. Row b belongs to sequence b."),
        ("one-state-stored-T-times", wrong_batch.one_state_stored_every_time,
         "All timesteps of your `hs` hold the last state: you store the same array T times and change it in place "
         "(`h[...] = …`). Make a new array at each step, or store a copy."),
    ),
    (variants.batch_one_by_one, variants.batch_arithmetic, variants.batch_selected),
)  # fmt: skip

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
    _known(
        ("last-column", wrong_batch.last_column,
         "You return `hs[:, -1]`, the state after the last column. For a padded sequence that column is padding: "
         "here it holds numbers that mean nothing."),
        ("last-column-never-refuses", wrong_batch.last_column_never_refuses,
         "You return `hs[:, -1]`, the state after the last column. For a padded sequence that column is padding; "
         "and a sequence without any real step should raise a ValueError."),
        ("one-too-early", wrong_batch.one_too_early,
         "You are one step too early: with n real steps from the front, the last of them has index n−1, not n−2."),
        ("one-too-late", wrong_batch.one_too_late,
         "You are one step too late: with n real steps from the front, index n is already padding, or, in a "
         "sequence without padding, past the end: hence the IndexError."),
        ("count-for-place", wrong_batch.count_taken_for_place,
         "You take the number of real steps for the place of the last one. That holds when padding comes last; it "
         "may stand anywhere. Where is the last True?"),
        ("count-never-refuses", wrong_batch.count_never_refuses,
         "You take the number of real steps for the place of the last one. That holds only when padding comes "
         "last; and with no real step at all, your index is −1 and takes the last column, where a ValueError is "
         "asked for."),
        ("first-valid", wrong_batch.first_valid,
         "You return the state after the first real step: `argmax` finds the first True. Which way round would "
         "the last one be the first?"),
        ("before-first-padding", wrong_batch.before_first_padding,
         "You stop before the first padding. Padding may stand in front or in between, with real steps after it. "
         "Where is the last True?"),
        ("every-pair", wrong_batch.every_pair,
         "Your result has an axis too many: `hs[:, last]` takes every index from every sequence. Pair each "
         "sequence with its own index: the first index must be an array, too."),
        ("every-pair-counted", wrong_batch.every_pair_counted,
         "Your result has an axis too many: `hs[:, last]` takes every index from every sequence. Pair each "
         "sequence with its own index. And the number of real steps is the last one's place only if padding comes "
         "last."),
        ("place-in-flipped-mask", wrong_batch.place_in_flipped_mask,
         "You found the last True by reading the mask backwards, but use that place in `hs`, which runs forwards. "
         "Turn the index back first."),
        ("mean-of-valid", wrong_batch.mean_of_valid,
         "You average the states of all real steps. Asked for is one of them: the last."),
        ("sum-of-valid", wrong_batch.sum_of_valid,
         "You add up the states of all real steps. Asked for is one of them: the last."),
        ("any-padding-refused", wrong_batch.any_padding_refused,
         "You raise a ValueError as soon as there is any padding. Only a sequence that is padding from end to end "
         "has no last state: ask of each row whether anything in it is real."),
        ("empty-gives-some-state", wrong_batch.empty_gives_some_state,
         "Right, except for a sequence of nothing but padding: there you return the state of some padded step, as "
         "if it meant something. `argmax` returns 0 when nothing is True. Raise a ValueError."),
        ("empty-gives-zeros", wrong_batch.empty_gives_zeros,
         "Right, except for a sequence of nothing but padding: you return zeros, which look like a state. It has "
         "no last state, and whoever asks should hear of it: raise a ValueError."),
        ("empty-left-out", wrong_batch.empty_left_out,
         "Right, except for a sequence of nothing but padding: you leave its row out, and every later row moves "
         "up to the wrong sequence. Raise a ValueError."),
    ),
    (variants.last_by_loop, variants.last_by_take, variants.last_by_one_hot),
)  # fmt: skip

EXERCISES = [
    PARAMETER_COUNT, UNSHARED_FORWARD, WHICH_DATA, TIED_GRADIENT, SHARED_UPDATE, BATCH_FORWARD, LAST_VALID, WHY_MASK,
]  # fmt: skip
