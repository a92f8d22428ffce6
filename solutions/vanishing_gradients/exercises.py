"""How lesson 05 is examined."""

import numpy as np

from solutions.vanishing_gradients import quizzes, variants
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients.exercises_backward import RNN_BACKWARD
from solutions.vanishing_gradients.exercises_proof import NUMERICAL_GRADIENT, RELATIVE_ERROR
from solutions.vanishing_gradients.exercises_step import RNN_BACKWARD_STEP
from solutions.vanishing_gradients.exercises_truncated import TRUNCATED_BPTT
from unrolled.exam.exercise import Case, Exercise, Part, Pattern, Play
from unrolled.vanishing_gradients.probes import probe_orthogonal

LESSON = "05_vanishing_gradients"


def _chains(rng):
    for T, H, label in ((4, 3, ""), (2, 5, ""), (1, 4, "one timestep"), (5, 1, "one unit")):
        hs, h_0 = np.tanh(rng.normal(size=(T, H))).round(3), np.tanh(rng.normal(size=H)).round(3)
        yield Case((hs, h_0, rng.normal(size=(H, H)).round(3)), label)
    saturated = np.where(rng.random((3, 4)) < 0.5, 1.0, -1.0)
    saturated[1] = np.tanh(rng.normal(size=4)).round(3)
    yield Case((saturated, rng.normal(size=4).round(3), rng.normal(size=(4, 4)).round(3)), "saturated states")


STATE_JACOBIANS = Exercise(
    right.state_jacobians,
    _chains,
    (Part("state_jacobians", 3, axes="T H H"),),
    (
        "Take one step: h = tanh(a), a = u_x x + u_h h_before + u_0. Write down the derivative of one number of h for "
        "one number of h_before.",
        "∂h[i]/∂h_before[j] = (1 − h[i]²) u_h[i, j]: the slope belongs to row i.",
        "As matrices it is diag(1 − h²) u_h. With broadcasting no loop is needed: `(1 - hs**2)[:, :, None]` has one "
        "factor per step and row.",
    ),
    terms={},
    variants=(variants.state_jacobians_one_by_one, variants.state_jacobians_einsum),
)


def _jacobians(rng):
    for T, H, size, label in (
        (5, 3, 0.7, ""),
        (4, 2, 1.5, "growing"),
        (1, 4, 1.0, "one timestep"),
        (6, 1, 0.8, "one unit"),
        (9, 4, 0.2, "fading"),
        (2, 5, 1.0, "two timesteps"),
    ):
        yield Case(((size * rng.normal(size=(T, H, H))).round(4),), label)


GRADIENT_NORMS = Exercise(
    right.gradient_norms,
    _jacobians,
    (Part("gradient_norms", 3, axes="T"),),
    (
        "By the chain rule ∂h_T/∂h_t is a product of one-step Jacobians. Write it down for T = 3: for t = 3, 2 and 1.",
        "∂h_3/∂h_1 = ∂h_3/∂h_2 · ∂h_2/∂h_1 = `jacobians[2] @ jacobians[1]`. The later step stands on the left.",
        "Go backwards and keep the product: start with the identity (norm 1, the last entry), then `product = product "
        "@ jacobians[t + 1]` and `np.linalg.norm(product, 2)`.",
    ),
    terms={"product": "the product", "norms": "the norms"},
    variants=(variants.gradient_norms_from_scratch, variants.gradient_norms_by_eigenvalues),
    relative=True,
)


def _matrices(rng):
    for H, radius, label in ((4, 0.9, ""), (5, 1.5, ""), (3, 0.0, "radius 0"), (1, 2.0, "one unit")):
        yield Case((rng.normal(size=(H, H)).round(3), radius), label)
    yield Case((np.array([[0.0, -2.0], [2.0, 0.1]]), 1.0), "complex eigenvalues")
    symmetric = rng.normal(size=(4, 4)).round(3)
    yield Case((symmetric + symmetric.T - 5 * np.eye(4), 1.1), "a large negative eigenvalue")
    yield Case(
        (np.triu(rng.normal(size=(3, 3)), 1).round(3) * 4 + np.diag([0.5, -0.6, 0.4]), 0.8), "far from symmetric"
    )


