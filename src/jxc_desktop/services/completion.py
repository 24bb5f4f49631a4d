"""A draft becomes a complete document: names, units, tax, accounts, amounts, everything its effects depend on.

What the user entered is never changed; what was left out is taken from cards and settings. Problems are collected with
their places.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.document import NO_DATE, Document
from jxc_desktop.domain.documents.line import (
    RATE_NOT_GIVEN,
    Accounts,
    EntryLine,
    ItemKind,
    ItemLine,
)
from jxc_desktop.domain.documents.sums import listed_amount, sums_of
from jxc_desktop.domain.documents.totals import (
    LineInput,
    Totals,
    add_up,
    amounts_alone,
    document_lines,
    line_problems,
    sum_of,
)
from jxc_desktop.domain.pricing.line_price import PriceMode
from jxc_desktop.domain.tax.vat import LineAmounts
from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.money import ZERO
from jxc_desktop.kernel.problems import Problem, errors_in
from jxc_desktop.kernel.quantity import NOTHING, SAME_UNIT, Quantity, Rate, Ratio, UnitPrice
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.queries.tracked_stock import has_tracked_stock

from .cost_shares import with_every_line, with_shares
from .estimates import cleared_shares, clears_estimates, default_invoice_kind
from .kit_lines import kit_lines
from .money_lines import fees_paid, money_line, money_totals
from .recipes import with_recipe
from .roles import head_accounts, line_accounts
from .summary import voucher_word
from .tracked_lines import with_tracking
from .tracked_rows import entered_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.kernel.ids import Id

    from .catalog import Card
    from .work import Work


NO_AMOUNTS = LineAmounts(ZERO, ZERO, ZERO)

_Known = tuple[int, ItemLine, "_Template", Rate]
"""A line with its key, what is known of its item, and its tax rate."""


def complete(
    work: Work, draft: Document, problems: list[Problem], *, posted: Document | None = None, last_key: int = 0
) -> Document:
    """The document a draft means; what is wrong with it is added to `problems`.

    An amendment gives the `posted` content: its lines of the same key and item keep names, accounts and pool. New
    lines get keys above `last_key`, the last one the document ever had, which the content keeps where no line does.
    """
    declared = document_type(draft.type)
    head = with_every_line(work, declared, _head(work, declared, with_recipe(work, declared, draft, problems)))
    highest_key = max(last_key, draft.highest_key)
    free = itertools.count(highest_key + 1)
    lines, totals = _item_lines(work, declared, head, free, problems)
    head = _with_keys(head, free)
    if posted is not None:
        lines = _kept(lines, posted)
    if declared.is_kit and lines:
        is_shared = any(field.name == "share" for field in declared.line_fields)
        lines = kit_lines(work.session, lines, problems, is_shared=is_shared)
    money = tuple(money_line(work, line, problems) for line in fees_paid(declared, head.money, problems))
    if not head.lines:
        totals = money_totals(declared, money)
    if clears_estimates(declared):
        allocations = cleared_shares(work, declared, head, lines, free, problems)
    else:
        allocations = with_shares(work, declared, head, totals, problems)
    made = changed(
        head,
        lines=lines,
        money=money,
        allocations=allocations,
        entries=tuple(_entry(work, line, problems) for line in head.entries),
        gross=totals.gross,
        net=totals.net,
        tax=totals.tax,
        amount=draft.amount or totals.gross,
        accounts=head_accounts(work, declared.roles) if posted is None else posted.accounts,
        taxpayer=head.taxpayer if posted is None else posted.taxpayer,
        last_key=0,
    )
    if not made.amount:
        made = changed(made, amount=listed_amount(made, sums_of(made)))
    is_tracked = _is_tracked(work, declared, made)
    if is_tracked:
        made = entered_rows(made, posted, moves_stock=declared.moves_stock)
    problems += declared.problems(made)
    if is_tracked and not errors_in(problems):
        made = with_tracking(work, declared, made, free, problems)
    return changed(made, last_key=highest_key) if highest_key > made.highest_key else made


def _is_tracked(work: Work, declared: DocumentType, made: Document) -> bool:
    """Whether batches, serials or bins are told, or any of the items has them."""
    if made.tracking or not declared.tracking_fields:
        return bool(declared.tracking_fields)
    tracked = work.catalog.derived.get("tracked", ())
    for line in made.lines:  # noqa: SIM110 — every document that is posted comes through here
        if line.bin or line.to_bin or line.item in tracked:
            return True
    return False


def _kept(lines: tuple[ItemLine, ...], posted: Document) -> tuple[ItemLine, ...]:
    before = {(line.key, line.item, line.is_gift): line for line in posted.lines}
    kept = []
    for line in lines:
        old = before.get((line.key, line.item, line.is_gift))
        if old is not None:
            line = changed(  # noqa: PLW2901 — the same line with what was frozen
                line,
                item_code=old.item_code,
                item_name=old.item_name,
                item_spec=old.item_spec,
                item_kind=old.item_kind,
                accounts=old.accounts,
                pool=old.pool,
                reference_cost=old.reference_cost,
            )
        kept.append(line)
    return tuple(kept)


def _with_keys(draft: Document, free: Iterator[int]) -> Document:
    """Give the lines that have no amounts of their own to work out a key where they lack one."""
    if all(line.key for shape in (draft.money, draft.allocations, draft.tracking, draft.entries) for line in shape):
        return draft
    return changed(
        draft,
        money=tuple(line if line.key else changed(line, key=next(free)) for line in draft.money),
        allocations=tuple(line if line.key else changed(line, key=next(free)) for line in draft.allocations),
        tracking=tuple(line if line.key else changed(line, key=next(free)) for line in draft.tracking),
        entries=tuple(line if line.key else changed(line, key=next(free)) for line in draft.entries),
    )


def _head(work: Work, declared: DocumentType, draft: Document) -> Document:
    settings = work.settings
    party_id = draft.party
    if not party_id and declared.party_role == "customer" and not declared.is_party_required:
        party_id = settings.get("walk_in_party")
    party = work.catalog.card("party", party_id) if party_id else None
    changes: dict[str, object] = {
        "id": draft.id or work.new_document_id(),
        "taxpayer": settings.taxpayer,
        "voucher_word": voucher_word(work, is_opening=declared.is_opening),
    }
    if party is not None:
        changes.update(
            party=party.id,
            party_code=party.code,
            party_name=party.name,
            party_tax_id=party.tax_id,
            is_walk_in=bool(party.is_walk_in),
        )
        if not draft.invoice_kind and declared.price_of == "purchase":
            changes["invoice_kind"] = default_invoice_kind(work, declared, draft, party)
        if draft.due_date == NO_DATE and declared.has_due_date:
            changes["due_date"] = draft.date + timedelta(days=party.payment_days)
    return changed(draft, **changes)


class _Template:
    """What the lines of one item have in common in documents of one type."""

    __slots__ = (
        "accounts",
        "card",
        "code",
        "item",
        "kind",
        "name",
        "reference_cost",
        "spec",
        "tax_rate",
        "unit",
        "warehouse",
    )

    def __init__(self, work: Work, declared: DocumentType, card: Card) -> None:
        fields = card.fields
        self.card = card
        self.item = card.id
        self.code: str = fields["code"]
        self.name: str = fields["name"]
        self.spec: str = fields["spec"]
        self.kind: str = fields["kind"] or ItemKind.GOODS
        self.unit: str = fields["base_unit"]
        self.warehouse: Id = fields["default_warehouse"]
        self.reference_cost = UnitPrice(fields["reference_cost"])
        self.tax_rate = _tax_rate(work, declared, card)
        self.accounts = line_accounts(work, card, declared.line_roles)
        if fields["has_batch"] or fields["has_serial"] or has_tracked_stock(work.session, item=card.key):
            work.catalog.derived.setdefault("tracked", set()).add(card.id)


def _templates(work: Work, declared: DocumentType) -> dict[Id, _Template]:
    """The templates made so far, by item."""
    key = ("templates", declared.code)
    known: dict[Id, _Template] | None = work.catalog.derived.get(key)
    if known is None:
        known = work.catalog.derived[key] = {}
    return known


def _new_template(work: Work, declared: DocumentType, item: Id) -> _Template | None:
    card = work.catalog.card("item", item)
    return None if card is None else _Template(work, declared, card)


def _item_lines(
    work: Work, declared: DocumentType, head: Document, free: Iterator[int], problems: list[Problem]
) -> tuple[tuple[ItemLine, ...], Totals]:
    known: list[_Known] = []
    templates = _templates(work, declared)
    for line in head.lines:
        key = line.key or next(free)
        template = templates.get(line.item) or _new_template(work, declared, line.item)
        if template is None:
            problems.append(Problem(("lines", key, "item"), Text("line.unknown_item", {"item": line.item_code})))
            continue
        templates[line.item] = template
        rate = line.tax_rate
        known.append((key, line, template, template.tax_rate if rate is RATE_NOT_GIVEN else rate))
    amounts, totals = _amounts(declared, head, known, problems)
    make = _LineMaker(work, declared, head, problems).line
    return tuple([make(*each, figures) for each, figures in zip(known, amounts, strict=True)]), totals


def _amounts(
    declared: DocumentType, head: Document, known: list[_Known], problems: list[Problem]
) -> tuple[list[LineAmounts], Totals]:
    if not declared.price_of:
        return [NO_AMOUNTS] * len(known), Totals()
    mode = PriceMode(head.price_mode)
    if not head.header_discount and all(line.typed_tax is None for _key, line, _template, _rate in known):
        amounts = [amounts_alone(line, rate, mode) for _key, line, _template, rate in known]
        return amounts, sum_of(amounts)
    inputs = [
        LineInput(line.quantity, line.price, line.discount, rate, line.typed_amount, line.is_gift, line.typed_tax)
        for _key, line, _template, rate in known
    ]
    figures = document_lines(inputs, mode, header_discount=head.header_discount)
    for (key, line, _template, _rate), each in zip(known, figures, strict=True):
        if line.typed_tax is not None:
            problems += [Problem(("lines", key, "typed_tax"), found.text) for found in line_problems(each)]
    return [each.amounts for each in figures], add_up(figures)


class _LineMaker:
    """Makes the lines of one document."""

    def __init__(self, work: Work, declared: DocumentType, head: Document, problems: list[Problem]) -> None:
        self._work = work
        self._declared = declared
        self._problems = problems
        self._warehouse = head.warehouse
        self._default_warehouse: Id = work.settings.get("default_warehouse")
        self._pool: str = work.settings.get("cost_pool")

    def line(self, key: int, line: ItemLine, template: _Template, rate: Rate, amounts: LineAmounts) -> ItemLine:
        """The complete line."""
        quantity = line.quantity
        unit, ratio, base_quantity = template.unit, SAME_UNIT, quantity
        if line.unit and line.unit != unit:
            unit, ratio, base_quantity = self._converted(key, line, template)
        return ItemLine(
            key,
            template.item,
            template.code,
            template.name,
            template.spec,
            template.kind,
            unit,
            ratio,
            quantity,
            base_quantity,
            line.price,
            line.discount,
            rate,
            line.typed_amount,
            line.typed_tax,
            amounts.gross,
            amounts.net,
            amounts.tax,
            line.warehouse or self._warehouse or template.warehouse or self._default_warehouse,
            line.bin,
            line.is_gift,
            line.rejected_quantity,
            line.unit_cost,
            line.is_abnormal,
            line.description,
            line.note,
            line.price_source,
            self._gift_accounts(template) if line.is_gift else template.accounts,
            self._pool,
            template.reference_cost,
            line.source_document,
            line.source_line,
            line.is_product,
            line.share,
            line.to_bin,
        )

    def _gift_accounts(self, template: _Template) -> Accounts:
        return line_accounts(self._work, template.card, self._declared.line_roles, is_gift=True)

    def _converted(self, key: int, line: ItemLine, template: _Template) -> tuple[str, Ratio, Quantity]:
        ratio = _ratio(template.card, line.unit)
        if ratio is None:
            params = {"item": template.code, "unit": line.unit}
            self._problems.append(Problem(("lines", key, "unit"), Text("line.unknown_unit", params)))
            return line.unit, SAME_UNIT, line.quantity
        try:
            return line.unit, ratio, ratio.to_base(line.quantity)
        except InexactQuantity as refused:
            self._problems.append(Problem(("lines", key, "quantity"), refused.text))
            return line.unit, ratio, NOTHING


def _ratio(item: Card, unit: str) -> Ratio | None:
    if unit == item.base_unit:
        return SAME_UNIT
    for each in item.units or ():
        if each["unit"] == unit:
            return Ratio(each["num"], each["den"])
    return None


def _tax_rate(work: Work, declared: DocumentType, item: Card) -> Rate:
    """The rate of the item; a small-scale taxpayer sells at its levy rate."""
    if declared.price_of == "sale" and work.settings.taxpayer == "small":
        return work.settings.sale_tax_rate
    return Rate(item.tax_rate)


def _entry(work: Work, line: EntryLine, problems: list[Problem]) -> EntryLine:
    account = work.catalog.card("account", line.account)
    if account is None:
        problems.append(Problem(("entries", line.key, "account"), Text("voucher.unknown_account")))
        return line
    if not account.is_leaf:
        problems.append(
            Problem(("entries", line.key, "account"), Text("voucher.account_not_leaf", {"account": account.code}))
        )
    party = work.catalog.card("party", line.party) if line.party else None
    return changed(
        line,
        account_code=account.code,
        account_name=account.name,
        party_name=party.name if party else line.party_name,
    )
