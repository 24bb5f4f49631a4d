"""A gift box of pens and paper: what the scenarios of assembly and disassembly begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import HasProblems
from tests.builders import assembly, disassembly, line, opening_stock

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id
    from tests.scenarios.business import Business


def stocked(shop: Business) -> Business:
    """200 pens at 2.00, 40 packs of paper at 20.00, and a gift box that is made of them."""
    shop.shop.post(opening_stock([line(shop.pen, "200", unit_cost="2"), line(shop.paper, "40", unit_cost="20")]))
    box(shop)
    return shop


def box(shop: Business) -> Id:
    """The gift box."""
    return shop.shop.item("L1", "开学礼盒", base_unit="盒")


def parts(shop: Business, boxes: int = 10, **more: Any) -> list[ItemLine]:
    """Four pens and a pack of paper a box: 28.00."""
    return [line(shop.pen, str(4 * boxes), **more), line(shop.paper, str(boxes), **more)]


def assembled(shop: Business, boxes: int = 10, day: int = 8, **head: Any) -> Document:
    """Boxes are made."""
    return assembly(day, line(box(shop), str(boxes)), parts(shop, boxes), **head)


def taken_apart(shop: Business, boxes: int = 10, day: int = 9, **head: Any) -> Document:
    """Boxes are taken apart."""
    return disassembly(day, line(box(shop), str(boxes)), parts(shop, boxes), **head)


def refusal(shop: Business, draft: Document) -> dict[tuple[Any, ...], str]:
    """What is wrong with a document that is refused: place inside it → text."""
    with pytest.raises(HasProblems) as refused:
        shop.shop.post(draft)
    return {problem.place[2:]: problem.text.id for problem in refused.value.problems}
