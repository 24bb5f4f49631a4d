"""Checks of what parties owe and are owed: open items, balances, control accounts, settlements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.changelog import SETTING_SET
from jxc_desktop.domain.documents.effects import OpenItemKind
from jxc_desktop.domain.inventory.landed_cost import COST
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.roles import role_codes
from jxc_desktop.services.settings import Settings

from .examined import typed_types
from .finding import Finding
from .ledger import CHOSEN_EXPENSE, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .examined import Examined

_CREDIT = {OpenItemKind.PAYABLE, OpenItemKind.PAYABLE_ESTIMATED, OpenItemKind.ADVANCE_FROM_CUSTOMER}


def receivables_match(examined: Examined) -> Iterator[Finding]:
    """What customers owe: open items, balances and the account agree, party by party."""
    return _kind_findings(examined, OpenItemKind.RECEIVABLE)


def advances_match(examined: Examined) -> Iterator[Finding]:
    """What customers paid ahead: open items, balances and the account agree."""
    return _kind_findings(examined, OpenItemKind.ADVANCE_FROM_CUSTOMER)


def payables_match(examined: Examined) -> Iterator[Finding]:
    """What suppliers are owed: open items, balances and the account agree."""
    return _kind_findings(examined, OpenItemKind.PAYABLE)


def estimates_match(examined: Examined) -> Iterator[Finding]:
    """What suppliers are owed by estimate until their invoices come: open items, balances and the account agree."""
    return _kind_findings(examined, OpenItemKind.PAYABLE_ESTIMATED)


def prepayments_match(examined: Examined) -> Iterator[Finding]:
    """What suppliers were paid ahead: open items, balances and the account agree."""
    return _kind_findings(examined, OpenItemKind.PREPAYMENT_TO_SUPPLIER)


def _kind_findings(examined: Examined, kind: OpenItemKind) -> Iterator[Finding]:
    for code, difference in examined.some(
        "SELECT p.code, s.difference FROM (SELECT party, sum(amount) AS difference FROM"
        " (SELECT party, amount FROM open_item WHERE kind = ?1"
        " UNION ALL SELECT party, -balance FROM party_balance WHERE kind = ?1)"
        " GROUP BY party HAVING sum(amount) <> 0) s LEFT JOIN party p ON p.id = s.party",
        (kind,),
    ):
        params = {"party": code or "", "difference": Money(difference)}
        yield Finding(Text("doctor.party_balance_differs", params))
    accounts = _control_accounts(examined, kind)
    side = "l.credit - l.debit" if kind in _CREDIT else "l.debit - l.credit"
    explained = (
        f"d.type IN ({typed_types()}) OR l.money_account <> 0 OR l.party = 0 AND ({CHOSEN_EXPENSE}"  # noqa: S608
        " OR EXISTS (SELECT 1 FROM item_line i WHERE i.document = l.document))"
    )
    for code, opened, balance in examined.some(
        "SELECT p.code, s.opened, s.balance FROM (SELECT party, sum(opened) AS opened, sum(balance) AS balance FROM"  # noqa: S608
        " (SELECT party, amount AS opened, 0 AS balance FROM open_item WHERE kind = ?"
        f" UNION ALL SELECT l.party, 0, {side} FROM voucher_line l JOIN document d ON d.id = l.document"
        f" WHERE l.account IN ({accounts}) AND NOT ({explained}))"
        " GROUP BY party HAVING sum(opened) <> sum(balance)) s LEFT JOIN party p ON p.id = s.party",
        (kind,),
    ):
        params = {"party": code or "", "open": Money(opened), "balance": Money(balance)}
        yield Finding(Text("doctor.control_account_differs", params))
    yield from listed(examined, f"l.account IN ({accounts}) AND ({explained})")


def _control_accounts(examined: Examined, kind: OpenItemKind) -> str:
    """The accounts that carry this kind: those the chart says, and every one the book ever gave the role."""
    keys = {row[0] for row in examined.session.rows("SELECT id FROM account WHERE control = ?", (kind,))}
    if not keys:  # a book made before this kind was: its chart says nothing of it
        settings = Settings(examined.session)
        code = role_codes(settings.get("chart"), settings.taxpayer)[kind]
        keys = {row[0] for row in examined.session.rows("SELECT id FROM account WHERE code = ?", (code,))}
    for record in examined.records_of(SETTING_SET):
        content = record.content()
        chosen = content["value"].get(kind) if content["key"] == "accounts" else None
        if chosen:
            keys.add(examined.session.value("SELECT id FROM account WHERE uuid = ?", (bytes.fromhex(chosen),)) or 0)
    return ", ".join(str(key) for key in sorted(keys)) or "0"


def settled_within_open(examined: Examined) -> Iterator[Finding]:
    """What is settled of an open item is what payments say, and at most what it was."""
    for number, difference in examined.some(
        "SELECT d.number, s.difference FROM (SELECT document, kind, line, sum(settled) AS difference,"
        " sum(is_open) AS is_open FROM (SELECT document, kind, line, settled, 1 AS is_open FROM open_item"
        " UNION ALL SELECT a.target_document, a.target_kind, a.target_line, -a.amount, 0 FROM allocation a"
        " JOIN document d ON d.id = a.document AND d.status = 'posted'"
        " UNION ALL SELECT a.document, a.target_kind, 0, a.amount, 0 FROM allocation a"
        " JOIN document d ON d.id = a.document AND d.status = 'posted')"
        " GROUP BY document, kind, line HAVING sum(is_open) > 0 AND sum(settled) <> 0) s"
        " LEFT JOIN document d ON d.id = s.document"
    ):
        yield Finding(Text("doctor.settled_differs", {"number": number, "difference": Money(difference)}))
    for number, amount, settled, is_foreign in examined.some(
        f"SELECT d.number, o.amount, o.settled, {examined.foreign('d')} OR EXISTS (SELECT 1 FROM allocation a"  # noqa: S608
        f" JOIN document ad ON ad.id = a.document WHERE a.target_document = o.document AND {examined.foreign('ad')})"
        " FROM open_item o LEFT JOIN document d ON d.id = o.document"
        " WHERE abs(o.settled) > abs(o.amount) OR o.settled * o.amount < 0"
    ):
        params = {"number": number, "settled": Money(settled), "amount": Money(amount)}
        yield Finding(Text("doctor.settled_too_much", params), examined.merged(is_foreign=is_foreign))
    yield from _lost(examined)


def _lost(examined: Examined) -> Iterator[Finding]:
    """Settlements whose open item is gone."""
    for number, target, is_foreign in examined.some(
        f"SELECT d.number, coalesce(t.number, ''), {examined.foreign('d')} OR coalesce({examined.foreign('t')}, 1)"  # noqa: S608
        " FROM allocation a JOIN document d ON d.id = a.document AND d.status = 'posted'"
        " LEFT JOIN document t ON t.id = a.target_document"
        " LEFT JOIN open_item o ON o.document = a.target_document AND o.kind = a.target_kind"
        f" AND o.line = a.target_line WHERE o.document IS NULL AND a.target_kind <> '{COST}'"
    ):
        params = {"number": number, "target": target}
        yield Finding(Text("doctor.settlement_lost", params), examined.merged(is_foreign=is_foreign))
