"""What must hold between the cells of a row and between the rows of a sheet: one function per rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, line_amount

from .cells import folded
from .faults import Fault, FaultKind, Note, NoteKind, fault

if TYPE_CHECKING:
    from collections.abc import Container

    from .records import Record, Sheet

Finding = Fault | Note
Check = Callable[["Sheet", "Container[str]"], Iterator[Finding]]
"""A rule: a sheet and the folded codes the book already has → what is wrong or worth a note."""


def check(sheet: Sheet, kind: str, known: Container[str] = frozenset()) -> list[Finding]:
    """Every finding of every rule of a kind."""
    return [found for rule in CHECKS[kind, sheet.layout.shape] for found in rule(sheet, known)]


def missing_code(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """Where there is a column of codes, every row has one."""
    if "code" in sheet.layout.columns:
        for record in sheet.records:
            if not record.text("code") and "code" not in record.faulty:
                yield fault(sheet.place(record.row, "code"), FaultKind.MISSING_CODE)


def missing_item_name(sheet: Sheet, known: Container[str]) -> Iterator[Finding]:
    """An item that the book does not have yet needs a name."""
    if "name" in sheet.layout.columns:
        for record in sheet.records:
            code = record.text("code")
            if not record.text("name") and "name" not in record.faulty and (not code or folded(code) not in known):
                yield fault(sheet.place(record.row, "name"), FaultKind.MISSING_NAME)


def missing_party_name(sheet: Sheet, known: Container[str]) -> Iterator[Finding]:
    """A party needs a name, unless the book knows its code."""
    for record in sheet.records:
        code = record.text("code")
        if not record.text("name") and "name" not in record.faulty and (not code or folded(code) not in known):
            yield fault(sheet.place(record.row, "name"), FaultKind.MISSING_NAME)


def duplicate_code(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """A code stands once; the later row is at fault and the text names the earlier one."""
    seen: dict[str, int] = {}
    for record in sheet.records:
        code = record.text("code")
        if code:
            first = seen.setdefault(_stock_key(record, code), record.row)
            if first != record.row:
                yield fault(sheet.place(record.row, "code"), FaultKind.DUPLICATE_CODE, code, first=first)


def duplicate_barcode(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """A barcode belongs to one item."""
    seen: dict[str, tuple[int, str]] = {}
    for record in sheet.records:
        barcode = record.text("barcode")
        if barcode and "barcode" not in record.faulty:
            code = folded(record.text("code"))
            first, owner = seen.setdefault(barcode, (record.row, code))
            if first != record.row and not (code and code == owner):
                yield fault(sheet.place(record.row, "barcode"), FaultKind.DUPLICATE_BARCODE, barcode, first=first)


def duplicate_name(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """Without codes, a party stands once by its name."""
    if "code" in sheet.layout.columns:
        return
    seen: dict[str, int] = {}
    for record in sheet.records:
        name = record.text("name")
        first = seen.setdefault(folded(name), record.row)
        if name and first != record.row:
            yield fault(sheet.place(record.row, "name"), FaultKind.DUPLICATE_NAME, name, first=first)


def amount_mismatch(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """An amount is quantity × cost, give or take a fen, where all three are written and readable."""
    for record in sheet.records:
        quantity, cost, amount = record.quantity("quantity"), record.price("cost"), record.money("amount")
        if record.faulty & {"quantity", "cost", "amount"} or quantity is None or cost is None or amount is None:
            continue
        expected = line_amount(quantity, cost)
        off = abs(amount - expected)
        if off > Money(1):
            where = sheet.place(record.row, "amount")
            yield fault(where, FaultKind.AMOUNT_MISMATCH, record.written["amount"], expected=expected)
        elif off:
            kind = NoteKind.AMOUNT_WITHIN_ONE_FEN
            yield Note(sheet.place(record.row, "amount"), kind, record.written["amount"])


def missing_value(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """Stock has a quantity where it has an amount, and a cost or an amount where it has a quantity."""
    has_value_column = bool({"cost", "amount"} & sheet.layout.columns.keys())
    for record in sheet.records:
        if record.faulty & {"quantity", "cost", "amount"}:
            continue
        quantity, amount = record.quantity("quantity"), record.money("amount")
        if amount and quantity is None:
            yield fault(sheet.place(record.row, "quantity"), FaultKind.MISSING_QUANTITY)
        elif quantity and has_value_column and amount is None and record.price("cost") is None:
            field = "cost" if "cost" in sheet.layout.columns else "amount"
            yield fault(sheet.place(record.row, field), FaultKind.MISSING_COST)


def total_mismatch(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """A row of totals is the sum of the readable cells above it; a part's total, of those since the last total."""
    part_from = 0
    for total in sheet.totals:
        records = sheet.records[part_from if total.is_part else 0 : total.after]
        for field, written in total.amounts.items():
            expected = _sum(records, field, written)
            if expected is not None and expected != written:
                where = sheet.place(total.row, field)
                yield fault(where, FaultKind.TOTAL_MISMATCH, written, expected=expected, label=total.label)
        part_from = total.after


def both_sides(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """An account opens in debit or in credit."""
    for record in sheet.records:
        if record.money("debit") and record.money("credit"):
            yield fault(sheet.place(record.row, "credit"), FaultKind.BOTH_SIDES, record.written["credit"])


def missing_account(sheet: Sheet, _known: Container[str]) -> Iterator[Finding]:
    """A balance belongs to an account."""
    for record in sheet.records:
        if not record.text("account_code") and not record.text("account_name"):
            field = "account_code" if "account_code" in sheet.layout.columns else "account_name"
            yield fault(sheet.place(record.row, field), FaultKind.MISSING_ACCOUNT)


def _stock_key(record: Record, code: str) -> str:
    """A code may stand again for another warehouse or batch."""
    return "\0".join((folded(code), folded(record.text("warehouse")), folded(record.text("batch"))))


def _sum(records: tuple[Record, ...], field: str, written: object) -> Money | Quantity | None:
    if isinstance(written, Money):
        return Money(sum(amount.fen for record in records if (amount := record.money(field))))
    if isinstance(written, Quantity):
        return Quantity(sum(quantity.micro for record in records if (quantity := record.quantity(field))))
    return None


CHECKS: Mapping[tuple[str, str], tuple[Check, ...]] = {
    ("items", ""): (missing_code, missing_item_name, duplicate_code, duplicate_barcode),
    ("opening-stock", ""): (
        missing_code,
        missing_item_name,
        duplicate_code,
        duplicate_barcode,
        amount_mismatch,
        missing_value,
        total_mismatch,
    ),
    ("parties", ""): (missing_party_name, duplicate_code, duplicate_name),
    ("opening-balances", "parties"): (missing_party_name, total_mismatch),
    ("opening-balances", "accounts"): (missing_account, both_sides),
}
"""By kind of import and shape of its layout, in the order in which findings are listed."""
