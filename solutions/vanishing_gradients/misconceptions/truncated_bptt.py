"""Wrong answers to `truncated_bptt`."""

import numpy as np

from solutions.forms import mistake
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients.scales import CUT_OFF, clipped


def _states(xs, h, params):
    hs = []
    for t in range(xs.shape[1]):
        h = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])
        hs.append(h)
    return np.stack(hs, axis=1)


def state_reset(xs, dys, h_0, params, k):
    """At each border the state starts again from zeros, so later chunks see nothing of earlier ones. Only the gradient
    stops there; the state flows on.
    """
    total = dict.fromkeys(params, 0)
    for start in range(0, xs.shape[1], k):
        part, h = slice(start, start + k), h_0 if start == 0 else np.zeros_like(h_0)
        gradients = right.rnn_backward(xs[:, part], _states(xs[:, part], h, params), h, params, dys[:, part])
        total = {name: total[name] + gradients[name] for name in params}
    return total


def from_h_0_again(xs, dys, h_0, params, k):
    """Every chunk starts from `h_0`. That is the state before the *first* step; the others go on from where the chunk
    before ended.
    """
    total = dict.fromkeys(params, 0)
    for start in range(0, xs.shape[1], k):
        part = slice(start, start + k)
        gradients = right.rnn_backward(xs[:, part], _states(xs[:, part], h_0, params), h_0, params, dys[:, part])
        total = {name: total[name] + gradients[name] for name in params}
    return total


def _chunks(xs, dys, h_0, params, k, first=lambda befores, part: befores[:, part.start], starts=None, length=None):
    """All states first, and then chunk by chunk; `befores[:, t]` is the state before step t, the last one the end's."""
    hs, T = _states(xs, h_0, params), xs.shape[1]
    befores = np.concatenate([h_0[:, None], hs], axis=1)  # (B, T + 1, H)
    total = {name: np.zeros_like(weight) for name, weight in params.items()}
    for start in range(0, T, k) if starts is None else starts:
        part = slice(start, min(start + (k if length is None else length), T))
        h = first(befores, part)
        gradients = right.rnn_backward(xs[:, part], hs[:, part], h, params, dys[:, part])
        total = {name: total[name] + gradients[name] for name in params}
    return total


def not_truncated(xs, dys, h_0, params, k):
    """The gradient flows on over the borders: this is the full gradient, whatever k is. Within a chunk its first state
    counts as a constant.
    """
    return _chunks(xs, dys, h_0, params, xs.shape[1])


def cut_too_early(xs, dys, h_0, params, k):
    """You cut one step too early. The first step of a chunk still belongs to it: it hears of the chunk's later steps,
    and only what it would pass on to the step before is dropped.
    """
    hs, total = _states(xs, h_0, params), _chunks(xs, dys, h_0, params, k)
    total |= {name: np.zeros_like(params[name]) for name in ("u_x", "u_h", "u_0")}
    for start in range(0, xs.shape[1], k):
        rest = slice(start + 1, start + k)
        gradients = right.rnn_backward(xs[:, rest], hs[:, rest], hs[:, start], params, dys[:, rest])
        total |= {name: total[name] + gradients[name] for name in ("u_x", "u_h", "u_0")}
    return total


def short_chunk_dropped(xs, dys, h_0, params, k):
    """When k does not divide T, the steps that remain at the end are left out. They make a shorter chunk."""
    return _chunks(xs, dys, h_0, params, k, starts=range(0, xs.shape[1] - k + 1, k))


