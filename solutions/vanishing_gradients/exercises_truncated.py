"""How `truncated_bptt` is examined."""

from solutions.vanishing_gradients import formulas, variants
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients.exercises_backward import AGAIN, random_params
from solutions.vanishing_gradients.scales import cut_off, scaled
from unrolled.exam.exercise import Case, Exercise, Part, Pattern


def _chunked(rng, label, k, B, T, D, H, O):
    params = random_params(rng, D, H, O)
    xs, dys, h_0 = (rng.normal(size=size).round(3) for size in [(B, T, D), (B, T, O), (B, H)])
    return Case((xs, dys, h_0, params, k), label)


def _truncated(rng):
    first = _chunked(rng, "the last chunk is shorter", 3, 2, 7, 4, 3, 1)
    yield first
    yield Case(first.args, AGAIN)
    yield from scaled(first, (1,))
    yield _chunked(rng, "chunks of equal length", 3, 3, 6, 1, 2, 4)
    xs, dys, *given = _chunked(rng, "one chunk", 5, 3, 5, 2, 4, 1).args
    yield Case((xs, dys, *given), "one chunk")
    yield Case((xs, 1e4 * dys, *given), "one chunk")
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
    terms={
        "h": "the state",
        "total": "the sum over chunks",
        "gradients": "a chunk's gradients",
        "first": "the chunk's first state",
        "chunk": "the chunk",
        "states": "the chunk's states",
    },
    formula=formulas.truncated_bptt,
    variants=(
        variants.truncated_bptt_states_first, variants.truncated_bptt_one_loop, variants.truncated_bptt_recursive,
    ),
    patterns=(
        *cut_off(("several chunks",)),
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
        Pattern("It is right for one chunk and wrong for several. All of dw is right, so the states are, and each "
                "step is counted once. Look at where the gradient stops on its way back: at the borders of the chunks, "
                "which are counted from the first step.", ("several chunks[u_0]",),
                ("one chunk", "several chunks[w_x]", "several chunks[w_h]")),
        Pattern("du_x and du_0 are right and du_h isn't: it multiplies with the state before each step. Which one is "
                "that at the first step of a chunk?", ("several chunks[u_h]",),
                ("several chunks[u_x]", "several chunks[u_0]")),
    ),
    builds_on=("rnn_backward",),
)  # fmt: skip
