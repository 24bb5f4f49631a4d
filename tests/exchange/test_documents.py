"""Rows become documents: totals of the file hold in all, per month and per customer, and returns find their sales."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.exchange.line_store import seconds
from jxc_desktop.exchange.matching import EarlierLine
from jxc_desktop.exchange.raw_documents import RawDocument, RawLine, SourceLine
from jxc_desktop.kernel.ids import Id
from tests.exchange.samples import MAPS, SAMPLES, batch, batch_of, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from jxc_desktop.exchange.rules import ReturnOf

RETAIL_MAP = MAPS / "online_retail.toml"
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


def _source_lines(path: Path) -> list[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))


def _fen(line: Mapping[str, str]) -> Decimal:
    return (Decimal(line["Quantity"]) * Decimal(line["UnitPrice"])).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _sums(pairs: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for name, amount in pairs:
        sums[name] += amount
    return dict(sums)


def _amount(line: RawLine) -> Decimal:
    return Decimal(str(line.amount))


def _assert_totals(documents: list[RawDocument], source: list[dict[str, str]]) -> None:
    lines = [(document, line) for document in documents for line in document.lines]
    assert sum(_amount(line) for _, line in lines) == sum(map(_fen, source))
    by_month = _sums((f"{document.moment:%Y-%m}", _amount(line)) for document, line in lines)
    assert by_month == _sums((line["InvoiceDate"][:7], _fen(line)) for line in source)
    by_customer = _sums((document.party_code, _amount(line)) for document, line in lines)
    assert by_customer == _sums((line["CustomerID"], _fen(line)) for line in source)


def _assert_links(documents: list[RawDocument]) -> None:
    """Every linked piece stands in an earlier sale of the same customer and item, and nothing is returned twice."""
    seen: dict[tuple[str, str], RawDocument] = {}
    returned: Counter[tuple[str, str, int]] = Counter()
    for document in documents:
        for line in document.lines:
            if line.source:
                key = line.source.type, line.source.number
                sale, position = seen[key], line.source.line
                sold = sale.lines[position - 1]
                assert (sale.party_code, sold.item_code) == (document.party_code, line.item_code)
                assert sale.party_code
                assert sale.moment <= document.moment
                returned[*key, position] += line.quantity.micro
                assert returned[*key, position] <= sold.quantity.micro
        seen[document.type, document.number] = document


def _unmatched(source: list[dict[str, str]]) -> tuple[Decimal, Decimal]:
    """How many pieces find their sale and how many do not, by a plain reading of the file in order of its dates."""
    open_lines: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    linked = unlinked = Decimal(0)
    first = {line["InvoiceNo"]: n for n, line in reversed(list(enumerate(source)))}
    moments: dict[str, str] = {}
    for line in source:
        moments[line["InvoiceNo"]] = min(line["InvoiceDate"], moments.get(line["InvoiceNo"], "9"))
    for line in sorted(source, key=lambda line: (moments[line["InvoiceNo"]], first[line["InvoiceNo"]])):
        quantity = Decimal(line["Quantity"])
        stack = open_lines[line["CustomerID"], line["StockCode"].strip().lower()]
        if quantity > 0:
            stack.append(quantity)
        elif _fen(line) < 0:
            rest = -quantity
            while rest and stack and line["CustomerID"]:
                taken = min(rest, stack[-1])
                stack[-1] -= taken
                rest -= taken
                linked += taken
                if not stack[-1]:
                    stack.pop()
            unlinked += rest
    return linked, unlinked


def _check_retail(path: Path) -> list[RawDocument]:
    source = _source_lines(path)
    found = batch(path, RETAIL_MAP)
    documents = list(found.documents())
    assert not found.faults
    assert found.read == len(source) == sum(document.rows for document in documents) + found.skipped.total()
    assert Decimal(str(found.amount)) == sum(map(_fen, source))
    _assert_totals(documents, source)
    _assert_links(documents)
    returns = [line for document in documents if document.type == "sales_return" for line in document.lines]
    linked = sum(Decimal(str(line.quantity)) for line in returns if line.source)
    unlinked = sum(Decimal(str(line.quantity)) for line in returns if not line.source)
    assert (linked, unlinked) == _unmatched(source)
    assert (found.linked, found.unlinked) == (
        sum(1 for line in returns if line.source),
        sum(1 for line in returns if not line.source),
    )
    assert [document.moment for document in documents] == sorted(document.moment for document in documents)
    return documents


def test_a_real_shop_in_small() -> None:
    documents = _check_retail(SAMPLES / "online_retail_extract.csv")
    kinds = Counter(document.type for document in documents)
    assert kinds.keys() == {"delivery_note", "sales_return", "stock_adjustment"}
    services = {line.item_code for d in documents for line in d.lines if line.item_kind == "service"}
    assert {"POST", "DOT", "D", "BANK CHARGES", "gift_0001_20"} <= services
    goods = {line.item_code for d in documents for line in d.lines if line.item_kind == "goods"}
    assert {"PADS", "DCGSSGIRL"} <= goods
    assert any(line.is_gift for document in documents for line in document.lines)
    scrapped = next(document for document in documents if document.type == "stock_adjustment")
    assert (scrapped.constants["reason"], scrapped.is_walk_in) == ("scrap", True)


@pytest.mark.large_data
def test_a_real_shop_in_full(shared_folder: Path) -> None:
    path = shared_folder / "data" / "online_retail" / "online_retail_first200k.csv.gz"
    if not path.is_file():
        pytest.skip("the full file is not on this machine")
    assert len(_check_retail(path)) == 10_204


def test_its_opening_stock() -> None:
    path = SAMPLES / "online_retail_opening_extract.csv"
    sheet, faults, notes = read(path, "opening-stock", map_file=MAPS / "online_retail_opening.toml")
    assert not faults
    assert not notes
    source = _source_lines(path)
    assert [record.text("code") for record in sheet.records] == [line["item_code"] for line in source]
    assert [str(record.price("cost")) for record in sheet.records] == [
        str(Decimal(line["unit_cost"]).normalize()) for line in source
    ]
    assert {record.text("unit") for record in sheet.records} == {"个"}
    without, _, _ = read(path, "opening-stock")
    assert [record.quantity("quantity") for record in without.records] == [
        record.quantity("quantity") for record in sheet.records
    ]


def _retail(tmp_path: Path, *lines: str, **more: Any) -> Any:
    path = tmp_path / "lines.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return batch(path, RETAIL_MAP, **more)


def test_what_the_unseen_parts_hold(tmp_path: Path) -> None:
    found = _retail(
        tmp_path,
        "A563185,B,Adjust bad debt,1,2011-08-12 14:50,11062.06,,United Kingdom",
        "A563186,B,Adjust bad debt,1,2011-08-12 14:51,-11062.06,,United Kingdom",
        "563190,22720,CAKE TIN,6,2011-08-12 15:00,4.95,12345,France",
        "563191,22720,CAKE TIN,-2,2011-08-12 15:10,4.95,12345,France",
        "563192,ADJUST2,Adjustment,1,2011-08-12 15:11,5.005,12345,France",
        "563193,TEST001,Test,0,2011-08-12 15:12,4.50,,France",
        "563194,gift_0001_90,Voucher,1,2011-08-12 15:13,75.00,,France",
        "563195,22720,damaged,-3,2011-08-12 15:14,0.0,,France",
        "563196,GIFT,,-1,2011-08-12 15:15,0.0,,France",
        "C563197,22720,CAKE TIN,-9,2011-08-12 15:16,4.95,12345,France",
        "563198,22720,found,4,2011-08-12 15:17,0,,France",
    )
    documents = {document.number: document for document in found.documents()}
    shape = {number: (d.type, str(d.amount)) for number, d in documents.items()}
    assert shape == {
        "A563185": ("delivery_note", "11062.06"),
        "A563186": ("sales_return", "-11062.06"),
        "563190": ("delivery_note", "29.70"),
        "563191": ("sales_return", "-9.90"),
        "563192": ("delivery_note", "5.01"),
        "563194": ("delivery_note", "75.00"),
        "563195": ("stock_adjustment", "0.00"),
        "C563197": ("sales_return", "-44.55"),
        "563198": ("delivery_note", "0.00"),
    }
    assert found.skipped == {"zero quantity": 1, "nothing moves": 1}
    bad_debt = documents["A563186"].lines[0]
    assert (str(bad_debt.quantity), str(bad_debt.price), bad_debt.source) == ("1", "11062.06", None)
    first, second = documents["C563197"].lines
    assert (str(first.quantity), first.source) == ("4", SourceLine("delivery_note", "563190", 1))
    assert (str(second.quantity), second.source) == ("5", None)
    assert documents["563198"].lines[0].is_gift


def test_one_item_however_its_code_is_spelled(tmp_path: Path) -> None:
    found = _retail(
        tmp_path,
        "1,85123A,HOLDER,1,2011-08-12 14:50,1,7,UK",
        "2,85123A,HOLDER WHITE,1,2011-08-12 14:50,1,7,UK",
        "3,85123a,HOLDER WHITE,1,2011-08-12 14:50,1,7,UK",
        "4,８５１２３A ,,1,2011-08-12 14:50,1,7,UK",
    )
    assert [(item.code, item.name) for item in found.items()] == [("85123A", "HOLDER WHITE")]
    lines = [line for document in found.documents() for line in document.lines]
    assert [line.item_name for line in lines] == ["HOLDER", "HOLDER WHITE", "HOLDER WHITE", "HOLDER WHITE"]
    assert [(party.code, party.types) for party in found.parties()] == [("7", frozenset({"delivery_note"}))]


def test_a_group_with_a_faulty_row_stays_out_whole(tmp_path: Path) -> None:
    found = _retail(
        tmp_path,
        "1,A,a,1,2011-08-12 14:50,1,7,UK",
        "1,B,b,约3,2011-08-12 14:50,1,7,UK",
        "2,A,a,2,2011-02-30 14:50,1,7,UK",
        ",A,a,2,2011-02-20 14:50,1,7,UK",
        "3,,a,2,2011-02-20 14:50,x,7,UK",
        "4,A,a,2,2011-02-20 14:50,1,7,UK",
        "5,A,a,2,2011-02-20 14:50,1,7,UK",
        "5,B,b,2,2011-02-20 14:50,1,8,UK",
        ",,,,,,,",
        "合计,,,9,,,,",
        "",
    )
    assert [document.number for document in found.documents()] == ["4"]
    assert {(x.place.row, x.place.heading, x.kind.value) for x in found.faults} == {
        (3, "Quantity", "text_quantity"),
        (4, "InvoiceDate", "impossible_date"),
        (5, "InvoiceNo", "missing_number"),
        (6, "StockCode", "missing_code"),
        (6, "UnitPrice", "not_a_number"),
        (9, "CustomerID", "mixed_group"),
    }
    assert (found.read, found.skipped.total()) == (8, 7)
    assert str(found.amount) == "2.00"


def test_the_same_again_is_a_duplicate(tmp_path: Path) -> None:
    lines = ("1,A,a,1,2011-08-12 14:50,1,7,UK", "C2,A,a,-1,2011-08-12 15:50,1,7,UK", "3,A,a,4,2011-08-12 16:50,1,7,UK")
    known = {("delivery_note", "1"), ("sales_return", "C2")}
    found = _retail(tmp_path, *lines, is_known=lambda code, number: (code, number) in known)
    assert [document.number for document in found.documents()] == ["3"]
    assert (found.duplicates, found.skipped, str(found.amount), str(found.amount_skipped)) == (
        *(2, {"duplicate": 2}),
        *("4.00", "0.00"),
    )


def test_a_return_of_an_earlier_file_is_looked_up_in_the_book(tmp_path: Path) -> None:
    asked: list[Mapping[str, str]] = []
    known = EarlierLine(Id("f" * 32), 3, seconds(dt.datetime.fromisoformat("2011-08-01T08:00")), 2_000_000)

    def find(_rule: ReturnOf, wanted: Mapping[str, str]) -> Iterable[EarlierLine]:
        asked.append(wanted)
        return [known]

    found = _retail(tmp_path, "C2,A,a,-3,2011-08-12 15:50,1,7,UK", find_earlier=find)
    (document,) = found.documents()
    assert asked == [{"party": "7", "item": "A"}]
    assert [(str(line.quantity), line.source) for line in document.lines] == [
        ("2", SourceLine("", "", 3, Id("f" * 32))),
        ("1", None),
    ]


def test_returns_that_name_their_document() -> None:
    path = SAMPLES / "stock_stream_extract.csv"
    found = batch(path, MAPS / "adventureworks_stream.toml")
    documents = {document.number: document for document in found.documents()}
    source = _source_lines(path)
    types = {"receive": "goods_receipt", "issue": "delivery_note", "return_in": "sales_return"}
    source_of = {line["Id"]: line for line in source}
    for line in source:
        document = documents[line["Id"]]
        assert document.type == types.get(line["Op"], "purchase_return")
        (raw,) = document.lines
        assert (str(raw.quantity), raw.item_code) == (line["Qty"], line["ProductID"])
        assert (raw.source.number if raw.source else "") == line["Of"]
        priced = source_of[line["Of"]] if line["Op"] == "return_out" else line
        assert (str(raw.price) if raw.price else "") == _plain(priced["UnitCost"])
    assert found.unlinked == 0
    assert documents["R1" if "R1" in documents else source[0]["Id"]].constants["party_name"] == "供应商"


def _plain(number: str) -> str:
    return f"{Decimal(number).normalize():f}" if number else ""


def test_documents_without_a_map(tmp_path: Path) -> None:
    lines = [
        "单据编号,单据日期,单据类型,客户名称,商品编码,商品名称,单位,数量,单价,金额",
        "XS1,2026/1/5,销售出库单,甲公司,A1,螺丝,个,10,2.5,25.00",
        "XS1,2026/1/5,销售出库单,甲公司,A2,电线,米,3,,10.00",
        "XT1,2026/1/7,销售退货单,甲公司,A1,螺丝,个,4,2.5,10.00",
        "JH1,2026/1/2,进货单,乙公司,A1,螺丝,个,100,1,100.00",
        "QT1,2026/1/2,借出单,乙公司,A1,螺丝,个,100,1,100.00",
        "XS2,2026/1/6,销售出库单,甲公司,A1,螺丝,个,1,2.5,25.00",
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="gb18030")
    found = batch(path)
    documents = list(found.documents())
    assert [(d.type, d.number, d.party_name, str(d.amount)) for d in documents] == [
        ("goods_receipt", "JH1", "乙公司", "100.00"),
        ("delivery_note", "XS1", "甲公司", "35.00"),
        ("sales_return", "XT1", "甲公司", "10.00"),
    ]
    wire = documents[1].lines[1]
    assert (str(wire.price), str(wire.amount), wire.extras["unit"]) == ("3.333333", "10.00", "米")
    assert documents[2].lines[0].source == SourceLine("delivery_note", "XS1", 1)
    assert {(x.place.row, x.kind.value) for x in found.faults} == {(6, "no_rule"), (7, "amount_mismatch")}


def test_without_a_type_the_column_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单据编号,单据日期,客户名称,商品编码,数量,单价\nX1,2026/1/5,甲公司,A1,3,5\n", encoding="utf-8")
    assert [(x.place.row, x.kind.value) for x in batch(path).faults] == [(2, "no_type")]


def test_a_till_keeps_its_signs(tmp_path: Path) -> None:
    found = batch_of(
        tmp_path / "a.csv",
        ["no,day,code,n,p", "1,2026-01-01,A,2,3", "1,2026-01-01,B,-1,5"],
        {
            "columns": {"no": "number", "day": "date_time", "code": "item_code", "n": "quantity", "p": "price"},
            "documents": {"rules": [{"type": "retail_sale", "keep_sign": True}]},
        },
    )
    (document,) = found.documents()
    assert [str(line.quantity) for line in document.lines] == ["2", "-1"]
    assert str(document.amount) == "1.00"
