"""Kinds stock, reject: events become posted documents of a new book, its figures are held against the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cases.stock_book import opened

if TYPE_CHECKING:
    from tests.cases.case import Case, Figures
    from tests.cases.stock_book import StockBook


def stock(case: Case) -> Figures:
    """Every event is entered; each check is answered as soon as its events are."""
    with opened(case.given) as book:
        return {"checks": _answers(book, case.given["events"], case.expect["checks"])}


def reject(case: Case) -> Figures:
    """Every event but the last is entered; whether the last is refused, and the stock afterwards."""
    *earlier, last = case.given["events"]
    with opened(case.given) as book:
        answers = _answers(book, earlier, case.expect.get("checks", []))
        is_refused = book.refuses(last)
        balance = book.answer(case.expect.get("balance_after", {}))
    return {"checks": answers, "rejected": is_refused, "balance_after": balance}


def _answers(book: StockBook, events: list[Any], checks: list[Any]) -> list[Figures]:
    """The answers in the order of the checks. Raises KeyError for a check that no event leads to."""
    found: dict[int, Figures] = {}
    for count, event in enumerate([None, *events]):
        if event is not None:
            book.enter(event)
        found.update((place, book.answer(check)) for place, check in enumerate(checks) if check["after"] == count)
    return [found[place] for place, _check in enumerate(checks)]


KINDS = {"stock": stock, "reject": reject}
