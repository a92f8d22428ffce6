"""Right answers in many styles, each with a piece of it changed: what used to get no words, or false ones."""

from solutions.wrong_answers.collected import changed

PAD_BATCH = """
def pad_batch(sequences, value=0.0):
    T = max(map(len, sequences))
    rows, masks = [], []
    for s in sequences:
        s = list(s)
        rows.append(s + [value] * (T - len(s)))
        masks.append([True] * len(s) + [False] * (T - len(s)))
    return np.array(rows, dtype=float), np.array(masks, dtype=bool)
"""
changed(PAD_BATCH, "dtype=float", "dtype=int", named="whole-numbers-only")

PAD_BATCH_1 = """
def pad_batch(sequences, value=0.0):
    lens = np.array([len(s) for s in sequences])
    mask = np.arange(lens.max()) < lens[:, None]
    out = np.full(mask.shape, float(value))
    out[mask] = np.concatenate([np.asarray(s, dtype=float) for s in sequences])
    return out, mask
"""
changed(PAD_BATCH_1, "np.full(mask.shape, float(value))", "np.empty(mask.shape)", "everywhere else, `value`")

NGRAM_COUNTS = """
def ngram_counts(text, n):
    from collections import defaultdict, Counter
    table = defaultdict(Counter)
    for j in range(n - 1, len(text)):
        table[text[j - n + 1:j]][text[j]] += 1
    return {k: dict(v) for k, v in table.items()}
"""
changed(NGRAM_COUNTS, "text[j - n + 1:j]", "text[j - n:j]", "has no 't', but")

NEXT_CHAR_PROBABILITIES = """
def next_char_probabilities(counts, context, alphabet, smoothing):
    V = len(alphabet)
    seen = counts[context] if context in counts else {}
    total = sum(seen.get(a, 0) for a in alphabet) + smoothing * V
    if total == 0:
        return np.ones(V) / V
    return np.array([(seen.get(a, 0) + smoothing) / total for a in alphabet])
"""
changed(NEXT_CHAR_PROBABILITIES, "smoothing * V", "V", named="one-each-below")
changed(NEXT_CHAR_PROBABILITIES, "(seen.get(a, 0) + smoothing)", "(seen.get(a, 0) + 1)", named="one-each-above")
changed(NEXT_CHAR_PROBABILITIES, "return np.ones(V) / V", "return np.zeros(V)", named="nothing-known-is-impossible")
changed(NEXT_CHAR_PROBABILITIES, "/ total", "// total", named="whole-division")

NEXT_CHAR_PROBABILITIES_8 = """
def next_char_probabilities(counts, context, alphabet, smoothing):
    row = np.array([counts.get(context, {}).get(ch, 0) for ch in alphabet], dtype=float)
    row += smoothing
    return row / row.sum() if row.sum() > 0 else np.full(row.shape, 1.0 / row.size)
"""
changed(NEXT_CHAR_PROBABILITIES_8, "row += smoothing", "row[row == 0] += smoothing", named="only-zeros-smoothed")
changed(
    NEXT_CHAR_PROBABILITIES_8,
    "row += smoothing",
    "row = row / max(row.sum(), 1) + smoothing",
    named="smoothed-between-two-divisions",
)

BITS_PER_CHARACTER = """
def bits_per_character(probabilities):
    total = 0.0
    for p in probabilities:
        if p == 0:
            return float("inf")
        total -= np.log2(p)
    return float(total / len(probabilities))
"""
changed(BITS_PER_CHARACTER, "total -= np.log2(p)", "total -= p * np.log2(p)", named="weighted-by-p")
changed(BITS_PER_CHARACTER, 'return float("inf")', "continue", named="zero-costs-nothing")
changed(BITS_PER_CHARACTER, "total -= np.log2(p)", "total += np.log2(p)", named="negative")
changed(BITS_PER_CHARACTER, 'return float("inf")', "return 0.0", named="nothing-at-all-for-a-zero")

BITS_PER_CHARACTER_14 = """
def bits_per_character(probabilities):
    with np.errstate(all="ignore"):
        return float(np.mean(np.log(1 / np.asarray(probabilities)) / np.log(2)))
"""
changed(BITS_PER_CHARACTER_14, "np.mean", "np.median", named="median")

DETECT_ANYWHERE = """
def detect_anywhere(signal, pattern):
    K = len(pattern)
    out = np.zeros(len(signal) - K + 1)
    for t in range(len(out)):
        for k in range(K):
            out[t] += pattern[k] * signal[t + k]
    return out
"""
changed(DETECT_ANYWHERE, "signal[t + k]", "signal[t - k]", named="pattern-reaches-back")
changed(DETECT_ANYWHERE, "return out", "return out / np.linalg.norm(pattern)", named="pattern-of-length-one")

DETECT_ANYWHERE_17 = """
def detect_anywhere(signal, pattern):
    return np.correlate(signal, pattern)
"""
changed(
    DETECT_ANYWHERE_17,
    "np.correlate(signal, pattern)",
    "np.correlate(signal - signal.mean(), pattern)",
    named="mean-taken-away",
)

RNN_STEP = """
def rnn_step(x, h, u_x, u_h, u_0):
    out = np.empty(len(h))
    for i in range(len(h)):
        s = u_0[i]
        for j in range(len(x)):
            s += u_x[i][j] * x[j]
        for j in range(len(h)):
            s += u_h[i][j] * h[j]
        out[i] = np.tanh(s)
    return out
"""
changed(
    RNN_STEP,
    "        out[i] = np.tanh(s)\n    return out",
    "        out[i] = np.tanh(s)\n        return out",
    "`np.empty`",
)

