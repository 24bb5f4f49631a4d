"""What a use case changed: the answer that tells open screens what to read again and the user what to look at."""

from __future__ import annotations

from .ids import Id
from .problems import Problem
from .value import value


@value
class Changes:
    """Topics (`documents`, `stock`, `ledger`, `masters`, `settings`, `periods`) and the ids concerned.

    `warnings`: what the use case did although it looks like a slip, with its place.
    """

    topics: frozenset[str] = frozenset()
    document_ids: tuple[Id, ...] = ()
    item_ids: tuple[Id, ...] = ()
    master_ids: tuple[Id, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.topics | other.topics,
            self.document_ids + other.document_ids,
            tuple(dict.fromkeys(self.item_ids + other.item_ids)),
            self.master_ids + other.master_ids,
            self.warnings + other.warnings,
        )
