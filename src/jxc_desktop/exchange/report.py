"""What an import did, for the command line, the window and scripts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.value import value

from .faults import Fault, Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.kernel.text import Text

LISTED_PROBLEMS = 1_000
"""How many problems the JSON form lists; they are counted all."""


@value
class ImportReport:
    """Counts of one import.

    `read` and `skipped` count rows of the file, `created` and `updated` documents or cards, `duplicates` documents
    that the book has already, `linked` and `unlinked` pieces of returned lines; amounts are sums of line amounts with
    the sign of the file. `note_count` may exceed `notes`, which are listed only where they are few; `more_faults` are
    counted by kind but not listed. `is_done` is false where nothing was taken in because of faults.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    duplicates: int = 0
    linked: int = 0
    unlinked: int = 0
    amount_created: Money = ZERO
    amount_skipped: Money = ZERO
    note_count: int = 0
    faults: tuple[Fault, ...] = ()
    more_faults: tuple[tuple[str, int], ...] = ()
    is_done: bool = True
    notes: tuple[Note, ...] = ()
    milliseconds: int = 0

    @property
    def fault_counts(self) -> dict[str, int]:
        """How many faults of each kind there are, the commonest first."""
        counted = Counter(found.kind.value for found in self.faults)
        counted.update(dict(self.more_faults))
        return dict(counted.most_common())

    def as_json(self, words: Callable[[Text], str]) -> dict[str, object]:
        """The form that `--json` prints; `words` turns a text into a language."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "duplicates": self.duplicates,
            "linked": self.linked,
            "unlinked": self.unlinked,
            "amount_created": str(self.amount_created),
            "amount_skipped": str(self.amount_skipped),
            "notes": self.note_count,
            "problems": [_problem(found, words) for found in self.faults[:LISTED_PROBLEMS]],
            "problem_counts": self.fault_counts,
            "seconds": self.milliseconds / 1_000,
        }


def in_file_order(faults: tuple[Fault, ...], sheets: tuple[str, ...] = ()) -> tuple[Fault, ...]:
    """Faults by sheet, row and column, so that a user can work through them from top to bottom."""
    position = {name: number for number, name in enumerate(sheets)}
    return tuple(
        sorted(faults, key=lambda found: (position.get(found.place.sheet, 0), found.place.row, found.place.column))
    )


def _problem(found: Fault, words: Callable[[Text], str]) -> dict[str, object]:
    return {
        "sheet": found.place.sheet,
        "row": found.place.row,
        "column": found.place.heading,
        "value": found.value,
        "message": words(found.text),
    }
