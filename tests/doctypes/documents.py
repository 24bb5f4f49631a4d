"""A document of each type that lacks nothing, complete as services would make it, for tests to spoil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, Allocation, EntryLine, ItemKind, ItemLine, MoneyLine, Tracking
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import NO_RATE, NOTHING, Quantity, Rate, UnitPrice

if TYPE_CHECKING:
    from jxc_desktop.kernel.problems import Problem

DAY = date(2026, 1, 5)
PARTY, SHOP, BRANCH, PEN, PAPER, CASH = Id("party"), Id("shop"), Id("branch"), Id("pen"), Id("paper"), Id("cash")
REVERSED, RECEIVED = Id("reversed"), Id("received")

TRADES = ("goods_receipt", "purchase_return", "delivery_note", "sales_return", "retail_sale")
STOCK = ("opening_stock", "stock_count", "stock_adjustment", "stock_transfer")
KITS = ("assembly", "disassembly")
PAYMENTS = ("customer_payment", "supplier_payment")


def item_line(key: int = 1, *, item: Id = PEN, quantity: int = 2, price: str = "10", **more: Any) -> ItemLine:
    """Two pieces at 10 yuan, that cost 6 each."""
    given = {
        "item_code": str(item),
        "item_kind": ItemKind.GOODS,
        "quantity": Quantity(quantity * 10**6),
        "base_quantity": Quantity(quantity * 10**6),
        "tax_rate": NO_RATE,
        "warehouse": SHOP,
        "unit_cost": UnitPrice.parse("6"),
    }
    return ItemLine(key, item, price=UnitPrice.parse(price), **{**given, **more})


def money_line(key: int = 11, kind: str = "tender", fen: int = 2000) -> MoneyLine:
    """Twenty yuan from the cash box."""
    return MoneyLine(key, kind, CASH, account=CASH, amount=Money(fen))


def good(code: str, **changes: Any) -> Document:
    """A document of that type with which nothing is wrong, and what a test does to it."""
    head = Document(NO_ID, code, DAY, party=PARTY, warehouse=SHOP)
    if code in TRADES:
        made = replace(head, lines=(item_line(), item_line(2, item=PAPER)), money=(money_line(),), gross=Money(4000))
    elif code == "purchase_invoice":
        lines = (item_line(source_document=RECEIVED, source_line=1), item_line(2, item=PAPER, source_document=RECEIVED))
        made = replace(head, lines=lines, money=(money_line(),), gross=Money(4000))
    elif code in STOCK:
        made = replace(head, lines=(item_line(), item_line(2, item=PAPER)), reason="other_in", to_warehouse=BRANCH)
    elif code in KITS:
        half: dict[str, Any] = {"share": Rate(500_000)}
        made = replace(head, lines=(item_line(is_product=True), *(item_line(k, item=PAPER, **half) for k in (2, 3))))
        made = replace(made, money=(money_line(),) if code == "assembly" else ())
    elif code == "cost_adjustment":
        none: dict[str, Any] = {"quantity": NOTHING, "base_quantity": NOTHING, "unit_cost": None}
        lines = (item_line(), item_line(2, item=PAPER))
        made = replace(head, lines=tuple(replace(each, typed_amount=Money(500), **none) for each in lines))
    elif code in PAYMENTS:
        paid = Allocation(12, Id("sold"), 0, "receivable", "XS-1", Money(1500))
        made = replace(head, money=(money_line(kind="payment"),), allocations=(paid,))
    elif code == "expense":
        spent = (money_line(kind="expense"), money_line(12, "tender", 1500))
        made = replace(head, money=spent, gross=Money(2000))
    elif code == "landed_cost":
        fee = (money_line(kind="expense"), money_line(12, "tender", 1500))
        share = Allocation(13, Id("received"), 1, "cost", "CR-1", Money(2000))
        made = replace(head, money=fee, allocations=(share,), gross=Money(2000), reason="to_stock", spread_by="hand")
    elif code == "opening_item":
        made = replace(head, reason="payable", amount=Money(-300))
    else:
        debit, credit = EntryLine(1, PEN, "1001", debit=Money(5)), EntryLine(2, PAPER, "4001", credit=Money(5))
        made = replace(head, entries=(debit, credit))
    return replace(made, **changes)


def reversal(code: str) -> Document:
    """A reversing document of that type: quantities and amounts negated."""
    made = good(code)
    return replace(
        made,
        reverses=REVERSED,
        gross=-made.gross,
        lines=tuple(replace(each, base_quantity=-each.base_quantity, quantity=-each.quantity) for each in made.lines),
        money=tuple(replace(each, amount=-each.amount) for each in made.money),
        allocations=tuple(replace(each, amount=-each.amount) for each in made.allocations),
        entries=tuple(replace(each, debit=-each.debit, credit=-each.credit) for each in made.entries),
    )


def tracked(key: int, quantity: int) -> Tracking:
    """A batch of the line with that key."""
    return Tracking(20 + key, key, "A", base_quantity=Quantity(quantity * 10**6))


def places(problems: list[Problem]) -> dict[tuple[str | int, ...], str]:
    """Where something is wrong → what."""
    found = {problem.place: problem.text.id for problem in problems}
    assert len(found) == len(problems)
    return found


def wrong(document: Document) -> dict[tuple[str | int, ...], str]:
    """What its type finds wrong with a document, and the draft of it alike."""
    declared = document_type(document.type)
    found = declared.problems(document)
    assert declared.draft(document).problems == found
    return places(found)
