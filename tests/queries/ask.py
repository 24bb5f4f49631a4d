"""Asking a book as the command line does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.queries.document import document_content
from jxc_desktop.queries.reports.report import run_report

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.kernel.text import Text
    from tests.builders import Shop

TODAY = date(2026, 1, 31)


def text_id(text: Text) -> str:
    """A title as the id of its text."""
    return text.id


def answer(shop: Shop, name: str, /, **given: str) -> dict[str, Any]:
    """The answer of a report; `since` is the parameter `from`."""
    if "since" in given:
        given["from"] = given.pop("since")
    return shop.book.read(run_report, name=name, given=given, today=TODAY, words=text_id)


def rows(shop: Shop, name: str, /, **given: str) -> list[dict[str, Any]]:
    """The rows of a report."""
    found: list[dict[str, Any]] = answer(shop, name, **given)["rows"]
    return found


def columns(shop: Shop, name: str, wanted: str, /, **given: str) -> list[tuple[Any, ...]]:
    """Some columns of a report, their names separated by spaces."""
    names = wanted.split()
    return [tuple(row[each] for each in names) for row in rows(shop, name, **given)]


def show(shop: Shop, document: Id, *, chain: bool = False) -> dict[str, Any]:
    """Everything about a document."""
    return shop.book.read(document_content, document_id=document, chain=chain)


def plan(shop: Shop, text: str, row: tuple[Any, ...]) -> list[str]:
    """What SQLite does for a question, step by step."""

    def steps(session: Session) -> list[str]:
        return [each[3] for each in session.rows(f"EXPLAIN QUERY PLAN {text}", row)]

    return shop.book.read(steps)
