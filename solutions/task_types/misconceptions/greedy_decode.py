"""Wrong answers to `greedy_decode`."""

import numpy as np

from solutions.forms import mistake
from solutions.task_types import reference
from solutions.task_types.misconceptions._shared import NEW_STATE, logits_of, next_state


def zero_context(context, params, bos, eos, max_length):
    """You start from a zero state, so every date gets the same translation. All the decoder knows of the input is the
    context: that is where h starts.
    """
    return reference.greedy_decode(0 * context, params, bos, eos, max_length)


def _decode(context, params, bos, eos, max_length, read=None, new_state=False, advance=True, start=None):
    """All symbols of max_length steps, (steps, B): nothing stops."""
    V = len(params["w_0"])
    h = context if start is None else start
    x, written = np.eye(V)[np.full(len(context), bos)], []
    for _ in range(max_length):
        h_new = next_state(x, h, params)
        logits = logits_of(x, h_new if new_state else h, params)
        written.append(logits.argmax(axis=1))
        x = np.eye(V)[written[-1]] if read is None else read(logits)
        h = h_new if advance else h
    return np.array(written).reshape(max_length, len(context))


def never_stops(context, params, bos, eos, max_length):
    """You write `max_length` symbols, whatever they are. A sequence ends where the decoder says `eos`."""
    return _decode(context, params, bos, eos, max_length).T.tolist()


def _cut(written, eos, keep=0):
    lists = [[int(symbol) for symbol in column] for column in written.T]
    return [row[: row.index(eos) + keep] if eos in row else row for row in lists]


def eos_kept(context, params, bos, eos, max_length):
    """You keep the `eos`. It says that the sequence is over; it isn't part of it."""
    return _cut(_decode(context, params, bos, eos, max_length), eos, keep=1)


def bos_kept(context, params, bos, eos, max_length):
    """Your lists begin with `bos`. The decoder reads it first, but doesn't write it."""
    return [[bos, *row] for row in reference.greedy_decode(context, params, bos, eos, max_length)]


def bos_counted(context, params, bos, eos, max_length):
    """Your lists begin with `bos`, and it takes the place of a symbol in those that don't end. The decoder reads it
    first, but doesn't write it.
    """
    return [row[:max_length] for row in bos_kept(context, params, bos, eos, max_length)]


def feeds_probabilities(context, params, bos, eos, max_length):
    """You feed the probabilities back. The next step should read the symbol that was chosen, as a one-hot vector: the
    same kind of input as in training.
    """

    def softmax(logits):
        exps = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exps / exps.sum(axis=1, keepdims=True)

    return _cut(_decode(context, params, bos, eos, max_length, read=softmax), eos)


def feeds_logits(context, params, bos, eos, max_length):
    """You feed the logits back. The next step should read the symbol that was chosen, as a one-hot vector."""
    return _cut(_decode(context, params, bos, eos, max_length, read=lambda logits: logits), eos)


def always_reads_bos(context, params, bos, eos, max_length):
    """Every step reads `bos`. After the first, the decoder reads what it has just written."""
    first = np.eye(len(params["w_0"]))[np.full(len(context), bos)]
    return _cut(_decode(context, params, bos, eos, max_length, read=lambda logits: first), eos)


@mistake(text=NEW_STATE)
def reads_new_state(context, params, bos, eos, max_length):
    return _cut(_decode(context, params, bos, eos, max_length, new_state=True), eos)


def state_stands_still(context, params, bos, eos, max_length):
    """Every step starts from the context: the decoder doesn't know how far it has come. Let the state move on."""
    return _cut(_decode(context, params, bos, eos, max_length, advance=False), eos)


def all_stop_with_the_first(context, params, bos, eos, max_length):
    """All sequences stop as soon as one of them writes `eos`. Each ends where its own `eos` is."""
    written = _decode(context, params, bos, eos, max_length)
    ends = np.flatnonzero((written == eos).any(axis=1))
    return written[: ends[0] if len(ends) else max_length].T.tolist()


