"""Wrong answers of lesson 05 that people really give. What is told to whoever gives them is in `exercises.py`."""

import numpy as np

from solutions.vanishing_gradients import reference as right

# relative_error


def no_floor(analytic, numeric):
    return float(np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric))))


def floor_added_everywhere(analytic, numeric):
    return float(np.max(np.abs(analytic - numeric) / (np.abs(analytic) + np.abs(numeric) + 1e-8)))


def signed(analytic, numeric):
    return float(np.max((analytic - numeric) / np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)))


def absolute(analytic, numeric):
    return float(np.max(np.abs(analytic - numeric)))


def averaged(analytic, numeric):
    return float(np.mean(np.abs(analytic - numeric) / np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)))


def size_of_the_sum(analytic, numeric):
    return float(np.max(np.abs(analytic - numeric) / np.maximum(np.abs(analytic + numeric), 1e-8)))


def only_one_size(analytic, numeric):
    return float(np.max(np.abs(analytic - numeric) / np.maximum(np.abs(numeric), 1e-8)))


def whole_lengths(analytic, numeric):
    lengths = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    return float(np.linalg.norm(analytic - numeric) / max(lengths, 1e-8))


def two_maxima(analytic, numeric):
    return float(np.max(np.abs(analytic - numeric)) / max(np.max(np.abs(analytic) + np.abs(numeric)), 1e-8))


# numerical_gradient


def downhill(f, x, eps=1e-5):
    return -right.numerical_gradient(f, x, eps)


def copies_not_renewed(f, x, eps=1e-5):
    gradient, up, down = np.zeros_like(x), x.copy(), x.copy()
    for place in np.ndindex(x.shape):
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient


def _moved(x, place, by):
    x = x.copy()
    x[place] += by
    return x


