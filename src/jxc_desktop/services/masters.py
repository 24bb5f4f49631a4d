"""Making and changing master cards: one record with the changed fields per card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jxc_desktop.db.changelog import MASTER_SET
from jxc_desktop.kernel.errors import HasProblems, NotFound
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.problems import Problem, errors_in
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value
from jxc_desktop.masters.registry import master_kind
from jxc_desktop.masters.spec import Field, FieldType

from .recipes import is_recipe, recipe_problems
from .work import use_case

if TYPE_CHECKING:
    from jxc_desktop.db.changelog import Record
    from jxc_desktop.domain.documents.document import Document

    from .work import Work

_WHOLE = {
    FieldType.WHOLE,
    FieldType.YES_NO,
    FieldType.MONEY,
    FieldType.QUANTITY,
    FieldType.PRICE,
    FieldType.RATE,
    FieldType.DATE,
}


@value
class CardChange:
    """What to set on one card; an empty id makes a new card.

    Field values are stored ones: fen and 10⁻⁶ as integers, ids of references, plain lists and dicts.
    """

    kind: str
    fields: Mapping[str, Any]
    id: Id = ""  # type: ignore[assignment]


@use_case(right="masters.edit")
def set_cards(work: Work, *, changes: Sequence[CardChange]) -> None:
    """Make or change cards, all or none; unchanged fields write nothing.

    Raises NotFound for an id nobody knows, HasProblems with the place (n, field) of each problem.
    """
    problems: list[Problem] = []
    records: list[tuple[Record, Document | None]] = []
    codes: set[tuple[str, str]] = set()
    _look_up(work, changes)
    for number, change in enumerate(changes):
        fields = _changed(work, change)
        problems += [
            Problem((number, *problem.place), problem.text, problem.severity)
            for problem in _problems(work, change, fields, codes)
        ]
        if fields and not errors_in(problems):
            records.append((_record(work, change, fields), None))
    if errors_in(problems):
        raise HasProblems(Text("master.has_problems", {"count": len(problems)}), problems)
    work.append(records)
    work.catalog.forget()


def _look_up(work: Work, changes: Sequence[CardChange]) -> None:
    """What is asked of every card, asked once for all of them."""
    for kind in dict.fromkeys(change.kind for change in changes):
        same = [change for change in changes if change.kind == kind]
        work.catalog.prefetch(kind, [change.id for change in same if change.id])
        work.catalog.prefetch_codes(kind, [code for each in same if isinstance(code := each.fields.get("code"), str)])


def _record(work: Work, change: CardChange, fields: dict[str, Any]) -> Record:
    card_id = change.id or work.ids.new_id()
    content = {"fields": fields, "id": card_id, "kind": change.kind}
    return work.record(MASTER_SET, content, subject=card_id)


def _changed(work: Work, change: CardChange) -> dict[str, Any]:
    card = work.catalog.card(change.kind, change.id) if change.id else None
    if card is None:
        return dict(change.fields)
    return {name: value for name, value in change.fields.items() if card.fields.get(name) != value}


def _problems(work: Work, change: CardChange, fields: dict[str, Any], codes: set[tuple[str, str]]) -> list[Problem]:
    kind = master_kind(change.kind)
    declared = {field.name: field for field in kind.fields}
    if change.id and work.catalog.card(change.kind, change.id) is None and not fields.keys() >= {"code", "name"}:
        raise NotFound(Text("master.not_found", {"kind": Text(f"master.kind.{kind.code}"), "reference": change.id}))
    found = [Problem((name,), Text("master.no_such_field", {"field": name})) for name in fields if name not in declared]
    found += [
        problem
        for name, given in fields.items()
        if name in declared and (problem := _field_problem(declared[name], given)) is not None
    ]
    found += [
        Problem((field.name,), Text("master.field_missing", {"field": Text(f"field.{field.name}")}))
        for field in kind.fields
        if field.is_required and not fields.get(field.name) and (not change.id or field.name in fields)
    ]
    if is_recipe(change.kind):
        found += recipe_problems(work, change.id, fields)
    if "code" in fields:
        found += _code_problems(work, change, fields["code"], codes)
    return found


def _field_problem(field: Field, given: Any) -> Problem | None:
    params = {"field": Text(f"field.{field.name}"), "value": str(given)}
    if field.choices and given not in field.choices:
        return Problem((field.name,), Text("master.not_a_choice", {**params, "choices": list(field.choices)}))
    if field.type in _WHOLE and not isinstance(given, int):
        return Problem((field.name,), Text("master.not_a_number", params))
    if field.type is FieldType.REFERENCE and not isinstance(given, str):
        return Problem((field.name,), Text("master.not_a_reference", params))
    return None


def _code_problems(work: Work, change: CardChange, code: str, codes: set[tuple[str, str]]) -> list[Problem]:
    known = work.catalog.by_code(change.kind, code)
    is_twice = (change.kind, code) in codes or (known is not None and known.id != change.id)
    codes.add((change.kind, code))
    if not is_twice:
        return []
    params = {"kind": Text(f"master.kind.{change.kind}"), "code": code}
    return [Problem(("code",), Text("master.code_taken", params))]
