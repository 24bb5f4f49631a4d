"""A line keeps its key through every correction, and no later line gets it: links and batches name lines by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db.changelog import Log
from jxc_desktop.db.codec import decode_document
from jxc_desktop.doctypes.registry import document_type
from tests.builders import delivery, document, line, receipt, tender
from tests.scenarios.business import Business, keyed, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.draft import Draft
    from jxc_desktop.kernel.ids import Id


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    business = open_business(tmp_path)
    business.shop.post_one(receipt(2, business.maker, [line(business.pen, "100", "2"), line(business.paper, "9", "8")]))
    return business


def posted(shop: Business, document_id: Id) -> Document:
    """The content of a document as it stands."""

    def read(session: Session) -> Document:
        record = session.value("SELECT record FROM document WHERE uuid = ?", (bytes.fromhex(document_id),))
        return decode_document(Log(session).body(record))

    return shop.shop.book.read(read)


def opened(shop: Business, document_id: Id) -> Draft:
    """The document opened for correction."""
    content = posted(shop, document_id)
    return document_type(content.type).draft(content)


def keys(shop: Business, document_id: Id) -> list[int]:
    """The line keys of a document as it stands."""
    rows = shop.shop.rows(
        "SELECT line FROM item_line l JOIN document d ON d.id = l.document WHERE d.uuid = ? ORDER BY line",
        bytes.fromhex(document_id),
    )
    return [key for (key,) in rows]


def test_a_line_added_after_one_was_removed_gets_a_key_of_its_own(shop: Business) -> None:
    sold = shop.shop.post_one(delivery(5, shop.school, [line(shop.pen, "3", "5"), line(shop.paper, "1", "20")]))
    assert keys(shop, sold) == [1, 2]
    first = keyed(1, line(shop.pen, "3", "5"))
    shop.shop.amend(sold, delivery(5, shop.school, [first]))
    assert posted(shop, sold).last_key == 2
    shop.shop.amend(sold, delivery(5, shop.school, [first, line(shop.paper, "2", "20")]))
    assert keys(shop, sold) == [1, 3]
    assert posted(shop, sold).last_key == 0
    shop.proves()


def test_the_key_of_a_removed_tender_is_not_given_to_a_line(shop: Business) -> None:
    lines = [keyed(1, line(shop.pen, "3", "5"))]
    sold = shop.shop.post_one(delivery(5, shop.school, lines, money=[tender(shop.cash, "5.00")]))
    shop.shop.amend(sold, delivery(5, shop.school, lines))
    shop.shop.amend(sold, delivery(5, shop.school, [keyed(1, line(shop.pen, "2", "5"))]))
    shop.shop.amend(sold, delivery(5, shop.school, [*lines, line(shop.pen, "1", "5")]))
    assert keys(shop, sold) == [1, 3]
    shop.proves()


def test_a_document_opened_as_a_draft_knows_the_keys_it_once_had(shop: Business) -> None:
    sold = shop.shop.post_one(delivery(5, shop.school, [line(shop.pen, "3", "5"), line(shop.paper, "1", "20")]))
    shop.shop.amend(sold, opened(shop, sold).without_line(2).document())
    draft = opened(shop, sold)
    assert draft.last_key == 2
    draft = draft.with_line(replace(draft.lines[1], key=0, quantity=draft.lines[1].quantity))
    shop.shop.amend(sold, draft.document())
    assert keys(shop, sold) == [1, 3]
    assert posted(shop, sold) == replace(
        draft.document(), summary=posted(shop, sold).summary, voucher_number=posted(shop, sold).voucher_number
    )
    shop.proves()


def test_lines_removed_before_posting_leave_their_keys_unused(shop: Business) -> None:
    draft = document_type("delivery_note").draft(document("delivery_note", 5, party=shop.school))
    draft = draft.with_line(line(shop.pen, "1", "5")).with_line(line(shop.paper, "1", "20"))
    sold = shop.shop.post_one(draft.without_line(2).document())
    shop.shop.amend(sold, opened(shop, sold).with_line(line(shop.paper, "1", "20")).document())
    assert keys(shop, sold) == [1, 3]
    shop.proves()
