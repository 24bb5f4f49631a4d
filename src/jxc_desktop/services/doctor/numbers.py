"""Checks of numbers: none is left out, none is given twice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from jxc_desktop.db.codec import decode_document
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.text import Text

from .examined import opening_types
from .finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .examined import Examined

_SERIES = "rtrim(number, '0123456789')"
_COUNT = "CAST(substr(number, length(rtrim(number, '0123456789')) + 1) AS INTEGER)"


def numbers_gapless(examined: Examined) -> Iterator[Finding]:
    """In each stream every series of document numbers counts 1, 2, 3 … and the next number is a new one.

    Where a second posting of the same document lost, its number is legally gone.
    """
    level = Level.RED if examined.is_alone else Level.YELLOW
    chosen = f" AND {_SERIES} IN (SELECT {_SERIES} FROM {examined.table('document')})" if examined.quick else ""  # noqa: S608
    for stream, series in examined.some(
        f"SELECT stream, series FROM (SELECT stream, {_SERIES} AS series, {_COUNT} AS count FROM document"  # noqa: S608
        f" WHERE status <> 'missing'{chosen}) GROUP BY stream, series"
        " HAVING min(count) <> 1 OR max(count) <> count(*) OR count(DISTINCT count) <> count(*)"
    ):
        numbers = [
            row[0]
            for row in examined.session.rows(
                f"SELECT {_COUNT} FROM document WHERE stream = ? AND {_SERIES} = ? AND status <> 'missing' ORDER BY 1",  # noqa: S608
                (stream, series),
            )
        ]
        yield Finding(Text("doctor.number_gap", {"series": series, **_places(numbers)}), level)
    for series, last, used in examined.some(
        "SELECT s.key, s.last, u.used FROM series s JOIN"  # noqa: S608 — own text
        f" (SELECT {_SERIES} AS series, max({_COUNT}) AS used FROM document WHERE number <> ''{chosen} GROUP BY 1) u"
        " ON u.series = s.key WHERE s.last < u.used"
    ):
        yield Finding(Text("doctor.series_behind", {"series": series, "last": str(last), "used": str(used)}))


def _places(numbers: Sequence[int]) -> dict[str, object]:
    """The first numbers that are missing and those that are there twice, in words."""
    known = set(numbers)
    missing = [str(each) for each in range(1, max(known, default=0) + 1) if each not in known][:3]
    twice = sorted({str(first) for first, second in pairwise(numbers) if first == second})[:3]
    return {"missing": missing or "–", "twice": twice or "–"}


def voucher_numbers_gapless(examined: Examined) -> Iterator[Finding]:
    """In each period every word counts its vouchers 1, 2, 3 and on; openings are one series whatever their date.

    A voucher that an amendment moved to another month leaves a gap that 整理断号 closes: yellow.
    """
    period = f"CASE WHEN d.type IN ({opening_types()}) THEN 0 ELSE d.date / 100 END"
    for month, word in examined.some(
        f"SELECT {period}, v.word FROM voucher v JOIN document d ON d.id = v.document WHERE v.number > 0"  # noqa: S608
        " GROUP BY 1, 2 HAVING min(v.number) <> 1 OR max(v.number) <> count(*)"
        " OR count(DISTINCT v.number) <> count(*)"
    ):
        numbers = [
            row[0]
            for row in examined.session.rows(
                "SELECT v.number FROM voucher v JOIN document d ON d.id = v.document"  # noqa: S608 — own text
                f" WHERE {period} = ? AND v.word = ? AND v.number > 0 ORDER BY 1",
                (month, word),
            )
        ]
        known = set(numbers)
        gone = set(range(1, max(known) + 1)) - known - _moved_away(examined, month, word)
        is_red = examined.is_alone and (gone or len(known) < len(numbers))
        params = {"series": f"{month} {word}" if month else word, **_places(numbers)}
        yield Finding(Text("doctor.voucher_gap", params), Level.RED if is_red else Level.YELLOW)


def _moved_away(examined: Examined, month: int, word: str) -> set[int]:
    """The voucher numbers of a series that amended documents once had."""
    numbers = set()
    for (uuid,) in examined.session.rows("SELECT uuid FROM document WHERE revision > 0"):
        for record in examined.log.read("WHERE subject = ? AND kind IN ('document.post', 'document.amend')", (uuid,)):
            document = decode_document(record.body)
            is_opening = document_type(document.type).is_opening
            if (0 if is_opening else document.period, document.voucher_word) == (month, word):
                numbers.add(document.voucher_number)
    return numbers
