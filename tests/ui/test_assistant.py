"""Under the lines stands what one wants to know of the item: stock, this party's last prices, the last purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop.queries.item_facts import item_facts
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui


def test_the_assistant_tells_the_last_prices_and_the_stock(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot, "delivery_note")
    hands.type("C1")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "item"))
    hands.type("P1")
    hands.enter()
    hands.until(lambda: "文具厂" in hands.page.assistant.text())
    told = hands.page.assistant.text()
    assert "总仓 8" in told
    assert "1,234.50/个（2026-01-06）" in told
    assert "2.50/个（2026-01-05）" in told
    hands.page._clear()
    assert not hands.page.assistant.text()


def test_without_a_party_only_the_last_purchase_is_known(shop: Shop) -> None:
    pen = shop.find("item", "P1")
    assert pen is not None
    facts = shop.book.read(item_facts, item=pen.id, party="", price_of="sale")
    assert not facts.paid
    assert facts.bought is not None
    assert str(facts.bought.price) == "2.5"
    unused = shop.item("P2", "尺")
    assert shop.book.read(item_facts, item=unused, party="", price_of="").bought is None
