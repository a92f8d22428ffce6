"""How lesson 05 is examined."""

import numpy as np

from solutions.vanishing_gradients import misconceptions as wrong
from solutions.vanishing_gradients import quizzes, variants
from solutions.vanishing_gradients import reference as right
from solutions.vanishing_gradients.exercises_backward import RNN_BACKWARD
from solutions.vanishing_gradients.exercises_proof import NUMERICAL_GRADIENT, RELATIVE_ERROR
from solutions.vanishing_gradients.exercises_truncated import TRUNCATED_BPTT
from unrolled.exam.exercise import Case, Exercise, Misconception, Part, Pattern, Play
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
    (
        Misconception(
            "transposed", "Rows and columns are exchanged. Entry [i, j] says what unit j *before* the step does to "
            "unit i after it.", wrong.jacobians_transposed),
        Misconception(
            "wrong-side", "You multiply the columns of u_h with the slopes: u_h diag(1 − h²). The tanh comes after "
            "u_h, so its slope belongs to the unit that comes out.", wrong.slope_on_the_wrong_side),
        Misconception(
            "of-the-transpose", "You use u_h transposed, as you do for states in rows. The formula is for columns: row "
            "i of u_h holds all that goes into unit i.", wrong.jacobians_of_the_transpose),
        Misconception(
            "entry-by-entry", "`*` multiplies entry by entry, and diag(1 − h²) is zero off its diagonal, so nothing "
            "but the diagonal of u_h is left. Matrices are multiplied with `@`.", wrong.jacobians_entry_by_entry),
        Misconception(
            "no-slope", "Every Jacobian is u_h itself: the slope of tanh is missing. It is what makes them differ "
            "from step to step.", wrong.jacobians_without_slope),
        Misconception(
            "state-before", "You take the slope at the state before the step. The tanh of step t put out h_t.",
            wrong.jacobians_at_the_state_before),
        Misconception(
            "tanh-twice", "You apply tanh to the states once more. They already are what a tanh put out.",
            wrong.jacobians_tanh_twice),
        Misconception(
            "slope-not-squared", "The slope you use is 1 − h. Differentiate tanh on paper: its slope is the same for "
            "h and −h.", wrong.jacobians_slope_not_squared),
        Misconception(
            "multiplied-up", "Yours are derivatives for h_0, multiplied up over the steps. Asked for is one step at a "
            "time: ∂h_t/∂h_{t-1}.", wrong.jacobians_of_all_before),
    ),
    (variants.state_jacobians_one_by_one, variants.state_jacobians_einsum),
)  # fmt: skip


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
    (
        Misconception(
            "order", "You multiply in the opposite order. Matrices don't commute: in ∂h_T/∂h_t the *last* step's "
            "Jacobian stands on the left.", wrong.product_reversed),
        Misconception(
            "frobenius", "`np.linalg.norm(a)` of a matrix is the Frobenius norm; the identity would have norm √H. The "
            "spectral norm, the most a vector can be stretched, has to be asked for.", wrong.frobenius),
        Misconception(
            "frobenius-inside", "Of the products you take the Frobenius norm, which `np.linalg.norm(a)` is for a "
            "matrix: it counts all directions, not the most stretched one alone. The spectral norm has to be asked "
            "for.", wrong.frobenius_but_for_the_last),
        Misconception(
            "own-step", "To entry t you multiply `jacobians[t]`, the step that *made* `hs[t]`. The way from `hs[t]` to "
            "the next state is the step after it.", wrong.own_step_for_the_next),
        Misconception(
            "not-turned-round", "Your numbers are right and in reversed order: you went backwards, so the last state "
            "came first.", wrong.not_turned_round),
        Misconception(
            "spectral-radius", "You take the largest absolute eigenvalue, the spectral *radius*. How much a matrix can "
            "stretch a vector is its spectral norm, which may be much larger.", wrong.spectral_radius_of_product),
        Misconception(
            "norms-multiplied", "You multiply the norms of the single Jacobians. That is only an upper bound: one "
            "step's most stretched direction is not the next one's.", wrong.norms_multiplied),
        Misconception(
            "one-too-far", "You have one factor too many: entry t is ∂h_T/∂h_{t-1}. The last entry, ∂h_T/∂h_T, has no "
            "factor at all.", wrong.one_step_too_far),
        Misconception(
            "one-too-many", "You have T + 1 numbers: the first of them is for h_0. Asked for are h_1 to h_T, so "
            "∂h_1/∂h_0 is not multiplied in.", wrong.one_too_many),
        Misconception(
            "from-the-start", "You follow how states depend on h_0, going forward. Asked for is how the *last* state "
            "depends on each one.", wrong.forward_from_the_start),
        Misconception(
            "each-alone", "These are the norms of the single steps. What h_t does to h_T passes through all the steps "
            "between.", wrong.norm_of_each),
    ),
    (variants.gradient_norms_from_scratch, variants.gradient_norms_by_eigenvalues),
    relative=True,
)  # fmt: skip


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
    (
        Misconception(
            "norm", "You divide by the spectral norm, the largest *singular* value. Unless u_h is very symmetric it "
            "is larger than the largest eigenvalue.", wrong.by_spectral_norm),
        Misconception(
            "frobenius", "You divide by the Frobenius norm. The spectral radius is about eigenvalues.",
            wrong.by_frobenius_norm),
        Misconception(
            "symmetric-only", "`eigvalsh` is for symmetric matrices: it looks at one triangle of yours and makes up "
                              "the other.",
            wrong.by_symmetric_eigenvalues),
        Misconception(
            "no-absolute", "You take the largest eigenvalue as it is. It may be complex, and for complex numbers "
            "'largest' says little; the spectral radius is about their absolute values.", wrong.by_largest_eigenvalue),
        Misconception(
            "largest-real-part", "You take the largest real part. An eigenvalue of −3 or 3i multiplies lengths by 3 "
            "as well: its absolute value counts.", wrong.by_largest_real_part),
        Misconception(
            "real-part", "You drop the imaginary part before taking the absolute value. A rotation's eigenvalues are "
            "nearly all imaginary, and yet it doesn't shrink anything.", wrong.by_absolute_real_part),
        Misconception(
            "only-if-too-large", "You scale u_h down and never up. Asked for is exactly `radius`, whatever u_h had "
            "before.", wrong.only_if_too_large),
        Misconception(
            "upside-down", "Your factor is upside down: you divide by what you want and multiply by what there was.",
            wrong.factor_upside_down),
        Misconception(
            "not-divided", "You multiply by `radius` whatever u_h's radius was. First bring it to one.",
                           wrong.not_divided),
        Misconception(
            "in-place", "You scale the caller's own matrix. Return a new one: the original may be needed for other "
                        "radii.",
            wrong.scaled_in_place),
    ),
    (variants.scale_to_spectral_radius_two_steps, variants.scale_to_spectral_radius_hypot),
)  # fmt: skip


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
    (
        Misconception(
            "unit-columns", "Your columns have length one but are not perpendicular to each other, so lengths are not "
                            "kept.",
            wrong.only_unit_columns),
        Misconception(
            "signs-not-corrected", "Your matrix is orthogonal, but its signs are those the algorithm happens to "
            "leave. Look at the diagonal of r: where it is negative, the column of q has to be flipped.",
            wrong.signs_as_they_come),
        Misconception(
            "signs-on-rows", "You flip rows of q. The signs on r's diagonal belong to q's columns.",
                             wrong.signs_on_rows),
        Misconception(
            "signs-of-q", "You make the diagonal of q positive. The docstring asks it of the diagonal of r.",
            wrong.signs_of_q),
        Misconception(
            "absolute", "You take the absolute values of q. Columns of positive numbers aren't perpendicular: it is "
            "whole columns whose sign is to be flipped.", wrong.absolute_values),
        Misconception(
            "not-flipped-but-scaled", "You multiply the columns of q by the diagonal of r itself, so they lose their "
            "length of one. Of those numbers only the signs count.", wrong.scaled_by_the_diagonal),
        Misconception(
            "from-svd", "This comes from a singular value decomposition: orthogonal too, but another matrix than the "
            "q asked for.", wrong.from_svd),
        Misconception(
            "q-transposed", "You return q transposed, with the signs where they belong. It is orthogonal too, but the "
            "q asked for is the other one.", wrong.transposed),
        Misconception(
            "second-draw", "You ask `rng` twice and use the second answer. A generator never says the same again: ask "
            "once and keep what it says.", wrong.second_draw),
        Misconception(
            "own-generator", "Your numbers come from a generator of your own, so you get the same matrix every time. "
            "Ask the `rng` that you were given.", wrong.own_generator),
        Misconception(
            "of-transpose", "You decompose the transpose. The columns of the matrix as it was drawn are to be made "
            "orthogonal.", wrong.of_the_transpose),
    ),
    (variants.orthogonal_gram_schmidt, variants.orthogonal_diagonal_matrix),
    probe=Play(probe_orthogonal),
    equivalent=(
        (
            "return q * np.sign(np.diag(r)) → return q / np.sign(np.diag(r))",
            "multiplying and dividing by a sign are the same",
        ),
    ),
)  # fmt: skip


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
    (
        Misconception(
            "per-element", "You cut off single entries. That turns the gradient in another direction; shorten all of "
            "it by one factor instead.", wrong.per_element),
        Misconception(
            "per-parameter", "You clip every array by its own length. Then their proportions change, and with them the "
            "direction: one factor for all.", wrong.per_parameter),
        Misconception(
            "always-rescaled", "You also stretch gradients that are short enough. Near a minimum that would keep "
            "every step large; clipping only shortens.", wrong.always_rescaled),
        Misconception(
            "squared", "The square root is missing: you compare and return the squared length.", wrong.squared_norm),
        Misconception(
            "zeroed", "You throw away the whole gradient when it is too long, so the steps that matter most teach "
            "nothing. Keep its direction.", wrong.outliers_zeroed),
        Misconception(
            "large-entries-zeroed", "You set large entries to zero. They are what the gradient says loudest; shorten "
            "everything by one factor instead.", wrong.large_entries_zeroed),
        Misconception(
            "in-place", "You write into the caller's arrays. Return new ones under the same names.", wrong.in_place),
        Misconception(
            "sum-of-norms", "You add up the lengths of the arrays. Lengths of perpendicular pieces don't add up; "
            "their squares do.", wrong.sum_of_norms),
        Misconception(
            "norm-after", "The norm you return is the one after clipping. The one before is worth knowing: it shows "
            "when gradients explode.", wrong.norm_after_clipping),
        Misconception(
            "length-one", "What is too long comes out with length 1 instead of `max_norm`.",
                          wrong.divided_by_norm_only),
    ),
    (variants.clip_by_global_norm_flat, variants.clip_by_global_norm_early_return),
    patterns=(
        Pattern("The norm is right, and gradients that are short enough stay as they are: look at the factor for those "
                "that are too long.", ("clipped",), ("norm", "clipped @ short enough")),
        Pattern("Gradients that are short enough should stay as they are.", ("clipped @ short enough",)),
        Pattern("Begin with the norm: the root of the sum of all squares, over all arrays.", ("norm",)),
    ),
    equivalent=(
        (
            "ax_norm / norm if norm > max_norm else 1.0 → ax_norm / norm if norm >= max_norm else 1.0",
            "at norm = max_norm the scale is 1 either way",
        ),
    ),
)  # fmt: skip


EXERCISES = [
    RELATIVE_ERROR, NUMERICAL_GRADIENT, RNN_BACKWARD, TRUNCATED_BPTT, STATE_JACOBIANS, GRADIENT_NORMS,
    SCALE, ORTHOGONAL, CLIP, *quizzes.QUIZZES,
]  # fmt: skip
