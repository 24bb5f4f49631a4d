"""序列号: every serial number once, where it is now or with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.queries.serial_lives import SerialState, serial_ends

from .spec import ITEM, Column, ColumnType, DrillDown, Parameter, ParameterType, Report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

    from .spec import Values

STATE = Parameter("state", ParameterType.CHOICE, choices=("all", *(state.value for state in SerialState)))


class SerialRow(NamedTuple):
    """A serial number with its last movement; `warehouse` and `bin` are empty where it lies nowhere."""

    item_code: str
    item_name: str
    serial: str
    batch: str
    state: str
    warehouse: str
    bin: str
    date: int
    number: str
    party: str


def _query(session: Session, values: Values) -> list[SerialRow]:
    found = []
    for step in serial_ends(session, item=values["item"]):
        state = step.state
        if values["state"] not in {"all", state.value}:
            continue
        place = (step.warehouse, step.bin) if step.quantity > 0 else ("", "")
        named = (step.item_code, step.item_name, step.serial, step.batch, state.value)
        found.append(SerialRow(*named, *place, step.date, step.number, step.party))
    return found


SERIALS = Report(
    name="serials",
    parameters=(ITEM, STATE),
    columns=(
        Column("item_code"),
        Column("item_name"),
        Column("serial"),
        Column("batch"),
        Column("state", title_id="report.column.serial_state"),
        Column("warehouse"),
        Column("bin"),
        Column("date", ColumnType.DATE),
        Column("number"),
        Column("party"),
    ),
    query=_query,
    drill_down=(
        DrillDown("serial", "serial-history", (("item", "item_code"), ("serial", "serial"))),
        DrillDown("number", "document"),
    ),
)
