"""The days of a batch: when it was made, until when it keeps, and the number of one that has none."""

from __future__ import annotations

from datetime import date, timedelta


def expiry_of(production_date: str, shelf_life_days: int) -> str:
    """The day a batch expires: made on that day (ISO) and keeping so many days; empty where either is unknown."""
    if not production_date or not shelf_life_days:
        return ""
    return (date.fromisoformat(production_date) + timedelta(days=shelf_life_days)).isoformat()


def batch_of(production_date: str, expiry_date: str) -> str:
    """The number of a batch that is named by its days only: the day it was made (生产批次), else the day it expires.

    2026-01-05 gives 20260105; without either, nothing.
    """
    return (production_date or expiry_date).replace("-", "")


def is_expired(expiry_date: str, on: date) -> bool:
    """Whether goods that keep until that day (ISO, the day itself included) are past it."""
    return bool(expiry_date) and expiry_date < on.isoformat()


def days_left(expiry_date: str, on: date) -> int:
    """How many days goods still keep; below 0 where they are expired. Raises ValueError for no day."""
    return (date.fromisoformat(expiry_date) - on).days
