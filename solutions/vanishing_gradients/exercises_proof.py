"""How `numerical_gradient` and `relative_error` are examined, with which learners prove their gradients right."""

import numpy as np

from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients import variants
from unrolled.exam.exercise import Case, Exercise, Part
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
    terms={"size": "the denominator", "difference": "the difference"},
    variants=(variants.relative_error_entry_by_entry, variants.relative_error_masked),
    equivalent=(
        (
            "difference = np.abs(analytic - numeric) → difference = np.abs(numeric - analytic)",
            "a distance has no direction",
        ),
    ),
)


def _functions(rng):
    with_a_zero = np.insert(rng.normal(size=3).round(3), 1, 0.0)
    for f, size, eps in (
        (functions.sum_of_squares, (3, 2), 0.1),
        (functions.neighbours, (2, 3), 0.3),
        (functions.rows_against_columns, (3, 4), 0.1),
        (functions.log_sum_exp, (5,), 0.5),
        (functions.weighted_sum, (2, 2, 2), 0.2),
        (functions.sum_of_sines, (1,), 1.0),
    ):
        yield Case((f, rng.normal(size=size).round(3), eps), f.__name__)
    yield Case((functions.sum_of_cubes, with_a_zero, 0.5), functions.sum_of_cubes.__name__)
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
    terms={"gradient": "the gradient", "up": "x moved up", "down": "x moved down"},
    variants=(variants.numerical_gradient_put_back, variants.numerical_gradient_by_rows_of_identity),
)
