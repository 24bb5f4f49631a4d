"""What a use case looks at before and after it writes: dates, links, settlements, dependents, stock going short.

Everything here refuses or collects problems; nothing here writes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from jxc_desktop.db.codec import decode_document
from jxc_desktop.db.projections.period import next_period
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.errors import HasDependents, HasProblems, InsufficientStock, NotFound, PeriodClosed, UserError
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem, Severity
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.account import OWN_LEDGERS
from jxc_desktop.queries.estimates import INVOICES
from jxc_desktop.queries.reversed import is_reversed

from .cost_shares import takes_cost
from .estimates import clears_estimates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.changelog import Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.domain.documents.line import Allocation, ItemLine
    from jxc_desktop.domain.inventory.movement import Position

    from .work import Work

FAR_AHEAD = timedelta(days=31)


def business_date(work: Work) -> date:
    """Today in the book's time zone; before the day-end hour it is still yesterday."""
    zone = ZoneInfo(work.settings.get("time_zone"))
    now = datetime.fromtimestamp(work.clock.now_ms() / 1000, tz=UTC).astimezone(zone)
    return (now - timedelta(hours=int(work.settings.get("day_end_hour")))).date()


def id_problems(work: Work, draft: Document) -> list[Problem]:
    """A draft that brings its own id is posted at most once."""
    key = work.transaction.projector.document_ids.find(draft.id)
    known = work.session.value("SELECT number FROM document WHERE id = ?", (key,)) if key else ""
    if not known and draft.id not in work.pending:
        return []
    return [Problem(("id",), Text("document.posted_already", {"number": known or draft.id}))]


def date_problems(work: Work, document: Document) -> list[Problem]:
    """A date before the book's start is an error, one far ahead a warning. Raises PeriodClosed."""
    start = work.settings.start
    if document_type(document.type).is_opening:
        refuse_period(work, start)
        return []
    if document.date < start:
        params = {"date": document.date.isoformat(), "start": start.isoformat()}
        return [Problem(("date",), Text("document.before_start", params))]
    refuse_period(work, document.date)
    if document.date > business_date(work) + FAR_AHEAD:
        text = Text("document.far_ahead", {"date": document.date.isoformat()})
        return [Problem(("date",), text, Severity.WARNING)]
    return []


def refuse_period(work: Work, on: date) -> None:
    """Raises PeriodClosed, naming the first open day, where the month is closed."""
    if on.year * 100 + on.month in work.periods.closed:
        first = first_open_day(work, on)
        raise PeriodClosed(Text("document.period_closed", {"date": on.isoformat(), "first": first.isoformat()}))


