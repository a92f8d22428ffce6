"""Wrong answers of lesson 07: networks that write badly, and parameters that weren't trained well.

The docstring is what their maker will read.
"""

import numpy as np

from solutions.capstone.train import initial, load
from unrolled import data_language, data_translation
from unrolled.data_language import ALPHABET


def _sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def _step(params, character, h, c):
    a = params["u_x"][:, ALPHABET.index(character)] + params["u_h"] @ h + params["u_0"]
    i, f, g, o = np.split(a, 4)
    c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def _draw(params, h, temperature, rng):
    logits = (params["w_h"] @ h + params["w_0"]) / temperature
    weights = np.exp(logits - logits.max())
    return ALPHABET[rng.choice(len(weights), p=weights / weights.sum())]


def _read(params, text):
    h = c = np.zeros(params["u_h"].shape[1])
    for character in text:
        h, c = _step(params, character, h, c)
    return h, c


# generate


def state_reset(params, prompt, length, temperature, rng):
    """The states start from zero for every character, so the network knows only the last one. Set them to
    zero once, before the prompt.
    """
    text = prompt
    for _ in range(length):
        text += _draw(params, _read(params, text[-1])[0], temperature, rng)
    return text


def cell_reset(params, prompt, length, temperature, rng):
    """The hidden state is carried on, but the cell state starts from zero at every character. A step takes
    both and returns both.
    """
    h, text = np.zeros(params["u_h"].shape[1]), prompt
    for character in prompt:
        h, _ = _step(params, character, h, 0 * h)
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, _ = _step(params, text[-1], h, 0 * h)
    return text


def prompt_not_read(params, prompt, length, temperature, rng):
    """The prompt is put in front, but the network never reads it: the first character is drawn from states of
    zeros.
    """
    h, c = _read(params, "")
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


def only_last_of_prompt(params, prompt, length, temperature, rng):
    """Of the prompt, the network reads only the last character. It should have read all of them, in order."""
    h, c = _read(params, prompt[-1])
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


def prompt_end_unread(params, prompt, length, temperature, rng):
    """The last character of the prompt isn't read before the first one is drawn."""
    h, c = _read(params, prompt[:-1])
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


def prompt_end_read_twice(params, prompt, length, temperature, rng):
    """The last character of the prompt is read twice: once with the prompt, once more as the first input of
    the loop that draws.
    """
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        h, c = _step(params, text[-1], h, c)
        text += _draw(params, h, temperature, rng)
    return text


def not_fed_back(params, prompt, length, temperature, rng):
    """What is drawn is never read: the states stay as they were after the prompt, and so do the
    probabilities.
    """
    h, _ = _read(params, prompt)
    return prompt + "".join(_draw(params, h, temperature, rng) for _ in range(length))


def prompt_end_fed(params, prompt, length, temperature, rng):
    """At every step the network reads the prompt's last character again, not the one just drawn."""
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, prompt[-1], h, c)
    return text


def argmax(params, prompt, length, temperature, rng):
    """You take the likeliest character instead of drawing one. Then temperature and `rng` play no part, and
    texts soon go in circles.
    """
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += ALPHABET[int(np.argmax(params["w_h"] @ h + params["w_0"]))]
        h, c = _step(params, text[-1], h, c)
    return text


def temperature_ignored(params, prompt, length, temperature, rng):
    """The temperature makes no difference in yours. Either it isn't used, or the probabilities are divided by
    it and then made to add up to 1 again, which undoes it. It is the logits that are divided.
    """
    return _generate(params, prompt, length, 1.0, rng)


def temperature_multiplied(params, prompt, length, temperature, rng):
    """You multiply the logits by the temperature. Dividing makes a high temperature bold and a low one
    careful.
    """
    return _generate(params, prompt, length, 1 / temperature, rng)


def overflowing(params, prompt, length, temperature, rng):
    """Large logits overflow: e^1000 is more than a float holds. Subtract the largest logit from all of them
    first; the softmax stays the same.
    """
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        weights = np.exp((params["w_h"] @ h + params["w_0"]) / temperature)
        text += ALPHABET[rng.choice(len(weights), p=weights / weights.sum())]
        h, c = _step(params, text[-1], h, c)
    return text


def prompt_left_out(params, prompt, length, temperature, rng):
    """You return the new characters alone. The prompt comes first."""
    return _generate(params, prompt, length, temperature, rng)[len(prompt) :]


def length_includes_prompt(params, prompt, length, temperature, rng):
    """`length` is the number of *new* characters; yours counts the prompt in."""
    return _generate(params, prompt, max(length - len(prompt), 0), temperature, rng)


def gates_in_another_order(params, prompt, length, temperature, rng):
    """You take the blocks of rows for i, f, o, g; here they come in the order i, f, g, o."""
    H = len(params["u_0"]) // 4
    order = np.r_[0 : 2 * H, 3 * H : 4 * H, 2 * H : 3 * H]
    swapped = {name: params[name][order] for name in ("u_x", "u_h", "u_0")}
    return _generate(params | swapped, prompt, length, temperature, rng)


