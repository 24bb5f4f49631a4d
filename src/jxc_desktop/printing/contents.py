"""What is printed of a document, of item cards and of a report, as plain values for a form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.cards import list_masters
from jxc_desktop.services.setting_values import shown_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jxc_desktop.services.book import Book

    Translator = Callable[[Text], str]

STAMPED = ("voided", "draft")
"""States that are written across the page."""


def document_values(book: Book, content: Mapping[str, Any], words: Translator) -> dict[str, Any]:
    """A document (the shape that `show` prints) with its company, the card of its party, and codes in words."""
    head = dict(content["head"])
    status = str(head.get("status", ""))
    title = words(Text(f"document.type.{head['type']}"))
    if head.get("reverses"):
        title = words(Text("print.reversal", {"title": title}))
    lines = [{**line, "number": place} for place, line in enumerate(content["lines"], 1)]
    for line in lines:
        if line.get("is_gift"):
            line["note"] = f"{words(Text('print.gift'))} {line.get('note') or ''}".strip()
    return {
        **content,
        "head": {**head, "number": "" if status == "draft" else head["number"]},
        "title": title,
        "company": _company(book),
        "party": _party(book, str(head.get("party_code") or "")),
        "stamp": words(Text(f"print.stamp_{status}")) if status in STAMPED else "",
        "is_struck": status == "voided",
        "lines": lines,
        "tenders": [{**each, "number": place} for place, each in enumerate(content["tenders"], 1)],
        "entries": [{**each, "number": place} for place, each in enumerate(content["entries"], 1)],
        "balance": _balance(content),
    }


def form_of(content: Mapping[str, Any]) -> list[str]:
    """The forms a document may be printed on, its own first, then the general one for what it holds."""
    own = document_type(str(content["head"]["type"])).form
    general = "goods" if content["lines"] else "money" if content["tenders"] else "entries"
    return [own, general]


def _balance(content: Mapping[str, Any]) -> str:
    """What is not paid at once."""
    totals = content["totals"]
    return str(Decimal(totals["due"]) - Decimal(totals["tendered"])) if totals["due"] else ""


def _company(book: Book) -> dict[str, Any]:
    settings = book.read(shown_settings)
    return {key.removeprefix("company_"): each for key, each in settings.items() if key.startswith("company_")}


def _party(book: Book, code: str) -> dict[str, Any]:
    if not code:
        return {}
    found = book.read(list_masters, kind="party", text=code)
    return next((card for card in found if card["code"] == code), {})


def item_values(book: Book, card: Mapping[str, Any]) -> dict[str, Any]:
    """A card for a label: its first barcode, else its code."""
    barcodes = card.get("barcodes") or []
    code = str(barcodes[0].get("barcode", "")) if barcodes else ""
    return {**card, "barcode": code or (card["code"] if str(card["code"]).isascii() else ""), "company": _company(book)}


def report_values(content: Mapping[str, Any], *, title: str, company: str, given: str, yes: str) -> dict[str, Any]:
    """A report (its JSON form)."""
    rows = [{name: yes if value is True else value for name, value in row.items()} for row in content["rows"]]
    return {"title": title, "company": {"name": company}, "given": given, "rows": rows, "totals": content["totals"]}
