"""How `truncated_bptt` is examined."""

from solutions.vanishing_gradients import misconceptions_truncated as wrong
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from solutions.vanishing_gradients.exercises_backward import random_params
from unrolled.exam.exercise import Case, Exercise, Misconception, Part, Pattern, Play
from unrolled.exam.probing import nothing_more


def _chunked(rng, label, k, B, T, D, H, O):
    params = random_params(rng, D, H, O)
    xs, dys, h_0 = (rng.normal(size=size).round(3) for size in [(B, T, D), (B, T, O), (B, H)])
    return Case((xs, dys, h_0, params, k), label)


def _truncated(rng):
    yield _chunked(rng, "the last chunk is shorter", 3, 2, 7, 4, 3, 1)
    yield _chunked(rng, "chunks of equal length", 3, 3, 6, 1, 2, 4)
    yield _chunked(rng, "one chunk", 5, 3, 5, 2, 4, 1)
    yield _chunked(rng, "k larger than T", 9, 2, 4, 3, 1, 5)
    yield _chunked(rng, "k = 1", 1, 3, 4, 2, 5, 1)
    yield _chunked(rng, "one sequence", 2, 1, 5, 3, 4, 2)


TRUNCATED_BPTT = Exercise(
    right.truncated_bptt,
    _truncated,
    (Part("several chunks", 2, None), Part("one chunk", 1, None, "one chunk")),
    (
        "Two things happen at a border: the state goes on, the gradient stops. So run the states forward through all "
        "T steps, in a loop of your own, and call `rnn_backward` once per chunk.",
        "`range(0, T, k)` gives the chunks' first steps, and slicing beyond the end of an array is no error: the short "
        "chunk at the end comes for free.",
        "`rnn_backward` needs the state *its* chunk started from: h_0 for the first chunk, the last state of the chunk "
        "before for all others. Add up the six weights' gradients; leave \"h_0\" and \"xs\" out.",
    ),
    (
        Misconception(
            "state-reset", "At each border the state starts again from zeros, so later chunks see nothing of earlier "
            "ones. Only the gradient stops there; the state flows on.", wrong.state_reset),
        Misconception(
            "from-h-0-again", "Every chunk starts from `h_0`. That is the state before the *first* step; the others "
            "go on from where the chunk before ended.", wrong.started_from_h_0),
        Misconception(
            "not-truncated", "The gradient flows on over the borders: this is the full gradient, whatever k is. Within "
            "a chunk its first state counts as a constant.", wrong.not_truncated),
        Misconception(
            "cut-too-early", "You cut one step too early. The first step of a chunk still belongs to it: it hears of "
            "the chunk's later steps, and only what it would pass on to the step before is dropped.",
            wrong.cut_too_early),
        Misconception(
            "short-chunk-dropped", "When k does not divide T, the steps that remain at the end are left out. They "
            "make a shorter chunk.", wrong.short_chunk_dropped),
        Misconception(
            "last-chunk-only", "Only the last chunk's gradient is returned. Every chunk has outputs of its own, and "
            "their gradients add up.", wrong.last_chunk_only),
        Misconception(
            "averaged", "You average over the chunks. The loss is a sum over all steps, however they are cut.",
            wrong.averaged_over_chunks),
        Misconception(
            "averaged-over-k", "You divide by k, the length of a chunk. Nothing in the loss is divided: the shares of "
            "a shared weight are summed, within a chunk and over all of them.", wrong.averaged_over_k),
        Misconception(
            "averaged-over-time", "You divide by the number of timesteps. The loss is a sum over all steps, and so is "
            "the gradient.", wrong.averaged_over_all_steps),
        Misconception(
            "told-h-0", "Your states are right, but every call of `rnn_backward` is told that its chunk began at "
            "`h_0`. It multiplies with that state to get du_h and dw_h of the chunk's first step.",
            wrong.backward_told_h_0),
        Misconception(
            "told-the-end", "Your states are right, but each call of `rnn_backward` is told that its chunk began with "
            "the state it *ended* with. Does your forward loop overwrite the variable that you hand over afterwards?",
            wrong.backward_told_the_end),
        Misconception(
            "told-zeros", "Your states are right, but each call of `rnn_backward` is told that its chunk began at "
            "zeros. It multiplies with the state before the chunk to get du_h and dw_h of the first step there.",
            wrong.backward_told_zeros),
        Misconception(
            "told-one-late", "From the second chunk on, `rnn_backward` is told the state *after* the chunk's first "
            "step. The one that step read is the last of the chunk before: which row of your states is that?",
            wrong.backward_told_the_state_after),
        Misconception(
            "told-one-early", "From the second chunk on, `rnn_backward` is told a state one step too old. The chunk "
            "starts from the *last* state of the chunk before.", wrong.backward_told_the_state_before),
        Misconception(
            "from-zeros", "Your first step starts from zeros. The sequences start from `h_0`.",
            wrong.started_from_zeros),
        Misconception(
            "zeros-each-chunk", "Every chunk starts from zeros, the first one too. The first goes on from `h_0`, and "
            "each other one from where the chunk before ended.", wrong.every_chunk_from_zeros),
        Misconception(
            "last-output-only", "Only the last step's `dys` is used. `dys` has a gradient for the output of every "
            "step, and each chunk gets those of its own steps.", wrong.only_the_last_output),
        Misconception(
            "last-output-of-each", "Of each chunk, only the last step's `dys` is used. Outputs at a chunk's other "
            "steps have gradients as well.", wrong.only_each_chunks_last_output),
        Misconception(
            "dys-not-cut", "Every chunk gets the `dys` of the first one. What is cut out of `xs` has to be cut out of "
            "`dys`, too.", wrong.dys_not_sliced),
        Misconception(
            "k-chunks", "You cut the sequence into k chunks. k is how many steps a chunk has; how many chunks that "
            "makes depends on T.", wrong.k_chunks),
        Misconception(
            "k-chunks-rounded", "You take T // k for the length of a chunk. k itself is the length; how many chunks "
            "that makes depends on T.", wrong.k_chunks_rounded_down),
        Misconception(
            "sliding", "Your windows of k steps overlap: each starts one step after the one before, so most steps "
            "count several times. The next chunk starts where this one ends.", wrong.sliding_windows),
        Misconception(
            "sliding-on", "Your windows of k steps overlap: each starts one step after the one before, so most steps "
            "count several times, and the state runs ahead of them. The next chunk starts where this one ends.",
            wrong.sliding_and_running_on),
        Misconception(
            "windows-everywhere", "You start a chunk at every step, so steps count several times. Chunks lie side by "
            "side: the next one starts where this one ends.", wrong.windows_from_every_step),
        Misconception(
            "one-short", "Each chunk's last step is left out. A slice ends *before* the number behind its colon.",
            wrong.one_step_short),
        Misconception(
            "one-long", "Each chunk has one step too many, so steps at the borders count twice. A slice ends *before* "
            "the number behind its colon.", wrong.one_step_long),
        Misconception(
            "one-long-on", "Each chunk has one step too many: steps at the borders count twice, and the state takes "
            "them twice. A slice ends *before* the number behind its colon.", wrong.one_step_long_and_running_on),
    ),
    (variants.truncated_bptt_states_first, variants.truncated_bptt_one_loop, variants.truncated_bptt_recursive),
    patterns=(
        Pattern("It is wrong even for a single chunk, where it is no more than `rnn_backward` on the whole sequence. "
                "dw_x is wrong there already, which takes nothing but `xs` and `dys`: are both handed over whole, and "
                "is each step counted once?", ("one chunk[w_x]",)),
        Pattern("It is wrong even for a single chunk, where it is no more than `rnn_backward` on the whole sequence. "
                "dw_x is right there and dw_h isn't, so a state is wrong: the one handed over as the state before "
                "the first step, or those you made.", ("one chunk[w_h]",), ("one chunk[w_x]",)),
        Pattern("It is wrong even for a single chunk, where it is no more than `rnn_backward` on the whole sequence. "
                "All of dw is right there, so steps, outputs and the states they read are; du isn't: look at what is "
                "carried back, and at the last state.", ("one chunk[u_0]",), ("one chunk[w_x]", "one chunk[w_h]")),
        Pattern("It is right for one chunk and wrong for several. dw_x is wrong there already, to which each step adds "
                "its own share, from `xs` and `dys` alone: is each step in exactly one chunk, with its own `dys`, and "
                "are all the chunks summed?", ("several chunks[w_x]",), ("one chunk",)),
        Pattern("It is right for one chunk and wrong for several. dw_x is right and dw_h isn't, so every step is "
                "counted once and a state is wrong: which one does each chunk start from, and which one is "
                "`rnn_backward` told?", ("several chunks[w_h]",), ("one chunk", "several chunks[w_x]")),
        Pattern("It is right for one chunk and wrong for several. All of dw is right, so the chunks and their states "
                "are: look at where the gradient stops on its way back.", ("several chunks[u_0]",),
                ("one chunk", "several chunks[w_x]", "several chunks[w_h]")),
        Pattern("du_x and du_0 are right and du_h isn't: it multiplies with the state before each step. Which one is "
                "that at the first step of a chunk?", ("several chunks[u_h]",),
                ("several chunks[u_x]", "several chunks[u_0]")),
    ),
    probe=Play(nothing_more, ("rnn_backward",)),
)  # fmt: skip
