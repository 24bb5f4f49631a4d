"""The real shop in full, into a book: 200,000 lines over their opening stock, proved from all sides."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest

from jxc_desktop.db.digest import digest
from jxc_desktop.services.doctor import run_checks
from jxc_desktop.services.rebuild import rebuild_check
from tests.builders import Shop, open_shop
from tests.exchange.samples import take

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.large_data

SIGNED = "CASE d.type WHEN 'sales_return' THEN -l.gross ELSE l.gross END"
"""Lines of sales add, lines of returns take away; other documents have no price."""


@pytest.fixture(scope="module")
def folder(shared_folder: Path) -> Path:
    found = shared_folder / "data" / "online_retail"
    if not (found / "online_retail_first200k.csv.gz").is_file():
        pytest.skip("the full file is not on this machine")
    return found


@pytest.fixture(scope="module")
def shop(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = open_shop(tmp_path_factory.mktemp("real"), start=201012)
    opening = take(shop, "opening-stock", folder / "opening_stock.csv.gz", "online_retail_opening")
    assert (opening.is_done, opening.read, str(opening.amount_created)) == (True, 3_291, "1639957.02")
    sales = take(shop, "documents", folder / "online_retail_first200k.csv.gz", "online_retail")
    assert (sales.is_done, sales.read, sales.skipped, len(sales.faults)) == (True, 200_000, 0, 0)
    return shop


def _source(folder: Path) -> list[dict[str, str]]:
    raw = gzip.decompress((folder / "online_retail_first200k.csv.gz").read_bytes())
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))


def _fen(line: Mapping[str, str]) -> int:
    yuan = Decimal(line["Quantity"]) * Decimal(line["UnitPrice"])
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))


def test_the_totals_are_those_of_the_file_in_all_per_month_and_per_customer(shop: Shop, folder: Path) -> None:
    months: defaultdict[int, int] = defaultdict(int)
    customers: defaultdict[str, int] = defaultdict(int)
    for line in _source(folder):
        months[int(line["InvoiceDate"][:7].replace("-", ""))] += _fen(line)
        customers[line["CustomerID"] or "0000"] += _fen(line)
    lines = "FROM item_line l JOIN document d ON d.id = l.document"
    by_month = shop.rows(f"SELECT d.date / 100, sum({SIGNED}) {lines} WHERE d.source = 'online-retail' GROUP BY 1")
    by_customer = shop.rows(
        f"SELECT p.code, sum({SIGNED}) {lines} JOIN party p ON p.id = d.party"
        " WHERE d.source = 'online-retail' GROUP BY 1"
    )
    assert dict(by_month) == months
    assert dict(by_customer) == customers | dict.fromkeys(customers.keys() - dict(by_customer).keys(), 0)


def test_returns_stand_on_their_sales(shop: Shop) -> None:
    wrong = shop.rows(
        "SELECT count(*) FROM item_line l JOIN document d ON d.id = l.document"
        " JOIN document s ON s.id = l.source_document AND l.source_document <> 0"
        " JOIN item_line sold ON sold.document = s.id AND sold.line = l.source_line"
        " WHERE s.party <> d.party OR sold.item <> l.item OR s.date > d.date OR s.is_walk_in"
    )
    assert wrong == [(0,)]
    linked = shop.rows("SELECT count(*) FROM item_line WHERE source_document <> 0")
    assert linked[0][0] > 2_000


def test_the_doctor_finds_nothing_wrong_and_the_log_alone_makes_the_same_book(shop: Shop) -> None:
    assert [check.name for check in run_checks(shop.book) if check.is_alarm] == []
    assert rebuild_check(shop.book.path).is_equal


def test_the_same_files_again_change_nothing(shop: Shop, folder: Path) -> None:
    before = shop.book.read(digest)
    opening = take(shop, "opening-stock", folder / "opening_stock.csv.gz", "online_retail_opening")
    sales = take(shop, "documents", folder / "online_retail_first200k.csv.gz", "online_retail")
    assert (opening.created, opening.duplicates, sales.created, sales.duplicates) == (0, 3_291, 0, 10_204)
    assert shop.book.read(digest) == before
