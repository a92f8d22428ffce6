"""How lesson 06 is examined."""

from solutions.gated_cells import inputs, variants
from solutions.gated_cells import misconceptions as wrong
from solutions.gated_cells import reference as right
from solutions.gated_cells.exercises_backward import LSTM_BACKWARD, LSTM_BACKWARD_STEP
from solutions.gated_cells.exercises_gru import GRU_BACKWARD_STEP, GRU_FORWARD, GRU_STEP
from solutions.gated_cells.holding import HOLD_WEIGHTS
from solutions.gated_cells.patterns import sequence
from solutions.gated_cells.quizzes import QUIZZES
from unrolled.exam.exercise import Exercise, Misconception, Part, Pattern, Play
from unrolled.exam.probing import nothing_more
from unrolled.gated_cells.probes import probe_drawn

LESSON = "06_gated_cells"


LSTM_STEP = Exercise(
    right.lstm_step,
    inputs.lstm_steps,
    (Part("h", 2, 0, axes="B H"), Part("c", 2, 1, axes="B H")),
    (
        "One product for all four: `a = x @ u_x.T + h @ u_h.T + u_0` has shape (B, 4H). Cut it into four.",
        "`np.split(a, 4, axis=1)` gives the blocks in the order i, f, g, o. Three sigmoids, and tanh for g.",
        "First the cell, c_new = f * c + i * g; then what is shown of it, h_new = o * tanh(c_new). Return h first.",
    ),
    (
        Misconception("order-i-f-o-g", "You read the blocks in the order i, f, o, g. They are stacked i, f, g, o.",
                      wrong.order_i_f_o_g),
        Misconception("order-f-i-g-o", "You read the blocks in the order f, i, g, o, the one in many drawings. They "
                      "are stacked i, f, g, o.", wrong.order_f_i_g_o),
        Misconception("order-i-g-f-o", "You read the blocks in the order i, g, f, o. They are stacked i, f, g, o.",
                      wrong.order_i_g_f_o),
        Misconception("order-i-o-f-g", "You read the blocks in the order i, o, f, g, as the ONNX format has them. Here "
                      "they are stacked i, f, g, o.", wrong.order_i_o_f_g),
        Misconception("order-o-i-f-g", "You read the output gate's block first: o, i, f, g. They are stacked i, f, g, "
                      "o.", wrong.order_o_i_f_g),
        Misconception("rows-interleaved", "You take every fourth row for a gate. The rows are stacked in blocks: all H "
                      "of one gate, then all H of the next.", wrong.rows_interleaved),
        Misconception("no-bias", "The biases are missing: u_0 is added inside all four.", wrong.no_bias),
        Misconception("u-h-not-transposed",
                      "You multiply h with the blocks of u_h as they are. A batch stands in rows, "
                      "so u_h h becomes a product with the transposed block.", wrong.u_h_not_transposed),
        Misconception("coupled", "You write with 1 − f instead of i. Such cells exist (\"coupled gates\"), and a GRU "
                      "is one; in an LSTM the input gate decides for itself.", wrong.coupled),
        Misconception("no-tanh-of-c", "You show the cell as it is. Before the output gate the cell passes a tanh: it "
                      "may have grown beyond 1.", wrong.no_tanh_of_c),
        Misconception("shows-cell-before", "What you show is the cell *before* the step. First update it, then show "
                                           "it.",
                      wrong.shows_the_cell_before),
        Misconception("sigmoid-of-g", "Your candidate is a sigmoid, so the cell could only ever be raised. It is the "
                      "one of the four that is a tanh.", wrong.sigmoid_of_g),
        Misconception("exchanged", "You return c first. The hidden state comes first.", wrong.exchanged),
        Misconception("cell-not-carried", "Your new cell is i ⊙ g alone: what was in the cell is lost at every step.",
                      wrong.cell_not_carried),
        Misconception("forgets-what-it-writes", "Your forget gate also multiplies what is being written. It stands "
                      "before the sum, at the old cell only.", wrong.forgets_what_it_writes),
        Misconception("writes-ungated", "The candidate is written whether the input gate is open or not.",
                      wrong.writes_ungated),
        Misconception("gates-read-c", "Your gates read the cell. They read the hidden state; the cell is only touched "
                      "by f and i.", wrong.gates_read_c),
    ),
    (variants.lstm_step_slices, variants.lstm_step_einsum),
    patterns=(
        Pattern("c is right, so i, f and g are: look at o, and at what it lets through.", ("h",), ("c",)),
        Pattern("h is right, so the new cell inside it is: look at what you return as c.", ("c",), ("h",)),
        Pattern("Begin with c: it is f ⊙ c + i ⊙ g, and h is made from it.", ("c",)),
    ),
)  # fmt: skip

