"""The valuation stream of AdventureWorks, imported, ends at the published figures to the fen, whatever comes first."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from jxc_desktop.db.book_file import copy_live
from jxc_desktop.db.digest import table_digests
from jxc_desktop.db.engine import Session, open_engine
from jxc_desktop.db.projections import PROJECTIONS
from jxc_desktop.db.rules import shipped_rules
from jxc_desktop.db.transaction import Transaction
from jxc_desktop.kernel.money import Money
from jxc_desktop.services.doctor import run_checks
from tests.builders import Shop, open_shop
from tests.exchange.samples import take

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


METHODS = {"moving_average": "MA", "fifo": "FIFO"}
COLUMNS = ("Qty_{}", "Value_{}_Fen", "NetIssueCost_{}_Fen", "ReturnVariance_{}_Fen")

_FIGURES = """
    SELECT i.code, p.quantity, p.value,
           sum(CASE WHEN d.type IN ('delivery_note', 'sales_return') THEN -m.own_value ELSE 0 END), sum(m.variance)
      FROM cost_pool p JOIN item i ON i.id = p.item JOIN stock_move m ON m.item = p.item
      JOIN document d ON d.id = m.document
     GROUP BY i.code
"""


class Stream(NamedTuple):
    """A book that took in the whole stream, its method, and the folder the published figures are in."""

    shop: Shop
    method: str
    folder: Path


@pytest.fixture(scope="module", params=METHODS)
def stream(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stream]:
    folder = shared_folder / "data" / "adventureworks"
    if not (folder / "stock_stream_example.csv.gz").is_file():
        pytest.skip("the valuation stream is not on this machine")
    shop = open_shop(tmp_path_factory.mktemp("stream"), start=201104, costing=request.param)
    report = take(shop, "documents", folder / "stock_stream_example.csv.gz", "adventureworks_stream")
    assert (report.is_done, report.created, report.unlinked) == (True, 1_518, 0)
    with shop.book:
        yield Stream(shop, METHODS[request.param], folder)


def _figures(rows: Sequence[tuple[Any, ...]]) -> dict[str, tuple[str, ...]]:
    return {code: (str(quantity // 10**6), *(str(Money(fen)) for fen in money)) for code, quantity, *money in rows}


def _expected(stream: Stream) -> dict[str, tuple[str, ...]]:
    names = [column.format(stream.method) for column in COLUMNS]
    text = (stream.folder / "stock_stream_example_expected.csv").read_text(encoding="utf-8")
    return {row["ProductID"]: tuple(row[name] for name in names) for row in csv.DictReader(text.splitlines())}


def test_every_product_ends_at_its_published_figures(stream: Stream) -> None:
    expected = _expected(stream)
    assert len(expected) == 34
    assert _figures(stream.shop.rows(_FIGURES)) == expected


def test_the_totals_are_the_published_ones(stream: Stream) -> None:
    method = next(name for name, short in METHODS.items() if short == stream.method)
    totals = json.loads((stream.folder / "stock_stream_example_totals.json").read_text(encoding="utf-8"))[method]
    _codes, _quantities, *sums = zip(*stream.shop.rows(_FIGURES), strict=True)
    names = ("fen_value_end", "fen_net_issue_cost", "fen_return_variance")
    assert [str(Money(sum(each))) for each in sums] == [totals[name] for name in names]


def test_nothing_is_wrong_with_the_book(stream: Stream) -> None:
    assert [check.name for check in run_checks(stream.shop.book) if check.is_alarm] == []


@pytest.mark.parametrize("seed", range(3))
def test_records_applied_in_any_order_give_the_same_book(stream: Stream, tmp_path: Path, seed: int) -> None:
    copy_live(stream.shop.book.path, tmp_path / "again.jxc")
    engine = open_engine(tmp_path / "again.jxc")
    session = Session(engine.connect())
    session.run("PRAGMA synchronous=OFF")
    session.run("PRAGMA foreign_keys=OFF")
    try:
        _apply_again(session, Random(seed))
        assert _figures(session.rows(_FIGURES)) == _expected(stream)
        assert table_digests(session) == stream.shop.book.read(table_digests)
    finally:
        session.close()
        engine.dispose()


def _apply_again(session: Session, chance: Random) -> None:
    """Empty every projection and take the records in again: cards first, documents in random order and batches."""
    with session.transaction():
        for table in PROJECTIONS:
            session.run(f"DELETE FROM {table}")
        transaction = Transaction(session, shipped_rules())
        transaction.projector.apply(
            (record, record.row, None)
            for record in transaction.log.read("WHERE kind NOT LIKE 'document.%' ORDER BY id")
        )
        documents = list(transaction.log.read("WHERE kind LIKE 'document.%'"))
        chance.shuffle(documents)
        while documents:
            size = chance.choice((1, 20, 300))
            batch, documents = documents[:size], documents[size:]
            transaction.projector.apply((record, record.row, None) for record in batch)
        transaction.finish()
