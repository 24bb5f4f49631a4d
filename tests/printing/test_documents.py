"""A delivery on paper: everything stands there, nothing beyond the edge, pages as a shopkeeper expects them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.kernel.errors import NotFound, UserError
from jxc_desktop.language import Language, translator
from jxc_desktop.printing.papers import MM, papers
from jxc_desktop.printing.pictures import page_pictures
from jxc_desktop.printing.printed import print_document, print_labels
from jxc_desktop.queries.cards import list_masters
from jxc_desktop.queries.document import document_content
from jxc_desktop.services.draft_content import draft_contents
from tests.builders import customer_payment, delivery, line, paid
from tests.printing.conftest import seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import Shop

CHINESE = translator(Language.ZH_CN)
PAPERS = ("CF241x140", "CF241x280", "CF241x93", "A4", "A5L", "A5")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [1, 8, 9, 40, 100])
def test_every_line_is_printed_once_inside_the_margins(shop: Shop, sale: Any, paper: str, count: int) -> None:
    pages = seen(print_document(shop.book, sale(count), words=CHINESE, paper=paper).pdf)
    assert sum(page.text.count("晨光按动中性笔") for page in pages) == count
    size = papers()[paper]
    top, right, bottom, left = (margin * MM for margin in size.margins)
    for page in pages:
        assert (page.width, page.height) == pytest.approx((size.width * MM, size.height * MM), abs=0.01)
        assert min(box[0] for box in page.boxes) >= left - 1
        assert max(box[2] for box in page.boxes) <= page.width - right + 1
        assert min(box[1] for box in page.boxes) >= bottom - 2
        assert max(box[3] for box in page.boxes) <= page.height - top + 4


@pytest.mark.parametrize("count", [1, 7, 8, 9, 10, 11, 100])
def test_no_line_stands_alone_on_the_last_page(shop: Shop, sale: Any, count: int) -> None:
    pages = seen(print_document(shop.book, sale(count), words=CHINESE).pdf)
    assert pages[-1].text.count("晨光按动中性笔") >= min(count, 2)


def test_pages_are_numbered_summed_and_carried_forward(shop: Shop, sale: Any) -> None:
    pages = seen(print_document(shop.book, sale(30), words=CHINESE).pdf)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"第：{number}/{len(pages)}" in page.text
        assert ("本页小计" in page.text, "合计" in page.text) == (number < len(pages), number == len(pages))
        assert ("承前页" in page.text) == (number > 1)
    first = re.search(r"本页小计\s*(\d+)", pages[0].text)
    second = re.search(r"承前页\s*(\d+)", pages[1].text)
    assert first is not None
    assert second is not None
    assert first.group(1) == second.group(1)
    assert "人民币壹仟壹佰陆拾贰元伍角整" in pages[-1].text  # 2.5 × (1 + … + 30)


def test_a_short_document_is_one_page_without_subtotals(shop: Shop, sale: Any) -> None:
    (page,) = seen(print_document(shop.book, sale(8), words=CHINESE).pdf)
    assert "本页小计" not in page.text
    for words in ("绿洲文具店", "销售出库单", "老王超市", "王先生", "XS-20260106-0001", "¥90.00", "收货人签字"):
        assert words in page.text


def test_the_same_document_gives_the_same_bytes(shop: Shop, sale: Any) -> None:
    content = sale(12)
    assert (
        print_document(shop.book, content, words=CHINESE).pdf == print_document(shop.book, content, words=CHINESE).pdf
    )


def test_the_font_goes_in_and_no_other(shop: Shop, sale: Any) -> None:
    pdf = print_document(shop.book, sale(2), words=CHINESE).pdf
    assert b"/FontFile2" in pdf
    assert b"Helvetica" not in pdf
    assert len(pdf) < 200_000


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.ZH_CN, "商品名称"), (Language.ZH_TW, "商品名稱"), (Language.EN, "In words:")],
)
def test_the_paper_speaks_the_chosen_language(shop: Shop, sale: Any, language: Language, words: str) -> None:
    (page,) = seen(print_document(shop.book, sale(2), words=translator(language)).pdf)
    assert words in page.text


def test_a_long_name_takes_several_lines_and_loses_nothing(shop: Shop, sale: Any) -> None:
    name = "得力订书机省力型可订五十页含订书针一盒加长手柄红色"
    (page,) = seen(print_document(shop.book, sale(1, item=shop.item("P2", name)), words=CHINESE).pdf)
    assert name in re.sub(r"\s", "", page.text)


def test_a_void_document_and_a_draft_say_so(shop: Shop, sale: Callable[..., dict[str, Any]]) -> None:
    content = sale(2)
    shop.void(content["head"]["id"])
    voided = shop.book.read(document_content, document_id=content["head"]["id"])
    assert "作废" in seen(print_document(shop.book, voided, words=CHINESE).pdf)[0].text
    pen, customer = shop.find("item", "P1"), shop.find("party", "C1")
    assert pen is not None
    assert customer is not None
    (draft,) = draft_contents(shop.book, [delivery(7, customer.id, [line(pen.id, "3", "2.5")])])
    (page,) = seen(print_document(shop.book, draft, words=CHINESE).pdf)
    assert "草稿" in page.text
    assert "XS-" not in page.text
    assert shop.rows("SELECT count(*) FROM document WHERE date = 20260107") == [(0,)]


def test_a_slip_is_as_long_as_what_stands_on_it(shop: Shop, sale: Any) -> None:
    (short,) = seen(print_document(shop.book, sale(1), words=CHINESE, form="retail_sale").pdf)
    (long,) = seen(print_document(shop.book, sale(30), words=CHINESE, form="retail_sale").pdf)
    assert short.width == long.width == pytest.approx(80 * MM, abs=0.01)
    assert long.height > short.height + 29 * 8
    assert "谢谢惠顾" in long.text
    assert min(box[1] for box in long.boxes) >= 10 * MM - 2


def test_a_type_without_a_form_of_its_own_takes_the_general_one(shop: Shop) -> None:
    payment = shop.post_one(customer_payment(6, shop.customer("C1", "老王超市"), [paid(shop.cash, "100")]))
    content = shop.book.read(document_content, document_id=payment)
    printed = print_document(shop.book, content, words=CHINESE)
    assert printed.form == "money"
    assert "人民币壹佰元整" in seen(printed.pdf)[0].text


@pytest.mark.parametrize("paper", ["L40x30", "L50x30", "L60x40", "L70x50", "PRICE70x38"])
def test_a_label_fits_its_paper(shop: Shop, paper: str) -> None:
    shop.item("P1", "得力订书机 12# 省力型 可订 50 页（含订书针一盒）", spec="红色", retail_price=12_500_000)
    cards = shop.book.read(list_masters, kind="item")
    pages = seen(print_labels(shop.book, cards, words=CHINESE, form="price_label", paper=paper, copies=2).pdf)
    assert len(pages) == 2
    for page in pages:
        assert "¥12.50" in page.text
        assert min(box[1] for box in page.boxes) >= 0
        assert max(box[2] for box in page.boxes) <= page.width


def test_signs_the_font_lacks_are_named(shop: Shop, sale: Any) -> None:
    assert print_document(shop.book, sale(1, note="喆堃龜¥"), words=CHINESE).missing == ""
    assert print_document(shop.book, sale(1, note="𫟷"), words=CHINESE).missing == "𫟷"


def test_pictures_have_the_dots_of_the_printer(shop: Shop, sale: Any) -> None:
    (picture,) = page_pictures(print_document(shop.book, sale(2), words=CHINESE).pdf, dpi=180)
    assert picture.width == pytest.approx(241 / 25.4 * 180, abs=1)
    assert picture.height == pytest.approx(990, abs=1)
    assert picture.stride == picture.width * 4
    assert len(picture.pixels) == picture.stride * picture.height
    assert len(set(picture.pixels)) > 2


def test_an_unknown_form_or_paper_names_what_there_is(shop: Shop, sale: Any) -> None:
    content = sale(1)
    with pytest.raises(NotFound, match=r"form\.unknown"):
        print_document(shop.book, content, words=CHINESE, form="nothing")
    with pytest.raises(UserError, match=r"form\.no_paper"):
        print_document(shop.book, content, words=CHINESE, paper="R80")
    with pytest.raises(UserError, match=r"form\.of_other"):
        print_document(shop.book, content, words=CHINESE, form="price_label")
