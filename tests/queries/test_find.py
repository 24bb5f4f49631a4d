"""What one types into the box finds what one means."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.errors import NotFound
from jxc_desktop.queries import found_cards, found_documents
from jxc_desktop.queries.find import DOCUMENT, ITEM, PARTY, FoundRow, find
from tests.builders import Shop, customer_payment, delivery, line, open_shop, paid, receipt
from tests.queries.ask import plan
from tests.queries.slow_search import all_ways, endings

if TYPE_CHECKING:
    from collections.abc import Iterator

ITEMS = {
    "A001": "重庆小面",
    "A002": "可口可乐",
    "A003": "农夫山泉",
    "A004": "乐百氏",
    "A005": "长城行车记录仪",
    "A006": "U盘",
    "A007": "绿茶",
    "B-12": "西安凉皮",
    "B-13": "鲜花饼",
    "0X9": "Ｔ恤（大号）",
}


def _titles(shop: Shop, text: str, **options: object) -> list[str]:
    return [row.title for row in _found(shop, text, **options)]


def _found(shop: Shop, text: str, **options: object) -> list[FoundRow]:
    return shop.book.read(find, text=text, **options)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop whose items are only looked for."""
    shop = open_shop(tmp_path_factory.mktemp("find"))
    for code, name in ITEMS.items():
        shop.item(code, name)
    shop.item("A003", spec="550ml*24", barcodes=[{"barcode": "6921168509256", "unit": "个"}])
    shop.customer("K1", "老王五金", phone="138-0013-8000", short_name="王记")
    yield shop
    shop.book.close()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("面", "重庆小面"),
        ("庆小", "重庆小面"),
        ("zhongqing", "重庆小面"),
        ("chongqing", "重庆小面"),
        ("zqxm", "重庆小面"),
        ("cqxm", "重庆小面"),
        ("重qing", "重庆小面"),
        ("chongq", "重庆小面"),
        ("可le", "可口可乐"),
        ("kkkl", "可口可乐"),
        ("kkky", "可口可乐"),
        ("kekoukele", "可口可乐"),
        ("lebaishi", "乐百氏"),
        ("yuebai", "乐百氏"),
        ("zhangcheng", "长城行车记录仪"),
        ("ccxc", "长城行车记录仪"),
        ("changchenghangche", "长城行车记录仪"),
        ("xingche", "长城行车记录仪"),
        ("zchc", "长城行车记录仪"),
        ("upan", "U盘"),
        ("ｕ盘", "U盘"),
        ("lvcha", "绿茶"),
        ("lucha", "绿茶"),
        ("xian凉", "西安凉皮"),
        ("xianliang", "西安凉皮"),
        ("xianhua", "鲜花饼"),
        ("t恤大", "Ｔ恤（大号）"),
        ("txdh", "Ｔ恤（大号）"),
        ("9256", "农夫山泉"),
        ("6921168509256", "农夫山泉"),
        ("550ml", "农夫山泉"),
        ("山泉 550", "农夫山泉"),
        ("a003", "农夫山泉"),
        ("003", "农夫山泉"),
        ("b12", "西安凉皮"),
        ("b-12", "西安凉皮"),
        ("lwwj", "老王五金"),
        ("wangji", "老王五金"),
        ("8000", "老王五金"),
    ],
)
def test_a_card_is_found_by_what_one_remembers(stocked: Shop, typed: str, title: str) -> None:
    assert _titles(stocked, typed) == [title]


@pytest.mark.parametrize(
    "typed", ["", "  ", "，。", "面小", "kl山", "农夫 可乐", "92", "qq", '"*', "a AND b", "x" * 500]
)
def test_what_is_nowhere_is_not_found(stocked: Shop, typed: str) -> None:
    assert _titles(stocked, typed) == []


def test_xian_is_one_syllable_or_two(stocked: Shop) -> None:
    assert set(_titles(stocked, "xian")) == {"西安凉皮", "鲜花饼"}


