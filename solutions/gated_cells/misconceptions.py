"""Wrong answers to lesson 06's LSTM, forward, that people really give. What they are told is in `exercises.py`."""

import numpy as np

from solutions.gated_cells import reference as right
from solutions.gated_cells.reference import sigmoid


def blocks_of(params, count, order=None):
    """Each gate's own weights; `order` reads the blocks as if they were stacked in another order."""
    names = ("u_x", "u_h", "u_0")
    blocks = [dict(zip(names, block)) for block in zip(*(np.split(params[name], count) for name in names))]
    return [blocks[place] for place in order or range(count)]


def inside(gate, x, h):
    return x @ gate["u_x"].T + h @ gate["u_h"].T + gate["u_0"]


# lstm_step


def _lstm(
    x, h, c, params, order=(0, 1, 2, 3),
    candidate=np.tanh,
    write=lambda i, f, g, c: f * c + i * g,
    show=lambda o, c, c_before: o * np.tanh(c),
):  # fmt: skip
    i, f, g, o = (inside(gate, x, h) for gate in blocks_of(params, 4, order))
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), candidate(g)
    c_new = write(i, f, g, c)
    return show(o, c_new, c), c_new, i, f, g, o


def order_i_f_o_g(x, h, c, params):
    return _lstm(x, h, c, params, order=(0, 1, 3, 2))[:2]


def order_f_i_g_o(x, h, c, params):
    return _lstm(x, h, c, params, order=(1, 0, 2, 3))[:2]


def coupled(x, h, c, params):
    return _lstm(x, h, c, params, write=lambda i, f, g, c: f * c + (1 - f) * g)[:2]


def no_tanh_of_c(x, h, c, params):
    return _lstm(x, h, c, params, show=lambda o, c, c_before: o * c)[:2]


def shows_the_cell_before(x, h, c, params):
    return _lstm(x, h, c, params, show=lambda o, c, c_before: o * np.tanh(c_before))[:2]


def sigmoid_of_g(x, h, c, params):
    return _lstm(x, h, c, params, candidate=sigmoid)[:2]


def exchanged(x, h, c, params):
    return _lstm(x, h, c, params)[1::-1]


def cell_not_carried(x, h, c, params):
    return _lstm(x, h, c, params, write=lambda i, f, g, c: i * g)[:2]


def forgets_what_it_writes(x, h, c, params):
    return _lstm(x, h, c, params, write=lambda i, f, g, c: f * (c + i * g))[:2]


def writes_ungated(x, h, c, params):
    return _lstm(x, h, c, params, write=lambda i, f, g, c: f * c + g)[:2]


def gates_read_c(x, h, c, params):
    return _lstm(x, c, c, params)[:2]


def _order(*order):
    return lambda x, h, c, params: _lstm(x, h, c, params, order=order)[:2]


order_i_g_f_o, order_i_o_f_g, order_o_i_f_g = _order(0, 2, 1, 3), _order(0, 2, 3, 1), _order(1, 2, 3, 0)


def rows_interleaved(x, h, c, params):
    by_gate = {name: np.concatenate([value[gate::4] for gate in range(4)]) for name, value in params.items()}
    return right.lstm_step(x, h, c, by_gate)


def no_bias(x, h, c, params):
    return right.lstm_step(x, h, c, params | {"u_0": np.zeros_like(params["u_0"])})


def u_h_not_transposed(x, h, c, params):
    turned = np.concatenate([block.T for block in np.split(params["u_h"], 4)])
    return right.lstm_step(x, h, c, params | {"u_h": turned})


# lstm_forward


def _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h, c)):
    h, c, made = h_0, c_0, []
    for x in np.swapaxes(xs, 0, 1):
        h, c, *gates = _lstm(x, *before(h, c), params)
        made.append((h, c, *gates))
    stacked = [np.stack(values, axis=1) for values in zip(*made)]
    return stacked[0], dict(zip("hcifgo", stacked)) | {"h_0": h_0, "c_0": c_0}


