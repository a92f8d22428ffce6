"""Unrolled: what a lesson's notebook imports."""

from unrolled.bring import bring
from unrolled.check import check, ready

__all__ = ["bring", "check", "ready"]
