"""Making a new book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import ExternalError
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.new_book import NewBook, create_book, industries

from .command import LANGUAGES, argument, command, option
from .parameter_types import FILE, MONTH, Choice

if TYPE_CHECKING:
    from pathlib import Path

    from .call import Call

STAGES = ("1", "2", "3", "4")


@command("new", book=False)
@argument("file", type=FILE, help="book_file")
@option("--name", required=True, help="company_name")
@option("--start", type=MONTH, required=True)
@option("--taxpayer", type=Choice(("small", "general")), default="small")
@option("--stage", type=Choice(STAGES), default="1")
@option("--chart", type=Choice(("small_enterprise", "enterprise")), default="small_enterprise")
@option(
    "--costing",
    type=Choice(("moving_average", "fifo", "specific", "periodic_average")),
    default="moving_average",
)
@option("--cost-pool", type=Choice(("book", "warehouse")), default="book")
@option("--negative-stock", type=Choice(("forbid", "warn", "allow")), default="warn")
@option("--industry", type=Choice(industries()))
@option("--book-language", type=LANGUAGES, default="zh_CN")
def new(call: Call, *, file: Path, name: str, start: int, stage: str, industry: str | None, **choices: str) -> None:
    """Make a book."""
    refuse_missing_folder(file)
    choice = NewBook(name, start, stage=int(stage), industry=industry or "", **choices)
    with create_book(file, choice, tokens=call.surroundings.tokens):
        call.surroundings.remember_book(file)
    call.say({"book": str(file), "name": name}, Text("cli.new.made", {"file": str(file), "name": name}))


def refuse_missing_folder(file: Path) -> None:
    """Raises ExternalError where the folder for a new book is not there: a mistyped path makes no folders."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise ExternalError(Text("cli.no_folder", {"folder": str(folder)}))
