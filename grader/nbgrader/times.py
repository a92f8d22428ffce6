"""When something was handed in: times as learning platforms write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from nbgrader.utils import parse_utc

_BLACKBOARDS = re.compile(r"^(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)$")
_BRIGHTSPACES = re.compile(r"(\d{4},? )(\d{1,2})(\d\d)( ?[AaPp]\.?[Mm]\.?)?$")
_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$")


def readable(text: str) -> str:
    """A time as nbgrader's reader understands it.

    It would read a time zone into Blackboard's `2026-01-30-15-30-10`, and can't read Brightspace's `926 PM`.
    """
    return _BRIGHTSPACES.sub(r"\1\2:\3\4", _BLACKBOARDS.sub(r"\1 \2:\3:\4", text))


def read_time(written: str | datetime, zone: tzinfo = UTC) -> datetime | None:
    """A time in UTC, without a zone, as nbgrader keeps it; None if it can't be read.

    Parameters
    ----------
    written : str or datetime
    zone : tzinfo
        Where the clock is that shows a time without a zone of its own.
    """
    try:
        if isinstance(written, datetime):
            return _utc(written, zone)
        moment = parse_utc(readable(written))
        return moment if _ZONED.search(written) else _utc(moment, zone)
    except (ValueError, OverflowError, TypeError):
        return None


def _utc(moment: datetime, zone: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC).replace(tzinfo=None)
