"""What a person or a script writes for a field of a card, as the card keeps it.

References are an id, a code or a name, amounts and prices decimal texts. The lists of a card have shapes of their own:
`units` [{"unit", "ratio" or "num" and "den"}], `barcodes` [{"barcode", "unit"}], `prices` {level: price},
`accounts` {role: account code}, `parts` [{"item": code, "quantity", "unit" where it is not the base unit}].
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.field import Field, FieldType
from jxc_desktop.kernel.errors import HasProblems, NotFound, UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import Quantity, Rate, Ratio, UnitPrice
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.barcode import is_plausible_barcode
from jxc_desktop.masters.registry import master_kind
from jxc_desktop.queries.cards import list_masters

from .catalog import Card, Catalog
from .intake_values import is_given, read_value
from .line_prices import has_unit, unit_ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id


NEW: dict[str, dict[str, Any]] = {"item": {"kind": "goods"}}
"""What a new card of a kind has unless it is said otherwise; every new card is active."""


def new_card_fields(kind: str) -> dict[str, Any]:
    """What a new card has unless it is said otherwise."""
    return {"is_active": 1, **NEW.get(kind, {})}


def read_card_fields(session: Session, *, kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What was written for fields of a card, as it keeps them. Raises HasProblems with all that cannot be read."""
    declared = {field.name: field for field in master_kind(kind).fields}
    problems, fields = [], {}
    for name, text in given.items():
        if name not in declared:
            problems.append(Problem((name,), Text("master.no_such_field", {"field": name})))
            continue
        try:
            fields[name] = read_card_value(session, field=declared[name], given=text)
        except UserError as refused:
            problems.append(Problem((name,), refused.text))
    if problems:
        raise HasProblems(Text("master.has_problems", {"count": len(problems)}), problems)
    return fields


def find_card(session: Session, *, kind: str, reference: str) -> Card | None:
    """The card with that id or code; names do not count, they are what is being changed."""
    catalog = Catalog(session)
    if len(reference) == 32:
        by_id = catalog.card(kind, _id(reference))
        if by_id is not None:
            return by_id
    return catalog.by_code(kind, reference)


def _id(reference: str) -> Id:
    is_id = len(reference) == 32 and not set(reference) - set("0123456789abcdef")
    return reference if is_id else ""  # type: ignore[return-value]


def read_card_value(session: Session, *, field: Field, given: str) -> Any:
    """What was written for a field, as the card keeps it; an empty text clears it.

    Raises UserError that says what is wrong with it, NotFound and Ambiguous for a reference.
    """
    if field.type is FieldType.JSON:
        return _read_list(Catalog(session), field, given)
    if not is_given(given):
        return 0 if field.type in _NUMBERS else ""
    if field.type is FieldType.REFERENCE:
        return Catalog(session).find(field.to, given).id
    return _stored(read_value(field, given))


def _read_list(catalog: Catalog, field: Field, given: str) -> Any:
    if not is_given(given):
        return _EMPTY[field.name]
    try:
        value = json.loads(given, parse_float=str)
        reader = _SHAPES.get(field.name)
        return reader(value, catalog) if reader is not None else _texts(value)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(Text("card.bad_list", {"field": Text(f"field.{field.name}")})) from error


def _stored(value: Any) -> Any:
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, (Quantity, UnitPrice, Rate)):
        return value.micro
    if isinstance(value, date):
        return value.year * 10_000 + value.month * 100 + value.day
    return int(value) if isinstance(value, bool) else value


def card_content(session: Session, *, kind: str, reference: str) -> dict[str, Any]:
    """A card as plain data. Raises NotFound, Ambiguous."""
    card = Catalog(session).find(kind, reference)
    found = next(each for each in list_masters(session, kind, text=card.code) if each["id"] == card.id)
    return {"kind": kind, **found}


def _units(value: Any, _catalog: Catalog) -> Any:
    made = []
    for each in _list(value):
        ratio = Ratio.parse(str(each["ratio"])) if "ratio" in each else Ratio(int(each["num"]), int(each["den"]))
        flags = {name: int(bool(each[name])) for name in ("is_purchase", "is_sales") if name in each}
        barcode = {"barcode": _barcode(each["barcode"])} if each.get("barcode") else {}
        made.append({"unit": _text(each["unit"]), "num": ratio.num, "den": ratio.den, **barcode, **flags})
    return made


def _barcodes(value: Any, _catalog: Catalog) -> Any:
    return [{"barcode": _barcode(each["barcode"]), "unit": str(each.get("unit", ""))} for each in _list(value)]


def _barcode(value: Any) -> str:
    if not is_plausible_barcode(_text(value)):
        raise UserError(Text("import.fault.check_digit", {"value": value}))
    return str(value)


def _prices(value: Any, _catalog: Catalog) -> Any:
    return {str(level): UnitPrice.parse(str(price)).micro for level, price in value.items()}


def _accounts(value: Any, catalog: Catalog) -> Any:
    found = {}
    for role, code in value.items():
        card = catalog.by_code("account", str(code)) or catalog.card("account", _id(str(code)))
        if card is None:
            raise NotFound(Text("master.not_found", {"kind": Text("master.kind.account"), "reference": str(code)}))
        found[str(role)] = card.id
    return found


def _parts(value: Any, catalog: Catalog) -> Any:
    made = []
    for each in _list(value):
        item = catalog.find("item", _text(each["item"]))
        unit = str(each.get("unit") or item.base_unit)
        if not has_unit(item, unit):
            raise UserError(Text("line.unknown_unit", {"item": item.code, "unit": unit}))
        quantity = unit_ratio(item, unit).to_base(Quantity.parse(str(each["quantity"])))
        made.append({"item": item.id, "quantity": quantity.micro})
    return made


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _texts(value: Any) -> Any:
    return [_text(each) for each in _list(value)]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value


_SHAPES: dict[str, Callable[[Any, Catalog], Any]] = {
    "units": _units,
    "barcodes": _barcodes,
    "prices": _prices,
    "accounts": _accounts,
    "parts": _parts,
}
_EMPTY: dict[str, Any] = {"units": [], "barcodes": [], "prices": {}, "accounts": {}, "aux": [], "bins": [], "parts": []}
_NUMBERS = frozenset(
    {
        FieldType.WHOLE,
        FieldType.YES_NO,
        FieldType.MONEY,
        FieldType.QUANTITY,
        FieldType.PRICE,
        FieldType.RATE,
        FieldType.DATE,
    }
)
