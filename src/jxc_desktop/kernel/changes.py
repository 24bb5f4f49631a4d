"""What a use case changed: the answer that tells open screens what to read again."""

from __future__ import annotations

from .ids import Id
from .value import value


@value
class Changes:
    """Topics (`documents`, `stock`, `ledger`, `masters`, `settings`, `periods`) and the ids concerned."""

    topics: frozenset[str] = frozenset()
    document_ids: tuple[Id, ...] = ()
    item_ids: tuple[Id, ...] = ()
    master_ids: tuple[Id, ...] = ()

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.topics | other.topics,
            self.document_ids + other.document_ids,
            tuple(dict.fromkeys(self.item_ids + other.item_ids)),
            self.master_ids + other.master_ids,
        )
