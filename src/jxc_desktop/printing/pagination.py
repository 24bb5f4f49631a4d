"""Which lines stand on which page: pure arithmetic on heights."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPANY = 2
"""So many lines at least keep the totals company on the last page: one alone looks like a mistake."""
_TOLERANCE = 0.01


class Room(NamedTuple):
    """Heights in points: what a page has for its lines, and what takes from it.

    `foot` is below the last line, `subtotal` below the lines of every page but the last, `carried` above those of every
    page but the first.
    """

    page: float
    foot: float
    subtotal: float = 0.0
    carried: float = 0.0


def paginated(heights: Sequence[float], room: Room) -> list[range]:
    """The lines of each page, in order; one page at least, and every line once."""
    pages: list[range] = []
    first, count = 0, len(heights)
    while True:
        free = room.page - (room.carried if pages else 0.0)
        if sum(heights[first:]) + room.foot <= free + _TOLERANCE or count - first <= 1:
            pages.append(range(first, count))
            return pages
        end = _filled(heights, first, free - room.subtotal)
        end = max(min(end, count - COMPANY), first + 1)
        pages.append(range(first, end))
        first = end


def _filled(heights: Sequence[float], first: int, free: float) -> int:
    """The line after the last one that still fits."""
    end, used = first, 0.0
    while end < len(heights) and used + heights[end] <= free + _TOLERANCE:
        used += heights[end]
        end += 1
    return end