SCALE = Exercise(
    right.scale_to_spectral_radius,
    _matrices,
    (Part("scale_to_spectral_radius", 2),),
    (
        "If all entries of a matrix are multiplied by a number, so are its eigenvalues.",
        "`np.linalg.eigvals` finds the eigenvalues of any square matrix, complex ones included.",
        "The spectral radius is `np.abs(eigenvalues).max()`; `np.abs` of a complex number is its length. Return a new "
        "matrix.",
    ),
    terms={},
    variants=(variants.scale_to_spectral_radius_two_steps, variants.scale_to_spectral_radius_hypot),
)


def _sizes(rng):
    from unrolled.exam.codec import Rng

    for H in (3, 5, 1, 8, 2):
        yield Case((H, Rng(int(rng.integers(10**6)))), f"H = {H}")


ORTHOGONAL = Exercise(
    right.orthogonal,
    _sizes,
    (Part("orthogonal", 1),),
    (
        "`q, r = np.linalg.qr(a)` does the work: a = q r, with q orthogonal and r upper triangular.",
        "Flipping the sign of column j of q and of row j of r leaves q r as it is. So signs are yours to choose.",
        "`np.sign(np.diag(r))` holds the signs; multiplying q by it flips the columns, because it is broadcast along "
        "rows.",
    ),
    terms={"q": "q", "r": "r"},
    variants=(variants.orthogonal_gram_schmidt, variants.orthogonal_diagonal_matrix),
    probe=Play(probe_orthogonal),
    equivalent=(
        (
            "return q * np.sign(np.diag(r)) → return q / np.sign(np.diag(r))",
            "multiplying and dividing by a sign are the same",
        ),
    ),
)


def _gradients(rng):
    shapes = {"u_x": (3, 2), "u_h": (3, 3), "u_0": (3,)}
    for scale, max_norm, label in (
        (1.0, 1.5, "too long"),
        (1.0, 50.0, "short enough"),
        (4.0, 0.5, "far too long"),
        (0.01, 1.0, "very short"),
        (0.0, 1.0, "all zero"),
        (2.0, 3.0, "squares too long"),
    ):
        gradients = {name: (scale * rng.normal(size=shape)).round(3) for name, shape in shapes.items()}
        yield Case((gradients, max_norm), label)
    yield Case(({"w": np.array([[0.2, -9.0], [0.3, 0.1]])}, 3.0), "one large entry")
    tiny = {name: (1e-5 * rng.normal(size=shape)).round(8) for name, shape in shapes.items()}
    yield Case((tiny, 2e-6), "a tiny max_norm")


CLIP = Exercise(
    right.clip_by_global_norm,
    _gradients,
    (Part("clipped", 2, 0), Part("norm", 1, 1)),
    (
        "Think of all arrays laid end to end: one long vector. Its length is the square root of the sum of all "
        "squares.",
        "Only if that length is more than max_norm, multiply every array by the same factor. Which one gives length "
        "max_norm?",
        "`norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))`, then `g * (max_norm / norm)`. Return the "
        "norm from before.",
    ),
    terms={"norm": "the norm", "factor": "the factor", "gradient": "a gradient"},
    variants=(variants.clip_by_global_norm_flat, variants.clip_by_global_norm_early_return),
    patterns=(
        Pattern(
            "The norm is right, and gradients that are short enough stay as they are: look at the factor for those "
            "that are too long.",
            ("clipped",),
            ("norm", "clipped @ short enough", "clipped @ all zero"),
        ),
        Pattern(
            "Gradients that are all zero have the length 0, which is short enough: they stay as they are, and nothing "
            "may be divided by that length.",
            ("clipped @ all zero",),
            ("norm", "clipped @ short enough"),
        ),
        Pattern("Gradients that are short enough should stay as they are.", ("clipped @ short enough",)),
        Pattern("Begin with the norm: the root of the sum of all squares, over all arrays.", ("norm",)),
    ),
    equivalent=(
        (
            "ax_norm / norm if norm > max_norm else 1.0 → ax_norm / norm if norm >= max_norm else 1.0",
            "at norm = max_norm the scale is 1 either way",
        ),
    ),
)


EXERCISES = [
    RELATIVE_ERROR,
    NUMERICAL_GRADIENT,
    RNN_BACKWARD_STEP,
    RNN_BACKWARD,
    TRUNCATED_BPTT,
    STATE_JACOBIANS,
    GRADIENT_NORMS,
    SCALE,
    ORTHOGONAL,
    CLIP,
    quizzes.AFTER_FIFTY_STEPS,
    quizzes.WHAT_CLIPPING_DOES,
    quizzes.WHAT_TRUNCATION_COSTS,
]
