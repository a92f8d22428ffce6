"""Wrong answers to `generate`."""

import numpy as np

from unrolled.capstone.data_language import ALPHABET


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


def _generate(params, prompt, length, temperature, rng):
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
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


def one_too_many(params, prompt, length, temperature, rng):
    """You return one new character more than `length`. Does a draw come before the loop, or one after it?"""
    return _generate(params, prompt, length + 1, temperature, rng)


def cell_frozen(params, prompt, length, temperature, rng):
    """While it writes, only the hidden state is carried on: the cell state stays as it was after the prompt. A
    step takes both and returns both.
    """
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, _ = _step(params, text[-1], h, c)
    return text


def cell_reset_while_writing(params, prompt, length, temperature, rng):
    """The cell state is carried through the prompt, but while it writes, every step starts from a cell state of
    zeros.
    """
    h, _ = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, _ = _step(params, text[-1], h, 0 * h)
    return text


def states_swapped(params, prompt, length, temperature, rng):
    """Hidden and cell state change places at every step. In which order does your step return them, and in
    which do you take them?
    """
    h = c = np.zeros(params["u_h"].shape[1])
    for character in prompt:
        c, h = _step(params, character, h, c)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        c, h = _step(params, text[-1], h, c)
    return text


def cell_read_out(params, prompt, length, temperature, rng):
    """You make the logits from the cell state. It is the hidden state that is read out."""
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += _draw(params, c, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


def bias_missing(params, prompt, length, temperature, rng):
    """`w_0` is not added to the logits."""
    return _generate(params | {"w_0": 0 * params["w_0"]}, prompt, length, temperature, rng)


def only_first_of_prompt(params, prompt, length, temperature, rng):
    """Of the prompt, the network reads only the first character. It should have read all of them, in order."""
    h, c = _read(params, prompt[0])
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


def multinomial(params, prompt, length, temperature, rng):
    """You draw with `rng.multinomial`. The probabilities are right, but it takes other numbers from `rng` than the one
    for each character that the docstring asks for: `rng.random()`, or `rng.choice` with `p=`.
    """
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        logits = (params["w_h"] @ h + params["w_0"]) / temperature
        weights = np.exp((logits - logits.max()).astype(float))
        text += ALPHABET[int(np.argmax(rng.multinomial(1, weights / weights.sum())))]
        h, c = _step(params, text[-1], h, c)
    return text


def forget_gate_first(params, prompt, length, temperature, rng):
    """You take the blocks of rows in the order f, i, g, o; here they come in the order i, f, g, o."""
    return _in_order("figo", params, prompt, length, temperature, rng)


def forget_gate_and_candidate_first(params, prompt, length, temperature, rng):
    """You take the blocks of rows in the order f, g, i, o; here they come in the order i, f, g, o."""
    return _in_order("fgio", params, prompt, length, temperature, rng)


def candidate_last_but_one(params, prompt, length, temperature, rng):
    """You take the blocks of rows in the order f, i, o, g; here they come in the order i, f, g, o."""
    return _in_order("fiog", params, prompt, length, temperature, rng)


def _in_order(order, params, prompt, length, temperature, rng):
    blocks = [order.index(gate) for gate in "ifgo"]
    cell = {
        name: np.concatenate([np.split(params[name], 4)[place] for place in blocks]) for name in ("u_x", "u_h", "u_0")
    }
    return _generate(params | cell, prompt, length, temperature, rng)


def cell_not_squashed(params, prompt, length, temperature, rng):
    """You show the cell as it is: h = o ⊙ c. Before the output gate the cell passes a tanh."""

    def step(character, h, c):
        a = params["u_x"][:, ALPHABET.index(character)] + params["u_h"] @ h + params["u_0"]
        i, f, g, o = np.split(a, 4)
        c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
        return _sigmoid(o) * c, c

    return _written_by(step, params, prompt, length, temperature, rng)


def every_draw_read_twice(params, prompt, length, temperature, rng):
    """Every character that was drawn is read twice: once after it is drawn, and once more before the next draw."""

    def step(character, h, c):
        return _step(params, character, h, c)

    return _written_by(step, params, prompt, length, temperature, rng, times=2)


def _written_by(step, params, prompt, length, temperature, rng, times=1):
    h = c = np.zeros(params["u_h"].shape[1])
    for character in prompt:
        h, c = step(character, h, c)
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        for _ in range(times):
            h, c = step(text[-1], h, c)
    return text


def next_to_the_choice(params, prompt, length, temperature, rng):
    """Your characters are those next to the ones that were drawn: choice k stands for `ALPHABET[k]`, the first being
    `ALPHABET[0]`.
    """
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += ALPHABET[ALPHABET.index(_draw(params, h, temperature, rng)) - 1]
        h, c = _step(params, text[-1], h, c)
    return text


def first_character_always(params, prompt, length, temperature, rng):
    """Every step reads the first character of the prompt. It reads the prompt's characters one after the other, and
    then each character it has just drawn.
    """
    h, c = _read(params, prompt[0] * len(prompt))
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, prompt[0], h, c)
    return text


def _drawn_by(choose, params, prompt, length):
    h, c = _read(params, prompt)
    text = prompt
    for _ in range(length):
        text += ALPHABET[choose(h)]
        h, c = _step(params, text[-1], h, c)
    return text


def bias_not_divided(params, prompt, length, temperature, rng):
    """`w_0` is not divided by the temperature. All of the logit is: w_h h + w_0."""

    def choose(h):
        logits = params["w_h"] @ h / temperature + params["w_0"]
        weights = np.exp(logits - logits.max())
        return rng.choice(len(weights), p=weights / weights.sum())

    return _drawn_by(choose, params, prompt, length)


def all_equally_probable(params, prompt, length, temperature, rng):
    """You draw among all characters as if they were equally probable, so nothing of what the network says is heard.
    The probabilities belong into the draw.
    """
    return _drawn_by(lambda h: rng.integers(len(ALPHABET)), params, prompt, length)


def prompt_read_from_its_end(params, prompt, length, temperature, rng):
    """The prompt is read from its last character to its first. The network reads it as people do."""
    h, c = _read(params, prompt[::-1])
    text = prompt
    for _ in range(length):
        text += _draw(params, h, temperature, rng)
        h, c = _step(params, text[-1], h, c)
    return text


def prompt_in_small_letters(params, prompt, length, temperature, rng):
    """Your network reads the prompt in small letters. `ALPHABET` has capitals, too: read it as it is."""
    return prompt + _generate(params, prompt.lower(), length, temperature, rng)[len(prompt) :]


def forget_gate_kept_open(params, prompt, length, temperature, rng):
    """You add 1 to what goes into the forget gate, as some libraries do. Here the whole bias is in `u_0`."""
    opened = params["u_0"].copy()
    opened[len(opened) // 4 : len(opened) // 2] += 1
    return _generate(params | {"u_0": opened}, prompt, length, temperature, rng)
