"""Wrong answers to `lstm_step`."""

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.misconceptions._shared import blocks_of, inside, joined_wrongly, lstm
from solutions.gated_cells.reference import sigmoid


def order_i_f_o_g(x, h, c, params):
    """You read the blocks in the order i, f, o, g. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(0, 1, 3, 2))[:2]


def order_f_i_g_o(x, h, c, params):
    """You read the blocks in the order f, i, g, o, the one in many drawings. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(1, 0, 2, 3))[:2]


def order_i_g_f_o(x, h, c, params):
    """You read the blocks in the order i, g, f, o. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(0, 2, 1, 3))[:2]


def order_i_o_f_g(x, h, c, params):
    """You read the blocks in the order i, o, f, g, as the ONNX format has them. Here they are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(0, 2, 3, 1))[:2]


def order_o_i_f_g(x, h, c, params):
    """You read the output gate's block first: o, i, f, g. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(1, 2, 3, 0))[:2]


def rows_interleaved(x, h, c, params):
    """You take every fourth row for a gate. The rows are stacked in blocks: all H of one gate, then all H
    of the next.
    """
    by_gate = {name: np.concatenate([value[gate::4] for gate in range(4)]) for name, value in params.items()}
    return right.lstm_step(x, h, c, by_gate)


def no_bias(x, h, c, params):
    """The biases are missing: u_0 is added inside all four."""
    return right.lstm_step(x, h, c, params | {"u_0": np.zeros_like(params["u_0"])})


def u_h_not_transposed(x, h, c, params):
    """You multiply h with the blocks of u_h as they are. A batch stands in rows, so u_h h becomes a product with the
    transposed block.
    """
    turned = np.concatenate([block.T for block in np.split(params["u_h"], 4)])
    return right.lstm_step(x, h, c, params | {"u_h": turned})


def coupled(x, h, c, params):
    """You write with 1 − f instead of i. Such cells exist ("coupled gates"), and a GRU is one; in an LSTM the input
    gate decides for itself.
    """
    return lstm(x, h, c, params, write=lambda i, f, g, c: f * c + (1 - f) * g)[:2]


def no_tanh_of_c(x, h, c, params):
    """You show the cell as it is. Before the output gate the cell passes a tanh: it may have grown beyond 1."""
    return lstm(x, h, c, params, show=lambda o, c, c_before: o * c)[:2]


def shows_cell_before(x, h, c, params):
    """What you show is the cell *before* the step. First update it, then show it."""
    return lstm(x, h, c, params, show=lambda o, c, c_before: o * np.tanh(c_before))[:2]


def sigmoid_of_g(x, h, c, params):
    """Your candidate is a sigmoid, so the cell could only ever be raised. It is the one of the four that is a tanh."""
    return lstm(x, h, c, params, candidate=sigmoid)[:2]


def exchanged(x, h, c, params):
    """You return c first. The hidden state comes first."""
    return lstm(x, h, c, params)[1::-1]


def cell_not_carried(x, h, c, params):
    """Your new cell is i ⊙ g alone: what was in the cell is lost at every step."""
    return lstm(x, h, c, params, write=lambda i, f, g, c: i * g)[:2]


def forgets_what_it_writes(x, h, c, params):
    """Your forget gate also multiplies what is being written. It stands before the sum, at the old cell only."""
    return lstm(x, h, c, params, write=lambda i, f, g, c: f * (c + i * g))[:2]


def writes_ungated(x, h, c, params):
    """The candidate is written whether the input gate is open or not."""
    return lstm(x, h, c, params, write=lambda i, f, g, c: f * c + g)[:2]


def gates_read_c(x, h, c, params):
    """Your gates read the cell. They read the hidden state; the cell is only touched by f and i."""
    return lstm(x, c, c, params)[:2]


def order_f_g_i_o(x, h, c, params):
    """You read the blocks in the order f, g, i, o. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(2, 0, 1, 3))[:2]


def order_g_i_f_o(x, h, c, params):
    """You read the blocks in the order g, i, f, o. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(1, 2, 0, 3))[:2]


def order_f_i_o_g(x, h, c, params):
    """You read the blocks in the order f, i, o, g. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(1, 0, 3, 2))[:2]


