"""How `numerical_gradient` and `relative_error` are examined, with which learners prove their gradients right."""

import numpy as np

from solutions.vanishing_gradients import misconceptions as wrong
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from unrolled.exam.exercise import Case, Exercise, Misconception, Part
from unrolled.vanishing_gradients import functions


def _pairs(rng):
    for size, label in (((3, 4), ""), ((6,), "a vector"), ((2, 3, 2), "three axes"), ((1,), "one entry")):
        analytic = rng.normal(size=size).round(3)
        yield Case((analytic, (analytic * (1 + 0.1 * rng.normal(size=size))).round(3)), label)
    zero = np.zeros((2, 2))
    yield Case((zero, zero.copy()), "all zero")
    yield Case((np.array([0.5, 0.0, -0.2]), np.array([0.5, 0.0, -0.25])), "some entries zero")
    yield Case((np.array([1.0, -2.0, 3.0]), np.array([1.0, 2.0, 3.0])), "one entry with the wrong sign")
    yield Case((np.array([1.0, 2.0]), np.array([1.5, 2.0])), "the numeric one larger")
    yield Case((np.array([1e-13, 1.0]), np.array([-1e-13, 1.0])), "rounding noise around zero")
    yield Case((np.array([3e-9, 0.5]), np.array([-4e-9, 0.5])), "an entry below the floor")


RELATIVE_ERROR = Exercise(
    right.relative_error,
    _pairs,
    (Part("relative_error", 1),),
    (
        "Work entry by entry on whole arrays: a difference, a size, a quotient; then one number from all of them.",
        "`np.maximum(a, b)` takes the larger of two numbers entry by entry; use it for the floor.",
        "`np.abs` around the difference, and around each of the two in the size; `np.max` at the very end.",
    ),
    (
        Misconception(
            "no-floor", "Where both entries are zero you divide zero by zero. Two zeros agree: the floor under the "
            "size is there for them.", wrong.no_floor),
        Misconception(
            "floor-added", "You add the floor to the size of every entry. It is meant to take the size's place "
            "where the size falls below it, and to do nothing elsewhere.", wrong.floor_added_everywhere),
        Misconception(
            "whole-lengths", "You compare whole gradients: the length of their difference with their lengths. A small "
            "entry may then be wrong altogether, and it hardly shows. Divide entry by entry.", wrong.whole_lengths),
        Misconception(
            "two-maxima", "You divide the largest difference by the largest size, and they may belong to different "
            "entries. Each entry has a quotient of its own; look for the largest of those.", wrong.two_maxima),
        Misconception(
            "signed", "An entry that is too small gives you a negative error, and the largest of those hides it. How "
            "far apart two numbers are has no sign.", wrong.signed),
        Misconception(
            "absolute", "That is the absolute error: 0.001 is a lot for a gradient of 0.002 and nothing for one of 50. "
            "Compare the difference with the size of the two numbers.", wrong.absolute),
        Misconception(
            "averaged", "You average over the entries. One wrong entry in a thousand would hardly show: report the "
                        "worst.",
            wrong.averaged),
        Misconception(
            "size-of-sum", "You add the two numbers before taking the absolute value. If they have opposite signs the "
            "size collapses; take each one's own absolute value.", wrong.size_of_the_sum),
        Misconception(
            "one-size", "You compare with the size of one of the two only. Both count, so that the order of the "
            "arguments doesn't matter.", wrong.only_one_size),
    ),
    (variants.relative_error_entry_by_entry, variants.relative_error_masked),
    equivalent=(
        (
            "difference = np.abs(analytic - numeric) → difference = np.abs(numeric - analytic)",
            "a distance has no direction",
        ),
    ),
)  # fmt: skip


def _functions(rng):
    for f, size, eps in (
        (functions.sum_of_squares, (3, 2), 0.1),
        (functions.sum_of_cubes, (4,), 0.5),
        (functions.neighbours, (2, 3), 0.3),
        (functions.log_sum_exp, (5,), 0.5),
        (functions.weighted_sum, (2, 2, 2), 0.2),
        (functions.sum_of_sines, (1,), 1.0),
    ):
        yield Case((f, rng.normal(size=size).round(3), eps), f.__name__)
    yield Case((functions.sum_of_cubes, rng.normal(size=(2, 3)).round(3)), "eps not given")


NUMERICAL_GRADIENT = Exercise(
    right.numerical_gradient,
    _functions,
    (Part("numerical_gradient", 2),),
    (
        "One entry at a time: f is called twice per entry, with that entry a little larger and a little smaller.",
        "`for place in np.ndindex(x.shape):` visits every entry of an array of any shape; `x[place]` is that entry.",
        "Work on copies: `up = x.copy(); up[place] += eps`. Then x needs no putting back. The two points lie 2 eps "
        "apart.",
    ),
    (
        Misconception(
            "one-sided", "You move in one direction only. That is off by a term that shrinks with eps; the central "
            "difference is off by one that shrinks with eps². Move both ways.", wrong.one_sided),
        Misconception(
            "eps-not-doubled", "All your numbers are twice too large: how far apart are the two points at which you "
                               "call f?",
            wrong.eps_not_doubled),
        Misconception(
            "left-changed", "You don't put an entry back before moving the next one, so each is measured at another "
            "point than x; and if it is the caller's x that you move, it ends up changed.", wrong.left_changed),
        Misconception(
            "copies-not-renewed", "You make the two copies once and move entry after entry in them, so each is "
            "measured where the ones before are still moved. Every entry starts from x as it is.",
            wrong.copies_not_renewed),
        Misconception(
            "downhill", "Your numbers have the wrong sign: you subtract f of the larger x from f of the smaller.",
            wrong.downhill),
        Misconception(
            "almost-put-back", "Your numbers are right, but x is left changed: adding eps, taking 2 eps away and "
            "adding eps again rounds three times, so x may end up off by its last bit. Keep the old number, or work "
            "on a copy.",
            wrong.almost_put_back),
        Misconception(
            "all-at-once", "You move all entries together, which gives the slope of f along the diagonal. The "
            "gradient wants one number per entry.", wrong.all_at_once),
        Misconception(
            "one-number", "You move all entries together and get one number, the slope of f along the diagonal. The "
            "gradient has a number for each entry of x: move one, and leave the others where they are.",
            wrong.one_number),
        Misconception(
            "row-by-row", "You move a whole row of x at once: `x[i]` is one number only if x is a vector. Entries of "
            "an array of any shape are asked for one by one.", wrong.row_by_row),
        Misconception(
            "times-eps", "Python works from left to right: `/ 2 * eps` divides by 2 and then *multiplies* by eps. "
            "What stands below the line needs brackets.", wrong.times_eps),
        Misconception(
            "eps-ignored", "You use an eps of your own. The one that was passed in counts.", wrong.eps_ignored),
    ),
    (variants.numerical_gradient_put_back, variants.numerical_gradient_by_rows_of_identity),
)  # fmt: skip
