"""Unrolled: what a lesson's notebook imports."""

from unrolled.check import check, ready

__all__ = ["check", "ready"]
