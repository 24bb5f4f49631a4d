"""Importing items: new ones are made, of known ones (by code, else barcode or name) what the file says is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.exchange.faults import FaultKind, fault

from .cards import CardMaker
from .plan import Plan
from .source import read_records

if TYPE_CHECKING:
    from jxc_desktop.exchange.faults import CellPlace
    from jxc_desktop.exchange.records import Record, Sheet
    from jxc_desktop.kernel.problems import Place

    from .source import Source


def plan_items(source: Source) -> Plan:
    """Read the file and say which cards to make and to change."""
    plan = Plan()
    plan.counts_cards = True
    maker = CardMaker(source.known)
    sheet, records = read_records(source, plan, source.known.items)
    for record in records:
        found = source.known.item(record.text("code"), barcode=record.text("barcode"), name=record.text("name"))
        fields = maker.item_fields(record)
        if found is not None:
            maker.change_item(found, fields, row=record.row)
        elif source.may_create:
            maker.new_item(new_item_fields(record, fields), row=record.row)
            plan.created_cards += 1
        else:
            refuse_item(plan, sheet, record)
    take_cards(plan, maker, sheet, "code")
    return plan


def new_item_fields(record: Record, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a new item: without a code of its own it goes by its barcode, else by its name."""
    code = record.text("code") or record.text("barcode") or record.text("name")
    return {**fields, "code": code, "name": fields.get("name") or code}


def refuse_item(plan: Plan, sheet: Sheet, record: Record) -> None:
    """The book lacks the item, and the import may not make it."""
    field = next((each for each in ("code", "barcode", "name") if record.text(each)), "code")
    plan.faults.append(fault(sheet.place(record.row, field), FaultKind.UNKNOWN_ITEM, record.text(field)))
    plan.skip(1)


def take_cards(plan: Plan, maker: CardMaker, sheet: Sheet, field: str) -> None:
    """Put the collected cards into the plan; a problem of one is shown at its row."""

    def locate(problem: Place) -> CellPlace:
        number = problem[0] if problem and isinstance(problem[0], int) else 0
        return sheet.place(maker.rows[number] if number < len(maker.rows) else 0, field)

    plan.cards = maker.changes
    plan.new_cards = maker.made
    plan.locate_card = locate
