"""A real shop's lines into a book against raw inserts of all the rows they come to; late receipts; rebuild."""

from __future__ import annotations

import csv
import gzip
import itertools
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from jxc_desktop.db import migrate
from jxc_desktop.db.rebuild import build_beside
from jxc_desktop.exchange.importers.run import ImportRequest, run_import
from jxc_desktop.language import Language, translator
from jxc_desktop.services.new_book import NewBook, create_book
from tests.benchmarks.capture import all_rows, connect, write
from tests.benchmarks.figure import Figure, Spent, median_ratio, spent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.services.book import Book

ROOT = Path(__file__).parent.parent.parent
MAPS = ROOT / "tests" / "data" / "maps"
SHOP = ROOT.parent / "shared" / "data" / "online_retail"
SALES, OPENING = "online_retail_first200k.csv.gz", "opening_stock.csv.gz"
PAIRS = 5


def source(folder: Path, lines: int) -> tuple[Path, Path]:
    """The sales file cut to so many lines, and its opening stock."""
    target = folder / "sales.csv"
    with (
        gzip.open(SHOP / SALES, "rt", encoding="utf-8", newline="") as whole,
        target.open("w", encoding="utf-8", newline="") as cut,
    ):
        csv.writer(cut).writerows(itertools.islice(csv.reader(whole), lines + 1))
    shutil.copyfile(SHOP / OPENING, folder / OPENING)
    return target, folder / OPENING


def take(book: Book, kind: str, path: Path, name: str) -> None:
    """Import a file with one of the example maps; anything refused is a bug of the benchmark."""
    request = ImportRequest(kind, path, map_path=MAPS / f"{name}.toml")
    report = run_import(book, request, words=translator(Language.EN))
    if not report.is_done:
        raise RuntimeError(report.as_json(translator(Language.EN)))


def imported(path: Path, files: tuple[Path, Path], *, is_late: bool) -> Spent:
    """Import both files into a new book, the opening stock first or, late, last."""
    sales, opening = files
    book = create_book(path, NewBook("Shop", 201_012))
    steps = [
        ("opening-stock", opening, "online_retail_opening"),
        ("documents", sales, "online_retail"),
    ]
    if is_late:
        steps.reverse()

    def both() -> None:
        for kind, file, name in steps:
            take(book, kind, file, name)

    used = spent(both)
    book.close()
    return used


def floor(path: Path, target: Path) -> Spent:
    """All rows of the book inserted by table into an empty one, in one transaction."""
    rows = all_rows(path)
    target.unlink(missing_ok=True)
    migrate.create_file(target)
    raw = connect(target)
    used = spent(lambda: write(raw, rows))
    raw.close()
    return used


def import_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """Medians of alternating pairs after one warm-up; a rebuild is the making of the new file, without its proof."""
    files = source(folder, int(200_000 * scale))
    direct, late, rebuilt = [], [], []
    for number in range(PAIRS + 1):
        one, two = folder / f"one{number}.jxc", folder / f"two{number}.jxc"
        in_order = imported(one, files, is_late=False)
        raw = floor(one, folder / "raw.jxc")
        out_of_order = imported(two, files, is_late=True)
        again = spent(lambda one=one: build_beside(one, folder / "again.jxc"))  # type: ignore[misc]
        for path in folder.glob("*.jxc*"):
            path.unlink()
        if number:
            direct.append((in_order, raw))
            late.append((out_of_order, in_order))
            rebuilt.append((again, in_order))
    for name, pairs, limit, unit in (
        ("import", direct, 3.5, "x raw inserts"),
        ("import_late_receipts", late, 1.5, "x import"),
        ("rebuild", rebuilt, 0.8, "x import"),
    ):
        ratio = median_ratio(pairs)
        yield Figure(f"{name}.wall", ratio.wall, limit, unit)
        yield Figure(f"{name}.cpu", ratio.cpu, limit, unit)