def test_a_row_says_why_it_was_found(stocked: Shop) -> None:
    assert [(row.code, row.detail, row.why, row.matched) for row in _found(stocked, "9256")] == [
        ("A003", "550ml*24", "barcode", "6921168509256")
    ]
    assert [(row.kind, row.why, row.matched) for row in _found(stocked, "王记")] == [("party", "short_name", "王记")]


def test_only_the_kinds_asked_for_are_found(stocked: Shop) -> None:
    assert _titles(stocked, "王", kinds=[ITEM]) == []
    assert _titles(stocked, "王", kinds=[PARTY]) == ["老王五金"]


_TYPED = sorted({way for name in ITEMS.values() for way in all_ways(name) if len(way) <= 14})


@given(
    typed=st.one_of(
        st.sampled_from(random.Random(5).sample(_TYPED, 4_000)),
        st.text("重庆可口乐长行山泉", min_size=1, max_size=3),
        st.text("zchqngkelyuxism", min_size=1, max_size=4),
        st.text("0123ab9", min_size=1, max_size=3),
    )
)
def test_the_index_finds_what_the_slow_rule_says(stocked: Shop, typed: str) -> None:
    expected = {
        name
        for code, name in ITEMS.items()
        if typed in all_ways(name) | all_ways(code.replace("-", "")) | endings(code)
    } | ({"农夫山泉"} if typed in all_ways("550ml") | all_ways("24") | endings("6921168509256") else set())
    expected |= {name for code, name in ITEMS.items() if typed in all_ways(code) and "-" in code}
    assert set(_titles(stocked, typed, kinds=[ITEM])) == expected


def test_an_old_name_finds_the_card_until_it_is_called_so_again(shop: Shop) -> None:
    shop.item("A1", "红牛")
    shop.item("A1", "战马")
    assert [(row.title, row.why, row.matched) for row in _found(shop, "hongniu")] == [("战马", "former_name", "红牛")]
    assert _titles(shop, "zhanma") == ["战马"]
    shop.item("A1", "红牛")
    assert [(row.title, row.why) for row in _found(shop, "红牛")] == [("红牛", "name")]
    assert [(row.title, row.why) for row in _found(shop, "zm")] == [("红牛", "former_name")]


def test_what_a_card_no_longer_says_does_not_find_it(shop: Shop) -> None:
    shop.item("A1", "红牛", spec="250ml", barcodes=[{"barcode": "6901111111111", "unit": "个"}])
    shop.item("A1", "红牛", spec="330ml", barcodes=[{"barcode": "6902222222222", "unit": "个"}])
    assert _titles(shop, "250") == _titles(shop, "1111") == []
    assert _titles(shop, "330") == _titles(shop, "2222") == ["红牛"]


def test_archived_cards_come_last(shop: Shop) -> None:
    shop.item("A1", "红牛老款", is_active=0)
    shop.item("A2", "红牛金罐")
    shop.item("A3", "红牛")
    shop.item("A3", "红牛", is_active=0)
    assert _titles(shop, "红牛") == ["红牛金罐", "红牛", "红牛老款"]


def test_a_code_typed_in_full_comes_first(shop: Shop) -> None:
    shop.item("A1", "一号")
    shop.item("A12", "十二号")
    shop.customer("A1", "安一")
    assert [(row.kind, row.code) for row in _found(shop, "a1")] == [("item", "A1"), ("party", "A1"), ("item", "A12")]


def test_what_the_party_traded_comes_first_then_what_anybody_did(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_cards, "MOST", 3)
    monkeypatch.setattr(found_cards, "NAMED", 4)
    items = [shop.item(f"A{number}", f"螺丝{number}") for number in range(9)]
    king, queen, supplier = shop.customer("K1", "老王"), shop.customer("K2", "老李"), shop.supplier("S1", "厂")
    shop.post_one(receipt(2, supplier, [line(item, "50", "1") for item in items[:4]]))
    shop.post_one(delivery(3, king, [line(items[1], "1", "2")]))
    shop.post_one(delivery(4, queen, [line(items[0], "1", "2")]))
    assert _titles(shop, "螺丝", limit=3) == ["螺丝0", "螺丝1", "螺丝3"]
    assert _titles(shop, "螺丝", party="老王", limit=2) == ["螺丝1", "螺丝0"]
    assert _titles(shop, "ls", party="K2", limit=2) == ["螺丝0", "螺丝1"]


