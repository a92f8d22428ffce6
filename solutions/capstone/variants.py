"""Other right answers of lesson 07, made differently."""

import numpy as np

from solutions.capstone.train import load
from unrolled.capstone.data_language import ALPHABET


def adam_as_in_the_paper(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """State first, then a second pass for the parameters; corrections folded into one step size, eps scaled with it."""
    t = (state["t"] if state else 0) + 1
    moments = {}
    for key, beta, power in (("m", betas[0], 1), ("v", betas[1], 2)):
        old = state[key] if state else dict.fromkeys(params, 0.0)
        moments[key] = {name: old[name] + (1 - beta) * (gradients[name] ** power - old[name]) for name in params}
    root = np.sqrt(1 - betas[1] ** t)
    size = lr * root / (1 - betas[0] ** t)
    new = {n: params[n] - size * moments["m"][n] / (np.sqrt(moments["v"][n]) + eps * root) for n in params}
    return new, {"t": t, **moments}


def adam_number_by_number(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Loops over every number of every array."""
    after = {"t": state.get("t", 0) + 1, "m": {}, "v": {}}
    new = {}
    for name in params:
        new[name], after["m"][name], after["v"][name] = (np.zeros(params[name].shape) for _ in range(3))
        for place in np.ndindex(params[name].shape):
            g = float(gradients[name][place])
            m, v = (float(state[key][name][place]) if state else 0.0 for key in ("m", "v"))
            m, v = betas[0] * m + (1 - betas[0]) * g, betas[1] * v + (1 - betas[1]) * g * g
            after["m"][name][place], after["v"][name][place] = m, v
            m, v = m / (1 - betas[0] ** after["t"]), v / (1 - betas[1] ** after["t"])
            new[name][place] = params[name][place] - lr * m / (v**0.5 + eps)
    return new, after


def adam_in_float32(params, gradients, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """In single precision throughout, and in place on copies of its own."""
    copies = {name: value.astype(np.float32) for name, value in params.items()}
    m = {name: np.array(state["m"][name] if state else 0 * copies[name], np.float32) for name in copies}
    v = {name: np.array(state["v"][name] if state else 0 * copies[name], np.float32) for name in copies}
    t = state.get("t", 0) + 1
    for name in copies:
        g = gradients[name].astype(np.float32)
        m[name] *= betas[0]
        m[name] += (1 - betas[0]) * g
        v[name] *= betas[1]
        v[name] += (1 - betas[1]) * g * g
        copies[name] -= lr * (m[name] / (1 - betas[0] ** t)) / (np.sqrt(v[name] / (1 - betas[1] ** t)) + eps)
    return copies, {"m": m, "v": v, "t": t}


def read_out_step_by_step(hs, targets, params):
    """One sequence and one step at a time, gradients added up."""
    B, T, _ = hs.shape
    gradients = {name: np.zeros(params[name].shape) for name in ("w_h", "w_0")}
    loss, dhs = 0.0, np.zeros(hs.shape)
    for b in range(B):
        for t in range(T):
            logits = params["w_h"] @ hs[b, t] + params["w_0"]
            largest = logits.max()
            total = largest + np.log(np.exp(logits - largest).sum())
            loss += (total - logits[targets[b, t]]) / (B * T)
            d = np.exp(logits - total)
            d[targets[b, t]] -= 1
            d = d / (B * T)
            gradients["w_h"] += np.outer(d, hs[b, t])
            gradients["w_0"] += d
            dhs[b, t] = d @ params["w_h"]
    return loss, gradients, dhs


def read_out_einsum(hs, targets, params):
    """Index notation, and the target picked instead of multiplied."""
    logits = np.einsum("vh,bth->btv", params["w_h"], hs) + params["w_0"]
    logits -= logits.max(axis=2)[..., None]
    total = np.log(np.sum(np.exp(logits), axis=2))
    b, t = np.indices(targets.shape)
    loss = np.mean(total - logits[b, t, targets])
    d = np.exp(logits - total[..., None])
    np.add.at(d, (b, t, targets), -1)
    d /= targets.size
    return (
        loss,
        {"w_h": np.einsum("btv,bth->vh", d, hs), "w_0": np.einsum("btv->v", d)},
        np.einsum("btv,vh->bth", d, params["w_h"]),
    )


def read_out_in_float32(hs, targets, params):
    """In single precision."""
    loss, gradients, dhs = read_out_einsum(
        hs.astype(np.float32), targets, {name: params[name].astype(np.float32) for name in ("w_h", "w_0")}
    )
    return loss, gradients, dhs


def generate_by_running_sum(params, prompt, length, temperature, rng):
    """One loop for prompt and new text, the draw from the running sum of probabilities."""
    H = len(params["u_0"]) // 4
    h, c, text = np.zeros(H), np.zeros(H), prompt
    for place in range(len(prompt) + length):
        if place == len(text):
            logits = (params["w_h"] @ h + params["w_0"]) / temperature
            p = np.exp(logits - logits.max())
            text += ALPHABET[np.searchsorted(np.cumsum(p) / p.sum(), rng.random(), side="right")]
        x = np.zeros(len(ALPHABET))
        x[ALPHABET.index(text[place])] = 1
        a = params["u_x"] @ x + params["u_h"] @ h + params["u_0"]
        i, f, o = (1 / (1 + np.exp(-a[place * H : (place + 1) * H])) for place in (0, 1, 3))
        c = f * c + i * np.tanh(a[2 * H : 3 * H])
        h = o * np.tanh(c)
    return text


def generate_by_batch_of_one(params, prompt, length, temperature, rng):
    """Steps as in lesson 06, on a batch of one sequence."""

    def lstm_step(x, h, c):
        a = x @ params["u_x"].T + h @ params["u_h"].T + params["u_0"]
        i, f, g, o = np.split(a, 4, axis=1)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        return np.tanh(c) / (1 + np.exp(-o)), c

    def one_hot(character):
        return (np.arange(len(ALPHABET)) == ALPHABET.index(character))[None].astype(float)

    h = c = np.zeros((1, params["u_h"].shape[1]))
    for character in prompt:
        h, c = lstm_step(one_hot(character), h, c)
    new = []
    while len(new) < length:
        logits = (h @ params["w_h"].T + params["w_0"])[0] / temperature
        log_p = logits - logits.max()
        log_p -= np.log(np.exp(log_p).sum())
        new.append(ALPHABET[rng.choice(len(ALPHABET), p=np.exp(log_p))])
        h, c = lstm_step(one_hot(new[-1]), h, c)
    return prompt + "".join(new)


def units_in_another_order(params):
    """The same network with its units renumbered."""
    H = len(params["u_0"]) // 4
    order = np.random.default_rng(7).permutation(H)
    rows = np.concatenate([block * H + order for block in range(4)])
    return {
        "u_x": params["u_x"][rows],
        "u_h": params["u_h"][rows][:, order],
        "u_0": params["u_0"][rows],
        "w_h": params["w_h"][:, order],
        "w_0": params["w_0"],
    }


def units_of_other_sign(params):
    """The same network with the sign of every other unit's state turned."""
    H = len(params["u_0"]) // 4
    sign = np.where(np.arange(H) % 2, -1.0, 1.0)
    rows = np.concatenate([np.ones(2 * H), sign, np.ones(H)])
    return {
        "u_x": rows[:, None] * params["u_x"],
        "u_h": rows[:, None] * params["u_h"] * sign,
        "u_0": rows * params["u_0"],
        "w_h": params["w_h"] * sign,
        "w_0": params["w_0"],
    }


def language_model_renumbered():
    """The trained network with its units in another order."""
    return units_in_another_order(load("language"))


def language_model_turned():
    """The trained network with other signs, as nested lists."""
    return {name: value.tolist() for name, value in units_of_other_sign(load("language")).items()}


def translator_with_idle_units():
    """The trained translator with three more units that do nothing."""
    return {name: _with_idle(name, value, 3) for name, value in load("translator").items()}


def translator_in_float64():
    """The trained translator in double precision, its logits all shifted by one number."""
    params = {name: value.astype(float) for name, value in load("translator").items()}
    return params | {"decoder w_0": params["decoder w_0"] + 5}


def _with_idle(name, value, extra):
    part = name.split()[1]
    if part == "w_0":
        return value
    if part == "w_h":
        return np.pad(value, [(0, 0), (0, extra)])
    columns = [(0, 0), (0, extra if part == "u_h" else 0)][: value.ndim]
    blocks = value.reshape(4, len(value) // 4, *value.shape[1:])
    padded = np.pad(blocks, [(0, 0), (0, extra), *columns[1:]])
    return padded.reshape(4 * padded.shape[1], *padded.shape[2:])