def goes_on_after_eos(context, params, bos, eos, max_length):
    """You leave out `eos`, but go on writing after it. What a decoder says after its end means nothing."""
    written = _decode(context, params, bos, eos, max_length)
    return [[int(symbol) for symbol in column if symbol != eos] for column in written.T]


def one_list_for_all(context, params, bos, eos, max_length):
    """All your rows hold the same symbols: `[[]] * B` is one list, B times. Make a new list for each row, for example
    `[[] for _ in range(B)]`.
    """
    written = _decode(context, params, bos, eos, max_length)
    together, writing = [], np.ones(len(context), dtype=bool)
    for symbols in written:
        writing &= symbols != eos
        together += [int(symbol) for symbol in symbols[writing]]
    return [list(together) for _ in context]


def one_symbol_short(context, params, bos, eos, max_length):
    """Sequences that don't end are one symbol short: `bos` doesn't count as one of the `max_length` symbols."""
    return reference.greedy_decode(context, params, bos, eos, max_length - 1)


def starts_with_eos(context, params, bos, eos, max_length):
    """You begin with `eos`. The first input is `bos`, as in `decoder_inputs`."""
    return reference.greedy_decode(context, params, eos, eos, max_length)


def bos_and_eos_kept(context, params, bos, eos, max_length):
    """You keep both `bos` and `eos`. The one is only read, the other says that the sequence is over: neither is part of
    what is written.
    """
    return [[bos, *row] for row in eos_kept(context, params, bos, eos, max_length)]


def padded(context, params, bos, eos, max_length):
    """Your rows all have the same length: what has ended is filled up, as in a padded array. Here each row is a list
    that ends where its sequence does.
    """
    written = _decode(context, params, bos, eos, max_length).T
    return np.where(np.cumsum(written == eos, axis=1) > 0, eos, written).tolist()


def logits_once(context, params, bos, eos, max_length):
    """You compute the logits once, before the loop, so every step chooses the same symbol. Each step computes its own,
    from the symbol and the state it has now.
    """
    first = _decode(context, params, bos, eos, min(max_length, 1))
    return _cut(np.repeat(first, max_length, axis=0), eos)


def state_reads_new_symbol(context, params, bos, eos, max_length):
    """Your new state is made from the symbol that was just chosen. In a step, logits and new state both read the symbol
    the step began with; the chosen one is read by the next step, and only there.
    """
    V = len(params["w_0"])
    h, x, written = context, np.eye(V)[np.full(len(context), bos)], []
    for _ in range(max_length):
        written.append(logits_of(x, h, params).argmax(axis=1))
        x = np.eye(V)[written[-1]]
        h = next_state(x, h, params)
    return _cut(np.array(written).reshape(max_length, len(context)), eos)


def end_only_together(context, params, bos, eos, max_length):
    """You stop when all sequences of the batch write `eos` at the same step; until then those that have ended go on
    writing. Each ends at its own `eos`, whatever the others do.
    """
    written = _decode(context, params, bos, eos, max_length)
    ended = np.flatnonzero((written == eos).all(axis=1))
    return written[: ended[0] if ended.size else None].T.tolist()


def least_likely(context, params, bos, eos, max_length):
    """You choose the least likely symbol. `argmax` finds the place of the largest logit, `argmin` that of the
    smallest.
    """
    turned = params | {name: -params[name] for name in ("w_x", "w_h", "w_0")}
    return reference.greedy_decode(context, turned, bos, eos, max_length)


def zero_for_bos(context, params, bos, eos, max_length):
    """Your decoder first reads symbol 0. It is `bos`, whatever its number is."""
    return reference.greedy_decode(context, params, 0, eos, max_length)


