"""Right answers of lesson 07: an optimiser, what stands between states and loss, and a network that writes."""

import numpy as np

from unrolled.capstone.data_language import ALPHABET


def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """One step of Adam (Kingma and Ba, 2015, Algorithm 1).

    With g the gradient of a parameter, t the number of this step (the first is 1), and
    all operations for each number by itself:

        m = β₁ m + (1 − β₁) g        v = β₂ v + (1 − β₂) g²
        m̂ = m / (1 − β₁ᵗ)            v̂ = v / (1 − β₂ᵗ)
        parameter = parameter − lr · m̂ / (√v̂ + eps)

    Parameters
    ----------
    params : dict of arrays
        By name, of any shapes.
    gradients : dict of arrays
        The loss's gradient for each parameter, under the same names.
    state : dict
        What the optimiser remembers: "t", the number of steps so far; "m" and "v", each a
        dict with one array for each parameter. Before the first step it is empty, `{}`:
        then t is 0 and all m and v are zeros.
    lr : float
        The learning rate.
    betas : (float, float)
        β₁ and β₂, each at least 0 and less than 1.
    eps : float

    Returns
    -------
    params : dict of arrays
        The new parameters.
    state : dict
        The new state, with "t", "m" and "v"; m and v as they are in the first line, not
        divided by anything.

        Both are new: no array and no dict that was passed in may be changed.
    """
    beta_1, beta_2 = betas
    t = state.get("t", 0) + 1
    m, v, new = {}, {}, {}
    for name, g in gradients.items():
        m_old, v_old = (state[moment][name] if state else np.zeros_like(g) for moment in ("m", "v"))
        m[name] = beta_1 * m_old + (1 - beta_1) * g
        v[name] = beta_2 * v_old + (1 - beta_2) * g**2
        m_hat = m[name] / (1 - beta_1**t)
        v_hat = v[name] / (1 - beta_2**t)
        new[name] = params[name] - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"t": t, "m": m, "v": v}


def read_out(hs, targets, params):
    """Guess the next character from every hidden state: the loss, and its gradients.

    The logits of a step are w_h h_t + w_0, and their softmax is the probability of each
    character. The loss of a step is −ln of the probability of its target. It must come out
    right for logits as large as ±1000, and where that probability is too small for a float.

    Parameters
    ----------
    hs : (B, T, H) array
        The hidden states.
    targets : (B, T) array of int
        The character that came next at every step, 0 to V − 1.
    params : dict
        "w_h" (V, H) and "w_0" (V,). There may be others in it, which are not used.

    Returns
    -------
    loss : float
        In nats, averaged over all B · T steps.
    gradients : dict
        Of that loss, under "w_h" (V, H) and "w_0" (V,).
    dhs : (B, T, H) array
        ∂L/∂h_t at every step, by way of its own logits.
    """
    (B, T, H), V = hs.shape, len(params["w_0"])
    logits = hs @ params["w_h"].T + params["w_0"]  # (B, T, V)
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))  # (B, T, V)
    target = np.eye(V, dtype=log_p.dtype)[targets]  # (B, T, V), one-hot
    loss = -np.sum(target * log_p) / (B * T)
    dlogits = (np.exp(log_p) - target) / (B * T)  # (B, T, V)
    flat = dlogits.reshape(B * T, V)
    gradients = {"w_h": flat.T @ hs.reshape(B * T, H), "w_0": flat.sum(axis=0)}
    return loss, gradients, dlogits @ params["w_h"]


def generate(params, prompt, length, temperature, rng):
    """Let a language model continue a text.

    The model is an LSTM (lesson 06) with a read-out. It reads the prompt, character by
    character, from hidden and cell states of zeros; then it draws a character, reads it,
    draws the next, and so on. One step, with ⊙ and σ for each number by itself:

        i, f, o = σ(u_x x + u_h h + u_0), rows of i, f and o      g = tanh(...), rows of g
        c = f ⊙ c + i ⊙ g        h = o ⊙ tanh(c)

    The rows come in the order i, f, g, o, H of each; x is the character as a one-hot vector.
    The next character's probabilities are softmax((w_h h + w_0) / temperature).

    Order of draws: the result is checked character by character, with a generator of the
    same seed. So take exactly one draw from `rng` for each new character, none for the
    prompt: the number u of `rng.random()` stands for the first character of the alphabet at
    which the sum of the probabilities, up to and including its own, exceeds u. One call of
    `rng.choice` with `p=` does exactly that.

    Parameters
    ----------
    params : dict
        "u_x" (4H, V), "u_h" (4H, H), "u_0" (4H,), "w_h" (V, H), "w_0" (V,); V is
        `len(ALPHABET)`.
    prompt : str
        At least one character; all of them are in `ALPHABET`.
    length : int
        How many characters to add, 0 or more.
    temperature : float
        More than 0. Logits may be as large as ±1000.
    rng : numpy.random.Generator

    Returns
    -------
    str
        The prompt, followed by `length` new characters.
    """

    def sigmoid(a):
        return 0.5 + 0.5 * np.tanh(0.5 * a)

    def step(character, h, c):
        a = params["u_x"][:, ALPHABET.index(character)] + params["u_h"] @ h + params["u_0"]  # (4H,)
        i, f, g, o = np.split(a, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c

    h = c = np.zeros(params["u_h"].shape[1])
    for character in prompt:
        h, c = step(character, h, c)
    text = prompt
    for _ in range(length):
        logits = (params["w_h"] @ h + params["w_0"]) / temperature  # (V,)
        weights = np.exp(logits - logits.max())
        text += ALPHABET[rng.choice(len(weights), p=weights / weights.sum())]
        h, c = step(text[-1], h, c)
    return text
