"""The book of the model: verbs that change the list of documents, questions that compute everything from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.reference.figures import SMALL
from tests.reference.ledger import Ledger
from tests.reference.records import OPENING
from tests.reference.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tests.reference.records import Document, Line


class Refused(Exception):
    """The verb is not allowed: the documents or lines named stand in its way."""


class BookModel:
    """All documents of a book in entry order."""

    def __init__(
        self, taxpayer: str = SMALL, *, is_pool_per_warehouse: bool = False, method: str = "moving_average"
    ) -> None:
        self.method = method
        self.taxpayer = taxpayer
        self.is_pool_per_warehouse = is_pool_per_warehouse
        self.documents: dict[str, Document] = {}
        self._entered = 0

    def copy(self) -> BookModel:
        """Another book with the same documents."""
        other = BookModel(self.taxpayer, is_pool_per_warehouse=self.is_pool_per_warehouse, method=self.method)
        other.documents = dict(self.documents)
        other._entered = self._entered
        return other

    def take_over(self, other: BookModel) -> None:
        """Hold what another book holds."""
        self.documents = other.documents
        self._entered = other._entered

    def post(self, document: Document) -> None:
        """Enter a document as the latest of all."""
        self._refuse(self.backward_links(document))
        if not document.reverses:
            self._refuse(self.over_returned(document))
        self._entered += 1
        self.documents[document.id] = replace(document, order=self._entered, status="posted")

    def amend(self, document: Document) -> None:
        """Put new content in place of a document's; it keeps its place in the order of entries."""
        self._refuse(self.dependents(document.id))
        self._refuse([document.id] if document.reverses else [])
        old = self.documents[document.id]
        new = replace(document, order=old.order, status=old.status)
        self._refuse(self.backward_links(new))
        self.documents[document.id] = new

    def void(self, document_id: str) -> None:
        """Take away all effects of a document."""
        self._refuse(self.dependents(document_id))
        voided = replace(self.documents[document_id], status="voided")
        if voided.reverses:
            self._refuse(self.over_returned(self.documents[voided.reverses]))
        self.documents[document_id] = voided

    def reverse(self, document_id: str, new_id: str, on: date) -> None:
        """Enter the contrary of a document, dated at its day or later.

        A reversal can only be voided, an opening document amended or voided.
        """
        self._refuse(self.dependents(document_id))
        original = self.documents[document_id]
        self._refuse([document_id] if original.reverses or original.type in OPENING or on < original.date else [])
        self.post(replace(original, id=new_id, date=on, reverses=document_id, order=0))

    def dependents(self, document_id: str) -> list[str]:
        """The posted documents that take back, settle or reverse this one."""
        return [one.id for one in self.posted() if one.id != document_id and document_id in _targets(one)]

    def over_returned(self, document: Document) -> list[str]:
        """The documents of which it would take back more than is left."""
        wrong = []
        for line in document.lines:
            if line.source is not None and line.source[0] in self.documents:
                source = self.documents[line.source[0]]
                taken = next((one for one in source.lines if one.key == line.source[1]), None)
                if taken is None or abs(line.quantity) > self.returnable(source.id, taken):
                    wrong.append(source.id)
        return wrong

    def backward_links(self, document: Document) -> list[str]:
        """The documents this one builds on although they are not posted, or takes back although they stand later."""
        place = document.position if document.order else replace(document, order=self._entered + 1).position
        wrong = []
        taken_back = _taken_back(document)
        for target in sorted(_targets(document)):
            one = self.documents.get(target)
            if one is None or one.status != "posted" or (target in taken_back and one.position >= place):
                wrong.append(target)
        return wrong

    def returnable(self, document_id: str, line: Line) -> int:
        """How much of a line has not come back yet, or came back and was reversed; nothing of a reversed document."""
        reversed_ones = {one.reverses for one in self.posted()}
        if document_id in reversed_ones:
            return 0
        returned = sum(
            abs(back.quantity)
            for one in self.posted()
            for back in one.lines
            if back.source == (document_id, line.key) and one.id not in reversed_ones
        )
        return abs(line.quantity) - returned

    @staticmethod
    def _refuse(reasons: Iterable[str]) -> None:
        names = list(reasons)
        if names:
            raise Refused(*names)

    def posted(self) -> list[Document]:
        """The documents that have effects, in entry order."""
        return [one for one in self.documents.values() if one.status == "posted"]

    def stock(self) -> Stock:
        """All movements, pools and quantities, computed from nothing."""
        return Stock(
            self.posted(),
            taxpayer=self.taxpayer,
            is_pool_per_warehouse=self.is_pool_per_warehouse,
            method=self.method,
        )

    def kind_of(self, document_id: str) -> str:
        """The kind of the open item a payment would settle."""
        return self.ledger().kind_of(document_id)

    def ledger(self) -> Ledger:
        """Vouchers, open items and balances, computed from nothing."""
        return Ledger({one.id: one for one in self.posted()}, self.stock(), self.taxpayer)


def _targets(document: Document) -> set[str]:
    """The documents a document depends on."""
    return _taken_back(document) | {allocation.target for allocation in document.allocations}


def _taken_back(document: Document) -> set[str]:
    """The documents whose lines a document takes back."""
    if document.reverses:
        return {document.reverses}
    return {line.source[0] for line in document.lines if line.source is not None}
