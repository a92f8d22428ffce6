"""Wrong answers to lesson 07, as people write them."""

import numpy as np

from solutions.wrong_answers.collected import wrong
from unrolled.capstone.data_language import ALPHABET


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def back(loss, dlogits, hs, params):
    gradients = {"w_h": np.einsum("btv,bth->vh", dlogits, hs), "w_0": dlogits.sum(axis=(0, 1))}
    return loss, gradients, dlogits @ params["w_h"]


def moments(params, gradients, state, betas):
    t = state.get("t", 0) + 1
    m = {k: betas[0] * state.get("m", {}).get(k, 0) + (1 - betas[0]) * g for k, g in gradients.items()}
    v = {k: betas[1] * state.get("v", {}).get(k, 0) + (1 - betas[1]) * g * g for k, g in gradients.items()}
    return t, m, v


@wrong(named="eps-inside-the-rate")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v = moments(params, gradients, state, betas)
    lr_t = lr * (1 - betas[1] ** t) ** 0.5 / (1 - betas[0] ** t)
    new = {k: p - lr_t * m[k] / (v[k] ** 0.5 + eps) for k, p in params.items()}
    return new, {"t": t, "m": m, "v": v}


@wrong(named="rate-without-root")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v = moments(params, gradients, state, betas)
    lr_t = lr * (1 - betas[1] ** t) / (1 - betas[0] ** t)
    return {k: p - lr_t * m[k] / (np.sqrt(v[k]) + eps) for k, p in params.items()}, {"t": t, "m": m, "v": v}


@wrong(named="corrected-by-multiplying")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v = moments(params, gradients, state, betas)
    new = {}
    for k, p in params.items():
        m_hat, v_hat = m[k] * (1 - betas[0] ** t), v[k] * (1 - betas[1] ** t)
        new[k] = p - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"t": t, "m": m, "v": v}


@wrong(named="eps-subtracted")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v = moments(params, gradients, state, betas)
    new = {}
    for k, p in params.items():
        m_hat, v_hat = m[k] / (1 - betas[0] ** t), v[k] / (1 - betas[1] ** t)
        new[k] = p - lr * m_hat / (np.sqrt(v_hat) - eps)
    return new, {"t": t, "m": m, "v": v}


@wrong(named="eps-of-another-library")
def adam_step(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v = moments(params, gradients, state, betas)
    new = {}
    for k, p in params.items():
        m_hat, v_hat = m[k] / (1 - betas[0] ** t), v[k] / (1 - betas[1] ** t)
        new[k] = p - lr * m_hat / (np.sqrt(v_hat) + 1e-7)
    return new, {"t": t, "m": m, "v": v}


@wrong("Ordinary numbers are right", never="single target")
def read_out(hs, targets, params):
    logits = hs @ params["w_h"].T + params["w_0"]
    p = np.exp(logits - logits.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    hot = np.eye(p.shape[-1])[targets]
    return back(-(hot * np.log(p + 1e-12)).sum() / targets.size, (p - hot) / targets.size, hs, params)


@wrong("Ordinary numbers are right", never="single target")
def read_out(hs, targets, params):
    logits = hs @ params["w_h"].T + params["w_0"]
    p = np.exp(logits - logits.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    hot = np.eye(p.shape[-1])[targets]
    return back(-np.log(np.clip((hot * p).sum(-1), 1e-7, 1)).mean(), (p - hot) / targets.size, hs, params)


@wrong(named="softmax-over-sequences")
def read_out(hs, targets, params):
    logits = hs @ params["w_h"].T + params["w_0"]
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    hot = np.eye(p.shape[-1])[targets]
    return back(-np.log((p * hot).sum(-1)).mean(), (p - hot) / targets.size, hs, params)


@wrong(named="softmax-over-everything")
def read_out(hs, targets, params):
    logits = hs @ params["w_h"].T + params["w_0"]
    p = np.exp(logits - logits.max())
    p /= p.sum()
    hot = np.eye(p.shape[-1])[targets]
    return back(-np.log((p * hot).sum(-1)).mean(), (p - hot) / targets.size, hs, params)


def step(params, x, h, c, order="ifgo"):
    H = len(h)
    a = params["u_x"][:, ALPHABET.index(x)] + params["u_h"] @ h + params["u_0"]
    gate = {name: a[place * H : (place + 1) * H] for place, name in enumerate(order)}
    c = sigmoid(gate["f"]) * c + sigmoid(gate["i"]) * np.tanh(gate["g"])
    return sigmoid(gate["o"]) * np.tanh(c), c


def write(params, prompt, length, temperature, draw, order="ifgo", read=None):
    h = c = np.zeros(params["u_h"].shape[1])
    for x in prompt if read is None else read:
        h, c = step(params, x, h, c, order)
    text = prompt
    for _ in range(length):
        z = (params["w_h"] @ h + params["w_0"]).astype(float) / temperature
        p = np.exp(z - z.max())
        text += ALPHABET[draw(p / p.sum())]
        h, c = step(params, text[-1], h, c, order)
    return text


def by_choice(rng):
    return lambda p: rng.choice(len(p), p=p)


@wrong(named="only-first-of-prompt")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, by_choice(rng), read=prompt[0])


@wrong(named="prompt-end-read-twice")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, by_choice(rng), read=prompt + prompt[-1])


@wrong(named="multinomial", never="Draw from the `rng` passed in")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, lambda p: int(np.argmax(rng.multinomial(1, p))))


@wrong("Every random number has to come from the `rng`")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, lambda p: np.random.choice(len(p), p=p))  # noqa: NPY002


@wrong(named="draws-for-prompt")
def generate(params, prompt, length, temperature, rng):
    for _ in prompt:
        rng.random()
    return write(params, prompt, length, temperature, by_choice(rng))


@wrong(named="gates-in-another-order")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, by_choice(rng), order="ifog")


@wrong("order")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, by_choice(rng), order="figo")


@wrong("order")
def generate(params, prompt, length, temperature, rng):
    return write(params, prompt, length, temperature, by_choice(rng), order="fgio")
