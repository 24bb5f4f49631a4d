"""What buying and selling share: movements, the entries of a purchase and of a sale, and the open item that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.accounting.posting_rule import Side
from jxc_desktop.domain.documents.check import Checks, LineChecks
from jxc_desktop.domain.documents.effects import Entry, Movement, OpenItem, OpenItemKind, ValuePosting
from jxc_desktop.domain.documents.line import NO_ID, Accounts
from jxc_desktop.kernel.money import Money, total

from . import checks
from .posting import RETURN_VARIANCE_ORDER, NamedAmount, entries, tender_amounts
from .stock import movement, moves_stock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import ItemLine
    from jxc_desktop.kernel.ids import Id

    from .spec import Rules

PURCHASE_RULES = ("payment_ap", "purchase_write_off")
SALE_RULES = ("retail_sale",)

PURCHASE_ROLES = ("payable", "input_vat", "write_off")
SALE_ROLES = ("receivable", "output_vat", "write_off")
TRADE_CHECKS = Checks(
    head=(
        checks.has_item_lines,
        checks.has_party,
        checks.header_discount_fits,
        checks.tenders_within_due,
        checks.write_off_within_total,
    ),
    lines=LineChecks((checks.quantity_positive, checks.warehouse_named, checks.price_not_negative)),
    tracking=(checks.tracking_adds_up,),
)
"""What may be wrong with a document that buys or sells for a party."""

STOCK_ORDER, MONEY_ORDER, WRITE_OFF_ORDER = 10, 40, 50


def open_items(document: Document, kind: OpenItemKind, *, sign: int = 1) -> tuple[OpenItem, ...]:
    """The total less write-off and tenders as an open item; none where nothing is left. `sign` is -1 on a return."""
    left = document.due - document.tendered
    if not left:
        return ()
    return (OpenItem(kind, document.party, left if sign > 0 else -left, document.due_date),)


def is_input_deductible(document: Document) -> bool:
    """Input tax is deductible for a general taxpayer with a special invoice. Source: 增值税法."""
    return document.taxpayer == "general" and document.invoice_kind == "special"


def worth(document: Document, line: ItemLine) -> Money:
    """What a bought line is worth to the stock: without tax where the input tax is or will be deductible, else with it.

    An estimate of a general taxpayer is without tax: the invoice that is to come is taken for a special one.
    """
    is_net = is_input_deductible(document) or (document.is_estimated and document.taxpayer == "general")
    return line.net if is_net else line.gross


def purchase_movements(document: Document, *, direction: int) -> tuple[Movement, ...]:
    """Goods in (1) at what they cost, or back to the supplier (-1)."""
    posting = ValuePosting.RECEIVE if direction > 0 and not document.reverses else ValuePosting.RETURN_OUT
    return tuple(
        movement(
            document,
            line,
            direction,
            posting,
            counter=line.accounts.get("return_variance"),
            value=worth(document, line) if direction > 0 else None,
        )
        for line in document.lines
        if moves_stock(line)
    )


def purchase_entries(document: Document, rules: Rules, name: str, *, sign: int) -> tuple[Entry, ...]:
    """What the movements do not post: services, input tax, payable, money, write-off. `sign` is -1 on a return.

    The rule `name` is red where the sign is -1; money and write-off have no red rule and take the sign themselves.
    """
    suffix = "invoiced" if is_input_deductible(document) or document.taxpayer != "general" else "undeductible"
    rule = f"{name}_{suffix}" if sign > 0 else (name if suffix == "invoiced" else f"{name}_{suffix}")
    stocked = [line for line in document.lines if moves_stock(line)]
    other = [line for line in document.lines if not moves_stock(line)]
    made = entries(document, rules, rule, line_amounts(stocked), order=STOCK_ORDER, skip="stock")
    made += entries(document, rules, rule, line_amounts(other), order=STOCK_ORDER)
    if sign < 0:
        made += [variance_base(line, worth(document, line), sign) for line in stocked]
    made += taken_back_base(document) if sign > 0 else []
    made += entries(document, rules, "payment_ap", tender_amounts(document.money, "amt", sign=sign), order=MONEY_ORDER)
    return tuple(made + write_off_entries(document, rules, sign))


def write_off_entries(document: Document, rules: Rules, sign: int) -> list[Entry]:
    """What the supplier lets off of a purchase; `sign` is -1 on a return."""
    off = NamedAmount("off", document.write_off if sign > 0 else -document.write_off)
    return entries(document, rules, "purchase_write_off", [off], order=WRITE_OFF_ORDER)


def line_amounts(lines: Iterable[ItemLine]) -> list[NamedAmount]:
    """Net, tax and gross summed over the lines that share their accounts."""
    sums: dict[int, tuple[Accounts, list[int]]] = {}
    for line in lines:
        accounts = line.accounts
        found = sums.get(id(accounts))
        if found is None:
            found = sums[id(accounts)] = (accounts, [0, 0, 0])
        parts = found[1]
        parts[0] += line.net.fen
        parts[1] += line.tax.fen
        parts[2] += line.gross.fen
    return [
        NamedAmount(name, Money(fen), accounts)
        for accounts, parts in sums.values()
        for name, fen in zip(("net", "tax", "gross"), parts, strict=True)
    ]


def taken_back_base(document: Document) -> list[Entry]:
    """Of a receipt that is taken back: what each line takes off the payable; nothing for any other."""
    if not document.reverses:
        return []
    return [variance_base(line, worth(document, line), 1) for line in document.lines if moves_stock(line)]


def variance_base(line: ItemLine, amount: Money, sign: int) -> Entry:
    """What a line that leaves stock again takes off the payable; its movement posts against it what really left."""
    return Entry(
        RETURN_VARIANCE_ORDER,
        Side.DEBIT,
        line.accounts.get("return_variance"),
        amount if sign > 0 else -amount,
    )


def sale_movements(document: Document, *, direction: int) -> tuple[Movement, ...]:
    """Goods out (-1) at the pool's cost, or back (1) at the cost they left with."""
    issue = ValuePosting.ISSUE
    return tuple(
        [
            movement(document, line, direction, issue, counter=cost_account(line))
            for line in document.lines
            if moves_stock(line)
        ]
    )


def cost_account(line: ItemLine) -> Id:
    """Where the cost of a sold line goes: the account of gifts for a gift where the book says so."""
    accounts = line.accounts
    gift = accounts.get("gift") if line.is_gift else NO_ID
    return gift or accounts.get("cost_of_sales")


def sale_entries(document: Document, rules: Rules, name: str, *, sign: int) -> tuple[Entry, ...]:
    """Receivable and money, revenue, output tax. `sign` is -1 on a return, whose own rule is red.

    As soon as something is paid or written off at once the entry is that of a retail sale, with the rest owed.
    """
    lines = [each for each in line_amounts(document.lines) if each.name != "gross"]
    if not document.money and not document.write_off and name != "retail_sale":
        gross = NamedAmount("gross", total(line.gross for line in document.lines))
        return tuple(entries(document, rules, name, [gross, *lines], order=STOCK_ORDER))
    paid = tender_amounts(document.money, "paid")
    rest = [
        NamedAmount("off", document.write_off),
        NamedAmount("due", document.due - document.tendered),
    ]
    given = [*paid, *rest, *lines]
    if sign < 0:
        given = [NamedAmount(each.name, -each.amount, each.accounts, each.money_account) for each in given]
    return tuple(entries(document, rules, "retail_sale", given, order=STOCK_ORDER))
