"""Stock now and at past days, and the why of a late sale, in a book of a million movements of ten thousand items."""

from __future__ import annotations

import statistics
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, ItemLine
from jxc_desktop.kernel.quantity import Quantity, UnitPrice
from jxc_desktop.language import Language, translator
from jxc_desktop.queries.held_stock import held_stock
from jxc_desktop.queries.reports.report import run_report
from jxc_desktop.queries.why import why
from jxc_desktop.services.documents import post
from jxc_desktop.services.masters import CardChange, set_cards
from tests.benchmarks.books import CHUNK, START, BigBook
from tests.benchmarks.figure import Figure, median_ratio, spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.services.book import Book

ITEMS, DOCUMENTS, LINES, SALES = 10_000, 180_000, 5, 100_000
TIMES = 9
DAYS = (START + timedelta(days=20), START + timedelta(days=150), START + timedelta(days=260))
RAW = (
    "SELECT i.code, i.name, i.spec, w.name, s.quantity, p.value FROM stock_on_hand s JOIN item i ON i.id = s.item"
    " JOIN warehouse w ON w.id = s.warehouse JOIN cost_pool p ON p.item = s.item ORDER BY i.code, w.code"
)


def stock_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """Medians; a past day is the report as it is printed, the slowest of an early, a middle and a late one."""
    made = BigBook(folder / "book.jxc", int(DOCUMENTS * scale), lines=LINES, items=int(ITEMS * scale))
    last_sale = _sell_one_item(made, int(SALES * scale))
    made.book.checkpoint()
    book = made.book
    pairs = [(spent(lambda: book.read(held_stock)), spent(lambda: book.read(_raw))) for _ in range(TIMES)]
    yield Figure("stock.today", median_ratio(pairs[1:]).wall, 1.5, "x raw query")
    yield Figure("stock.past_day", max(_median(book, on) for on in DAYS), 0.4, "s")
    yield Figure("stock.past_day_of_one", max(_median(book, on, "HOT") for on in DAYS) * 1000, 5, "ms")
    times = [spent(lambda: book.read(why, reference=last_sale)).wall for _ in range(TIMES)]
    yield Figure("why.last_sale", statistics.median(times) * 1000, 100, "ms")
    book.close()


def _median(book: Book, on: date, item: str = "") -> float:
    return statistics.median(spent(lambda: _held(book, on, item)).wall for _ in range(TIMES))


def _held(book: Book, on: date, item: str = "") -> object:
    given = {"as_of": on.isoformat(), "item": item}
    return book.read(run_report, name="stock-on-hand", given=given, today=START, words=translator(Language.ZH_CN))


def _raw(session: Session) -> list[object]:
    return list(session.rows(RAW))


def _sell_one_item(made: BigBook, sales: int) -> str:
    """An item received on every tenth day and sold in documents of its own; the number of the last one."""
    item, supplier = made.book.ids.new_id(), made.book.ids.new_id()
    hot = {"code": "HOT", "name": "畅销品", "base_unit": "个", "kind": "goods", "is_active": 1}
    seller = {"code": "S1", "name": "供应商", "is_supplier": 1, "is_active": 1}
    made.book.do(set_cards, changes=[CardChange("item", hot, item), CardChange("party", seller, supplier)])
    made.book.do(
        post,
        drafts=[
            Document(
                NO_ID,
                "goods_receipt",
                START + timedelta(days=day),
                party=supplier,
                lines=(ItemLine(0, item, quantity=Quantity(10**10), price=UnitPrice(2_000_000 + day * 1_000)),),
            )
            for day in range(0, 300, 10)
        ],
    )
    drafts = [
        Document(
            NO_ID,
            "delivery_note",
            START + timedelta(days=number * 300 // sales),
            party=made.parties[number % len(made.parties)],
            lines=(ItemLine(0, item, quantity=Quantity(1_000_000), price=UnitPrice(5_000_000)),),
        )
        for number in range(sales)
    ]
    for start in range(0, sales, CHUNK):
        made.book.do(post, drafts=drafts[start : start + CHUNK])
    return made.book.read(_last_number)


def _last_number(session: Session) -> str:
    return str(session.value("SELECT number FROM document ORDER BY date DESC, hlc DESC LIMIT 1"))