LSTM_FORWARD = Exercise(
    right.lstm_forward,
    inputs.lstm_sequences,
    (Part("hs", 1, 0, axes="B T H"), Part("cache", 1, 1, extras=True)),
    (
        "A loop over t that carries two arrays, h and c, and keeps six: i, f, g, o, c and h of every step.",
        "`lstm_step` doesn't give you the gates, so write its equations out once more inside the loop.",
        "`np.stack(list_of_steps, axis=1)` makes (B, T, H). Put \"h_0\" and \"c_0\" into the cache as they came.",
    ),
    (
        Misconception("c-0-from-h-0", "Your cell starts from `h_0`. It has an initial state of its own, `c_0`.",
                      wrong.c_0_from_h_0),
        Misconception("from-zeros", "You start from zeros instead of `h_0` and `c_0`.", wrong.lstm_from_zeros),
        Misconception("cell-reset", "The cell is set to zero at every step after the first. To carry it is the point.",
                      wrong.lstm_cell_reset),
        Misconception("cell-never-advanced", "Every step starts from the cell `c_0`: the new cell isn't handed to the "
                      "next step.", wrong.lstm_cell_never_advanced),
        Misconception("never-advanced", "Every step starts from `h_0` and `c_0`: new states aren't handed on.",
                      wrong.lstm_never_advanced),
        Misconception("hidden-not-fed-back", "The cell is carried, but the gates read `h_0` at every step. They read "
                      "the hidden state that the step before made.", wrong.lstm_hidden_not_fed_back),
        Misconception("returns-cells", "You return the cell states. What the network shows are the hidden states.",
                      wrong.lstm_returns_cells),
        Misconception("cells-before", "The cells in your cache are those *before* each step. `cache[\"c\"][:, t]` is "
                      "what step t made.", wrong.lstm_cells_before),
        Misconception("states-before",
                      "Both states in your cache are those *before* each step. `cache[\"h\"][:, t]` and "
                      "`cache[\"c\"][:, t]` are what step t made.", wrong.lstm_states_before),
        Misconception("insides", "Under \"i\", \"f\", \"g\" and \"o\" you keep what stands inside the sigmoids and the "
                      "tanh. The backward pass wants what came out.", wrong.lstm_insides),
        Misconception("time-first", "Batch and time are exchanged. `np.stack` puts a new axis in front unless told "
                      "where.", wrong.lstm_time_first),
        Misconception("one-array", "All your states are the last one: the same array was stored T times and changed "
                      "afterwards. Make a new one at each step.", wrong.lstm_one_array),
        Misconception("last-state-as-h-0", "Under \"h_0\" and \"c_0\" you keep the last states: the names were used "
                      "for what is carried. Keep what came in.", wrong.lstm_last_state_as_h_0),
    ),
    (variants.lstm_forward_lists, variants.lstm_forward_float32),
    patterns=sequence("lstm_step"),
    probe=Play(nothing_more, needs=("lstm_step",)),
)  # fmt: skip

