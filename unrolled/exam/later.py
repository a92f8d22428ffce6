"""A sequence that is made when somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any


class Later(Sequence):
    """What is computed when it is first looked at: most answers are right, and nobody asks what wrong ones give."""

    def __init__(self, make: Callable[[], tuple]):
        self._make = make

    def __getitem__(self, place: Any) -> Any:
        return self._items[place]

    def __len__(self) -> int:
        return len(self._items)

    @cached_property
    def _items(self) -> tuple:
        return self._make()
