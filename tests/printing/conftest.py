"""A shop whose documents are printed, and the texts of a PDF with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pytest

from jxc_desktop.queries.document import document_content
from jxc_desktop.services.book_settings import set_setting
from tests.builders import delivery, line, open_shop, receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from tests.builders import Shop


class Seen(NamedTuple):
    """The text of a page, its size, and the boxes (left, bottom, right, top) of its signs in points."""

    text: str
    width: float
    height: float
    boxes: list[tuple[float, float, float, float]]


def seen(pdf: bytes) -> list[Seen]:
    """What stands on each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        boxes = [text.get_charbox(place, loose=True) for place in range(text.count_chars())]
        signs = [text.get_text_range(place, 1) for place in range(text.count_chars())]
        kept = [box for box, sign in zip(boxes, signs, strict=True) if sign.strip()]
        width, height = page.get_size()
        found.append(Seen(text.get_text_range(), width, height, kept))
    document.close()
    return found


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """绿洲文具店 sells to 老王."""
    made = open_shop(tmp_path, name="绿洲文具店")
    made.book.do(set_setting, key="company_name", value="绿洲文具店")
    made.book.do(set_setting, key="company_phone", value="0571-88886666")
    return made


@pytest.fixture
def sale(shop: Shop) -> Callable[..., dict[str, Any]]:
    """The content of a delivery of so many lines."""
    pen = shop.item("P1", "晨光按动中性笔", spec="0.5mm 黑")
    shop.post(receipt(2, shop.supplier("S1"), [line(pen, "100000", "1")]))
    customer = shop.customer("C1", "老王超市", contact="王先生", address="滨江区江南大道 588 号")

    def post(count: int, *, item: Any = pen, **head: Any) -> dict[str, Any]:
        lines = [line(item, str(number), "2.5") for number in range(1, count + 1)]
        return shop.book.read(document_content, document_id=shop.post_one(delivery(6, customer, lines, **head)))

    return post
