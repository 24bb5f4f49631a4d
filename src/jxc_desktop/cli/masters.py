"""Cards of master data: show one, make or change one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.services.card_values import card_content, find_card, new_card_fields, read_card_fields
from jxc_desktop.services.masters import CardChange, set_cards

from .command import Group, argument, command, group_options
from .parameter_types import Kind
from .table import padded, width
from .usage import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .call import Call

KIND = Kind({kind.code: Text(f"master.kind.{kind.code}") for kind in KINDS})

master = Group(
    "master",
    {"set": "masters:set_card", "show": "masters:show_card"},
    prefix="master_",
    params=group_options(),
)


@command("set", key="master_set")
@argument("kind", type=KIND, help="master_kind")
@argument("code", help="master_code")
@argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
def set_card(call: Call, *, kind: str, code: str, assignments: Sequence[str]) -> None:
    """Make a card or change fields of the one with this code."""
    given = dict(_assignment(each) for each in assignments)
    with call.book_to_write() as book:
        card = book.read(find_card, kind=kind, reference=code)
        fields = book.read(read_card_fields, kind=kind, given=given)
        if card is None:
            fields = {"code": code, **new_card_fields(kind), **fields}
        changes = book.do(set_cards, changes=[CardChange(kind, fields, card.id if card else "")])  # type: ignore[arg-type]
        card_id = card.id if card else changes.master_ids[0]
        shown = book.read(card_content, kind=kind, reference=card_id)
    text = Text("cli.master.made" if card is None else "cli.master.changed", _named(kind, shown["code"], shown["name"]))
    call.say({**shown, "created": card is None}, text)


@command("show", key="master_show")
@argument("kind", type=KIND, help="master_kind")
@argument("code", help="master_code")
def show_card(call: Call, *, kind: str, code: str) -> None:
    """Show the fields of a card."""
    with call.book_to_read() as book:
        content = book.read(card_content, kind=kind, reference=code)
    call.answer(content, lambda: _card_lines(call, content))


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise WrongUsage(Text("cli.master.no_assignment", {"value": text}))
    return name.strip(), value


def _named(kind: str, code: str, name: str) -> dict[str, object]:
    return {"kind": Text(f"master.kind.{kind}"), "code": code, "name": name}


def _card_lines(call: Call, content: dict[str, Any]) -> Iterator[str]:
    titles = {name: call.words(Text(f"field.{name}")) for name in content if name not in {"id", "kind"}}
    places = max(width(title) for title in titles.values())
    for name, title in titles.items():
        value = content[name]
        if value or value is False:
            yield f"{padded(title, places)}  {_shown(call, value)}"


def _shown(call: Call, value: object) -> str:
    if isinstance(value, bool):
        return call.words(Text("cli.yes" if value else "cli.no"))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