def c_0_from_h_0(xs, h_0, c_0, params):
    return _lstm_over(xs, h_0, h_0, params)


def lstm_from_zeros(xs, h_0, c_0, params):
    return _lstm_over(xs, np.zeros_like(h_0), np.zeros_like(c_0), params)


def lstm_cell_reset(xs, h_0, c_0, params):
    hs, cache = _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h, c if c is c_0 else np.zeros_like(c)))
    return hs, cache


def lstm_never_advanced(xs, h_0, c_0, params):
    return _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h_0, c_0))


def lstm_hidden_not_fed_back(xs, h_0, c_0, params):
    return _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h_0, c))


def lstm_returns_cells(xs, h_0, c_0, params):
    _hs, cache = _lstm_over(xs, h_0, c_0, params)
    return cache["c"], cache


def lstm_cells_before(xs, h_0, c_0, params):
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    return hs, cache | {"c": np.concatenate([c_0[:, None], cache["c"][:, :-1]], axis=1)}


def lstm_one_array(xs, h_0, c_0, params):
    _hs, cache = _lstm_over(xs, h_0, c_0, params)
    last = {name: np.repeat(cache[name][:, -1:], xs.shape[1], axis=1) for name in ("h", "c")}
    return last["h"], cache | last


def lstm_last_state_as_h_0(xs, h_0, c_0, params):
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    return hs, cache | {"h_0": hs[:, -1], "c_0": cache["c"][:, -1]}


def lstm_cell_never_advanced(xs, h_0, c_0, params):
    return _lstm_over(xs, h_0, c_0, params, before=lambda h, c: (h, c_0))


def lstm_states_before(xs, h_0, c_0, params):
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    first = {"h": h_0, "c": c_0}
    return hs, cache | {n: np.concatenate([first[n][:, None], cache[n][:, :-1]], axis=1) for n in first}


def lstm_insides(xs, h_0, c_0, params):
    """What stands inside the sigmoids and the tanh, in place of what comes out."""
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    before = np.concatenate([h_0[:, None], hs[:, :-1]], axis=1)
    a = np.split(xs @ params["u_x"].T + before @ params["u_h"].T + params["u_0"], 4, axis=2)
    return hs, cache | dict(zip("ifgo", a))


def lstm_time_first(xs, h_0, c_0, params):
    hs, cache = _lstm_over(xs, h_0, c_0, params)
    kept = {name: np.swapaxes(cache[name], 0, 1) for name in "ifgoch"}
    return np.swapaxes(hs, 0, 1), cache | kept


# init_lstm


def bias_on_every_gate(D, H, rng, forget_bias=1.0):
    return right.init_lstm(D, H, rng) | {"u_0": np.full(4 * H, forget_bias)}


def _bias_on(block, D, H, rng, forget_bias):
    u_0 = np.zeros(4 * H)
    u_0[block * H : (block + 1) * H] = forget_bias
    return right.init_lstm(D, H, rng) | {"u_0": u_0}


def bias_on_the_input_gate(D, H, rng, forget_bias=1.0):
    return _bias_on(0, D, H, rng, forget_bias)


def bias_on_the_candidate(D, H, rng, forget_bias=1.0):
    return _bias_on(2, D, H, rng, forget_bias)


def always_one(D, H, rng, forget_bias=1.0):
    return right.init_lstm(D, H, rng)


def bias_added_to_every_fourth(D, H, rng, forget_bias=1.0):
    u_0 = np.zeros(4 * H)
    u_0[1::4] = forget_bias
    return right.init_lstm(D, H, rng) | {"u_0": u_0}


def u_h_drawn_first(D, H, rng, forget_bias=1.0):
    k = 1 / np.sqrt(H)
    u_h = rng.uniform(-k, k, size=(4 * H, H))
    return right.init_lstm(D, H, rng, forget_bias) | {"u_x": rng.uniform(-k, k, size=(4 * H, D)), "u_h": u_h}


