"""Wrong answers of lesson 07 that people really give: the optimiser and what stands between states and loss.

The docstring is what their maker will read.
"""

import numpy as np


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


# adam_step


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


def not_squared(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """v averages the gradients, not their squares; so it can be negative, and its root is nan."""
    t, b1, b2 = state.get("t", 0) + 1, *betas
    m, v, new = {}, {}, {}
    for name, g in gradients.items():
        m_old, v_old = _moments(state, name, g)
        m[name], v[name] = b1 * m_old + (1 - b1) * g, b2 * v_old + (1 - b2) * g
        new[name] = params[name] - lr * _hat(m[name], v[name], t, betas, eps)
    return new, {"t": t, "m": m, "v": v}


def betas_swapped(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """The two β have changed places: β₁ belongs to m, β₂ to v."""
    return _adam(params, gradients, state, lr, betas[::-1], eps, _right_change(betas[::-1], eps))


def weights_swapped(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """In your averages the new gradient counts β and the old average 1 − β. It is the other way round: the
    average moves slowly.
    """
    t, b1, b2 = state.get("t", 0) + 1, *betas
    m, v, new = {}, {}, {}
    for name, g in gradients.items():
        m_old, v_old = _moments(state, name, g)
        m[name], v[name] = (1 - b1) * m_old + b1 * g, (1 - b2) * v_old + b2 * g**2
        new[name] = params[name] - lr * _hat(m[name], v[name], t, betas, eps)
    return new, {"t": t, "m": m, "v": v}


def averages_not_weighted(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """You add the new gradient in full. In an average it counts 1 − β, so that all weights together make 1."""
    t, b1, b2 = state.get("t", 0) + 1, *betas
    m, v, new = {}, {}, {}
    for name, g in gradients.items():
        m_old, v_old = _moments(state, name, g)
        m[name], v[name] = b1 * m_old + g, b2 * v_old + g**2
        new[name] = params[name] - lr * _hat(m[name], v[name], t, betas, eps)
    return new, {"t": t, "m": m, "v": v}


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
    """The numbers are right, but you write them into the arrays that were passed in (`-=` does that). Whoever
    still has the old parameters finds the new ones there. Make new arrays.
    """
    new, after = _adam(params, gradients, state, lr, betas, eps, _right_change(betas, eps))
    for name in params:
        params[name][...] = new[name]
    return params, after


def _hat(m, v, t, betas, eps):
    return m / (1 - betas[0] ** t) / (np.sqrt(v / (1 - betas[1] ** t)) + eps)


def _right_change(betas, eps):
    return lambda m, v, t: _hat(m, v, t, betas, eps)


# read_out


def _read(hs, targets, params, axis=-1, off=lambda logits: logits.max(axis=-1, keepdims=True)):
    """Probabilities, one-hot targets, and the loss of each step."""
    logits = hs @ params["w_h"].T + params["w_0"]
    exps = np.exp(logits - off(logits))
    p = exps / exps.sum(axis=axis, keepdims=True)
    target = np.eye(len(params["w_0"]))[targets]
    return p, target, -np.log((p * target).sum(axis=-1))


def _answer(losses, dlogits, hs, params):
    gradients = {"w_h": np.einsum("btv,bth->vh", dlogits, hs), "w_0": dlogits.sum(axis=(0, 1))}
    return float(losses), gradients, dlogits @ params["w_h"]


def _right(hs, targets, params):
    """Right, by way of log-probabilities; other answers are made from it."""
    logits = hs @ params["w_h"].T + params["w_0"]
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    target = np.eye(len(params["w_0"]))[targets]
    losses = -(target * log_p).sum(axis=-1)
    return _answer(losses.mean(), (np.exp(log_p) - target) / losses.size, hs, params)


def summed(hs, targets, params):
    """You add the losses of all steps up. The loss is their mean, so that it doesn't depend on how much is
    read at once.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.sum(), p - target, hs, params)


def mean_over_sequences(hs, targets, params):
    """You divide by the number of sequences only. The mean goes over all B · T steps."""
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.sum() / len(hs), (p - target) / len(hs), hs, params)


def gradients_not_averaged(hs, targets, params):
    """The loss is a mean, your gradients are those of a sum: they are B · T times too large. Whatever the
    loss is divided by, they are, too.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.mean(), p - target, hs, params)


def in_bits(hs, targets, params):
    """You count in bits, with the logarithm to base 2. Here the loss is in nats, with the natural logarithm,
    which has the simpler gradient.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.mean() / np.log(2), (p - target) / losses.size, hs, params)


def all_in_bits(hs, targets, params):
    """Loss and gradients are all too large by 1/ln 2: you count in bits. Here the loss is in nats, with the
    natural logarithm.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.mean() / np.log(2), (p - target) / losses.size / np.log(2), hs, params)


def no_maximum_subtracted(hs, targets, params):
    """Large logits overflow: e^1000 is more than a float holds. A softmax stays the same if the same number
    is subtracted from all its logits; which number makes the largest exponent 0?
    """
    p, target, losses = _read(hs, targets, params, off=lambda logits: 0)
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def logarithm_of_zero(hs, targets, params):
    """The logarithm is taken of a probability that was rounded to 0. Take it before: ln of a softmax is the
    logit minus ln of the sum of all exponentials.
    """
    p, target, losses = _read(hs, targets, params)
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def softmax_over_time(hs, targets, params):
    """Your softmax runs over the timesteps: the probabilities of one step's characters don't add up to 1.
    They lie along the last axis.
    """
    p, target, losses = _read(hs, targets, params, axis=1, off=lambda logits: logits.max(axis=1, keepdims=True))
    return _answer(losses.mean(), (p - target) / losses.size, hs, params)


def bias_missing(hs, targets, params):
    """`w_0` is not used."""
    return _right(hs, targets, params | {"w_0": np.zeros_like(params["w_0"])})


def sign_turned(hs, targets, params):
    """Your gradients point the wrong way: target minus probability, where it is probability minus target. A
    step of descent would make the loss grow.
    """
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, {name: -gradient for name, gradient in gradients.items()}, -dhs


def target_not_subtracted(hs, targets, params):
    """∂L/∂logits is more than the probabilities: at the target's place 1 is subtracted."""
    loss, _, _ = _right(hs, targets, params)
    p, _, losses = _read(hs, targets, params)
    return (loss, *_answer(0, p / losses.size, hs, params)[1:])


def last_step_only(hs, targets, params):
    """Only the last step's guess is counted. Every step is a guess, and every step has a target."""
    loss, gradients, last = _right(hs[:, -1:], targets[:, -1:], params)
    dhs = np.zeros(hs.shape)
    dhs[:, -1:] = last
    return loss, gradients, dhs


def transposed(hs, targets, params):
    """The gradient of `w_h` is transposed: it must have the shape of `w_h`, (V, H)."""
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, gradients | {"w_h": gradients["w_h"].T}, dhs


def bias_gradient_averaged(hs, targets, params):
    """The gradient of `w_0` is averaged over the steps a second time. All steps used the same bias, so their
    shares are added; the mean is in them already.
    """
    loss, gradients, dhs = _right(hs, targets, params)
    return loss, gradients | {"w_0": gradients["w_0"] / targets.size}, dhs