def last_chunk_only(xs, dys, h_0, params, k):
    """Only the last chunk's gradient is returned. Every chunk has outputs of its own, and their gradients add up."""
    return _chunks(xs, dys, h_0, params, k, starts=[(xs.shape[1] - 1) // k * k])


def averaged(xs, dys, h_0, params, k):
    """You average over the chunks. The loss is a sum over all steps, however they are cut."""
    return {name: g / -(-xs.shape[1] // k) for name, g in _chunks(xs, dys, h_0, params, k).items()}


def averaged_over_k(xs, dys, h_0, params, k):
    """You divide by k, the length of a chunk. Nothing in the loss is divided: the shares of a shared weight are summed,
    within a chunk and over all of them.
    """
    return {name: g / k for name, g in _chunks(xs, dys, h_0, params, k).items()}


def averaged_over_time(xs, dys, h_0, params, k):
    """You divide by the number of timesteps. The loss is a sum over all steps, and so is the gradient."""
    return {name: g / xs.shape[1] for name, g in _chunks(xs, dys, h_0, params, k).items()}


def told_h_0(xs, dys, h_0, params, k):
    """Your states are right, but every call of `rnn_backward` is told that its chunk began at `h_0`. It multiplies with
    that state to get du_h and dw_h of the chunk's first step.
    """
    return _chunks(xs, dys, h_0, params, k, first=lambda befores, part: h_0)


def told_the_end(*args):
    """Your states are right, but each call of `rnn_backward` is told that its chunk began with the state it *ended*
    with. Does your forward loop overwrite the variable that you hand over afterwards?
    """
    return _chunks(*args, first=lambda befores, part: befores[:, part.stop])


def told_zeros(*args):
    """Your states are right, but each call of `rnn_backward` is told that its chunk began at zeros. It multiplies with
    the state before the chunk to get du_h and dw_h of the first step there.
    """
    return _chunks(*args, first=lambda befores, part: np.zeros_like(befores[:, 0]))


def told_one_late(*args):
    """From the second chunk on, `rnn_backward` is told the state *after* the chunk's first step. The one that step read
    is the last of the chunk before: which row of your states is that?
    """
    return _chunks(*args, first=lambda befores, part: befores[:, part.start + 1 if part.start else 0])


def told_one_early(*args):
    """From the second chunk on, `rnn_backward` is told a state one step too old. The chunk starts from the *last* state
    of the chunk before.
    """
    return _chunks(*args, first=lambda befores, part: befores[:, max(part.start - 1, 0)])


def from_zeros(xs, dys, h_0, params, k):
    """Your first step starts from zeros. The sequences start from `h_0`."""
    return _chunks(xs, dys, np.zeros_like(h_0), params, k)


def zeros_each_chunk(xs, dys, h_0, params, k):
    """Every chunk starts from zeros, the first one too. The first goes on from `h_0`, and each other one from where the
    chunk before ended.
    """
    return from_h_0_again(xs, dys, np.zeros_like(h_0), params, k)


def _masked(dys, steps):
    kept = np.zeros_like(dys)
    kept[:, steps] = dys[:, steps]
    return kept


def last_output_only(xs, dys, h_0, params, k):
    """Only the last step's `dys` is used. `dys` has a gradient for the output of every step, and each chunk gets those
    of its own steps.
    """
    return _chunks(xs, _masked(dys, [-1]), h_0, params, k)


def last_output_of_each(xs, dys, h_0, params, k):
    """Of each chunk, only the last step's `dys` is used. Outputs at a chunk's other steps have gradients as well."""
    T = xs.shape[1]
    return _chunks(xs, _masked(dys, [min(start + k, T) - 1 for start in range(0, T, k)]), h_0, params, k)


def dys_not_cut(xs, dys, h_0, params, k):
    """Every chunk gets the `dys` of the first one. What is cut out of `xs` has to be cut out of `dys`, too."""
    first = dys[:, :k]
    return _chunks(xs, np.concatenate([first] * -(-xs.shape[1] // k), axis=1), h_0, params, k)


def k_chunks(xs, dys, h_0, params, k):
    """You cut the sequence into k chunks. k is how many steps a chunk has; how many chunks that makes depends on T."""
    return _chunks(xs, dys, h_0, params, -(-xs.shape[1] // k))


def k_chunks_rounded(xs, dys, h_0, params, k):
    """You take T // k for the length of a chunk. k itself is the length; how many chunks that makes depends on T."""
    return _chunks(xs, dys, h_0, params, xs.shape[1] // k)


def sliding(xs, dys, h_0, params, k):
    """Your windows of k steps overlap: each starts one step after the one before, so most steps count several times.
    The next chunk starts where this one ends.
    """
    return _chunks(xs, dys, h_0, params, k, starts=range(xs.shape[1] - k + 1))


def _run_on(xs, dys, h_0, params, starts, length):
    """Chunk by chunk, each going on from the state in which the one before left off, wherever that was."""
    total, h = {name: np.zeros_like(weight) for name, weight in params.items()}, h_0
    for start in starts:
        part = slice(start, start + length)
        hs = _states(xs[:, part], h, params)
        gradients = right.rnn_backward(xs[:, part], hs, h, params, dys[:, part])
        total, h = {name: total[name] + gradients[name] for name in params}, hs[:, -1]
    return total


def sliding_on(xs, dys, h_0, params, k):
    """Your windows of k steps overlap: each starts one step after the one before, so most steps count several times,
    and the state runs ahead of them. The next chunk starts where this one ends.
    """
    return _run_on(xs, dys, h_0, params, range(xs.shape[1] - k + 1), k)


def windows_everywhere(xs, dys, h_0, params, k):
    """You start a chunk at every step, so steps count several times. Chunks lie side by side: the next one starts where
    this one ends.
    """
    return _chunks(xs, dys, h_0, params, k, starts=range(xs.shape[1]))


def one_short(xs, dys, h_0, params, k):
    """Each chunk's last step is left out. A slice ends *before* the number behind its colon."""
    return _chunks(xs, dys, h_0, params, k, length=k - 1)


def one_long(xs, dys, h_0, params, k):
    """Each chunk has one step too many, so steps at the borders count twice. A slice ends *before* the number behind
    its colon.
    """
    return _chunks(xs, dys, h_0, params, k, length=k + 1)


def one_long_on(xs, dys, h_0, params, k):
    """Each chunk has one step too many: steps at the borders count twice, and the state takes them twice. A slice ends
    *before* the number behind its colon.
    """
    return _run_on(xs, dys, h_0, params, range(0, xs.shape[1], k), k + 1)


@mistake(text=CUT_OFF)
def cut_off(*args):
    return clipped(_chunks(*args))


def short_chunk_first(xs, dys, h_0, params, k):
    """You count the chunks from the end, so that the first one is the short one. They are counted from the first step,
    k each; what remains at the end makes the last.
    """
    T = xs.shape[1]
    rest = _chunks(xs, dys, h_0, params, k, starts=range(T % k, T, k))
    short = _chunks(xs, dys, h_0, params, k, starts=[0][: T % k], length=T % k)
    return {name: short[name] + rest[name] for name in rest}
