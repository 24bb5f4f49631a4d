"""Closing a month and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.doctor import run_checks
from jxc_desktop.services.month_prices import price_month
from jxc_desktop.services.months import period_name
from jxc_desktop.services.periods import close_period, reopen_period

from .command import argument, command, option
from .parameter_types import MONTH
from .upkeep import check_lines, checks_json, is_sound

if TYPE_CHECKING:
    from jxc_desktop.services.book import Book

    from .call import Call


@command("close")
@argument("period", type=MONTH, help="period")
@option("--check", "is_check", is_flag=True, help="close_check")
def close(call: Call, *, period: int, is_check: bool) -> int:
    """Close a month, or look whether it could be closed; a book with a red check is not closed."""
    with call.book_to_write() as book:
        if is_check:
            return _check(call, book, period)
        checks = run_checks(book)
        if not is_sound(checks):
            call.note(Text("cli.close.not_sound", {"period": period_name(period)}))
            call.answer(checks_json(call, checks), lambda: check_lines(call, checks))
            return 1
        book.do(close_period, period=period)
    call.say(
        {"period": period_name(period), "state": "closed"}, Text("cli.close.done", {"period": period_name(period)})
    )
    return 0


def _check(call: Call, book: Book, period: int) -> int:
    """What closing would meet: the use case itself, taken back, and every check."""
    book.preview(close_period, lambda _session: None, period=period)
    checks = run_checks(book)
    call.answer({"period": period_name(period), **checks_json(call, checks)}, lambda: check_lines(call, checks))
    return 0 if is_sound(checks) else 1


@command("price-month")
@argument("period", type=MONTH, help="period")
def price(call: Call, *, period: int) -> None:
    """Value what left in a month by its average (periodic average)."""
    with call.book_to_write() as book:
        book.do(price_month, period=period)
    name = period_name(period)
    call.say({"period": name, "state": "priced"}, Text("cli.price_month.done", {"period": name}))


@command("reopen")
@argument("period", type=MONTH, help="period")
@option("--reason", required=True, help="reason")
def reopen(call: Call, *, period: int, reason: str) -> None:
    """Open the last closed month again."""
    with call.book_to_write() as book:
        book.do(reopen_period, period=period, reason=reason)
    call.say({"period": period_name(period), "state": "open"}, Text("cli.reopen.done", {"period": period_name(period)}))
