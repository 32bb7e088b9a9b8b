"""The time of day, for the log of decisions; never for what a run computes."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """ISO 8601 with zone, to the microsecond."""
    return datetime.now(UTC).isoformat()