def order_o_f_i_g(x, h, c, params):
    """You read the blocks in the order o, f, i, g. They are stacked i, f, g, o."""
    return lstm(x, h, c, params, order=(2, 1, 3, 0))[:2]


def joined_the_wrong_way_round(x, h, c, params):
    """You join x and h in one order and u_x and u_h in the other, so x meets u_h. What stands side by side on one side
    must stand in the same order on the other.
    """
    return joined_wrongly(right.lstm_step, (x, h, c), params)


def one_bias_for_all(x, h, c, params):
    """All four get the first block of u_0. Each has a bias of its own: cut u_0 into blocks as well."""
    return right.lstm_step(x, h, c, params | {"u_0": np.tile(params["u_0"][: h.shape[1]], 4)})


def biases_of_i_and_f_exchanged(x, h, c, params):
    """The input gate has the forget gate's bias, and the other way round. The order i, f, g, o holds for u_0, too."""
    i, f, g, o = np.split(params["u_0"], 4)
    return right.lstm_step(x, h, c, params | {"u_0": np.concatenate([f, i, g, o])})


def cell_squashed(x, h, c, params):
    """What you return as c has passed the tanh. It is only shown that way: the cell itself goes on as f ⊙ c + i ⊙ g."""
    h, c = right.lstm_step(x, h, c, params)
    return h, np.tanh(c)


def forget_bias_added(x, h, c, params):
    """You add 1 to the forget gate, as some libraries do on top of its bias. Here that 1, if it is wanted, is in u_0
    from the start: `init_lstm` puts it there.
    """
    u_0 = params["u_0"].copy()
    u_0[c.shape[1] : 2 * c.shape[1]] += 1
    return right.lstm_step(x, h, c, params | {"u_0": u_0})


def sigmoid_then_tanh(x, h, c, params):
    """All four blocks go through the sigmoid first, and the candidate through tanh after that. The candidate is the
    tanh of its own sum.
    """
    return lstm(x, h, c, params, candidate=lambda g: np.tanh(sigmoid(g)))[:2]


def hard_sigmoids(x, h, c, params):
    """Your gates are straight lines, 0.2 a + 0.5 cut off at 0 and 1, as an older Keras has them. σ is the sigmoid."""
    i, f, g, o = (inside(block, x, h) for block in blocks_of(params, 4))
    i, f, o = (np.clip(0.2 * a + 0.5, 0, 1) for a in (i, f, o))
    c_new = f * c + i * np.tanh(g)
    return o * np.tanh(c_new), c_new


def coupled_the_other_way(x, h, c, params):
    """You keep 1 − i of the cell, as a GRU does with its one gate. In an LSTM the forget gate decides for itself:
    f ⊙ c.
    """
    return lstm(x, h, c, params, write=lambda i, f, g, c: (1 - i) * c + i * g)[:2]


def hidden_state_twice(x, h, c, params):
    """Your hidden state is right, and you return it a second time in place of the cell state."""
    h_new, _ = right.lstm_step(x, h, c, params)
    return h_new, h_new


def bias_twice(x, h, c, params):
    """`u_0` is added twice. Some libraries keep two biases for each gate; here there is one."""
    return right.lstm_step(x, h, c, params | {"u_0": 2 * params["u_0"]})


def gates_see_the_cell(x, h, c, params):
    """The cell state is added to the four sums, as in LSTMs with peepholes. Here a sum reads x and h alone."""
    i, f, g, o = (inside(block, x, h) + c for block in blocks_of(params, 4))
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new


def state_added_to_the_candidate(x, h, c, params):
    """h is added to the candidate's sum as it is, beside u_h h. The sum has three terms: u_x x, u_h h and u_0."""
    return lstm(x, h, c, params, candidate=lambda g: np.tanh(g + h))[:2]


def reshaped_for_transposed(x, h, c, params):
    """You turn `u_h` round with `reshape`, which keeps the numbers in their order and cuts the rows elsewhere. `.T`
    exchanges rows and columns.
    """
    turned = params["u_h"].reshape(h.shape[1], -1).T
    return right.lstm_step(x, h, c, params | {"u_h": turned})
