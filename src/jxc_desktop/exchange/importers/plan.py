"""What an import wants to do to a book, and what it has to say about the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from jxc_desktop.exchange.faults import CellPlace, Fault, Note, NoteKind
from jxc_desktop.kernel.money import ZERO, Money

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.problems import Place
    from jxc_desktop.services.masters import CardChange

Locate = Callable[["Place"], CellPlace]
"""The place of a problem in the use case's words → the cell of the file."""


class Plan:
    """Cards and drafts, counts, faults and notes.

    `drafts` makes the documents anew each time it is called; `leave_out` drops what is at the places of problems.
    `created_cards` counts the cards of the kind imported, `new_cards` all that are made on the way.
    """

    def __init__(self) -> None:
        self.source = ""
        self.read = 0
        self.skipped = 0
        self.duplicates = 0
        self.linked = 0
        self.unlinked = 0
        self.created_cards = 0
        self.new_cards = 0
        self.counts_cards = False
        self.amount = ZERO
        self.amount_skipped = ZERO
        self.faults: list[Fault] = []
        self.more_faults: Counter[str] = Counter()
        self.notes: list[Note] = []
        self.note_counts: Counter[NoteKind] = Counter()
        self.cards: list[CardChange] = []
        self.draft_count = 0
        self.drafts: Callable[[], Iterable[Document]] = tuple
        self.locate_card: Locate = _nowhere
        self.locate_draft: Locate = _nowhere
        self.leave_out: Callable[[Sequence[Place]], None] = _cannot

    @property
    def created(self) -> int:
        """Documents, or for a kind that makes cards only, cards."""
        return self.created_cards if self.counts_cards else self.draft_count

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the book would change."""
        return not self.cards and not self.draft_count

    @property
    def note_count(self) -> int:
        """How many untidy values were read."""
        return len(self.notes) + self.note_counts.total()

    def skip(self, rows: int, amount: Money = ZERO) -> None:
        """Rows of the file that are not taken in."""
        self.skipped += rows
        self.amount_skipped += amount


def _nowhere(_place: Place) -> CellPlace:
    return CellPlace("", 0)


def _cannot(_places: Sequence[Place]) -> None:
    raise NotImplementedError