RNN_STEP_19 = """
def rnn_step(x, h, u_x, u_h, u_0):
    W = np.hstack((u_h, u_x, u_0[:, None]))
    z = np.concatenate((h, x, [1.0]))
    return np.tanh(W.dot(z))
"""
changed(RNN_STEP_19, "np.tanh(W.dot(z))", "np.tan(W.dot(z))", named="step-tan")
changed(RNN_STEP_19, "np.tanh(W.dot(z))", "np.arctan(W.dot(z))", named="step-arctan")

PARAMETER_COUNT = """
def parameter_count(T, D, H, O, shared):
    state = H * (D + H + 1)
    output = O * (D + H + 1)
    return (state + output) * (1 if shared else T)
"""
changed(PARAMETER_COUNT, "H * (D + H + 1)", "4 * H * (D + H + 1)", named="four-gates")

UNSHARED_FORWARD = """
def unshared_forward(xs, h_0, params_per_step):
    if len(xs) != len(params_per_step):
        raise ValueError("lengths differ")
    T = len(xs)
    H, O = len(h_0), len(params_per_step[0]["w_0"])
    hs, ys = np.empty((T, H)), np.empty((T, O))
    for t in range(T):
        p = params_per_step[t]
        before = h_0 if t == 0 else hs[t - 1]
        ys[t] = 1 / (1 + np.exp(-np.clip(p["w_x"] @ xs[t] + p["w_h"] @ before + p["w_0"], -500, 500)))
        hs[t] = np.tanh(p["u_x"] @ xs[t] + p["u_h"] @ before + p["u_0"])
    return ys, hs
"""
changed(UNSHARED_FORWARD, "h_0 if t == 0 else hs[t - 1]", "hs[t - 1]", "`np.empty`")
changed(
    UNSHARED_FORWARD, "len(xs) != len(params_per_step)", "len(xs) > len(params_per_step)", "more weights than timesteps"
)

TIED_GRADIENT = """
def tied_gradient(gradients_per_step):
    return {k: np.sum([g[k] for g in gradients_per_step], axis=0) for k in gradients_per_step[0]}
"""
changed(TIED_GRADIENT, "for g in gradients_per_step]", "for g in gradients_per_step[1:]]", named="first-step-missing")

BINARY_CROSS_ENTROPY = """
def binary_cross_entropy(logit, label):
    return np.logaddexp(0, logit) - label * logit
"""
changed(
    BINARY_CROSS_ENTROPY,
    "np.logaddexp(0, logit) - label * logit",
    "np.logaddexp2(0, logit) - label * logit",
    named="to-base-two-in-part",
)

MANY_TO_ONE = """
def many_to_one(xs, mask, params):
    if (mask.sum(axis=1) == 0).any():
        raise ValueError("empty sequence")
    u_x, u_h, u_0, w_x, w_h, w_0 = (params[k] for k in ("u_x", "u_h", "u_0", "w_x", "w_h", "w_0"))
    result = np.zeros(len(xs))
    for b in range(len(xs)):
        h = np.zeros(u_0.shape)
        for t in range(xs.shape[1]):
            if mask[b, t]:
                result[b] = (w_x @ xs[b, t] + w_h @ h + w_0).item()
                h = np.tanh(u_x @ xs[b, t] + u_h @ h + u_0)
    return result
"""
changed(
    MANY_TO_ONE,
    "        h = np.zeros(u_0.shape)\n        for",
    "        h = h if b else np.zeros(u_0.shape)\n        for",
    named="state-leaks",
)

ENCODE = """
def encode(xs, mask, params):
    if np.any(np.sum(mask, 1) == 0):
        raise ValueError("empty")
    states = []
    for x, m in zip(xs, mask):
        h = np.zeros(params["u_h"].shape[0])
        for x_t in x[m]:
            h = np.tanh(params["u_x"].dot(x_t) + params["u_h"].dot(h) + params["u_0"])
        states.append(h)
    return np.stack(states)
"""
changed(
    ENCODE,
    '        h = np.zeros(params["u_h"].shape[0])\n        for',
    '        h = np.zeros(params["u_h"].shape[0]) if not states else states[-1]\n        for',
    named="state-leaks",
)

DECODER_INPUTS = """
def decoder_inputs(targets, bos):
    out = np.empty_like(targets)
    out[:, 0] = bos
    out[:, 1:] = targets[:, :-1]
    return out
"""
changed(DECODER_INPUTS, "out[:, 0] = bos\n", "out[:, 0] = 0\n", named="zero-for-bos")

DECODER_INPUTS_29 = """
def decoder_inputs(targets, bos):
    return np.insert(targets, 0, bos, axis=1)[:, :-1]
"""
changed(
    DECODER_INPUTS_29,
    "np.insert(targets, 0, bos, axis=1)[:, :-1]",
    "np.insert(targets, 0, bos)[:-1].reshape(targets.shape)",
    named="all-in-one-row",
)

GREEDY_DECODE = """
def greedy_decode(context, params, bos, eos, max_length):
    V = len(params["w_0"])
    everything = []
    for h in context:
        s, words = bos, []
        while len(words) < max_length:
            x = np.zeros(V)
            x[s] = 1
            z = params["w_x"] @ x + params["w_h"] @ h + params["w_0"]
            h = np.tanh(params["u_x"] @ x + params["u_h"] @ h + params["u_0"])
            s = int(np.argmax(z))
            if s == eos:
                break
            words.append(s)
        everything.append(words)
    return everything
"""
changed(GREEDY_DECODE, "argmax(z)", "argmin(z)", named="least-likely")
changed(GREEDY_DECODE, "x[s] = 1", "x[s - 1] = 1", "is another one from [")
changed(GREEDY_DECODE, "s, words = bos, []", "s, words = 0, []", named="zero-for-bos")
