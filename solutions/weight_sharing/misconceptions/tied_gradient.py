"""Wrong answers to `tied_gradient`."""

import numpy as np

from solutions.forms import mistake


def _combined(gradients_per_step, combine):
    names = gradients_per_step[0]
    return {name: combine([np.array(gradients[name]) for gradients in gradients_per_step]) for name in names}


def mean(gradients_per_step):
    """You average over the timesteps. Moving a shared weight moves all T uses at once, by the full amount each:
    dividing by T makes the gradient T times too small.
    """
    return _combined(gradients_per_step, lambda gs: np.mean(gs, axis=0))


def last_step_only(gradients_per_step):
    """You return the last timestep's gradient: perhaps each step overwrites the one before. The weight was used at the
    earlier steps as well, and those uses count.
    """
    return dict(gradients_per_step[-1])


def first_step_only(gradients_per_step):
    """You return the first timestep's gradient. The same weight was used again at every later step, and those uses
    count, too.
    """
    return dict(gradients_per_step[0])


def first_step_missing(gradients_per_step):
    """The first timestep's gradient is missing from your result. Look at where your loop starts: list indices start at
    0.
    """
    return _combined(gradients_per_step, lambda gs: sum(gs[1:], np.zeros_like(gs[0])))


def last_step_missing(gradients_per_step):
    """The last timestep's gradient is missing from your result. Look at where your loop ends."""
    return _combined(gradients_per_step, lambda gs: sum(gs[:-1], np.zeros_like(gs[0])))


def multiplied(gradients_per_step):
    """You multiply the timesteps' gradients. The chain rule multiplies along one path from weight to loss; these are T
    different paths, one for each use of the weight.
    """
    return _combined(gradients_per_step, lambda gs: np.prod(gs, axis=0))


def summed_to_one_number(gradients_per_step):
    """You add up over everything, also over the elements of each array. Every element of a weight has a gradient of its
    own: the result has the weight's shape. Look at `axis`.
    """
    return _combined(gradients_per_step, np.sum)


def steps_kept_apart(gradients_per_step):
    """Your arrays still have an axis for time. A shared weight is one array, so its gradient is one array of the same
    shape: the timesteps have to come together.
    """
    return _combined(gradients_per_step, np.stack)


def first_step_twice(gradients_per_step):
    """The first timestep's gradient counts twice: you start from it and then add it again. Start from zeros, or start
    adding at the second step.
    """
    return _combined(gradients_per_step, lambda gs: gs[0] + sum(gs))


def summed_into_the_first(gradients_per_step):
    """The numbers are right, but you write them into an array you were given. After `total[name] = g[name]`, or with a
    copy of the dict, `total[name]` is still the same array, and `+=` changes that one. Make a new array instead.
    """
    total = dict(gradients_per_step[0])
    for gradients in gradients_per_step[1:]:
        for name in total:
            total[name] += gradients[name]
    return total


def signs_lost(gradients_per_step):
    """You add up sizes, without their signs. If one use wants the weight larger and another wants it smaller, the two
    pull against each other.
    """
    return _combined(gradients_per_step, lambda gs: np.sum(np.abs(gs), axis=0))


def concatenated(gradients_per_step):
    """You put the gradients of all steps one below the other. The shared weight is one, and its gradient has the shape
    of one copy: how do the three of the example become one?
    """
    return _combined(gradients_per_step, np.concatenate)


def largest(gradients_per_step):
    """You take the largest of the T gradients. A shared weight moves at all T places at once: their effects add up."""
    return _combined(gradients_per_step, lambda each: np.max(each, axis=0))


@mistake(constants=(0.5, 1.0, 2.0, 3.0, 5.0))
def cut_off(gradients_per_step, limit=5.0):
    """You cut the numbers off, as `np.clip` does. The gradient is the sum, however large: shortening it, all of it by
    one factor, comes later, when a step is made.
    """
    return _combined(gradients_per_step, lambda each: np.clip(np.sum(each, axis=0), -limit, limit))


def first_step_times_T(gradients_per_step):
    """You take the first step's gradient T times. Each step has a gradient of its own, since it reads another input and
    another state: add up those.
    """
    return _combined(gradients_per_step, lambda gs: len(gs) * gs[0])