def zeros_for_bos(context, params, bos, eos, max_length):
    """The first step of your decoder reads zeros. It reads `bos`, as a one-hot vector, like every symbol after it."""
    first = params | {name: np.c_[params[name], np.zeros(len(params[name]))] for name in ("u_x", "w_x")}
    silent = params["w_x"].shape[1]
    first |= {"w_h": np.r_[params["w_h"], 0 * params["w_h"][:1]], "w_0": np.append(params["w_0"], -np.inf)}
    first["w_x"] = np.r_[first["w_x"], 0 * first["w_x"][:1]]
    return reference.greedy_decode(context, first, silent, eos, max_length)


def first_context_for_all(context, params, bos, eos, max_length):
    """Every sequence of the batch begins from the context of the first one. Each has a context of its own."""
    return reference.greedy_decode(np.repeat(context[:1], len(context), axis=0), params, bos, eos, max_length)


def _forbidding(symbols, context, params, bos, eos, max_length):
    """As if these symbols' logits were minus infinity."""
    w_0 = params["w_0"].copy()
    w_0[symbols] = -np.inf
    return reference.greedy_decode(context, params | {"w_0": w_0}, bos, eos, max_length)


def bos_forbidden(context, params, bos, eos, max_length):
    """Your decoder never writes `bos`. It is an unlikely choice, but where its logit is the largest, it is chosen like
    any other.
    """
    return _forbidding([bos], context, params, bos, eos, max_length)


def bos_left_out(context, params, bos, eos, max_length):
    """You leave `bos` out wherever it is written. Only the one that the decoder begins from doesn't belong to what it
    writes: one that it chooses on the way is a symbol like any other.
    """
    rows = reference.greedy_decode(context, params, bos, eos, max_length)
    return [[symbol for symbol in row if symbol != bos] for row in rows]


def stops_at_bos(context, params, bos, eos, max_length):
    """Yours stop at `bos`, too, where it is chosen on the way. A sequence ends at `eos`: after the first step, `bos` is
    a symbol like any other.
    """
    rows = reference.greedy_decode(context, params, bos, eos, max_length)
    return [row[: row.index(bos)] if bos in row else row for row in rows]


def eos_forbidden(context, params, bos, eos, max_length):
    """`eos` can't be chosen in yours, so no sequence ends before `max_length`. It has to be chosen where its logit is
    the largest, though it isn't written.
    """
    return _forbidding([eos], context, params, bos, eos, max_length)


@mistake(text=eos_forbidden.__doc__)
def bos_and_eos_forbidden(context, params, bos, eos, max_length):
    return _forbidding([bos, eos], context, params, bos, eos, max_length)


def last_symbol_for_eos(context, params, bos, eos, max_length):
    """Your sequences end at the last symbol, number V − 1. They end at `eos`, whatever its number is."""
    return reference.greedy_decode(context, params, bos, len(params["w_0"]) - 1, max_length)


def cut_at_last_eos(context, params, bos, eos, max_length):
    """You cut at the last `eos`. A sequence is over with the first: what a decoder says after it means nothing."""
    rows = _decode(context, params, bos, eos, max_length).T.tolist()
    return [row[: len(row) - 1 - row[::-1].index(eos)] if eos in row else row for row in rows]


def state_leaks(context, params, bos, eos, max_length):
    """Only the first sequence starts from its context, the others from the state in which the one before them ended.
    Each has a context of its own.
    """
    h, rows = context[:1], []
    for _ in context:
        x, row = np.eye(len(params["w_0"]))[[bos]], []
        for _ in range(max_length):
            symbol = int(logits_of(x, h, params).argmax())
            h = next_state(x, h, params)
            if symbol == eos:
                break
            row.append(symbol)
            x = np.eye(len(params["w_0"]))[[symbol]]
        rows.append(row)
    return rows


@mistake(text=padded.__doc__)
def padded_with_minus_one(context, params, bos, eos, max_length):
    rows = reference.greedy_decode(context, params, bos, eos, max_length)
    longest = max(1, *map(len, rows))
    return [row + [-1] * (longest - len(row)) for row in rows]
