"""Tables line up where a Chinese character takes two places; texts are wrapped where a reader expects it."""

from __future__ import annotations

from jxc_desktop.cli.table import Column, padded, table, width, wrapped


def test_a_chinese_character_takes_two_places() -> None:
    assert width("苹果A1") == 6
    assert width("ｶﾅ") == 2
    assert width("é") == width("e\u0301") == 1
    assert padded("苹果", 6) == "苹果  "
    assert padded("12.50", 8, to_the_right=True) == "   12.50"


def test_columns_line_up() -> None:
    lines = list(
        table(
            [Column("商品"), Column("数量", is_number=True)],
            [("苹果", "1.5"), ("Red apple", "10")],
            ("合计", "11.5"),
        )
    )
    assert lines == [
        "商品       数量",
        "---------  ----",
        "苹果        1.5",
        "Red apple    10",
        "---------  ----",
        "合计       11.5",
    ]
    assert {width(text) for text in lines} == {15}


def test_a_table_without_rows_shows_its_headings() -> None:
    assert list(table([Column("商品")], [])) == ["商品", "----"]


def test_a_cell_cannot_break_the_table_or_the_terminal() -> None:
    assert list(table([Column("名称")], [("a\nb\x1b[31m",)]))[2] == "a b [31m"


def test_chinese_breaks_anywhere_but_not_before_a_closing_mark() -> None:
    assert list(wrapped("库存不够时请先入库，再出库。", 18)) == ["库存不够时请先入", "库，再出库。"]
    assert all(width(text) <= 18 for text in wrapped("库存不够时请先入库，再出库。", 18))


def test_latin_words_stay_whole() -> None:
    assert list(wrapped("the name of the book", 10)) == ["the name", "of the", "book"]
    assert list(wrapped("账套 name 名称", 9)) == ["账套 name", "名称"]
    assert list(wrapped("一\n二", 10)) == ["一", "二"]
