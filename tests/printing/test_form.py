"""Form files: the shipped ones read, broken ones say everything that is wrong and where; breaking and paging."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.kernel.errors import FileMissing, HasProblems
from jxc_desktop.printing.fitting import NEVER_FIRST, broken, fitted, shrunk
from jxc_desktop.printing.fonts import text_width
from jxc_desktop.printing.form import form_names, load_form, read_form
from jxc_desktop.printing.pagination import Room, paginated
from jxc_desktop.printing.words import filled, pieces

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", form_names())
def test_a_shipped_form_has_no_fault(name: str) -> None:
    assert load_form(name).papers


def test_all_faults_of_a_form_are_named_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'of = "cake"\npaper = "A9"\nsize = "big"\ncolour = "red"\nhead = "x"\n'
        '[[foot]]\ncells = [{ text = "{a", align = "up" }]\n[table]\ncolumns = []\nsubtotal = 1\n'
        '[on.A4]\nfill = -1\nwithout = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(HasProblems) as refused:
        read_form(file)
    assert {problem.place for problem in refused.value.problems} == {
        ("of",),
        ("paper",),
        ("size",),
        ("colour",),
        ("head",),
        ("foot", 1, 1, "text"),
        ("foot", 1, 1, "align"),
        ("table", "columns"),
        ("table", "subtotal"),
        ("on", "A4", "fill"),
        ("on", "A4", "without"),
    }


def test_a_file_that_is_no_toml_or_not_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with pytest.raises(FileMissing):
        read_form(file)
    file.write_text("of = ", encoding="utf-8")
    with pytest.raises(HasProblems, match=r"form\.broken"):
        read_form(file)


@pytest.mark.parametrize(
    ("template", "text"),
    [("¥{a:money}", "¥−1,234.50"), ("{a:number}", "−1,234.5"), ("{b.c}", "x"), ("{none}", ""), ("{z:some}", "")],
)
def test_values_are_written_as_on_paper(template: str, text: str) -> None:
    assert filled(pieces(template), {"a": "-1234.5", "b": {"c": "x"}, "z": "0.00"}) == text


@given(st.text(alphabet="晨光笔，。（）A1 -", max_size=60), st.floats(20, 90))
def test_broken_lines_fit_and_keep_every_sign(text: str, width: float) -> None:
    lines = broken(text, width, 10)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(each, 10) <= width + 0.01 or len(each) == 1 for each in lines)


def test_no_line_begins_with_a_comma() -> None:
    lines = broken("晨光按动笔，红色，得力订书机，省力", 52, 10)
    assert len(lines) > 2
    assert not [each for each in lines if each[0] in NEVER_FIRST]


def test_what_is_too_long_is_cut_visibly_and_numbers_never_are() -> None:
    assert fitted("晨光按动中性笔红色" * 9, 50, 10, 2).lines[-1].endswith("…")
    fit = shrunk("123,456,789.00", 30, 10)
    assert fit.lines == ["123,456,789.00"]
    assert fit.size < 10


@given(st.lists(st.floats(5, 20), max_size=120), st.floats(10, 60), st.booleans())
def test_pages_hold_every_line_once_and_never_too_many(
    heights: list[float],
    foot: float,
    has_sums: bool,  # noqa: FBT001 — given by hypothesis
) -> None:
    extra = 6.0 * has_sums
    room = Room(page=100.0, foot=foot, subtotal=extra, carried=extra)
    pages = paginated(heights, room)
    assert [place for page in pages for place in page] == list(range(len(heights)))
    for number, page in enumerate(pages):
        used = sum(heights[place] for place in page) + extra * (number > 0)
        used += foot if number == len(pages) - 1 else extra
        assert used <= 100.01
    if len(pages) > 1 and len(heights) > 1:
        assert len(pages[-1]) >= 2 or len(pages[-2]) == 1
