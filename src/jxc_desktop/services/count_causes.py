"""Why a count may differ from the books: a unit mixed up, two items taken for each other, goods sold before they came.

Guesses for a person to look at; nothing is decided by them.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from jxc_desktop.kernel.quantity import Quantity, Ratio
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PACKS = 20
"""More packs than this nobody mixes up by mistake."""

ALIKE = 0.75
"""How much of two codes or names must be the same, 1 is all of it."""

NEIGHBOURS = 12
"""With so many lines, next in the order of codes or names, a line is compared."""

CLOSE = 20
"""Two differences are the same where they are apart by no more than the larger one divided by this."""


@value
class Counted:
    """A line as the search for causes sees it: quantities are base units, `units` the larger ones."""

    code: str
    name: str
    unit: str
    units: tuple[tuple[str, Ratio], ...]
    counted: Quantity
    book: Quantity

    @property
    def difference(self) -> Quantity:
        """Counted less book."""
        return self.counted - self.book


def unit_causes(line: Counted) -> Iterator[Text]:
    """What a mixed-up unit would explain, the simplest first: at most one for each unit."""
    for unit, ratio in line.units:
        found = _of_unit(line, unit, ratio)
        if found is not None:
            yield found


def _of_unit(line: Counted, unit: str, ratio: Ratio) -> Text | None:
    if ratio.num <= ratio.den or not line.difference:
        return None
    words = {"unit": unit, "base": line.unit, "counted": line.counted, "book": line.book, "ratio": ratio}
    if line.counted and line.counted.micro * ratio.num == line.book.micro * ratio.den:
        return Text("count.cause.unit_as_base", words)
    if line.book and line.book.micro * ratio.num == line.counted.micro * ratio.den:
        return Text("count.cause.base_as_unit", words)
    return _packs(line, ratio, words)


def _packs(line: Counted, ratio: Ratio, words: dict[str, object]) -> Text | None:
    """Some packs counted as pieces or pieces as packs (each is off by a pack less one), or packs left out."""
    size, missing = abs(line.difference.micro) * ratio.den, line.difference.micro < 0
    mixed, rest = divmod(size, (ratio.num - ratio.den) * 10**6)
    if not rest and 0 < mixed <= MOST_PACKS and ratio.num > 2 * ratio.den:
        name = "count.cause.packs_as_pieces" if missing else "count.cause.pieces_as_packs"
        return Text(name, {**words, "packs": mixed, "difference": line.difference})
    packs, rest = divmod(size, ratio.num * 10**6)
    if not rest and 0 < packs <= MOST_PACKS:
        name = "count.cause.packs_missing" if missing else "count.cause.packs_too_many"
        return Text(name, {**words, "packs": packs, "difference": line.difference})
    return None


def swapped(lines: Sequence[Counted]) -> dict[int, list[int]]:
    """Place of a line → places of those that may have been taken for it: opposite difference, similar code or name.

    Looked for among all that differ, and once more among those that differ by just as much.
    """
    differing = [place for place, line in enumerate(lines) if line.difference]
    by_size: dict[int, list[int]] = {}
    for place in differing:
        by_size.setdefault(abs(lines[place].difference.micro), []).append(place)
    found: dict[int, list[int]] = {}
    for one, other in sorted({pair for group in (differing, *by_size.values()) for pair in _pairs(lines, group)}):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _pairs(lines: Sequence[Counted], group: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of opposite differences that look alike; neighbours by code and by name only."""
    for key in ("code", "name"):
        ordered = sorted(group, key=lambda place: (getattr(lines[place], key), place))
        for index, place in enumerate(ordered):
            for other in ordered[index + 1 : index + 1 + NEIGHBOURS]:
                if _opposite(lines[place], lines[other]) and alike(lines[place], lines[other]):
                    yield min(place, other), max(place, other)


def _opposite(one: Counted, other: Counted) -> bool:
    """One is as much too many as the other is too few, give or take a twentieth."""
    first, second = one.difference.micro, other.difference.micro
    return (first < 0) != (second < 0) and abs(first + second) * CLOSE <= max(abs(first), abs(second))


def alike(one: Counted, other: Counted) -> bool:
    """Whether a code or a name may be read for the other."""
    return _similar(one.code, other.code) or _similar(one.name, other.name)


def _similar(one: str, other: str) -> bool:
    """One sign exchanged, left out or swapped with the next, or as a whole much the same."""
    if not one or not other:
        return False
    if one == other or sorted(one) == sorted(other):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
