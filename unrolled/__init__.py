"""Unrolled: what a lesson's notebook imports."""

from unrolled.desk.bring import bring
from unrolled.desk.check import check, ready

__all__ = ["bring", "check", "ready"]
