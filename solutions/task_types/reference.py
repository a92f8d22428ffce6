"""Right answers of lesson 04: one cell, four kinds of task, by where inputs go in and outputs come out."""

import numpy as np


def binary_cross_entropy(logit, label):
    """How surprised a yes-or-no prediction is by the truth, from the logit, safe for any size of logit.

    With p = sigmoid(logit), the loss is -log(p) where the label is 1 and -log(1 - p) where it is 0.
    It must come out right for logits as large as ±1000, where p itself is rounded to 0 or 1.

    Parameters
    ----------
    logit : (B,) array
        Before the sigmoid: positive leans to 1, negative to 0.
    label : (B,) array of 0 and 1
        The truth.

    Returns
    -------
    (B,) array
        One loss for each pair, in nats (natural logarithm). Not averaged.
    """
    return np.maximum(logit, 0) - logit * label + np.log1p(np.exp(-np.abs(logit)))  # (B,)


def many_to_one(xs, mask, params):
    """One logit for a whole sequence: the output of its last real step.

    Runs the network of Definition 15.1 from the state zero. The output of a step is the logit
    w_x x_t + w_h h_{t-1} + w_0: no sigmoid is applied. Padding, at the end or anywhere else, must
    change nothing, whatever numbers stand in it.

    Parameters
    ----------
    xs : (B, T, D) array
        B sequences.
    mask : (B, T) bool array
        True where a step is real, False where it is padding.
    params : dict
        u_x (H, D), u_h (H, H), u_0 (H,), w_x (1, D), w_h (1, H), w_0 (1,).

    Returns
    -------
    (B,) array
        The logit of each sequence.

    Raises
    ------
    ValueError
        If a sequence has no real step at all.
    """
    if not mask.any(axis=1).all():
        raise ValueError("a sequence is nothing but padding")
    B, T, _ = xs.shape
    h = np.zeros((B, len(params["u_0"])))
    logits = np.zeros(B)
    for t in range(T):
        y = xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]  # (B, 1)
        h_new = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])  # (B, H)
        logits = np.where(mask[:, t], y[:, 0], logits)
        h = np.where(mask[:, t, None], h_new, h)
    return logits


def one_to_many(x_0, steps, params):
    """A whole sequence from one input: every output is fed back as the next input.

    Runs the network of Definition 15.1 from the state zero with g = sigmoid: a step makes
    y = sigmoid(w_x x + w_h h + w_0), then h = tanh(u_x x + u_h h + u_0). The first step reads x_0, and
    each step after it reads the output of the step before, as it is, unrounded.

    Parameters
    ----------
    x_0 : (D,) array
        The only input.
    steps : int
        How many outputs to make, at least 1.
    params : dict
        u_x (H, D), u_h (H, H), u_0 (H,), w_x (O, D), w_h (O, H), w_0 (O,), where O = D.

    Returns
    -------
    (steps, O) array
        The outputs in order. x_0 is not among them.
    """
    x, h = x_0, np.zeros(len(params["u_0"]))
    ys = []
    for _ in range(steps):
        z = params["w_x"] @ x + params["w_h"] @ h + params["w_0"]  # (O,)
        y = 0.5 + 0.5 * np.tanh(z / 2)  # the sigmoid of z, without overflow
        h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])  # (H,)
        ys.append(y)
        x = y
    return np.array(ys)  # (steps, O)


def many_to_many(xs, mask, params):
    """Logits for every step of every sequence: one output for each input.

    Runs the network of Definition 15.1 from the state zero. The output of a step is
    w_x x_t + w_h h_{t-1} + w_0, the logits of V choices: no softmax is applied. Padding, at the end
    or anywhere else, must change nothing, whatever numbers stand in it.

    Parameters
    ----------
    xs : (B, T, D) array
        B sequences.
    mask : (B, T) bool array
        True where a step is real, False where it is padding.
    params : dict
        u_x (H, D), u_h (H, H), u_0 (H,), w_x (V, D), w_h (V, H), w_0 (V,).

    Returns
    -------
    (B, T, V) array
        The logits of every real step; zeros at every padded one.

    Raises
    ------
    ValueError
        If a sequence has no real step at all.
    """
    if not mask.any(axis=1).all():
        raise ValueError("a sequence is nothing but padding")
    B, T, _ = xs.shape
    h = np.zeros((B, len(params["u_0"])))
    logits = np.zeros((B, T, len(params["w_0"])))
    for t in range(T):
        y = xs[:, t] @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]  # (B, V)
        logits[:, t] = np.where(mask[:, t, None], y, 0)
        h_new = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])  # (B, H)
        h = np.where(mask[:, t, None], h_new, h)
    return logits


