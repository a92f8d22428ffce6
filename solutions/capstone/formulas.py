"""One of lesson 07's answers with every formula as it stands in the lesson, for small changes to be made in."""

import numpy as np

from solutions.gated_cells.reference import sigmoid
from unrolled.capstone.data_language import ALPHABET


def generate(params, prompt, length, temperature, rng):
    h = c = np.zeros(params["u_h"].shape[1])
    text = prompt
    piece = prompt
    for step in range(1 + length):
        for character in piece:
            a = params["u_x"][:, ALPHABET.index(character)] + params["u_h"] @ h + params["u_0"]
            i, f, g, o = np.split(a, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        if step < length:
            logits = (params["w_h"] @ h + params["w_0"]) / temperature
            weights = np.exp(logits - logits.max())
            piece = ALPHABET[rng.choice(len(weights), p=weights / weights.sum())]
            text += piece
    return text
