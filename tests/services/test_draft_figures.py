"""What a draft shows while it is entered is what posting writes: the same keys, quantities, amounts and totals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.documents.line import NO_ID, ItemKind
from jxc_desktop.kernel.quantity import SAME_UNIT, Ratio
from jxc_desktop.services.completion import complete
from tests.builders import Shop, open_shop
from tests.domain.documents.draft_play import edited, new_document

if TYPE_CHECKING:
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.kernel.problems import Problem
    from jxc_desktop.services.work import Work

UNITS = {Ratio(12): "盒", Ratio(1, 3): "粒"}


class Desk:
    """A book with a few cards, and what services make of a draft in it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        units = [{"unit": unit, "num": ratio.num, "den": ratio.den} for ratio, unit in UNITS.items()]
        self.goods = shop.item("P1", "笔", units=units, tax_rate=130_000)
        self.service = shop.item("F1", "送货", kind="service", units=units, tax_rate=60_000)
        self.party = shop.card("party", "W1", "往来", is_customer=1, is_supplier=1)
        self.warehouse = shop.warehouse("02", "门店")
        self.account = shop.account("560206")

    def completed(self, draft: Document) -> tuple[Document, list[Problem]]:
        """The document that posting would write, and what would keep it from doing so."""
        found: list[tuple[Document, list[Problem]]] = []

        def look(work: Work) -> None:
            problems: list[Problem] = []
            found.append((complete(work, draft, problems), problems))

        look.right = "documents.post"  # type: ignore[attr-defined]
        self.shop.book.preview(look, lambda _session: None)
        return found[0]

    def resolved(self, document: Document) -> Document:
        """The document with references to the book's cards."""
        return replace(
            document,
            reverses=NO_ID,
            party=self._if(document.party, self.party),
            warehouse=self._if(document.warehouse, self.warehouse),
            lines=tuple(self._line(line) for line in document.lines),
            money=tuple(
                replace(line, account=self.account, money_account=self.shop.cash if line.kind != "expense" else NO_ID)
                for line in document.money
            ),
            allocations=tuple(replace(line, target_document=self.party) for line in document.allocations),
            entries=tuple(replace(line, account=self.account) for line in document.entries),
        )

    @staticmethod
    def _if(given: Id, known: Id) -> Id:
        return known if given else NO_ID

    def _line(self, line: ItemLine) -> ItemLine:
        return replace(
            line,
            item=self.goods if line.item_kind == ItemKind.GOODS else self.service,
            unit="" if line.ratio == SAME_UNIT else UNITS[line.ratio],
            warehouse=self._if(line.warehouse, self.warehouse),
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(open_shop(tmp_path_factory.mktemp("desk"), taxpayer="general"))


def figures(document: Document) -> dict[str, Any]:
    """Everything that is worked out."""
    return {
        "total": (document.gross, document.net, document.tax, document.amount, document.last_key),
        "lines": [(line.key, line.base_quantity, line.gross, line.net, line.tax) for line in document.lines],
        "money": [(line.key, line.amount, line.net, line.tax) for line in document.money],
        "others": [line.key for shape in (document.allocations, document.tracking, document.entries) for line in shape],
    }


def rates_given(document: Document) -> Document:
    """The lines with a rate: that of the card is put in when an item is chosen."""
    rates = {ItemKind.GOODS: 130_000, ItemKind.SERVICE: 60_000}
    return replace(
        document,
        lines=tuple(
            replace(line, tax_rate=type(line.tax_rate)(rates[ItemKind(line.item_kind)]))
            if line.tax_rate.micro < 0
            else line
            for line in document.lines
        ),
    )


@given(st.data(), st.sampled_from(all_types()), st.integers(1, 10))
def test_the_figures_of_a_draft_are_those_of_the_posted_document(
    desk: Desk, data: st.DataObject, declared: DocumentType, edits: int
) -> None:
    draft = declared.draft(new_document(declared))
    for _ in range(edits):
        draft = edited(data, declared, draft)
    entered = desk.resolved(rates_given(draft.document()))
    draft = declared.draft(entered)
    made, problems = desk.completed(entered)
    assert figures(made) == figures(draft.document())
    own = [each for each in draft.problems if each.place[-1] == "typed_tax" or each.text.id == "quantity.inexact"]
    assert [each for each in own if each not in problems] == []
    unposted = replace(entered, lines=tuple(_bare(line) for line in entered.lines))
    assert figures(desk.completed(unposted)[0])["total"] == figures(declared.draft(unposted).document())["total"]


def _bare(line: ItemLine) -> ItemLine:
    """The line before it had a key."""
    return replace(line, key=0)