def from_zero_up(D, H, rng, forget_bias=1.0):
    params = right.init_lstm(D, H, rng, forget_bias)
    return params | {name: (params[name] + 1 / np.sqrt(H)) / 2 for name in ("u_x", "u_h")}


def without_the_root(D, H, rng, forget_bias=1.0):
    params = right.init_lstm(D, H, rng, forget_bias)
    return params | {name: params[name] / np.sqrt(H) for name in ("u_x", "u_h")}


def k_from_d(D, H, rng, forget_bias=1.0):
    params = right.init_lstm(D, H, rng, forget_bias)
    return params | {"u_x": params["u_x"] * np.sqrt(H / D)}


def gate_by_gate(D, H, rng, forget_bias=1.0):
    k, u_x, u_h = 1 / np.sqrt(H), [], []
    for _ in range(4):
        u_x.append(rng.uniform(-k, k, size=(H, D)))
        u_h.append(rng.uniform(-k, k, size=(H, H)))
    return right.init_lstm(D, H, rng, forget_bias) | {"u_x": np.concatenate(u_x), "u_h": np.concatenate(u_h)}


def drawn_transposed(D, H, rng, forget_bias=1.0):
    k = 1 / np.sqrt(H)
    drawn = {"u_x": rng.uniform(-k, k, size=(D, 4 * H)).T, "u_h": rng.uniform(-k, k, size=(H, 4 * H)).T}
    return right.init_lstm(D, H, rng, forget_bias) | drawn


def drawn_as_one(D, H, rng, forget_bias=1.0):
    k = 1 / np.sqrt(H)
    both = rng.uniform(-k, k, size=(4 * H, D + H))
    return right.init_lstm(D, H, rng, forget_bias) | {"u_x": both[:, :D], "u_h": both[:, D:]}


def drawn_normal(D, H, rng, forget_bias=1.0):
    k = 1 / np.sqrt(H)
    drawn = {"u_x": k * rng.normal(size=(4 * H, D)), "u_h": k * rng.normal(size=(4 * H, H))}
    return right.init_lstm(D, H, rng, forget_bias) | drawn


# cell_gradient


def own_step_included(forget_gates):
    return np.cumprod(forget_gates[::-1], axis=0)[::-1]


def from_the_beginning(forget_gates):
    return np.cumprod(forget_gates, axis=0)


def from_the_first_state(forget_gates):
    return np.concatenate([np.ones_like(forget_gates[:1]), np.cumprod(forget_gates[1:], axis=0)])


def summed(forget_gates):
    return np.concatenate([np.cumsum(forget_gates[:0:-1], axis=0)[::-1], np.ones_like(forget_gates[:1])])


def not_flipped_back(forget_gates):
    return right.cell_gradient(forget_gates)[::-1]


def products_not_flipped_back(forget_gates):
    return np.concatenate([np.cumprod(forget_gates[:0:-1], axis=0), np.ones_like(forget_gates[:1])])


def own_step_not_flipped_back(forget_gates):
    return np.cumprod(forget_gates[::-1], axis=0)


def sigmoid_again(forget_gates):
    return right.cell_gradient(sigmoid(forget_gates))


def one_product_for_all_units(forget_gates):
    return right.cell_gradient(forget_gates.prod(axis=1, keepdims=True)) * np.ones_like(forget_gates)


def one_number_a_step(forget_gates):
    return [forget_gates[t + 1 :].prod() for t in range(len(forget_gates))]


def one_gate_too_late(forget_gates):
    return np.stack([forget_gates[t + 2 :].prod(axis=0) for t in range(len(forget_gates))])


def next_gate_only(forget_gates):
    return np.concatenate([forget_gates[1:], np.ones_like(forget_gates[:1])])


def over_units(forget_gates):
    later = np.ones_like(forget_gates)
    later[:, :-1] = np.cumprod(forget_gates[:, :0:-1], axis=1)[:, ::-1]
    return later
