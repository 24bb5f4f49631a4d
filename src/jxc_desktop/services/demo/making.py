"""Making the demo book: a new file, the company, its opening, and a month of business or of golden vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop import resource_files
from jxc_desktop.db.book_file import remove
from jxc_desktop.services.documents import post
from jxc_desktop.services.new_book import NewBook, create_book

from .chance import SEED, DemoStream, SeededIds
from .clock import DayClock
from .company import FOLDER, make_company
from .golden import golden_drafts
from .january import Month
from .opening import FIRST_DAY, opening_drafts

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.services.book import Book


def make_demo(path: Path, *, golden: bool = False) -> Book:
    """Make the demo book in a new file: thirty days of business, or with `golden` a month of manual vouchers.

    The same book every time: its digest depends on nothing but this program. Raises FileExists.
    """
    clock = DayClock(0)
    clock.put_at(FIRST_DAY, 9)
    about = resource_files.read_json(FOLDER, "company.json")["company"]
    start = int(about["start_period"].replace("-", ""))
    choice = NewBook(about["name"], start, taxpayer="general", stage=2, book_language="zh_CN")
    book = create_book(path, choice, clock=clock, ids=SeededIds(clock, SEED), tokens=DemoStream())
    try:
        company = make_company(book)
        clock.put_at(FIRST_DAY, 14)
        book.do(post, drafts=opening_drafts(company))
        if golden:
            clock.put_at(FIRST_DAY.replace(day=31), 17)
            book.do(post, drafts=list(golden_drafts(company)))
        else:
            Month(book, company, clock).play()
    except BaseException:
        book.close()
        remove(path)
        raise
    return book
