"""Wrong answers to `adam_step`."""

import numpy as np

from solutions.forms import mistake


def _moments(state, name, g):
    return (state[moment][name] if state else np.zeros_like(g) for moment in ("m", "v"))


def _adam(params, gradients, state, lr, betas, eps, change):
    """Adam with a changed update: `change(m, v, t)` gives what is subtracted, before lr."""
    t = state.get("t", 0) + 1
    m, v, new = {}, {}, {}
    for name, g in gradients.items():
        m_old, v_old = _moments(state, name, g)
        m[name] = betas[0] * m_old + (1 - betas[0]) * g
        v[name] = betas[1] * v_old + (1 - betas[1]) * g**2
        new[name] = params[name] - lr * change(m[name], v[name], t)
    return new, {"t": t, "m": m, "v": v}


def no_bias_correction(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You use m and v as they are. They began at zero and are still too small in the first steps: dividing by
    1 − β₁ᵗ and 1 − β₂ᵗ makes up for that.
    """
    return _adam(params, gradients, state, lr, betas, eps, lambda m, v, t: m / (np.sqrt(v) + eps))


def only_m_corrected(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You correct m for having started at zero, but not v. v is even slower to fill up."""
    b1, _ = betas
    return _adam(params, gradients, state, lr, betas, eps, lambda m, v, t: m / (1 - b1**t) / (np.sqrt(v) + eps))


def only_v_corrected(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You correct v for having started at zero, but not m."""
    _, b2 = betas
    return _adam(params, gradients, state, lr, betas, eps, lambda m, v, t: m / (np.sqrt(v / (1 - b2**t)) + eps))


def one_correction_for_both(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You correct both m and v with β₁. Each has its own β, in the average and in the correction."""
    b1, _ = betas

    def change(m, v, t):
        return m / (1 - b1**t) / (np.sqrt(v / (1 - b1**t)) + eps)

    return _adam(params, gradients, state, lr, betas, eps, change)


def power_forgotten(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Your corrections are 1 − β₁ and 1 − β₂ at every step. That is right at the first step only: with t
    steps done, it is β to the power of t.
    """
    b1, b2 = betas
    return _adam(params, gradients, state, lr, betas, eps, lambda m, v, t: m / (1 - b1) / (np.sqrt(v / (1 - b2)) + eps))


def times_t(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Your corrections use β · t where the formula has β to the power of t, `beta**t`."""
    b1, b2 = betas

    def change(m, v, t):
        return m / (1 - b1 * t) / (np.sqrt(v / (1 - b2 * t)) + eps)

    return _adam(params, gradients, state, lr, betas, eps, change)


def t_from_zero(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You correct with the number of steps before this one. At the first step that is 0, and 1 − β⁰ = 0 is
    divided by. Count this step first.
    """
    b1, b2 = betas

    def change(m, v, t):
        return m / (1 - np.power(b1, t - 1.0)) / (np.sqrt(v / (1 - np.power(b2, t - 1.0))) + eps)

    return _adam(params, gradients, state, lr, betas, eps, change)


def _hat(m, v, t, betas, eps):
    return m / (1 - betas[0] ** t) / (np.sqrt(v / (1 - betas[1] ** t)) + eps)


def _right_change(betas, eps):
    return lambda m, v, t: _hat(m, v, t, betas, eps)


def t_not_advanced(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The parameters are right, but the state you return still has the old t: every step will take itself for
    the same one.
    """
    new, after = _adam(params, gradients, state, lr, betas, eps, _right_change(betas, eps))
    return new, after | {"t": after["t"] - 1}


def t_counts_parameters(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """t goes up with every parameter instead of every step: it is raised inside the loop over the names."""
    t, m, v, new = state.get("t", 0), {}, {}, {}
    for name, g in gradients.items():
        t += 1
        own = state and state | {"t": t - 1}
        one, after = _adam(params, {name: g}, own, lr, betas, eps, lambda m, v, _, t=t: _hat(m, v, t, betas, eps))
        new[name], m[name], v[name] = one[name], after["m"][name], after["v"][name]
    return new, {"t": t, "m": m, "v": v}


def eps_inside_root(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """eps stands under the root with v̂. It is added after the root is taken: √v̂ + eps."""
    b1, b2 = betas
    return _adam(
        params, gradients, state, lr, betas, eps, lambda m, v, t: m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + eps)
    )


def eps_missing(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """eps is not used. Where a gradient has always been 0, you divide 0 by 0."""
    b1, b2 = betas
    return _adam(params, gradients, state, lr, betas, eps, lambda m, v, t: m / (1 - b1**t) / np.sqrt(v / (1 - b2**t)))


def root_missing(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You divide by v̂ itself. v̂ averages *squares* of gradients; its root is what has a gradient's size."""
    b1, b2 = betas
    return _adam(params, gradients, state, lr, betas, eps, lambda m, v, t: m / (1 - b1**t) / (v / (1 - b2**t) + eps))


def uphill(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The step has the wrong sign. The gradient points to where the loss grows; you want the other way."""
    return _adam(params, gradients, state, -lr, betas, eps, _right_change(betas, eps))


def lr_forgotten(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The learning rate `lr` is not used: your steps have a size of about 1."""
    return _adam(params, gradients, state, 1, betas, eps, _right_change(betas, eps))


def no_momentum(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You step along this step's gradient, not along the average m̂. That is RMSprop, an ancestor of Adam."""
    t = state.get("t", 0) + 1
    new, after = _adam(params, gradients, state, lr, betas, eps, _right_change(betas, eps))
    for name, g in gradients.items():
        new[name] = params[name] - lr * g / (np.sqrt(after["v"][name] / (1 - betas[1] ** t)) + eps)
    return new, after


def _averages(params, gradients, state, lr, betas, eps, average, square=np.square):
    """Adam with another `average(old, new, beta)`, or another square."""
    t = state.get("t", 0) + 1
    m, v, new = {}, {}, {}
    for name, g in gradients.items():
        m_old, v_old = _moments(state, name, g)
        m[name], v[name] = average(m_old, g, betas[0]), average(v_old, square(g), betas[1])
        new[name] = params[name] - lr * _hat(m[name], v[name], t, betas, eps)
    return new, {"t": t, "m": m, "v": v}


def _of_square(params, gradients, state, lr, betas, eps, square):
    """Adam with something else in the place of g²."""

    def average(old, new, beta):
        return beta * old + (1 - beta) * new

    return _averages(params, gradients, state, lr, betas, eps, average, square)


def not_squared(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """v averages the gradients, not their squares; so it can be negative, and its root is nan."""
    return _of_square(params, gradients, state, lr, betas, eps, lambda g: g)


def betas_swapped(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The two β have changed places: β₁ belongs to m, β₂ to v."""
    return _adam(params, gradients, state, lr, betas[::-1], eps, _right_change(betas[::-1], eps))


def weights_swapped(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """In your averages the new gradient counts β and the old average 1 − β. It is the other way round: the
    average moves slowly.
    """
    return _averages(params, gradients, state, lr, betas, eps, lambda old, new, beta: (1 - beta) * old + beta * new)


def averages_not_weighted(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You add the new gradient in full. In an average it counts 1 − β, so that all weights together make 1."""
    return _averages(params, gradients, state, lr, betas, eps, lambda old, new, beta: beta * old + new)


def gradient_weighted_by_beta(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """In your averages the new gradient counts β, as the old average does. Its share is what is left of 1,
    1 − β.
    """
    return _averages(params, gradients, state, lr, betas, eps, lambda old, new, beta: beta * old + beta * new)


def old_average_kept_whole(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You add β times the new gradient to the old average, as it is. The old one shrinks to β of itself, and the
    new gradient counts what is left of 1.
    """
    return _averages(params, gradients, state, lr, betas, eps, lambda old, new, beta: old + beta * new)


def old_average_not_shrunk(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The new gradient counts 1 − β, as it should, but the old average still counts in full. It shrinks to β of
    itself first, or the sum grows from step to step.
    """
    return _averages(params, gradients, state, lr, betas, eps, lambda old, new, beta: old + (1 - beta) * new)


def betas_hard_coded(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You use 0.9 and 0.999 whatever `betas` is. Those are only the defaults: take β₁ and β₂ from what is passed
    in.
    """
    usual = (0.9, 0.999)
    return _adam(params, gradients, state, lr, usual, eps, _right_change(usual, eps))


def eps_hard_coded(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You use a number of your own whatever `eps` is. 1e-8 is only the default: take what is passed in."""
    return _adam(params, gradients, state, lr, betas, eps, _right_change(betas, 1e-8))


def squares_summed(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """v averages the sum of the squares of a whole array. Each number has a v of its own, made of its own
    gradient's square.
    """
    return _of_square(params, gradients, state, lr, betas, eps, lambda g: np.full(np.shape(g), np.sum(g**2)))


def state_forgotten(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Every step is made as if it were the first: what `state` remembers is not used."""
    return _adam(params, gradients, {}, lr, betas, eps, _right_change(betas, eps))


def corrected_kept(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The state you return holds m̂ and v̂. Keep m and v as they were before the correction, or the next step
    corrects them once more.
    """
    new, after = _adam(params, gradients, state, lr, betas, eps, _right_change(betas, eps))
    t = after["t"]
    m = {name: value / (1 - betas[0] ** t) for name, value in after["m"].items()}
    v = {name: value / (1 - betas[1] ** t) for name, value in after["v"].items()}
    return new, {"t": t, "m": m, "v": v}


def state_shared(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """m and v are one and the same: what is written into one is in the other, too. Make two dicts, and arrays
    of their own in each.
    """
    t, b1, b2 = state.get("t", 0) + 1, *betas
    both, new = {}, {}
    for name, g in gradients.items():
        m_old, v_old = _moments(state, name, g)
        m = b1 * m_old + (1 - b1) * g
        both[name] = b2 * (v_old if state else m) + (1 - b2) * g**2
        new[name] = params[name] - lr * _hat(both[name], both[name], t, betas, eps)
    return new, {"t": t, "m": both, "v": dict(both)}


def changed_in_place(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The numbers are right, but you write into arrays that were passed in (`-=` and `*=` do that). Whoever still has
    them finds other numbers there afterwards. Make new arrays, of the parameters and of m and v.
    """
    new, after = _adam(params, gradients, state, lr, betas, eps, _right_change(betas, eps))
    for name in params:
        params[name][...] = new[name]
    return params, after


def eps_inside_the_rate(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You put both corrections into the learning rate, and add eps to the root of v as it is. Some libraries do so; in
    Algorithm 1 eps is added to √v̂, the corrected one.
    """
    b1, b2 = betas

    def change(m, v, t):
        return np.sqrt(1 - b2**t) / (1 - b1**t) * m / (np.sqrt(v) + eps)

    return _adam(params, gradients, state, lr, betas, eps, change)


def rate_without_root(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You put both corrections into the learning rate, but without the root over 1 − β₂ᵗ. v stands under a root, and so
    does what corrects it.
    """
    b1, b2 = betas

    def change(m, v, t):
        return (1 - b2**t) / (1 - b1**t) * m / (np.sqrt(v) + eps)

    return _adam(params, gradients, state, lr, betas, eps, change)


def corrected_by_multiplying(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You multiply m and v by 1 − βᵗ. They are too small at first, and that makes them smaller still: divide."""
    b1, b2 = betas
    change = lambda m, v, t: m * (1 - b1**t) / (np.sqrt(v * (1 - b2**t)) + eps)  # noqa: E731
    return _adam(params, gradients, state, lr, betas, eps, change)


def eps_subtracted(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You subtract eps from the root. It is there to keep the denominator away from 0: add it."""
    b1, b2 = betas
    change = lambda m, v, t: m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) - eps)  # noqa: E731
    return _adam(params, gradients, state, lr, betas, eps, change)


@mistake(text=eps_hard_coded.__doc__)
def eps_of_another_library(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    return _adam(params, gradients, state, lr, betas, eps, _right_change(betas, 1e-7))


def corrections_exchanged(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The two corrections have changed places: m is divided by 1 − β₁ᵗ, v by 1 − β₂ᵗ."""
    b1, b2 = betas

    def change(m, v, t):
        return m / (1 - b2**t) / (np.sqrt(v / (1 - b1**t)) + eps)

    return _adam(params, gradients, state, lr, betas, eps, change)


def lr_ignored(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Your learning rate is 0.001 whatever `lr` is. That is the default: take what is passed in."""
    b1, b2 = betas

    def change(m, v, t):
        return m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps)

    return _adam(params, gradients, state, 1e-3, betas, eps, change)


def squares_averaged(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """v has one number for a whole parameter, the mean of its squares. All operations are for each number by itself:
    each has its own v.
    """
    return _of_square(params, gradients, state, lr, betas, eps, lambda g: np.full_like(g, np.mean(g**2)))


def one_dict_for_both(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The parameters are right, but the m that you return holds the numbers of v. Is it one dict with two names, as
    `m = v = {}` makes?
    """
    new, after = _adam(params, gradients, state, lr, betas, eps, _right_change(betas, eps))
    return new, after | {"m": after["v"]}


def first_state_expected(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Before the first step `state` is an empty dict: there is no "t" in it, and no m and v. Begin with 0 then, and
    with zeros.
    """
    return _adam(params, gradients, state | {"t": state["t"]}, lr, betas, eps, _right_change(betas, eps))
