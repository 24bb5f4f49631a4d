"""Random work on a draft of any type: what somebody at the keyboard may do, in any order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import (
    NO_ID,
    RATE_NOT_GIVEN,
    Allocation,
    EntryLine,
    ItemKind,
    ItemLine,
    MoneyLine,
    Tracking,
)
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import ZERO, Money
from jxc_desktop.kernel.quantity import FREE, NO_RATE, NOTHING, SAME_UNIT, WHOLE, Quantity, Rate, Ratio, UnitPrice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.draft import Draft

DAY = date(2026, 1, 5)
MILLION = 10**6
REVERSED = Id("the reversed one")

ids = st.sampled_from([NO_ID, Id("one"), Id("two")])
known_ids = st.sampled_from([Id("one"), Id("two"), Id("three")])
amounts = st.one_of(st.just(ZERO), st.integers(-500, 500).map(Money), st.integers(-(10**9), 10**9).map(Money))
quantities = st.one_of(
    st.sampled_from([NOTHING, Quantity(-2 * MILLION), Quantity(MILLION), Quantity(2 * MILLION), Quantity(1)]),
    st.integers(-(10**9), 10**9).map(Quantity),
)
prices = st.one_of(st.just(FREE), st.integers(-MILLION, 10**9).map(UnitPrice))
rates = st.sampled_from([NO_RATE, Rate(10_000), Rate(90_000), Rate(130_000)])


def item_lines(items: Sequence[Id] = (Id("one"), Id("two"), Id("three"))) -> st.SearchStrategy[ItemLine]:
    """An item line without a key, all that a draft needs from the item's card filled in."""
    return st.builds(
        ItemLine,
        key=st.just(0),
        item=st.sampled_from(items),
        item_code=st.just("P1"),
        item_kind=st.sampled_from([ItemKind.GOODS, ItemKind.GOODS, ItemKind.GOODS, ItemKind.SERVICE]),
        ratio=st.sampled_from([SAME_UNIT, SAME_UNIT, Ratio(12), Ratio(1, 3)]),
        quantity=quantities,
        price=prices,
        discount=st.sampled_from([WHOLE, WHOLE, Rate(900_000), Rate(333_333)]),
        tax_rate=st.one_of(rates, st.just(RATE_NOT_GIVEN)),
        typed_amount=st.one_of(st.none(), amounts),
        typed_tax=st.one_of(st.none(), st.none(), amounts),
        warehouse=ids,
        is_gift=st.sampled_from([False, False, True]),
        unit_cost=st.one_of(st.none(), prices),
    )


def money_lines(kinds: Sequence[str]) -> st.SearchStrategy[MoneyLine]:
    """A money line without a key."""
    return st.builds(
        MoneyLine, key=st.just(0), kind=st.sampled_from(kinds), account=ids, amount=amounts, tax_rate=rates
    )


allocations = st.builds(
    Allocation,
    key=st.just(0),
    target_document=known_ids,
    target_line=st.integers(0, 1),
    target_kind=st.just("receivable"),
    amount=amounts,
)
entries = st.builds(EntryLine, key=st.just(0), account=known_ids, debit=amounts, credit=amounts)
rows = st.builds(Tracking, key=st.just(0), line=st.integers(-1, 12), base_quantity=quantities)

HEADS: dict[str, st.SearchStrategy[Any]] = {
    "party": ids,
    "warehouse": ids,
    "note": st.text(max_size=3),
    "price_mode": st.sampled_from(["included", "excluded"]),
    "header_discount": amounts,
    "write_off": amounts,
    "reason": st.sampled_from(["", "scrap", "other_in", "receivable"]),
    "amount": amounts,
}
ALWAYS: dict[str, st.SearchStrategy[Any]] = {
    "is_walk_in": st.booleans(),
    "reverses": st.sampled_from([NO_ID, REVERSED]),
}


def new_document(declared: DocumentType) -> Document:
    """An empty document of a type."""
    return Document(NO_ID, declared.code, DAY)


def new_line(data: st.DataObject, declared: DocumentType, shape: str) -> Any:
    """A line of a shape as somebody may enter it."""
    if shape == "money":
        return data.draw(money_lines(declared.money_kinds))
    return data.draw(
        {"lines": item_lines(), "allocations": allocations, "entries": entries, "tracking": rows}[shape], label=shape
    )


def shapes_of(declared: DocumentType) -> list[str]:
    """The shapes of lines a type has."""
    given = {
        "lines": declared.line_fields,
        "money": declared.money_fields,
        "allocations": declared.allocation_fields,
        "tracking": declared.tracking_fields,
        "entries": declared.entry_fields,
    }
    return [shape for shape, fields in given.items() if fields]


ONE = {"lines": "line", "money": "money", "allocations": "allocation", "tracking": "tracking", "entries": "entry"}
"""Shape → what its edits are called."""


def edited(data: st.DataObject, declared: DocumentType, draft: Draft) -> Draft:
    """The draft after something somebody did to it."""
    shape = data.draw(st.sampled_from(["head", *shapes_of(declared), *shapes_of(declared)]), label="where")
    if shape == "head":
        return draft.with_head(**{name: data.draw(values) for name, values in _head_edit(data, declared)})
    keys = list(getattr(draft, shape))
    doing = data.draw(st.sampled_from(["add", "add", "change", "remove"]), label="what") if keys else "add"
    if doing == "remove":
        return _edit(draft, "without", shape, data.draw(st.sampled_from(keys)))
    line = new_line(data, declared, shape)
    if doing == "change":
        line = _with_key(line, data.draw(st.sampled_from(keys)))
    return _edit(draft, "with", shape, line)


def _edit(draft: Draft, verb: str, shape: str, given: Any) -> Draft:
    made: Draft = getattr(draft, f"{verb}_{ONE[shape]}")(given)
    return made


def _with_key(line: Any, key: int) -> Any:
    fields = {name: getattr(line, name) for name in line.__slots__}
    return type(line)(**{**fields, "key": key})


def _head_edit(data: st.DataObject, declared: DocumentType) -> list[tuple[str, st.SearchStrategy[Any]]]:
    names = {field.name for field in declared.head_fields}
    possible = {name: values for name, values in HEADS.items() if name in names} | ALWAYS
    name = data.draw(st.sampled_from(sorted(possible)))
    return [(name, possible[name])]