def masked_cross_entropy(logits, targets, mask):
    """Mean cross-entropy over the real steps, and its gradient by the logits.

    The loss of one step is -log of the probability that the softmax of its logits gives to its target.
    It must come out right for logits as large as ±1000. Padded steps count neither in the sum nor in
    the number it is divided by.

    Parameters
    ----------
    logits : (B, T, V) array
    targets : (B, T) array of int
        The right choice of every step, 0 to V - 1; at padded steps any of these numbers, which means nothing.
    mask : (B, T) bool array
        True where a step is real. At least one is.

    Returns
    -------
    loss : float
        In nats, averaged over all real steps of the batch.
    dlogits : (B, T, V) array
        The derivative of that loss by each logit; zeros at every padded step.
    """
    shifted = logits - logits.max(axis=-1, keepdims=True)  # (B, T, V)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))  # (B, T, V)
    target = np.eye(logits.shape[-1])[targets]  # (B, T, V), one-hot
    weight = mask / mask.sum()  # (B, T)
    loss = -np.sum(weight * np.sum(target * log_p, axis=-1))
    dlogits = weight[..., None] * (np.exp(log_p) - target)  # (B, T, V)
    return loss, dlogits


def encode(xs, mask, params):
    """Read a sequence and keep what is left of it: the state after its last real step.

    The state starts at zero and follows h_t = tanh(u_x x_t + u_h h_{t-1} + u_0). Padding, at the end
    or anywhere else, must change nothing, whatever numbers stand in it.

    Parameters
    ----------
    xs : (B, T, D) array
        B sequences.
    mask : (B, T) bool array
        True where a step is real, False where it is padding.
    params : dict
        u_x (H, D), u_h (H, H), u_0 (H,). An encoder has no outputs, so no w_x, w_h, w_0.

    Returns
    -------
    (B, H) array
        The last state of each sequence: the context.

    Raises
    ------
    ValueError
        If a sequence has no real step at all.
    """
    if not mask.any(axis=1).all():
        raise ValueError("a sequence is nothing but padding")
    h = np.zeros((len(xs), len(params["u_0"])))
    for t in range(xs.shape[1]):
        h_new = np.tanh(xs[:, t] @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])  # (B, H)
        h = np.where(mask[:, t, None], h_new, h)
    return h


def decoder_inputs(targets, bos):
    """What the decoder reads while it is trained: the target of the step before (teacher forcing).

    Parameters
    ----------
    targets : (B, S) array of int
        What the decoder should write, S symbols for each sequence.
    bos : int
        The symbol "beginning of sequence", which it reads at the first step.

    Returns
    -------
    (B, S) array of int
        A new array; `targets` stays as it is.
    """
    first = np.full((len(targets), 1), bos)
    return np.concatenate([first, targets[:, :-1]], axis=1)  # (B, S)


def greedy_decode(context, params, bos, eos, max_length):
    """Write a sequence for each context, always choosing the likeliest symbol.

    Starts from the encoder's state and the symbol `bos`. Each step reads the symbol before, as a
    one-hot vector x, and the state h: its logits are w_x x + w_h h + w_0, the symbol it writes is the
    largest logit's, and the next state is tanh(u_x x + u_h h + u_0). A sequence ends when its symbol is
    `eos`, or after `max_length` symbols. After the first step, `bos` is a symbol like any other.

    Parameters
    ----------
    context : (B, H) array
        The state each decoder starts from.
    params : dict
        u_x (H, V), u_h (H, H), u_0 (H,), w_x (V, V), w_h (V, H), w_0 (V,).
    bos, eos : int
        The symbols "beginning of sequence" and "end of sequence".
    max_length : int
        The most symbols to write.

    Returns
    -------
    list of B lists of int
        The symbols of each sequence: neither the `bos` it begins from nor the `eos` it ends with. Lengths differ.
    """
    h = context
    symbols = np.full(len(context), bos)
    writing = np.ones(len(context), dtype=bool)
    written = [[] for _ in context]
    for _ in range(max_length):
        x = np.eye(len(params["w_0"]))[symbols]  # (B, V)
        logits = x @ params["w_x"].T + h @ params["w_h"].T + params["w_0"]  # (B, V)
        h = np.tanh(x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"])  # (B, H)
        symbols = logits.argmax(axis=1)
        writing &= symbols != eos
        for b in np.flatnonzero(writing):
            written[b].append(int(symbols[b]))
    return written


def sample_with_temperature(logits, temperature, rng):
    """Draw one choice, bolder or more careful: from softmax(logits / temperature).

    The order of draws is a promise, so that the same seed gives the same choice: take exactly one number
    u = rng.random() and return the first choice at which the running sum of the probabilities exceeds u.
    That is also what `rng.choice(V, p=probabilities)` does.

    Parameters
    ----------
    logits : (V,) array
        Of any size: ±1000 must do.
    temperature : float
        More than 0. Small is careful, 1 leaves the probabilities as they are, large is bold.
    rng : numpy.random.Generator

    Returns
    -------
    int
        The choice, 0 to V - 1.
    """
    scaled = logits / temperature  # (V,)
    weights = np.exp(scaled - scaled.max())  # (V,)
    return int(rng.choice(len(weights), p=weights / weights.sum()))
