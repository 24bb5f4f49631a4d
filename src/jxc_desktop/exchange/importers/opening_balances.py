"""Importing opening balances: what parties owe and are owed as open items, or the balances of accounts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.documents.line import NO_ID, EntryLine
from jxc_desktop.exchange.faults import CellPlace, FaultKind, Note, NoteKind, fault
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.masters.account import OWN_LEDGERS
from jxc_desktop.queries.importing import imported_documents, imported_opening_accounts

from .cards import CardMaker, party_fields, roles
from .items import take_cards
from .parties import kind_of
from .plan import Plan
from .source import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jxc_desktop.exchange.records import Record, Sheet
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.kernel.problems import Place

    from .source import Source

_SIDES: Mapping[str, tuple[str, str, str]] = {
    "receivable": (OpenItemKind.RECEIVABLE, OpenItemKind.ADVANCE_FROM_CUSTOMER, "customer"),
    "payable": (OpenItemKind.PAYABLE, OpenItemKind.PREPAYMENT_TO_SUPPLIER, "supplier"),
    "advance_received": (OpenItemKind.ADVANCE_FROM_CUSTOMER, OpenItemKind.RECEIVABLE, "customer"),
    "advance_paid": (OpenItemKind.PREPAYMENT_TO_SUPPLIER, OpenItemKind.PAYABLE, "supplier"),
}
"""Column → the kind of open item of a positive amount, of a negative one, and the role it shows."""


def plan_opening_balances(source: Source) -> Plan:
    """Read the file and say what to open: parties or accounts, told apart by the headings."""
    return _plan_parties(source) if source.layout.shape == "parties" else _plan_accounts(source)


def _plan_parties(source: Source) -> Plan:
    plan = Plan()
    sheet, records = read_records(source, plan, source.known.parties)
    good = {record.row for record in records}
    faulty = [record for record in sheet.records if record.row not in good]
    plan.skip(0, total(abs(record.money(field) or ZERO) for record in faulty for field in _SIDES))
    reader = _PartyBalances(source, plan, sheet)
    for record in records:
        reader.take(record)
    take_cards(plan, reader.maker, sheet, "name")
    drafts = reader.drafts
    plan.amount = total(draft.amount for _, draft in drafts)
    plan.draft_count = len(drafts)
    plan.drafts = lambda: [draft for _, draft in drafts]
    plan.locate_draft = partial(_locate, sheet, drafts)
    plan.leave_out = partial(_leave_out, plan, drafts)
    return plan


class _PartyBalances:
    """Makes open items of rows; collects new parties and new roles of known ones."""

    def __init__(self, source: Source, plan: Plan, sheet: Sheet) -> None:
        self._source, self._plan, self._sheet = source, plan, sheet
        self.maker = CardMaker(source.known)
        self.drafts: list[tuple[Record, Document]] = []
        self._code = next(each.code for each in all_types() if each.is_opening and "reason" in _head(each))
        known = source.known.book.read(imported_documents, source=source.name)
        self._before = {(number, reason) for _, number, reason in known}
        self._here: set[tuple[str, str]] = set()
        self._roles: dict[Id, set[str]] = {}

    def take(self, record: Record) -> None:
        """Every balance of a row becomes an open item."""
        amounts = self._amounts(record)
        if amounts is None:
            self._plan.skip(1)
            return
        party = self._party(record, [_SIDES[field][2] for field in amounts])
        if party is None:
            self._plan.skip(1)
            return
        made = [self._open(record, party, field, amount) for field, amount in amounts.items()]
        if made and not any(made):
            self._plan.skip(1)

    def _amounts(self, record: Record) -> dict[str, Money] | None:
        amounts = {field: amount for field in _SIDES if (amount := record.money(field))}
        balance = record.money("balance")
        if amounts or not balance:
            return amounts
        kind = kind_of(record, self._source.layout)
        if kind not in {"customer", "supplier"}:
            where = self._sheet.place(record.row, "balance")
            self._plan.faults.append(fault(where, FaultKind.UNKNOWN_SIDE, record.written["balance"]))
            return None
        return {"receivable" if kind == "customer" else "payable": balance}

    def _party(self, record: Record, sides: list[str]) -> Id | None:
        found = self._source.known.party(record.text("code"), record.text("name"))
        kind = kind_of(record, self._source.layout)
        wanted = {kind, *sides} - {""}
        if found is not None:
            missing = {name: 1 for side in wanted for name in roles(side)}
            if missing and found.id not in self._roles:
                self.maker.change("party", found.id, missing, row=record.row)
                self._roles[found.id] = wanted
            return found.id
        if not self._source.may_create:
            field = "name" if record.text("name") else "code"
            where = self._sheet.place(record.row, field)
            self._plan.faults.append(fault(where, FaultKind.UNKNOWN_PARTY, record.text(field)))
            return None
        fields = party_fields(record, kind or "both")
        for side in sides:
            fields |= roles(side)
        self._plan.created_cards += 1
        card = self.maker.new_party({"name": record.text("code"), **fields}, row=record.row)
        self._roles[card.id] = wanted
        return card.id

    def _open(self, record: Record, party: Id, field: str, amount: Money) -> bool:
        positive, negative, _ = _SIDES[field]
        reason = positive if amount.fen > 0 else negative
        number = self._number(record, reason)
        if (number, reason) in self._before:
            self._plan.duplicates += 1
            self._plan.amount_skipped += abs(amount)
            return False
        draft = Document(
            NO_ID,
            self._code,
            record.date("date") or self._source.known.start,
            external_number=number,
            source=self._source.name,
            due_date=record.date("due_date") or NO_DATE,
            party=party,
            reason=reason,
            note=record.text("note"),
            amount=abs(amount),
        )
        self.drafts.append((record, draft))
        return True

    def _number(self, record: Record, reason: str) -> str:
        """The row's own number, else the party's name; a second row of the same party gets a count."""
        base = record.text("number") or record.text("code") or record.text("name")
        number, count = base, 1
        while (number, reason) in self._here:
            count += 1
            number = f"{base}/{count}"
        self._here.add((number, reason))
        return number


def _head(declared: object) -> set[str]:
    return {field.name for field in getattr(declared, "head_fields", ())}


def _plan_accounts(source: Source) -> Plan:
    plan = Plan()
    sheet, records = read_records(source, plan)
    before = source.known.book.read(imported_opening_accounts, source=source.name)
    codes = {record.text("account_code") for record in records}
    entries: list[tuple[Record, EntryLine]] = []
    for record in records:
        entry = _entry(source, plan, sheet, record, codes)
        if entry is None:
            plan.skip(1)
        elif entry.account in before:
            plan.duplicates += 1
            plan.skip(1)
        else:
            entries.append((record, entry))
    plan.amount = total(entry.debit for _, entry in entries)
    plan.draft_count = 1 if entries else 0
    plan.drafts = partial(_balance_drafts, source, entries)
    plan.locate_draft = partial(_locate_entry, sheet, entries)
    plan.leave_out = partial(_leave_out_entries, plan, entries)
    return plan


def _entry(source: Source, plan: Plan, sheet: Sheet, record: Record, codes: set[str]) -> EntryLine | None:
    """The balance of a row; None for an empty one, a sum of accounts below it, one that has a ledger of its own."""
    debit, credit = _sides(source, record)
    code, name = record.text("account_code"), record.text("account_name")
    if debit == credit or any(other != code and other.startswith(code) for other in codes if code and other):
        return None
    account = source.known.account(code, name)
    field = "account_code" if code else "account_name"
    where = sheet.place(record.row, field)
    if account is None:
        plan.faults.append(fault(where, FaultKind.UNKNOWN_ACCOUNT, code or name))
        return None
    if account.control in OWN_LEDGERS:
        plan.notes.append(Note(where, NoteKind.CONTROLLED_ACCOUNT, account.code))
        return None
    return EntryLine(0, account.id, money_account=account.money_account, debit=debit, credit=credit)


def _sides(source: Source, record: Record) -> tuple[Money, Money]:
    """Debit and credit: as written, or a balance on the side its direction, else its account says."""
    debit, credit, balance = record.money("debit"), record.money("credit"), record.money("balance")
    if debit or credit or not balance:
        return debit or ZERO, credit or ZERO
    side = record.text("direction")
    if not side:
        account = source.known.account(record.text("account_code"), record.text("account_name"))
        side = account.normal_balance if account else "debit"
    return (ZERO, balance) if side == "credit" else (balance, ZERO)


def _balance_drafts(source: Source, entries: list[tuple[Record, EntryLine]]) -> Iterator[Document]:
    code = next(each.code for each in all_types() if each.is_opening and each.entry_fields)
    lines = tuple(
        EntryLine(key, line.account, money_account=line.money_account, debit=line.debit, credit=line.credit)
        for key, (_, line) in enumerate(entries, 1)
    )
    if lines:
        yield Document(NO_ID, code, source.known.start, source=source.name, entries=lines)


def _locate(sheet: Sheet, drafts: list[tuple[Record, Document]], problem: Place) -> CellPlace:
    match problem:
        case ("documents", int(number), *_) if number < len(drafts):
            return sheet.place(drafts[number][0].row, "name")
        case _:
            return CellPlace(sheet.layout.sheet, 0)


def _locate_entry(sheet: Sheet, entries: list[tuple[Record, EntryLine]], problem: Place) -> CellPlace:
    match problem:
        case ("documents", _, "entries", int(key), *_) if 0 < key <= len(entries):
            return sheet.place(entries[key - 1][0].row, "account_code")
        case _:
            return CellPlace(sheet.layout.sheet, 0)


def _leave_out(plan: Plan, drafts: list[tuple[Record, Document]], places: Sequence[Place]) -> None:
    for number in sorted({number for _, number, *_ in places if isinstance(number, int)}, reverse=True):
        _, draft = drafts.pop(number)
        plan.skip(1, draft.amount)
        plan.amount -= draft.amount
    plan.draft_count = len(drafts)


def _leave_out_entries(plan: Plan, entries: list[tuple[Record, EntryLine]], places: Sequence[Place]) -> None:
    keys = {place[3] for place in places if len(place) > 3} or set(range(1, len(entries) + 1))
    plan.skip(len(keys))
    entries[:] = [each for key, each in enumerate(entries, 1) if key not in keys]
    plan.amount = total(entry.debit for _, entry in entries)
    plan.draft_count = 1 if entries else 0
