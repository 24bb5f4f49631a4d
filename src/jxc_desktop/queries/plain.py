"""Stored numbers as the texts of JSON documents: fen and 10⁻⁶ as decimal strings, days as ISO dates, ids as digits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.document import NO_DATE
from jxc_desktop.kernel.decimal_text import format_scaled
from jxc_desktop.kernel.rounding import MICRO

if TYPE_CHECKING:
    from collections.abc import Mapping


def day_text(day: int) -> str | None:
    """`2026-01-05` for 20260105; None for no day."""
    if not day:
        return None
    return f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def day_of(on: date) -> int:
    """20260105 for a date."""
    return on.year * 10_000 + on.month * 100 + on.day


def money_text(fen: int) -> str:
    """`12.50` for 1250 fen."""
    if fen < 0:
        return format_scaled(fen, 2, keep=2)
    return f"{fen // 100}.{fen % 100:02d}"


def micro_text(micro: int) -> str:
    """A quantity, price or rate: `1.5` for 1,500,000."""
    whole, rest = divmod(micro, MICRO)
    return format_scaled(micro, 6) if rest else str(whole)


def id_text(uuid: bytes | None) -> str:
    """The digits of an id; empty for none."""
    return "" if uuid is None else uuid.hex()


def plain_value(value: object) -> Any:
    """A field of a document or a row for JSON: kernel values as texts, yes/no, whole numbers and lists as they are."""
    if value is None or isinstance(value, (bool, int, str, list, dict)):
        return value
    if isinstance(value, date):
        return None if value == NO_DATE else value.isoformat()
    return str(value)


def plain_row(row: Any) -> dict[str, Any]:
    """A NamedTuple row for JSON; `key`, the local number of this file, is left out."""
    fields: Mapping[str, Any] = row._asdict()
    return {name: plain_value(value) for name, value in fields.items() if name != "key"}
