"""Lists of master cards, and the one card that a code, a name or an id means."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import Ambiguous, NotFound
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import master_kind
from jxc_desktop.masters.spec import FieldType

from .documents import like
from .plain import day_text, id_text, micro_text, money_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jxc_desktop.db.engine import Row, Session
    from jxc_desktop.masters.spec import Field, MasterKind

_NUMBERS: dict[FieldType, Callable[[int], Any]] = {
    FieldType.MONEY: money_text,
    FieldType.QUANTITY: micro_text,
    FieldType.PRICE: micro_text,
    FieldType.RATE: micro_text,
    FieldType.DATE: day_text,
    FieldType.YES_NO: bool,
}


def list_masters(
    session: Session, kind: str, *, text: str = "", is_active: bool | None = None, limit: int = 0
) -> list[dict[str, Any]]:
    """The cards of a kind by code, as plain values: `id` and its fields, a reference as an id with its code beside it.

    `text` stands in the code, the name or the mnemonic. Raises KeyError for a kind nobody declared.
    """
    declared = master_kind(kind)
    names = {field.name for field in declared.fields}
    where = ["code <> ''"]
    row: list[Any] = []
    if text:
        searched = [name for name in ("code", "name", "mnemonic") if name in names]
        where.append("(" + " OR ".join(f"{name} LIKE ? ESCAPE '\\'" for name in searched) + ")")
        row += [like(text)] * len(searched)
    if is_active is not None:
        where.append("is_active = ?")
        row.append(int(is_active))
    ending = " LIMIT ?" if limit else ""
    columns = ", ".join(["uuid", *(field.name for field in declared.fields)])
    query = f"SELECT {columns} FROM {kind} WHERE {' AND '.join(where)} ORDER BY code, id{ending}"  # noqa: S608
    found = session.rows(query, [*row, *([limit] if limit else [])])
    return _plain_cards(session, declared, found)


def _plain_cards(session: Session, declared: MasterKind, rows: list[Row]) -> list[dict[str, Any]]:
    targets = {field.to for field in declared.fields if field.to}
    named = {
        target: {key: (id_text(uuid), code) for key, uuid, code in session.rows(f"SELECT id, uuid, code FROM {target}")}  # noqa: S608
        for target in targets
    }
    cards = []
    for row in rows:
        card: dict[str, Any] = {"id": id_text(row[0])}
        for field, value in zip(declared.fields, row[1:], strict=True):
            if field.type is FieldType.REFERENCE:
                card[field.name], card[f"{field.name}_code"] = named[field.to].get(value, ("", ""))
            elif field.to:
                card[field.name] = _parts(named[field.to], value)
            else:
                card[field.name] = _plain(field, value)
        cards.append(card)
    return cards


def _parts(named: Mapping[int, tuple[str, str]], value: str) -> list[dict[str, str]]:
    codes = dict(named.values())
    return [
        {"item": part["item"], "item_code": codes.get(part["item"], ""), "quantity": micro_text(part["quantity"])}
        for part in json.loads(value or "[]")
    ]


def _plain(field: Field, value: Any) -> Any:
    if field.type is FieldType.JSON:
        decoded = json.loads(value) if value else None
        if field.name == "prices" and decoded:
            return {level: micro_text(price) for level, price in decoded.items()}
        return decoded
    number = _NUMBERS.get(field.type)
    return value if number is None else number(value)


def find_card(session: Session, kind: str, reference: str) -> int:
    """The local number of the card that an id, a code or a name means. Raises NotFound, or Ambiguous."""
    for name, value in (("uuid", _uuid(reference)), ("code", reference), ("name", reference)):
        text = f"SELECT id, code FROM {kind} WHERE {name} = ? ORDER BY is_active DESC, id"  # noqa: S608 — declared kinds
        found = session.rows(text, (value,)) if value else []
        if len(found) > 1 and name == "name":
            candidates = [code for _key, code in found]
            params = {"kind": Text(f"master.kind.{kind}"), "reference": reference, "candidates": candidates}
            raise Ambiguous(Text("master.ambiguous", params))
        if found:
            key: int = found[0][0]
            return key
    raise NotFound(Text("master.not_found", {"kind": Text(f"master.kind.{kind}"), "reference": reference}))


def _uuid(reference: str) -> bytes:
    try:
        return bytes.fromhex(reference) if len(reference) == 32 else b""
    except ValueError:
        return b""
