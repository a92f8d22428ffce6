"""Lessons 07 and 01 once more: answers that were told what isn't so, or that passed, and usual ones without words."""

import numpy as np

from solutions.capstone import reference as capstone
from solutions.motivation import reference as ngrams
from solutions.wrong_answers.collected import wrong
from unrolled.capstone.data_language import ALPHABET


def _p(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _generated(params, prompt, length, temperature, rng, read=None, squash=np.tanh, opened=0, ends=""):
    H = params["u_h"].shape[1]

    def step(character, h, c):
        a = params["u_x"][:, ALPHABET.index(character)] + params["u_h"] @ h + params["u_0"]
        i, f, o = (1 / (1 + np.exp(-np.clip(each, -80, 80))) for each in (a[:H], a[H : 2 * H] + opened, a[3 * H :]))
        c = f * c + i * np.tanh(a[2 * H : 3 * H])
        return o * squash(c), c

    h = c = np.zeros(H)
    for character in prompt if read is None else read:
        h, c = step(character, h, c)
    text = prompt
    for _ in range(length):
        z = (params["w_h"] @ h + params["w_0"]) / temperature
        text += ALPHABET[rng.choice(len(ALPHABET), p=_p(z))]
        if text[-1] in ends:
            break
        h, c = step(text[-1], h, c)
    return text


@wrong("Is all of it read", never="the draw decides")
def generate(params, prompt, length, temperature, rng):
    return _generated(params, prompt, length, temperature, rng, read=prompt[-20:])


@wrong("ends too early", never="is another")
def generate(params, prompt, length, temperature, rng):
    return _generated(params, prompt, length, temperature, rng, ends=ALPHABET)


@wrong("ends too early", never="the draw decides")
def generate(params, prompt, length, temperature, rng):
    return _generated(params, prompt, length, temperature, rng, ends="\n;b ")


@wrong("every step")
def generate(params, prompt, length, temperature, rng):
    return _generated(params, prompt, length, temperature, rng, squash=lambda c: c, opened=1)


@wrong(named="forget-gate-kept-open")
def generate(params, prompt, length, temperature, rng):
    return _generated(params, prompt, length, temperature, rng, opened=1)


@wrong(named="prompt-in-small-letters")
def generate(params, prompt, length, temperature, rng):
    return _generated(params, prompt, length, temperature, rng, read=prompt.lower())


@wrong("multiplied by the length of axis 0 of `hs`", never="look at logits and softmax first")
def read_out(hs, targets, params):
    loss, gradients, dhs = capstone.read_out(hs, targets, params)
    B = len(hs)
    return B * loss, {name: B * gradient for name, gradient in gradients.items()}, B * dhs


@wrong("divided by the length of axis 2 of `hs`", never="look at logits and softmax first")
def read_out(hs, targets, params):
    loss, gradients, dhs = capstone.read_out(hs, targets, params)
    H = hs.shape[2]
    return loss / H, {name: gradient / H for name, gradient in gradients.items()}, dhs / H


@wrong("cut off")
def read_out(hs, targets, params):
    logits = np.clip(hs @ params["w_h"].T + params["w_0"], -50, 50)
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    hot = np.eye(logits.shape[-1])[targets]
    d = (np.exp(log_p) - hot) / targets.size
    gradients = {"w_h": np.einsum("btv,bth->vh", d, hs), "w_0": d.sum(axis=(0, 1))}
    return -np.sum(hot * log_p) / targets.size, gradients, d @ params["w_h"]


@wrong("a mean of nothing")
def read_out(hs, targets, params):
    hs, targets, w_h = hs[:, :-1], targets[:, 1:], params["w_h"]
    logits = hs @ w_h.T + params["w_0"]
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    hot = np.eye(logits.shape[-1])[targets]
    with np.errstate(all="ignore"):
        d = (np.exp(log_p) - hot) / np.float64(targets.size)
        loss = -np.sum(hot * log_p) / np.float64(targets.size)
    return loss, {"w_h": np.einsum("btv,bth->vh", d, hs), "w_0": d.sum(axis=(0, 1))}, d @ w_h


def _adam(params, gradients, state, lr, betas, eps):
    t, new, m, v = state.get("t", 0) + 1, {}, {}, {}
    for name, g in gradients.items():
        m[name] = betas[0] * (state["m"][name] if state else 0) + (1 - betas[0]) * g
        v[name] = betas[1] * (state["v"][name] if state else 0) + (1 - betas[1]) * g**2
        new[name] = params[name] - lr * m[name] / (1 - betas[0] ** t) / (np.sqrt(v[name] / (1 - betas[1] ** t)) + eps)
    return new, {"t": t, "m": m, "v": v}


@wrong(named="changed-in-place", never="the old parameters")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    if not state:
        state = {"t": 0} | {moment: {name: np.zeros_like(p) for name, p in params.items()} for moment in "mv"}
    new, after = _adam(params, gradients, state, lr, betas, eps)
    for moment in "mv":
        for name in params:
            state[moment][name][...] = after[moment][name]
    return new, state | {"t": after["t"]}


@wrong(named="one-dict-for-both")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    new, after = _adam(params, gradients, state, lr, betas, eps)
    return new, after | {"m": after["v"]}


@wrong(named="first-state-expected")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    m = {name: betas[0] * state["m"][name] + (1 - betas[0]) * g for name, g in gradients.items()}
    return _adam(params, gradients, state, lr, betas, eps) if m else None


@wrong("After the first step t is 1")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    new, after = _adam(params, gradients, state, lr, betas, eps)
    return {name: 2 * p for name, p in new.items()}, after | {"t": after["t"] + 1}


@wrong("m̂, v̂, the step")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    new, after = _adam(params, gradients, state, lr, betas, eps)
    return {name: new[name] if gradients[name].any() else params[name] for name in params}, after


@wrong("m̂, v̂, the step")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    new, after = _adam(params, gradients, state, lr, betas, eps)
    late = {n: params[n] - lr * after["m"][n] / (np.sqrt(after["v"][n]) + eps) for n in params}
    return (late if after["t"] > 100 else new), after


@wrong("has no 'encoder_u_x'")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    known = {name: p for name, p in params.items() if name in ("u_x", "u_h", "u_0", "w_h", "w_0")}
    return _adam(params, {name: gradients[name] for name in known}, state, lr, betas, eps)


@wrong("the context looked up", "the probabilities, as they are", never="so look at the draws")
def autofill(counts, prompt, length, n, alphabet, rng):
    text = prompt
    for _ in range(length):
        p = ngrams.next_char_probabilities(counts, text[len(text) - n + 1 :] if n > 1 else "", alphabet, 0.0) ** 2
        text += alphabet[rng.choice(len(alphabet), p=p / p.sum())]
    return text


@wrong("strangers first and last")
def bag_of_words(tokens, vocabulary):
    return ngrams.bag_of_words([token.strip(".,!?") for token in tokens], vocabulary)
