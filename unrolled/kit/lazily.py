"""A lesson's package gives what its notebook imports, from whichever module it is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def giving(names: Mapping[str, str]) -> tuple[Callable[[str], Any], list[str]]:
    """A package's `__getattr__` and `__all__`: what judges an exercise needs no pictures, so nothing is loaded before
    it is asked for.

    Parameters
    ----------
    names : dict
        By module, the names it gives, with spaces between; a module may give itself.
    """
    homes = {name: module for module, given in names.items() for name in given.split()}

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"this lesson's package has no {name!r}")
        module = import_module(homes[name])
        return getattr(module, name, module)

    return get, sorted(homes)
