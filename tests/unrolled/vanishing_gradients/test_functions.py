"""The functions whose gradients learners find by differences have the gradients their docstrings say."""

import numpy as np
import pytest

from unrolled.vanishing_gradients import functions

X = np.array([[0.5, -1.0, 2.0], [0.25, 1.5, -0.75]])


@pytest.mark.parametrize(
    "f, gradient",
    [
        (functions.sum_of_squares, 2 * X),
        (functions.sum_of_cubes, 3 * X**2),
        (functions.sum_of_sines, np.cos(X)),
        (functions.weighted_sum, np.arange(1.0, 7.0).reshape(2, 3)),
        (functions.log_sum_exp, np.exp(X) / np.exp(X).sum()),
    ],
)
def test_the_gradient_is_the_one_stated(f, gradient):
    """A learner who checks by hand would be misled."""
    for place in np.ndindex(X.shape):
        step = np.zeros_like(X)
        step[place] = 1e-6
        assert (f(X + step) - f(X - step)) / 2e-6 == pytest.approx(gradient[place], abs=1e-8)
