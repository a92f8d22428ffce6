"""Wrong answers to `autofill`."""

import numpy as np

from solutions.forms import mistake
from solutions.motivation.reference import next_char_probabilities


def _draw(counts, context, alphabet, rng):
    return alphabet[rng.choice(len(alphabet), p=next_char_probabilities(counts, context, alphabet, 0.0))]


def context_never_advances(counts, prompt, length, n, alphabet, rng):
    """Every character is drawn after the same context, the end of the prompt. What you have just drawn is part of the
    text now: cut the context anew in every round.
    """
    context = prompt[-(n - 1) :] if n > 1 else ""
    for _ in range(length):
        prompt += _draw(counts, context, alphabet, rng)
    return prompt


def most_probable(counts, prompt, length, n, alphabet, rng):
    """You always take the most probable character. Then the same context is always continued in the same way, and the
    text soon runs in circles. Draw instead: the probable often, the improbable now and then.
    """
    for _ in range(length):
        p = next_char_probabilities(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, 0.0)
        prompt += alphabet[int(np.argmax(p))]
    return prompt


def prompt_not_in_context(counts, prompt, length, n, alphabet, rng):
    """The first characters are drawn as if there were no prompt: your context is cut from the new characters only."""
    new = ""
    for _ in range(length):
        new += _draw(counts, new[-(n - 1) :] if n > 1 else "", alphabet, rng)
    return prompt + new


def minus_zero(counts, prompt, length, n, alphabet, rng):
    """For n = 1 the context should be empty, but −0 is 0, and `text[-0:]` is the whole text. All else is right."""
    for _ in range(length):
        prompt += _draw(counts, prompt[-(n - 1) :], alphabet, rng)
    return prompt


@mistake(everywhere=True)  # whoever looks up what never occurred draws the same letters, for whatever reason
def context_too_long(counts, prompt, length, n, alphabet, rng):
    """Your context has more than n − 1 characters. The counts of an n-gram model only know contexts of n − 1, so you
    look up one that never occurred, and draw blindly.
    """
    for _ in range(length):
        prompt += _draw(counts, prompt[-n:], alphabet, rng)
    return prompt


@mistake(everywhere=True)
def contexts_never_found(counts, prompt, length, n, alphabet, rng):
    """None of the contexts you look up is in `counts`, so every character is drawn as if all were equally probable. Its
    keys are texts of n − 1 characters, just as they stand one after the other.
    """
    for _ in range(length):
        prompt += _draw({}, "", alphabet, rng)
    return prompt


def only_what_is_new(counts, prompt, length, n, alphabet, rng):
    """The characters are right, but the prompt is missing: return it with the new characters behind it."""
    text = prompt
    for _ in range(length):
        text += _draw(counts, text[-(n - 1) :] if n > 1 else "", alphabet, rng)
    return text[len(prompt) :]


def length_of_all(counts, prompt, length, n, alphabet, rng):
    """You stop when the whole text has `length` characters. `length` says how many to add to the prompt."""
    while len(prompt) < length:
        prompt += _draw(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, rng)
    return prompt


def own_order(counts, prompt, length, n, alphabet, rng):
    """Your probabilities are right, but you line the characters up in the order in which they were counted, so the same
    draw hits another one. The docstring fixes the order: that of the alphabet.
    """
    for _ in range(length):
        following = counts.get(prompt[-(n - 1) :] if n > 1 else "") or dict.fromkeys(alphabet, 1)
        total = sum(following.values())
        prompt += str(rng.choice(list(following), p=[times / total for times in following.values()]))
    return prompt


def other_draws(counts, prompt, length, n, alphabet, rng):
    """Your characters follow the right distribution, but `rng.multinomial` takes its random numbers in another way than
    one `rng.random()` for each character. See 'Order of draws' in the docstring.
    """
    for _ in range(length):
        p = next_char_probabilities(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, 0.0)
        prompt += alphabet[int(np.argmax(rng.multinomial(1, p)))]
    return prompt


def smoothed(counts, prompt, length, n, alphabet, rng):
    """You smooth the probabilities with 1, so that anything may follow anything, and the text is full of noise. The
    docstring asks for no smoothing here.
    """
    for _ in range(length):
        p = next_char_probabilities(counts, prompt[-(n - 1) :] if n > 1 else "", alphabet, 1.0)
        prompt += alphabet[rng.choice(len(alphabet), p=p)]
    return prompt


def stops_at_the_unknown(counts, prompt, length, n, alphabet, rng):
    """You stop at a context that never occurred. There `next_char_probabilities` gives every character the same
    probability: draw one, and go on until `length` new ones are there.
    """
    for _ in range(length):
        context = prompt[-(n - 1) :] if n > 1 else ""
        if context not in counts:
            break
        prompt += _draw(counts, context, alphabet, rng)
    return prompt