def test_a_party_nobody_knows_is_refused(shop: Shop) -> None:
    with pytest.raises(NotFound):
        _found(shop, "x", party="没有")


@pytest.fixture
def traded(shop: Shop) -> Shop:
    """Two deliveries and a payment."""
    pen, supplier, king = shop.item("P1", "笔"), shop.supplier("S1", "文具厂"), shop.customer("K1", "老王五金")
    shop.post_one(receipt(2, supplier, [line(pen, "100", "1")]))
    shop.post_one(delivery(3, king, [line(pen, "4", "3.50")], external_number="PO/7788-x"))
    shop.post_one(delivery(4, king, [line(pen, "2", "3")]))
    shop.post_one(customer_payment(5, king, [paid(shop.cash, "14")]))
    return shop


@pytest.mark.parametrize(
    ("typed", "numbers", "why"),
    [
        ("XS-20260103-0001", ["XS-20260103-0001"], "number"),
        ("xs-20260103-0001", ["XS-20260103-0001"], "number"),
        ("0104-0", ["XS-20260104-0001"], "number"),
        ("po/7788-x", ["XS-20260103-0001"], "external_number"),
        ("7788", ["XS-20260103-0001"], "external_number"),
        ("14.00", ["SK-20260105-0001", "XS-20260103-0001"], "amount"),
        ("6", ["XS-20260104-0001"], "amount"),
        ("老王", ["SK-20260105-0001", "XS-20260104-0001", "XS-20260103-0001"], "party"),
        ("lwwj", ["SK-20260105-0001", "XS-20260104-0001", "XS-20260103-0001"], "party"),
    ],
)
def test_documents_are_found_by_what_one_remembers(traded: Shop, typed: str, numbers: list[str], why: str) -> None:
    found = _found(traded, typed, kinds=[DOCUMENT])
    assert ([row.code for row in found], {row.why for row in found}) == (numbers, {why})


@pytest.mark.parametrize("typed", ["7799", "14.01", "_", "%", "1e3", "9" * 40])
def test_documents_that_do_not_match_are_not_found(traded: Shop, typed: str) -> None:
    assert _found(traded, typed, kinds=[DOCUMENT]) == []


def test_an_old_document_is_found_where_no_newer_one_matches(traded: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_documents, "NEWEST", 1)
    assert [row.code for row in _found(traded, "7788", kinds=[DOCUMENT])] == ["XS-20260103-0001"]
    assert [row.code for row in _found(traded, "14", kinds=[DOCUMENT])] == ["SK-20260105-0001"]


def test_hits_of_documents_and_histories_are_read_by_an_index(traded: Shop) -> None:
    steps = {
        "number": plan(traded, found_documents.BY_NUMBER, ("x",)),
        "external": plan(traded, found_documents.BY_EXTERNAL_NUMBER, ("x", 5)),
        "party": plan(traded, found_documents.BY_PARTY, (1, 5)),
        "newest": plan(traded, found_documents.AMONG, (1, "%x%", 5, 1, 9, 5)),
        "history": plan(traded, found_cards.PARTY_ITEMS, (1,)),
        "items": plan(traded, found_cards.RECENT_ITEMS, ()),
        "parties": plan(traded, found_cards.RECENT_PARTIES, ()),
    }
    assert any("document_number (number=?)" in step for step in steps["number"])
    assert any("document_external_number (external_number=?)" in step for step in steps["external"])
    assert any("document_party (party=?)" in step for step in steps["party"])
    assert any("INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in step for step in steps["newest"])
    assert any("document_party (party=?)" in step for step in steps["history"])
    assert not [step for name in steps if name != "external" for step in steps[name] if "TEMP B-TREE" in step]
