"""Errors and formulas without a result are faults of their cells, never empty cells."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from jxc_desktop.exchange.cells import read_code, read_text
from jxc_desktop.exchange.dates import read_date
from jxc_desktop.exchange.faults import FaultKind
from jxc_desktop.exchange.fields import KINDS, Reader
from jxc_desktop.exchange.numbers import read_money, read_price, read_quantity, read_rate
from jxc_desktop.exchange.tabular import open_table
from jxc_desktop.exchange.unread_cells import Unread, unread_cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jxc_desktop.exchange.cells import Reading

READERS = (read_text, read_code, read_date, read_money, read_price, read_quantity, read_rate)


def _workbook(path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "封面"
    sheet = book.create_sheet("A&B <商品>")
    sheet.append(["编码", "数量", "金额"])
    sheet.append(["#N/A", "=1+2", None])
    sheet.append(["A2", 3, "#DIV/0!"])
    sheet.append([None, None, None, '=IF(A1<>"","x",1)'])
    book.save(path)


def test_what_the_fast_reader_leaves_empty_comes_back(tmp_path: Path) -> None:
    _workbook(tmp_path / "a.xlsx")
    rows = dict(open_table(tmp_path / "a.xlsx").rows("A&B <商品>"))
    assert rows[2][:2] == ["#N/A", "=1+2"]
    assert rows[3][:3] == ["A2", 3, "#DIV/0!"]
    assert rows[4][3] == '=IF(A1<>"","x",1)'
    assert [type(cell) for cell in (*rows[2][:2], rows[3][2], rows[4][3])] == [Unread] * 4
    assert unread_cells(tmp_path / "a.xlsx", "封面") == {}


def test_a_formula_with_a_result_is_read(tmp_path: Path) -> None:
    _workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as before, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as after:
        for name in before.namelist():
            xml = before.read(name)
            if name.endswith("sheet2.xml"):
                xml = xml.replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>").replace(
                    b"<f>1+2</f><v/>", b"<f>1+2</f><v>3</v>"
                )
                xml = xml.replace(b'<c r="D4">', b'<c r="D4" t="str">')
            after.writestr(name, xml)
    rows = dict(open_table(tmp_path / "b.xlsx").rows("A&B <商品>"))
    assert rows[2][1] == 3
    assert (4, 4) not in unread_cells(tmp_path / "b.xlsx", "A&B <商品>")


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("shown", ["#N/A", "=1+2"])
def test_no_reader_takes_it_for_a_value(read: Callable[..., Reading[object]], shown: str) -> None:
    reading = read(Unread(shown))
    assert (reading.value, reading.fault) == (None, FaultKind.NOT_CALCULATED)


def test_an_amount_beside_quantity_and_cost_may_be_an_unknown_formula() -> None:
    read = KINDS["opening-stock", ""].fields["amount"]
    reader = Reader(find_unit=str)
    assert read(Unread("=D2*E2"), reader).fault is None
    assert read(Unread("#REF!"), reader).fault is FaultKind.NOT_CALCULATED