def first_open_day(work: Work, on: date) -> date:
    """The day itself, or the first day of the first open month after it."""
    period = on.year * 100 + on.month
    if period not in work.periods.closed:
        return on
    while period in work.periods.closed:
        period = next_period(period)
    return date(period // 100, period % 100, 1)


def refuse_closed(work: Work, posted: Document) -> None:
    """Raises PeriodClosed where the document takes effect in a closed month."""
    text = closed_period_text(work.session, posted)
    if text is not None:
        raise PeriodClosed(text)


def closed_period_text(session: Session, posted: Document) -> Text | None:
    """Which closed month a document takes effect in, or nothing."""
    period = session.value(
        "SELECT effective_period FROM document WHERE uuid = ?"
        " AND effective_period IN (SELECT id FROM period WHERE state = 'closed')",
        (bytes.fromhex(posted.id),),
    )
    if period is None:
        return None
    month = f"{period // 100:04d}-{period % 100:02d}"
    return Text("document.in_closed_period", {"number": posted.number, "period": month})


def posted_document(work: Work, document_id: Id) -> tuple[Document, Record]:
    """The content and the record of a posted document. Raises NotFound, UserError where it is voided."""
    row = work.session.first(
        "SELECT record, status, number FROM document WHERE uuid = ?", (bytes.fromhex(document_id),)
    )
    if row is None or not row[0]:
        raise NotFound(Text("document.not_found", {"reference": document_id}))
    if row[1] != "posted":
        raise UserError(Text("document.is_voided", {"number": row[2]}))
    record = work.log.record(row[0])
    return decode_document(record.body), record


class Dependent(NamedTuple):
    """A later document that stands on this one."""

    type: str
    number: str


def dependents(session: Session, document_id: Id) -> list[Dependent]:
    """The posted documents that return, settle or reverse a document."""
    key = session.value("SELECT id FROM document WHERE uuid = ?", (bytes.fromhex(document_id),))
    text = (
        "SELECT DISTINCT d.type, d.number FROM item_line l JOIN document d ON d.id = l.document"
        " WHERE l.source_document = ?1 AND l.source_document <> 0 AND d.status = 'posted'"
        " UNION SELECT d.type, d.number FROM allocation a JOIN document d ON d.id = a.document"
        " WHERE a.target_document = ?1 AND d.status = 'posted'"
        " UNION SELECT type, number FROM document WHERE reverses = ?1 AND reverses <> 0 AND status = 'posted'"
        " ORDER BY 2"
    )
    return [Dependent(*row) for row in session.rows(text, (key,))]


def dependents_text(session: Session, posted: Document) -> Text | None:
    """The later documents that stand on this one, or nothing."""
    found = dependents(session, posted.id)
    if not found:
        return None
    names = [
        Text("document.named", {"type": Text(f"document.type.{each.type}"), "number": each.number}) for each in found
    ]
    return Text("document.has_dependents", {"number": posted.number, "documents": names})


def refuse_dependents(work: Work, posted: Document) -> None:
    """Raises HasDependents naming each later document."""
    text = dependents_text(work.session, posted)
    if text is not None:
        raise HasDependents(text)


def refuse_taken_meanwhile(work: Work, reversal: Document) -> None:
    """Raises HasProblems where a reversal goes and others have taken of its source what the reversed return had."""
    if reversal.reverses:
        original, _shown = posted_document(work, reversal.reverses)
        problems = list(link_problems(work, original))
        if problems:
            raise HasProblems(problems[0].text, problems)


class _SourceLine(NamedTuple):
    type: str
    number: str
    status: str
    on: int
    item: Id
    quantity: int
    party: Id


def link_problems(work: Work, document: Document) -> Iterable[Problem]:
    """A line takes back at most what is left of its source, of the same item, not before it; nothing once reversed."""
    declared = document_type(document.type)
    taken: dict[tuple[Id, int], int] = {}
    for line in document.lines:
        if line.source_document:
            key = (line.source_document, line.source_line)
            yield from _link_problem(work, document, line, declared, taken.get(key, 0))
            taken[key] = taken.get(key, 0) + abs(line.base_quantity.micro)


def _link_problem(
    work: Work, document: Document, line: ItemLine, declared: DocumentType, also: int
) -> Iterable[Problem]:
    place = ("lines", line.key, "source_document")
    source = _source_line(work, line.source_document, line.source_line)
    if source is None or source.status != "posted" or source.type not in declared.made_from:
        yield Problem(place, Text("link.no_source", {"item": line.item_code}))
        return
    params = {"item": line.item_code, "number": source.number}
    if source.item != line.item or (source.party != document.party and source.party):
        yield Problem(place, Text("link.other_item", params))
    if document.date.year * 10_000 + document.date.month * 100 + document.date.day < source.on:
        yield Problem(("date",), Text("link.before_source", params))
    if declared.is_invoice:
        return  # what still waits for its invoice was looked at where its estimate is cleared
    left = abs(source.quantity) - committed(work, line.source_document, line.source_line) - also
    if abs(line.base_quantity.micro) > left:
        amounts = {"quantity": abs(line.base_quantity), "left": Quantity(left)}
        yield Problem(("lines", line.key, "quantity"), Text("link.more_than_left", {**params, **amounts}))


def _source_line(work: Work, document_id: Id, key: int) -> _SourceLine | None:
    pending = work.pending.get(document_id)
    if pending is not None:
        for line in pending.lines:
            if line.key == key:
                on = pending.date.year * 10_000 + pending.date.month * 100 + pending.date.day
                return _SourceLine(
                    pending.type, pending.number, "posted", on, line.item, line.base_quantity.micro, pending.party
                )
        return None
    row = work.session.first(
        f"SELECT d.type, d.number, CASE WHEN {is_reversed('d')} THEN 'reversed' ELSE d.status END, d.date, i.uuid,"  # noqa: S608
        " l.base_quantity, p.uuid FROM document d"
        " JOIN item_line l ON l.document = d.id AND l.line = ? JOIN item i ON i.id = l.item"
        " LEFT JOIN party p ON p.id = d.party WHERE d.uuid = ?",
        (key, bytes.fromhex(document_id)),
    )
    if row is None:
        return None
    return _SourceLine(row[0], row[1], row[2], row[3], Id(row[4].hex()), row[5], Id(row[6].hex() if row[6] else ""))


def committed(work: Work, document_id: Id, key: int) -> int:
    """How much of a source line other posted documents take back, in 10⁻⁶ base units; not those that are reversed.

    An invoice takes nothing back.
    """
    known = work.commitments.get((document_id, key))
    if known is None:
        known = work.session.value(
            "SELECT coalesce(sum(abs(l.base_quantity)), 0) FROM document s"  # noqa: S608 — own alias
            " JOIN item_line l ON l.source_document = s.id AND l.source_line = ? AND l.source_document <> 0"
            " JOIN document d ON d.id = l.document WHERE s.uuid = ? AND d.status = 'posted' AND d.uuid <> ?"
            f" AND d.type NOT IN ({INVOICES}) AND NOT {is_reversed('d')}",
            (key, bytes.fromhex(document_id), bytes.fromhex(work.left_out)),
        )
        work.commitments[document_id, key] = known
    return known


def remember(work: Work, document: Document) -> None:
    """A document is about to be written: later ones in this transaction may build on it."""
    work.pending[document.id] = document
    for line in document.lines if not document_type(document.type).is_invoice else ():
        if line.source_document:
            key = (line.source_document, line.source_line)
            work.commitments[key] = committed(work, *key) + abs(line.base_quantity.micro)


def allocation_problems(work: Work, document: Document) -> Iterable[Problem]:
    """A settlement takes at most what is open, of the same party."""
    declared = document_type(document.type)
    kinds = declared.allocation_kinds
    if takes_cost(declared) or clears_estimates(declared):
        return
    for line in document.allocations:
        place = ("allocations", line.key, "amount")
        row = work.session.first(
            "SELECT o.amount, o.settled, p.uuid, d.number, d.status FROM document d"
            " JOIN open_item o ON o.document = d.id AND o.kind = ? AND o.line = ?"
            " JOIN party p ON p.id = o.party WHERE d.uuid = ?",
            (line.target_kind, line.target_line, bytes.fromhex(line.target_document)),
        )
        if row is None or row[4] != "posted" or line.target_kind not in kinds:
            yield Problem(place, Text("allocation.no_open_item", {"number": line.target_number}))
            continue
        if row[2].hex() != document.party:
            yield Problem(place, Text("allocation.other_party", {"number": row[3]}))
        left = row[0] - row[1] + _own_allocation(work, line)
        if not document.reverses and (abs(line.amount.fen) > abs(left) or (line.amount.fen < 0) != (left < 0)):
            params = {"number": row[3], "amount": line.amount, "open": Money(left)}
            yield Problem(place, Text("allocation.more_than_open", params))


def _own_allocation(work: Work, line: Allocation) -> int:
    """What the document that is being amended settles of this item now."""
    if not work.left_out:
        return 0
    return int(
        work.session.value(
            "SELECT coalesce(sum(a.amount), 0) FROM allocation a JOIN document d ON d.id = a.document"
            " JOIN document t ON t.id = a.target_document WHERE d.uuid = ? AND t.uuid = ?"
            " AND a.target_kind = ? AND a.target_line = ?",
            (
                bytes.fromhex(work.left_out),
                bytes.fromhex(line.target_document),
                line.target_kind,
                line.target_line,
            ),
        )
    )


def entry_warnings(work: Work, document: Document) -> Iterable[Problem]:
    """A typed line on an account that a ledger of its own keeps will not agree with that ledger."""
    for line in document.entries:
        card = work.catalog.card("account", line.account)
        if card is not None and card.control in OWN_LEDGERS:
            params = {"account": f"{card.code} {card.name}", "ledger": Text(f"ledger.{card.control}")}
            text = Text("voucher.controlled_account", params)
            yield Problem(("entries", line.key, "account"), text, Severity.WARNING)


def leave_out(work: Work, posted: Document) -> None:
    """The document is being replaced: what it takes up counts as free."""
    work.left_out = posted.id
    work.commitments.clear()
    work.shelves.give_back(posted)


def forbidding_warehouses(work: Work) -> dict[int, str]:
    """The local keys of the warehouses that may not go below 0, with their names."""
    known: dict[int, str] | None = work.catalog.derived.get("forbidding")
    if known is None:
        default = work.settings.get("negative_stock")
        known = work.catalog.derived["forbidding"] = {
            key: name
            for key, name, policy in work.session.rows("SELECT id, name, negative_stock FROM warehouse")
            if (policy or default) == "forbid"
        }
    return known


def refuse_short_stock(work: Work, decreased: dict[tuple[int, int], Position]) -> None:
    """Raises InsufficientStock where a warehouse that forbids it goes below 0 at a changed position or any later one.

    `decreased`: (item, warehouse) → the first position at which less is there than before. The first day and document
    that would go short are named.
    """
    forbidding = forbidding_warehouses(work) if decreased else {}
    if not forbidding:
        return
    shortages = []
    for (item, warehouse), position in sorted(decreased.items()):
        if warehouse not in forbidding:
            continue
        row = work.session.first(
            "SELECT m.warehouse_quantity, d.date, d.number, i.code, i.name FROM stock_move m"
            " JOIN document d ON d.id = m.document JOIN item i ON i.id = m.item WHERE m.item = ? AND m.warehouse = ?"
            " AND (m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line)"
            " >= (?, ?, ?, ?, ?, ?, ?) AND m.warehouse_quantity < 0"
            " ORDER BY m.effective_period, m.effective_date, m.hlc, m.stream, m.document, m.leg, m.line LIMIT 1",
            (item, warehouse, *position),
        )
        if row is not None:
            on = f"{row[1] // 10_000:04d}-{row[1] // 100 % 100:02d}-{row[1] % 100:02d}"
            params = {
                "item": f"{row[3]} {row[4]}",
                "warehouse": forbidding[warehouse],
                "short": Quantity(-row[0]),
                "date": on,
                "number": row[2],
            }
            shortages.append(Problem(("stock", row[3]), Text("stock.would_go_short", params)))
    if len(shortages) > 1:
        raise InsufficientStock(Text("stock.several_would_go_short", {"count": len(shortages)}), shortages)
    if shortages:
        raise InsufficientStock(shortages[0].text, shortages)
