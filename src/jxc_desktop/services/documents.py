"""Posting and correcting documents: post, amend, void, reverse, close short.

Each verb validates, numbers and builds one change record per document; what follows from it is worked out by the same
projector that syncs and rebuilds. Source of the verbs: architecture.md §8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db import changelog
from jxc_desktop.db.codec import day, decode_document, document_body
from jxc_desktop.db.projections.book_rows import voucher_series
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.errors import HasProblems, NotFound, StaleContent, UserError
from jxc_desktop.kernel.problems import Problem, errors_in
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed

from . import guards
from .completion import complete
from .drafts import forget
from .estimates import clears_estimates
from .numbers import take_number, take_voucher_number
from .reversal import reversed_document
from .summary import summary_of
from .work import use_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jxc_desktop.db.changelog import Record
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id

    from .work import Work

GROUP = 10_000
"""Lines that are written together in a long list: enough to write by table, few enough to bound memory."""


@use_case(right="documents.post")
def post(work: Work, *, drafts: Sequence[Document]) -> None:
    """Post drafts in the order given, all or none.

    A draft is a document with references and what the user entered; see `completion` for what is filled in. Raises
    HasProblems with the place ("documents", n, …) of each problem, PeriodClosed, InsufficientStock.
    """
    problems: list[Problem] = []
    records: list[tuple[Record, Document | None]] = []
    lines = 0
    for number, draft in enumerate(drafts):
        found: list[Problem] = []
        if records and (draft.allocations or _builds_on_estimates(draft)):
            _append(work, records)
        if draft.id:
            found += guards.id_problems(work, draft)
        document = _checked(work, complete(work, draft, found), found)
        found = [Problem(("documents", number, *each.place), each.text, each.severity) for each in found]
        if errors_in(found):
            problems += found
            continue
        work.warnings += found
        if problems:
            continue
        work.places[document.id] = ("documents", number)
        records.append(_post_record(work, document, draft.id))
        lines += 1 + len(document.lines)
        if lines >= GROUP:
            _append(work, records)
            lines = 0
    if problems:
        raise HasProblems(Text("document.has_problems", {"count": len(problems)}), problems)
    _append(work, records)


def _builds_on_estimates(draft: Document) -> bool:
    return clears_estimates(document_type(draft.type)) and any(line.source_document for line in draft.lines)


def _checked(work: Work, document: Document, problems: list[Problem]) -> Document:
    if not errors_in(problems):
        problems += guards.date_problems(work, document)
        problems += guards.link_problems(work, document)
        problems += guards.allocation_problems(work, document)
        problems += guards.entry_warnings(work, document)
        if document_type(document.type).revalues_stock:
            work.revalued.append(document.id)
    return document


def _append(work: Work, records: list[tuple[Record, Document | None]]) -> None:
    work.append(records)
    work.shelves.forget()
    records.clear()
    work.pending.clear()


def _post_record(work: Work, document: Document, draft_id: Id = NO_ID) -> tuple[Record, Document]:
    document = changed(
        document,
        number=take_number(work, document),
        voucher_number=take_voucher_number(work, document),
        summary=document.summary or summary_of(work, document),
    )
    record = work.record(
        changelog.DOCUMENT_POST,
        {"document": document_body(document)},
        subject=document.id,
        date=day(document.date),
    )
    guards.remember(work, document)
    if draft_id:
        forget(work.session, draft_id)
    return record, document


@use_case(right="documents.amend")
def amend(work: Work, *, document_id: Id, content: Document, base_hash: str = "", reason: str = "") -> None:
    """Replace the content of a posted document; number, line keys and place in the order of entry stay.

    The reason stands in the record; a kept draft of the amendment is gone with it. Open period only. Raises NotFound,
    PeriodClosed, HasDependents, StaleContent where `base_hash` is not the shown record's, HasProblems.
    """
    posted, shown = guards.posted_document(work, document_id)
    if base_hash and base_hash != shown.hash.hex():
        raise StaleContent(Text("document.stale", {"number": posted.number}))
    if content.type != posted.type:
        raise UserError(Text("document.other_type", {"number": posted.number}))
    if posted.reverses:
        raise UserError(Text("document.reversal_not_amended", {"number": posted.number}))
    guards.refuse_closed(work, posted)
    guards.refuse_dependents(work, posted)
    guards.leave_out(work, posted)
    problems: list[Problem] = []
    draft = changed(content, id=posted.id, number=posted.number)
    last_key = _last_line_key(work, posted)
    document = _checked(work, complete(work, draft, problems, posted=posted, last_key=last_key), problems)
    if errors_in(problems):
        raise HasProblems(Text("document.has_problems", {"count": len(problems)}), problems)
    work.warnings += problems
    document = changed(document, voucher_word=posted.voucher_word, summary=summary_of(work, document))
    document = changed(document, voucher_number=_kept_voucher_number(work, posted, document))
    record = work.record(
        changelog.DOCUMENT_AMEND,
        {"base_hash": shown.hash.hex(), "document": document_body(document)} | ({"reason": reason} if reason else {}),
        subject=posted.id,
        date=day(document.date),
    )
    work.append([(record, None)])
    forget(work.session, posted.id)


def _last_line_key(work: Work, posted: Document) -> int:
    """The last key any content of the document ever gave to a line: keys are never given twice."""
    records = work.log.read(
        "WHERE subject = ? AND kind IN ('document.post', 'document.amend')", (bytes.fromhex(posted.id),)
    )
    return max(decode_document(record.body).highest_key for record in records)


def _kept_voucher_number(work: Work, posted: Document, document: Document) -> int:
    """The number stays inside its period; a document moved to another month takes the next one there."""
    if voucher_series(posted) == voucher_series(document):
        return posted.voucher_number
    return take_voucher_number(work, changed(document, voucher_number=0))


@use_case(right="documents.void")
def void(work: Work, *, document_id: Id, reason: str) -> None:
    """Take all effects of a posted document back; its number stays, struck through.

    Open period only. Raises NotFound, PeriodClosed, HasDependents, UserError without a reason, HasProblems where a
    reversal goes and what it freed has been taken by others.
    """
    posted, _shown = guards.posted_document(work, document_id)
    if not reason.strip():
        raise UserError(Text("document.void_needs_reason", {"number": posted.number}))
    guards.refuse_closed(work, posted)
    guards.refuse_dependents(work, posted)
    guards.refuse_taken_meanwhile(work, posted)
    record = work.record(
        changelog.DOCUMENT_VOID, {"document": posted.id, "reason": reason}, subject=posted.id, date=day(posted.date)
    )
    work.append([(record, None)])


@use_case(right="documents.reverse")
def reverse(work: Work, *, document_id: Id, on: date | None = None, reason: str = "") -> None:
    """Post a new document that takes a posted one back at its original cost, dated in an open period.

    Without a date: the document's own where its period is open, else the first open day. The reason is its note.
    Raises NotFound, PeriodClosed, HasDependents, HasProblems.
    """
    posted, _shown = guards.posted_document(work, document_id)
    if posted.reverses:
        raise UserError(Text("document.reversal_not_reversed", {"number": posted.number}))
    guards.refuse_dependents(work, posted)
    if document_type(posted.type).is_opening:
        raise UserError(Text("document.opening_not_reversible", {"number": posted.number}))
    draft = reversed_document(posted, on or guards.first_open_day(work, posted.date))
    if draft.date < posted.date:
        raise UserError(Text("document.reversal_before", {"number": posted.number, "date": posted.date.isoformat()}))
    draft = changed(draft, note=reason or draft.note)
    problems: list[Problem] = list(document_type(draft.type).problems(draft))
    document = _checked(work, changed(draft, id=work.new_document_id()), problems)
    if errors_in(problems):
        raise HasProblems(Text("document.has_problems", {"count": len(problems)}), problems)
    work.warnings += problems
    work.append([_post_record(work, document)])


@use_case(right="documents.close_short")
def close_short(work: Work, *, document_id: Id, line: int = 0) -> None:
    """Say that nothing more will follow from a document or one of its lines (中止). Raises NotFound.

    The record is kept; what it ends (orders) comes with the order types.
    """
    posted, _shown = guards.posted_document(work, document_id)
    if line and line not in {each.key for each in posted.lines}:
        raise NotFound(Text("document.no_such_line", {"number": posted.number, "line": line}))
    content: dict[str, Any] = {"document": posted.id, "line": line}
    record = work.record(changelog.DOCUMENT_CLOSE_SHORT, content, subject=posted.id, date=day(posted.date))
    work.append([(record, None)])