def one_sided(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        gradient[place] = (f(_moved(x, place, eps)) - f(x)) / eps
    return gradient


def eps_not_doubled(f, x, eps=1e-5):
    return 2 * right.numerical_gradient(f, x, eps)


def left_changed(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        gradient[place] = (above - f(x)) / (2 * eps)
    return gradient


def almost_put_back(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        gradient[place] = (above - f(x)) / (2 * eps)
        x[place] += eps
    return gradient


def all_at_once(f, x, eps=1e-5):
    return np.full_like(x, (f(x + eps) - f(x - eps)) / (2 * eps))


def one_number(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def row_by_row(f, x, eps=1e-5):
    gradient = np.zeros_like(x)
    for row in range(len(x)):
        gradient[row] = (f(_moved(x, row, eps)) - f(_moved(x, row, -eps))) / (2 * eps)
    return gradient


def times_eps(f, x, eps=1e-5):
    return right.numerical_gradient(f, x, eps) * eps**2


def eps_ignored(f, x, eps=1e-5):
    return right.numerical_gradient(f, x)


# state_jacobians


def jacobians_transposed(hs, h_0, u_h):
    return np.swapaxes(right.state_jacobians(hs, h_0, u_h), 1, 2)


def slope_on_the_wrong_side(hs, h_0, u_h):
    return u_h * (1 - hs**2)[:, None, :]


def jacobians_of_the_transpose(hs, h_0, u_h):
    return right.state_jacobians(hs, h_0, u_h.T)


def jacobians_entry_by_entry(hs, h_0, u_h):
    return np.array([np.diag(1 - h**2) * u_h for h in hs])


def jacobians_without_slope(hs, h_0, u_h):
    return np.tile(u_h, (len(hs), 1, 1))


def jacobians_at_the_state_before(hs, h_0, u_h):
    return right.state_jacobians(np.concatenate([h_0[None], hs[:-1]]), h_0, u_h)


def jacobians_tanh_twice(hs, h_0, u_h):
    return right.state_jacobians(np.tanh(hs), h_0, u_h)


def jacobians_slope_not_squared(hs, h_0, u_h):
    return (1 - hs)[:, :, None] * u_h


def jacobians_of_all_before(hs, h_0, u_h):
    products = [right.state_jacobians(hs, h_0, u_h)[0]]
    for jacobian in right.state_jacobians(hs, h_0, u_h)[1:]:
        products.append(jacobian @ products[-1])
    return np.array(products)


# gradient_norms


def _norms(jacobians, multiply=lambda product, jacobian: product @ jacobian, norm=lambda a: np.linalg.norm(a, 2)):
    product = np.eye(jacobians.shape[1])
    norms = [norm(product)]
    for jacobian in jacobians[:0:-1]:
        product = multiply(product, jacobian)
        norms.append(norm(product))
    return np.array(norms[::-1])


def product_reversed(jacobians):
    return _norms(jacobians, multiply=lambda product, jacobian: jacobian @ product)


def frobenius(jacobians):
    return _norms(jacobians, norm=np.linalg.norm)


def frobenius_but_for_the_last(jacobians):
    return np.append(frobenius(jacobians)[:-1], 1.0)


def own_step_for_the_next(jacobians):
    return _norms(np.concatenate([jacobians[:1], jacobians[:-1]]))


def not_turned_round(jacobians):
    return right.gradient_norms(jacobians)[::-1]


def spectral_radius_of_product(jacobians):
    return _norms(jacobians, norm=lambda a: np.abs(np.linalg.eigvals(a)).max())


def norms_multiplied(jacobians):
    return np.append(np.cumprod(np.linalg.norm(jacobians[:0:-1], 2, axis=(1, 2)))[::-1], 1.0)


def one_step_too_far(jacobians):
    return _norms(np.concatenate([jacobians[:1], jacobians]))[:-1]


def forward_from_the_start(jacobians):
    product, norms = np.eye(jacobians.shape[1]), []
    for jacobian in jacobians:
        product = jacobian @ product
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms)


def one_too_many(jacobians):
    return _norms(np.concatenate([jacobians[:1], jacobians]))


def norm_of_each(jacobians):
    return np.linalg.norm(jacobians, 2, axis=(1, 2))


# scale_to_spectral_radius


def by_spectral_norm(u_h, radius):
    return u_h * radius / np.linalg.norm(u_h, 2)


def by_frobenius_norm(u_h, radius):
    return u_h * radius / np.linalg.norm(u_h)


def by_symmetric_eigenvalues(u_h, radius):
    return u_h * radius / np.abs(np.linalg.eigvalsh(u_h)).max()


def by_largest_real_part(u_h, radius):
    return u_h * radius / np.linalg.eigvals(u_h).real.max()


def by_largest_eigenvalue(u_h, radius):
    return u_h * radius / np.linalg.eigvals(u_h).max()


def by_absolute_real_part(u_h, radius):
    return u_h * radius / np.abs(np.linalg.eigvals(u_h).real).max()


def not_divided(u_h, radius):
    return u_h * radius


def scaled_in_place(u_h, radius):
    u_h *= radius / np.abs(np.linalg.eigvals(u_h)).max()
    return u_h


def only_if_too_large(u_h, radius):
    return u_h * min(radius / np.abs(np.linalg.eigvals(u_h)).max(), 1.0)


def factor_upside_down(u_h, radius):
    return u_h * (np.abs(np.linalg.eigvals(u_h)).max() / np.float64(radius))


# orthogonal


def only_unit_columns(H, rng):
    a = rng.normal(size=(H, H))
    return a / np.linalg.norm(a, axis=0)


def signs_as_they_come(H, rng):
    return np.linalg.qr(rng.normal(size=(H, H)))[0]


def signs_on_rows(H, rng):
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.sign(np.diag(r))[:, None]


def signs_of_q(H, rng):
    q, _ = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.sign(np.diag(q))


def absolute_values(H, rng):
    return np.abs(np.linalg.qr(rng.normal(size=(H, H)))[0])


def scaled_by_the_diagonal(H, rng):
    q, r = np.linalg.qr(rng.normal(size=(H, H)))
    return q * np.diag(r)


def from_svd(H, rng):
    u, _, vt = np.linalg.svd(rng.normal(size=(H, H)))
    return u @ vt


def of_the_transpose(H, rng):
    q, r = np.linalg.qr(rng.normal(size=(H, H)).T)
    return (q * np.sign(np.diag(r))).T


def transposed(H, rng):
    return right.orthogonal(H, rng).T


def second_draw(H, rng):
    rng.normal(size=(H, H))
    return right.orthogonal(H, rng)


def own_generator(H, rng):
    return right.orthogonal(H, np.random.default_rng(0))


# clip_by_global_norm


def _global_norm(gradients):
    return float(np.sqrt(sum((g**2).sum() for g in gradients.values())))


def per_element(gradients, max_norm):
    return {name: np.clip(g, -max_norm, max_norm) for name, g in gradients.items()}, _global_norm(gradients)


def per_parameter(gradients, max_norm):
    clipped = {name: right.clip_by_global_norm({name: g}, max_norm)[0][name] for name, g in gradients.items()}
    return clipped, _global_norm(gradients)


def always_rescaled(gradients, max_norm):
    norm = _global_norm(gradients)
    return {name: g * max_norm / norm for name, g in gradients.items()}, norm


def squared_norm(gradients, max_norm):
    norm = _global_norm(gradients) ** 2
    return {name: g * min(1.0, max_norm / norm) for name, g in gradients.items()}, norm


def outliers_zeroed(gradients, max_norm):
    norm = _global_norm(gradients)
    return {name: g * (norm <= max_norm) for name, g in gradients.items()}, norm


def large_entries_zeroed(gradients, max_norm):
    return {name: np.where(np.abs(g) > max_norm, 0.0, g) for name, g in gradients.items()}, _global_norm(gradients)


def in_place(gradients, max_norm):
    norm = _global_norm(gradients)
    for g in gradients.values():
        g *= min(1.0, max_norm / max(norm, 1e-12))
    return gradients, norm


def sum_of_norms(gradients, max_norm):
    norm = float(sum(np.linalg.norm(g) for g in gradients.values()))
    return {name: g * min(1.0, max_norm / max(norm, 1e-12)) for name, g in gradients.items()}, norm


def norm_after_clipping(gradients, max_norm):
    clipped, norm = right.clip_by_global_norm(gradients, max_norm)
    return clipped, min(norm, max_norm)


def divided_by_norm_only(gradients, max_norm):
    norm = _global_norm(gradients)
    return {name: g / (norm if norm > max_norm else 1.0) for name, g in gradients.items()}, norm
