"""Derivatives of a computation, found by remembering it: a node per array, walked back from the end.

This is how PyTorch and its like find gradients (reverse mode). In lesson 05 you do it yourself, by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np


class Node:
    """An array, and what it was made from.

    Parameters
    ----------
    value : array
    sources : tuple of (Node, callable)
        For each array this one was made from: what makes this one's gradient into that one's share.
    """

    def __init__(self, value: np.ndarray, *sources: tuple[Node, Callable[[np.ndarray], np.ndarray]]):
        self.value, self.sources = np.asarray(value, dtype=float), sources
        self.gradient = np.zeros_like(self.value)


def linear(inputs: Node, matrix: Node) -> Node:
    """Every row of `inputs` (n, D) times the matrix (H, D): (n, H)."""
    x, m = inputs.value, matrix.value
    return Node(x @ m.T, (inputs, lambda g: g @ m), (matrix, lambda g: g.T @ x))


def total(first: Node, second: Node) -> Node:
    """The sum of (n, H) and (n, H) or, for every row, (H,)."""
    rows = first.value.ndim - second.value.ndim
    return Node(first.value + second.value, (first, lambda g: g), (second, lambda g: g.sum(0) if rows else g))


def squashed(inputs: Node) -> Node:
    """tanh of every element."""
    value = np.tanh(inputs.value)
    return Node(value, (inputs, lambda g: g * (1 - value**2)))


def walk_back(ends: Iterable[tuple[Node, np.ndarray]]) -> None:
    """Add to every node behind `ends` its `gradient`, given the gradients at the ends."""
    order: dict[int, Node] = {}
    for node, gradient in ends:
        node.gradient = node.gradient + gradient
        _visit(node, order)
    for node in reversed(order.values()):
        for source, share in node.sources:
            source.gradient = source.gradient + share(node.gradient)


def _visit(node: Node, order: dict[int, Node]) -> None:
    """Enter the node into `order` behind everything that it was made from."""
    if id(node) not in order:
        for source, _ in node.sources:
            _visit(source, order)
        order[id(node)] = node
