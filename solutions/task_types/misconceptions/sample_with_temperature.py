"""Wrong answers to `sample_with_temperature`."""

import numpy as np

from solutions.forms import mistake


def _draw(p, rng):
    return int(min(np.searchsorted(np.cumsum(p), rng.random(), side="right"), len(p) - 1))


def _softmax(logits):
    exps = np.exp(logits - logits.max())
    return exps / exps.sum()


def multiplied(logits, temperature, rng):
    """You multiply by the temperature, so a high one makes the choice more careful. Divide: large temperatures bring
    the logits together.
    """
    return _draw(_softmax(logits * temperature), rng)


def divided_after_softmax(logits, temperature, rng):
    """You divide the probabilities. They no longer sum to 1, and their proportions are what they were: divide the
    logits, before the softmax.
    """
    return _draw(_softmax(logits) / temperature, rng)


def argmax(logits, temperature, rng):
    """You always take the likeliest choice. Sampling takes each one as often as its probability says: it needs a number
    from `rng`.
    """
    return int(np.argmax(logits))


def overflow(logits, temperature, rng):
    """exp(1000) is inf, and inf / inf is nan. Subtract the largest number before you take the exponential."""
    weights = np.exp(logits / temperature)
    return int(rng.choice(len(logits), p=weights / weights.sum()))


def temperature_ignored(logits, temperature, rng):
    """You sample right, but at temperature 1 always. Where does the temperature come in? (If you divided the
    probabilities and made them sum to 1 again, it has cancelled out: it belongs to the logits.)
    """
    return _draw(_softmax(logits), rng)


def softmax_twice(logits, temperature, rng):
    """You take the softmax of a softmax: that makes everything almost equally likely. Divide the logits, then one
    softmax.
    """
    return _draw(_softmax(_softmax(logits) / temperature), rng)


def all_alike(logits, temperature, rng):
    """All choices are equally likely in your function. The logits say which ones are likelier."""
    return int(rng.integers(len(logits)))


def gumbel(logits, temperature, rng):
    """You add Gumbel noise and take the largest: that samples from the right probabilities. But it draws V numbers
    where the docstring promises one, so the same seed gives another choice.
    """
    return int(np.argmax(logits / temperature + rng.gumbel(size=len(logits))))


def one_too_far(logits, temperature, rng):
    """Your choice is one too high: the running sum's first entry belongs to choice 0."""
    return _draw(_softmax(logits / temperature), rng) + 1


def second_draw(logits, temperature, rng):
    """You draw a number from `rng` and don't use it. Exactly one is promised: the first."""
    rng.random()
    return _draw(_softmax(logits / temperature), rng)


def probability_returned(logits, temperature, rng):
    """You return a probability. What is asked for is the choice itself: its number, an int."""
    p = _softmax(logits / temperature)
    return float(p[_draw(p, rng)])


def multinomial(logits, temperature, rng):
    """You draw with `rng.multinomial`. The probabilities are right, but it takes other numbers from `rng` than the one
    that the docstring asks for: one `rng.random()`, or `rng.choice(V, p=...)`, which is the same.
    """
    return int(np.argmax(rng.multinomial(1, _softmax(logits / temperature))))


def divided_twice(logits, temperature, rng):
    """You apply the temperature twice. Once is enough: the logits are divided by it."""
    return _draw(_softmax(logits / temperature**2), rng)


def not_renormalised(logits, temperature, rng):
    """You raise the probabilities to the power of 1 / temperature. That is the same as dividing the logits, if you then
    divide by the new sum: they no longer add up to 1.
    """
    p = _softmax(logits) ** (1 / temperature)
    return int(np.searchsorted(np.cumsum(p), rng.random(), side="right"))


def logarithm_of_probabilities_patched(logits, temperature, rng):
    """You go by way of probabilities, add something small to them, and take the logarithm again: what is all but
    impossible becomes likelier, the more so the higher the temperature. The logits are logarithms already.
    """
    patched = np.log(_softmax(logits) + 1e-7) / temperature
    return int(np.argmax(rng.multinomial(1, _softmax(patched))))


def running_sum_below(logits, temperature, rng):
    """You look for the first place at which the running sum lies below u, which is the first place or none. It is the
    first at which the sum *exceeds* u.
    """
    return int(np.argmax(np.cumsum(_softmax(logits / temperature)) < rng.random()))


def one_too_low(logits, temperature, rng):
    """Your choice is one too low. The running sum's first entry belongs to choice 0, its second to choice 1."""
    return max(_draw(_softmax(logits / temperature), rng) - 1, 0)


def _in_order(order, logits, temperature, rng):
    p = _softmax(logits / temperature)
    order = np.argsort(order(p), kind="stable")
    return int(order[_draw(p[order], rng)])


def sorted_before(logits, temperature, rng):
    """You add the probabilities up in order of their size. The running sum goes through the choices as they are
    numbered: 0, 1, 2 …
    """
    return _in_order(np.negative, logits, temperature, rng)


@mistake(text=sorted_before.__doc__)
def smallest_before(logits, temperature, rng):
    return _in_order(np.positive, logits, temperature, rng)


def not_added_up(logits, temperature, rng):
    """You compare each probability by itself with u. It is their running sum, `np.cumsum`, that has to exceed u."""
    return int(np.argmax(_softmax(logits / temperature) > rng.random()))
