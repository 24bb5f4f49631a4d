"""What a scanned code becomes: units by their barcodes, labels of a scale, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.masters.scale_code import layouts_in, read_scale_code
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.drafting import begin
from jxc_desktop.services.scanning import Scanned, scanned_line
from tests.builders import NOW, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.domain.documents.line import ItemLine
    from tests.builders import Shop

ALL = layouts_in(
    "21WWWWWEEEEEC 22WWWWWNNNNNC 23WWWWWEEEEENNNNNC 24WWWWWNNNNNEEEEEC 25WWWWWJJJJJC 26WWWWWPPPPPNNNNNC"
    " 27WWWWXEEEEEC 3WWWWWWNNNNNX"
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Water in bottles and boxes, pistachios by the kilogram, melons by the piece."""
    shop = open_shop(tmp_path)
    shop.item(
        "WATER",
        "水",
        units=[{"unit": "箱", "num": 24, "den": 1}],
        barcodes=[{"barcode": "6921168509256", "unit": "个"}, {"barcode": "16921168509253", "unit": "箱"}],
        retail_price=2_000_000,
    )
    shop.item("NUT", "开心果", base_unit="千克", retail_price=98_000_000, scale_plu="00015")
    shop.item("MELON", "西瓜", retail_price=12_000_000, scale_plu="16")
    shop.item("FREE", "试吃", base_unit="千克", scale_plu="17")
    return shop


def _scan(shop: Shop, code: str, type_: str = "retail_sale", **head: Any) -> Scanned:
    draft = shop.book.read(begin, type=type_, now_ms=NOW).head
    for name, value in head.items():
        object.__setattr__(draft, name, value)
    return shop.book.read(scanned_line, draft=draft, code=code)


def _line(shop: Shop, code: str, type_: str = "retail_sale") -> ItemLine:
    found = _scan(shop, code, type_)
    assert found.known is not None
    return found.known.line


def _why(shop: Shop, code: str) -> str:
    found = _scan(shop, code)
    assert found.known is None
    assert found.refused is not None
    return found.refused.id


@pytest.mark.parametrize(
    ("code", "plu", "weight", "amount"),
    [
        ("2200015012502", "00015", 1_250, None),
        ("2100015032251", "00015", None, "32.25"),
        ("230001503225012501", "00015", 1_250, "32.25"),
        ("240001501250032258", "00015", 1_250, "32.25"),
    ],
)
def test_the_layouts_of_common_scales(code: str, plu: str, weight: int | None, amount: str | None) -> None:
    label = read_scale_code(code, ALL)
    assert label is not None
    assert (label.plu, label.weight, label.amount and str(label.amount)) == (plu, weight, amount)


def test_a_wrong_check_digit_is_no_code_unless_the_layout_ignores_it() -> None:
    assert read_scale_code("2200015012503", ALL) is None
    label = read_scale_code("3000015012500", ALL)
    assert label is not None
    assert (label.plu, label.weight) == ("000015", 1_250)


def test_amounts_in_jiao_and_prices_of_a_unit() -> None:
    jiao = read_scale_code("2500015003228", ALL)
    assert jiao is not None
    assert str(jiao.amount) == "32.20"
    priced = read_scale_code("260001509800012505", ALL)
    assert priced is not None
    assert (str(priced.unit_price), priced.weight) == ("98.00", 1_250)


@pytest.mark.parametrize(
    "word",
    [
        "22WWWWWNNNNN",
        "22WWWWWC",
        "NNNNNWWWWW22C",
        "22WWWWWNNNNNQ",
        "22WWWWWEEEEEJJJJJC",
        "22NNNNNEEEEEC",
        "2200015012502",
    ],
)
def test_what_is_no_layout_is_named(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        layouts_in(f"22WWWWWNNNNNC {word}")


def test_a_barcode_names_its_unit(shop: Shop) -> None:
    assert _line(shop, "6921168509256").unit == "个"
    box = _line(shop, "16921168509253")
    assert (box.unit, str(box.ratio.num), str(box.quantity), str(box.price)) == ("箱", "24", "1", "48")


def test_an_own_code_and_a_code_that_lost_its_zero(shop: Shop) -> None:
    shop.item("UPC", "进口", barcodes=[{"barcode": "0036000291452", "unit": "个"}])
    assert _line(shop, "WATER").item_code == "WATER"
    assert _line(shop, "036000291452").item_code == "UPC"


def test_a_weight_is_sold_at_the_price_of_the_card(shop: Shop) -> None:
    found = _scan(shop, "2200015012502")
    assert found.is_label
    assert found.known is not None
    line = found.known.line
    assert (line.item_code, str(line.quantity), line.unit, str(line.price)) == ("NUT", "1.25", "千克", "98")
    assert line.typed_amount is None


def test_an_amount_is_paid_as_it_stands_on_the_label(shop: Shop) -> None:
    line = _line(shop, "2100015032251")
    assert (str(line.quantity), str(line.typed_amount)) == ("0.329", "32.25")


def test_a_counted_item_is_weighed_in_pieces(shop: Shop) -> None:
    assert str(_line(shop, "2200016000034").quantity) == "3"


def test_what_is_counted_in_stock_has_no_amount(shop: Shop) -> None:
    line = _line(shop, "2100015032251", "stock_count")
    assert (str(line.quantity), line.typed_amount) == ("0.329", None)


def test_what_means_nothing_or_two_things_is_refused(shop: Shop) -> None:
    assert _why(shop, "6901234567892") == "scan.unknown"
    assert _why(shop, "2200099012504") == "scan.unknown_plu"
    assert _why(shop, "2200015000004") == "scan.no_weight"
    assert _why(shop, "2100017032259") == "scan.no_price"
    shop.item("OTHER", "别的", barcodes=[{"barcode": "6921168509256", "unit": "个"}])
    assert _why(shop, "6921168509256") == "scan.many"
    shop.item("OTHER", "别的", is_active=0)
    assert _line(shop, "6921168509256").item_code == "WATER"
    shop.item("WATER", "水", is_active=0)
    assert _why(shop, "WATER") == "scan.inactive"


def test_part_of_a_code_is_never_guessed(shop: Shop) -> None:
    assert _why(shop, "509256") == "scan.unknown"


def test_the_layouts_are_a_setting_that_refuses_nonsense(shop: Shop) -> None:
    assert _why(shop, "240001501250032258") == "scan.unknown"
    shop.book.do(set_setting, key="scale_codes", value="24WWWWWNNNNNEEEEEC")
    line = _line(shop, "240001501250032258")
    assert (str(line.quantity), str(line.typed_amount)) == ("1.25", "32.25")
    with pytest.raises(UserError) as refused:
        shop.book.do(set_setting, key="scale_codes", value="24WWW")
    assert refused.value.text.id == "setting.not_a_layout"