INIT_LSTM = Exercise(
    right.init_lstm,
    inputs.starts,
    (Part("init_lstm", 1),),
    (
        "Three arrays. Only u_x and u_h are random, and the order in which you draw them matters.",
        "`rng.uniform(-k, k, size=(4 * H, D))` with k = 1 / np.sqrt(H).",
        "The forget gate is the second of four blocks: `u_0[H : 2 * H]`.",
    ),
    (
        Misconception("every-gate", "The bias is on every gate. Only the forget gate is to begin open.",
                      wrong.bias_on_every_gate),
        Misconception("input-gate", "The bias is on the input gate, the first block. The forget gate is the second.",
                      wrong.bias_on_the_input_gate),
        Misconception("candidate", "The bias is on the candidate, the third block. The forget gate is the second.",
                      wrong.bias_on_the_candidate),
        Misconception("always-one", "The bias is 1 whatever is asked for: use the argument.", wrong.always_one),
        Misconception("every-fourth", "The bias is on every fourth row, as if gates alternated. They are stacked in "
                      "blocks of H rows.", wrong.bias_added_to_every_fourth),
        Misconception("u-h-first", "You draw u_h before u_x. The generator gives its numbers in the order in which it "
                      "is asked.", wrong.u_h_drawn_first),
        Misconception("from-zero-up", "Your weights are all positive. They are drawn around zero, from −k to k.",
                      wrong.from_zero_up),
        Misconception("no-root", "Your weights are drawn with 1 / H instead of 1 / √H.", wrong.without_the_root),
        Misconception("from-d", "u_x is drawn with 1 / √D. Both are drawn from −1/√H to 1/√H.", wrong.k_from_d),
        Misconception("gate-by-gate", "You draw gate after gate, u_x and u_h of each. The generator gives its numbers "
                      "in the order in which it is asked: all of u_x first, then all of u_h.", wrong.gate_by_gate),
        Misconception("transposed-draw", "You draw (D, 4H) and (H, 4H) numbers and transpose them. They are the right "
                      "numbers at other places: ask for the shape you need.", wrong.drawn_transposed),
        Misconception("one-draw", "You draw u_x and u_h side by side as one array. Rows are filled one after the "
                      "other, so u_h gets some of u_x's numbers: ask once for each.", wrong.drawn_as_one),
        Misconception("normal", "You draw from a normal distribution. Asked for are uniform numbers, from −k to k.",
                      wrong.drawn_normal),
    ),
    (variants.init_lstm_stacked, variants.init_lstm_concatenated),
    probe=Play(probe_drawn),
)  # fmt: skip

CELL_GRADIENT = Exercise(
    right.cell_gradient,
    inputs.forget_gates,
    (Part("cell_gradient", 2, axes="T H"),),
    (
        "Write c_3 in terms of c_2, then of c_1. What does c_1 get multiplied by on its way into c_3?",
        "By all the forget gates *after* it: ∂c_T/∂c_t = f_{t+1} ⊙ … ⊙ f_T. For t = T that is a product of nothing, 1.",
        "Go backwards with a running product: store it, then multiply it by the gate of that step.",
    ),
    (
        Misconception("own-step", "Your products include f_t itself. That gate acted on c_{t-1}, before c_t was made.",
                      wrong.own_step_included),
        Misconception("from-the-beginning", "You multiply from the first step on. What reaches c_T from c_t passes the "
                      "gates *after* t.", wrong.from_the_beginning),
        Misconception("from-first-state", "You follow what is left of c_1 through time. Asked for is what is left of "
                      "each c_t at the end.", wrong.from_the_first_state),
        Misconception("summed", "You add the gates up. Along one path factors multiply.", wrong.summed),
        Misconception("next-gate-only", "You take the next gate alone. All gates up to T lie on the way.",
                      wrong.next_gate_only),
        Misconception("one-gate-too-late", "Your products begin one gate too late: from c_t to c_{t+1} the cell passes "
                      "f_{t+1} already.", wrong.one_gate_too_late),
        Misconception("not-flipped-back",
                      "Your rows run backwards: the last step's is the first. You turned time round "
                      "to multiply; turn it back.", wrong.not_flipped_back),
        Misconception("products-not-flipped-back", "The products are there, in the order in which they were made, from "
                      "the end. Row t belongs to step t: turn them round before you put the 1 below them.",
                      wrong.products_not_flipped_back),
        Misconception("own-step-not-flipped-back", "Your rows run backwards, and each product includes f_t itself, "
                      "which acted before c_t was made.", wrong.own_step_not_flipped_back),
        Misconception("sigmoid-again", "You pass the gates through a sigmoid once more. What comes in are gates "
                      "already.", wrong.sigmoid_again),
        Misconception("one-product-for-all-units",
                      "You multiply the gates of all units with one another. Each unit has "
                      "a product of its own: along time only.", wrong.one_product_for_all_units),
        Misconception("one-number-a-step", "You have one number for each step: the gates of all units multiplied. "
                      "`np.prod` takes everything unless told along which axis.", wrong.one_number_a_step),
        Misconception("over-units", "You multiply along the units instead of along time.", wrong.over_units),
    ),
    (variants.cell_gradient_loop, variants.cell_gradient_products),
    relative=True,
)  # fmt: skip

EXERCISES = [
    LSTM_STEP, LSTM_FORWARD, HOLD_WEIGHTS, CELL_GRADIENT, INIT_LSTM, LSTM_BACKWARD_STEP, LSTM_BACKWARD,
    GRU_STEP, GRU_FORWARD, GRU_BACKWARD_STEP, *QUIZZES,
]  # fmt: skip
