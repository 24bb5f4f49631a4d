"""序列号履历: the whole life of one serial number, from the supplier to the customer and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.serial_lives import serial_lives

from .spec import ITEM, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values


class SerialHistoryRow(NamedTuple):
    """One movement of a serial number: 1 in, −1 out (in 10⁻⁶), and what it was afterwards."""

    date: int
    number: str
    kind: str
    party: str
    item_code: str
    item_name: str
    serial: str
    batch: str
    warehouse: str
    bin: str
    quantity: int
    state: str


def _query(session: Session, values: Values) -> list[SerialHistoryRow]:
    return [
        SerialHistoryRow(
            step.date,
            step.number,
            step.kind,
            step.party,
            step.item_code,
            step.item_name,
            step.serial,
            step.batch,
            step.warehouse,
            step.bin,
            step.quantity,
            step.state.value,
        )
        for step in serial_lives(session, serial=values["serial"], item=values["item"])
    ]


SERIAL_HISTORY = Report(
    name="serial-history",
    parameters=(Parameter("serial", ParameterType.TEXT), ITEM),
    columns=(
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("kind", title_id="field.type"),
        Column("party"),
        Column("item_code"),
        Column("item_name"),
        Column("serial"),
        Column("batch"),
        Column("warehouse"),
        Column("bin"),
        Column("quantity", ColumnType.QUANTITY),
        Column("state", title_id="report.column.serial_state"),
    ),
    query=_query,
    drill_down=(DrillDown("number", "document"),),
)
