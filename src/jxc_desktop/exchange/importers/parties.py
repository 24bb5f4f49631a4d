"""Importing parties: new ones are made, of known ones (by code, else by name) what the file says is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.exchange.faults import FaultKind, fault

from .cards import CardMaker, party_fields
from .items import take_cards
from .plan import Plan
from .source import read_records

if TYPE_CHECKING:
    from jxc_desktop.exchange.headings import Layout
    from jxc_desktop.exchange.records import Record

    from .source import Source

_WORDS = (
    ("customer", ("客户", "客戶", "顾客", "customer", "client")),
    ("supplier", ("供应", "供應", "supplier", "vendor")),
)


def plan_parties(source: Source) -> Plan:
    """Read the file and say which cards to make and to change."""
    plan = Plan()
    plan.counts_cards = True
    maker = CardMaker(source.known)
    sheet, records = read_records(source, plan, source.known.parties)
    for record in records:
        found = source.known.party(record.text("code"), record.text("name"))
        kind = kind_of(record, source.layout)
        if found is not None:
            maker.change("party", found.id, party_fields(record, record.text("kind")), row=record.row)
        elif source.may_create:
            maker.new_party(party_fields(record, kind or "both"), row=record.row)
            plan.created_cards += 1
        else:
            field = "code" if record.text("code") else "name"
            plan.faults.append(fault(sheet.place(record.row, field), FaultKind.UNKNOWN_PARTY, record.text(field)))
            plan.skip(1)
    take_cards(plan, maker, sheet, "name")
    return plan


def kind_of(record: Record, layout: Layout) -> str:
    """customer, supplier or both: by the row, else by the words of the heading or the sheet; empty where unknown."""
    said = record.text("kind")
    if said:
        return said
    title = f"{layout.heading('name')} {layout.heading('code')} {layout.sheet}".casefold()
    kinds = [kind for kind, words in _WORDS if any(word in title for word in words)]
    return ("both" if len(kinds) == 2 else kinds[0]) if kinds else ""