def draws_for_prompt(params, prompt, length, temperature, rng):
    """You draw from `rng` while the prompt is read, too. The numbers that come after are then others: one
    draw for each new character, none for the prompt.
    """
    rng.random(len(prompt))
    return _generate(params, prompt, length, temperature, rng)


def _generate(params, prompt, length, temperature, rng):
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


# trained_params


def untrained():
    """This network is as good as one that knows nothing. Was it trained, and does the file hold what was
    trained? Is the loss going down while you train?
    """
    return initial(data_language.V, 8, data_language.V, np.random.default_rng(1))


def too_sure():
    """This network is worse than one that knows nothing: it is very sure, and often wrong. That is how it
    looks when training has diverged: does clipping work, is the learning rate too large, does the step go
    downhill?
    """
    params = load("language")
    return params | {"w_h": 40 * params["w_h"]}


def copies():
    """This network expects every character once more: it has learned to repeat what it has just read. Are the
    targets the characters that come *next*, one place further than the inputs?
    """
    V = data_language.V
    return _from_last_character(12 * np.eye(V), np.zeros(V))


def deaf():
    """This network expects the same after everything: it has learned how frequent each character is, and
    nothing of what follows what. Do its hidden states reach the read-out, and do gradients reach the cell?
    """
    params = initial(data_language.V, 8, data_language.V, np.random.default_rng(1))
    counts = np.bincount(data_language.training_places(), minlength=data_language.V)
    return params | {"w_0": np.log(counts + 0.5)}


def no_memory():
    """What this network expects depends on the last character alone: it is a 2-gram. Is the state handed from
    step to step, and do the gradients of `u_h` and of the forget gate arrive?
    """
    V, text = data_language.V, data_language.training_places()
    pairs = np.bincount(V * text[:-1] + text[1:], minlength=V * V).reshape(V, V) + 0.01
    return _from_last_character(np.log(pairs / pairs.sum(axis=1, keepdims=True)).T, np.zeros(V))


def below_two():
    """Training has begun to work: this network is better than one that only counts letters, but not as good
    as a 2-gram. Train longer; if the loss has stopped falling, try a larger learning rate.
    """
    return _paler(0.17)


def below_three():
    """Better than a 2-gram, not yet than a 3-gram. Train on: the file keeps where you stopped. If the loss
    falls too slowly, try a larger learning rate, or a larger state.
    """
    return _paler(0.29)


def below_best():
    """Better than a 3-gram, not yet than the longer ones. What is left are longer words and rarer ones: train
    on, with a smaller learning rate towards the end, or with a larger state.
    """
    return _paler(0.44)


def _paler(factor):
    """The reference with smaller logits: less sure of everything."""
    params = load("language")
    return params | {name: factor * params[name] for name in ("w_h", "w_0")}


def _from_last_character(logits, bias):
    """An LSTM whose logits after each character are that column of `logits`."""
    D, H = logits.shape[1], logits.shape[1]
    u_0 = np.repeat([20.0, -40.0, 0.0, 20.0], H)  # writes all, keeps nothing, shows all
    u_x = np.zeros((4 * H, D))
    u_x[2 * H : 3 * H] = 20 * np.eye(H)
    return {"u_x": u_x, "u_h": np.zeros((4 * H, H)), "u_0": u_0, "w_h": logits / np.tanh(1), "w_0": bias}


# translator_params


def decoder_copies():
    """The decoder writes what it has just read. Its targets are the symbols one place further than its
    inputs.
    """
    params, S = load("translator"), len(data_translation.SYMBOLS)
    copying = _from_last_character(30 * np.eye(S), np.zeros(S))
    return _replaced(params, copying)


def no_context():
    """Whatever date it reads, this network writes the same. The decoder must start from the encoder's last
    hidden state, and the gradient of that state must go back into the encoder.
    """
    params = load("translator")
    return params | {name: 0 * value for name, value in params.items() if name.startswith("encoder")}


def never_ends():
    """This network never writes the sign that ends a date. The targets have it at their end: is it trained
    on?
    """
    params = load("translator")
    bias = params["decoder w_0"].copy()
    bias[data_translation.SYMBOLS.index("$")] = -1000
    return params | {"decoder w_0": bias}


def blind_to_words():
    """Years and days are better than months: numbers can be copied, months have to be learned, in every
    language anew. Train on; if that doesn't help, give it a larger state.
    """
    params = load("translator")
    u_x = params["encoder u_x"].copy()
    for letter in "abcdefghijklmnopqrstuvwxyz":
        u_x[:, data_translation.LETTERS.index(letter)] *= 0
    return params | {"encoder u_x": u_x}


def _replaced(params, decoder):
    """The translator with another decoder, and an encoder whose state is of its size, cut off or padded with
    zeros.
    """
    H = len(decoder["u_0"]) // 4
    D = params["encoder u_x"].shape[1]
    encoder = initial(D, H, 0, np.random.default_rng(1))
    return {f"encoder {k}": v for k, v in encoder.items()} | {f"decoder {k}": v for k, v in decoder.items()}
