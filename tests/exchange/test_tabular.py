"""Opening files: encodings, delimiters, exact numbers, and clear words for what cannot be opened."""

from __future__ import annotations

import datetime as dt
import gzip
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxc_desktop.exchange import archive
from jxc_desktop.exchange.spreadsheet import exact_number
from jxc_desktop.exchange.tabular import open_table
from jxc_desktop.kernel.errors import ExternalError, UserError
from tests.exchange.samples import SAMPLES, workbook

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = dt.datetime.fromisoformat("2026-01-02T08:30")
LINES = '编码,名称,数量\nA1,螺丝,3\n\nA2,"两行\n名称",4\nA3,电线,5\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_every_usual_encoding_reads_the_same(tmp_path: Path, encoding: str, *, is_packed: bool) -> None:
    path = tmp_path / ("a.csv.gz" if is_packed else "a.csv")
    written = LINES.encode(encoding)
    path.write_bytes(gzip.compress(written) if is_packed else written)
    table = open_table(path)
    assert list(table.rows(table.sheets[0])) == [
        (1, ["编码", "名称", "数量"]),
        (2, ["A1", "螺丝", "3"]),
        (3, []),
        (4, ["A2", "两行\n名称", "4"]),
        (6, ["A3", "电线", "5"]),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in (["a", "b", "c"], ["1", "x,y;z", "3"], ["2", "p", "4"])))
    if delimiter in ",;":
        path.write_text(path.read_text().replace("x,y;z", "xyz"))
    table = open_table(path)
    assert [len(row) for _, row in table.rows("")] == [3, 3, 3]


def test_a_first_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na;b\n1,5;2\n", encoding="utf-8")
    assert list(open_table(path).rows("")) == [(2, ["a", "b"]), (3, ["1,5", "2"])]


def test_an_encoding_seen_only_far_down_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"code,name\n" + b"A1,plain\n" * 200_000 + "A2,螺丝\n".encode("gb18030"))
    *_, last = open_table(path).rows("")
    assert last == (200_002, ["A2", "螺丝"])


def test_a_workbook_gives_exact_typed_cells(tmp_path: Path) -> None:
    rows = [[0.1 + 0.2, 2170000000008, 12.5, "＝文字", dt.date(2026, 1, 2), MOMENT, True, None]]
    path = workbook(tmp_path / "a.xlsx", {"表": rows})
    assert list(open_table(path).rows("表")) == [
        (
            1,
            [
                *(Decimal("0.3"), 2170000000008, Decimal("12.5"), "＝文字"),
                *(dt.date(2026, 1, 2), MOMENT, "TRUE"),
            ],
        )
    ]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_typed_into_a_sheet_comes_back_exactly(number: Decimal) -> None:
    assert exact_number(float(number)) == number


def test_an_unknown_sheet_is_named_with_those_there_are() -> None:
    with pytest.raises(UserError) as refused:
        open_table(SAMPLES / "messy_workbook.xlsx").rows("Sheet9")
    assert refused.value.text.id == "import.sheet.unknown"
    assert refused.value.text.params["sheets"] == "商品资料、往来"


def _read_whole(path: Path) -> None:
    table = open_table(path)
    for sheet in table.sheets:
        list(table.rows(sheet))


def _refusal(path: Path) -> str:
    with pytest.raises((UserError, ExternalError)) as refused:
        _read_whole(path)
    assert isinstance(refused.value, UserError | ExternalError)
    assert refused.value.text.params["file"]
    return refused.value.text.id.removeprefix("import.file.")


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert _refusal(tmp_path / "none.csv") == "missing"
    assert _refusal(tmp_path) == "is_folder"
    assert _refusal(write("a.csv", b"")) == "empty"
    assert _refusal(write("a.pdf", b"%PDF-1.7")) == "unknown_kind"
    assert _refusal(write("a.xlsx", b"no zip at all")) == "damaged"
    assert _refusal(write("b.xlsx", b"PK\x03\x04 and nothing else")) == "damaged"
    assert _refusal(write("a.xls", ole)) == "damaged"
    assert _refusal(write("c.xlsx", ole)) == "encrypted"
    assert _refusal(write("b.csv", b"a,b\n\xff\xff\xff,1\n")) == "unknown_encoding"
    assert _refusal(write("a.csv.gz", gzip.compress(b"a,b\n" * 1000)[:-20])) == "damaged"


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    whole = (SAMPLES / "messy_workbook.xlsx").read_bytes()
    path = tmp_path / "cut.xlsx"
    for size in range(200, len(whole), 977):
        path.write_bytes(whole[:size])
        assert _refusal(path) == "damaged"


def _bomb(path: Path, sheet: bytes, *, extra: int = 0) -> Path:
    workbook(path, {"a": [["x"]]})
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        for number in range(extra):
            target.writestr(f"x{number}", b"")
    return path


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def test_hostile_workbooks_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    spaces = _bomb(tmp_path / "ratio.xlsx", HEAD + b" " * 30_000_000 + b"</sheetData></worksheet>")
    assert _refusal(spaces) == "too_large_expanded"
    assert (
        _refusal(_bomb(tmp_path / "many.xlsx", HEAD + b"</sheetData></worksheet>", extra=2_100)) == "too_large_entries"
    )
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    assert _refusal(_bomb(tmp_path / "far.xlsx", HEAD + far)) == "too_large_columns"
    tall = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="CV900000"><v>1</v></c></row>'
    assert _refusal(_bomb(tmp_path / "tall.xlsx", HEAD + tall + b"</sheetData></worksheet>")) == "too_large_cells"


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = _bomb(tmp_path / "lie.xlsx", HEAD + b" " * 100_000 + b"</sheetData></worksheet>")
    content = bytearray(path.read_bytes())
    true_size = (len(HEAD) + 100_000 + len(b"</sheetData></worksheet>")).to_bytes(4, "little")
    assert content.count(true_size) == 2
    path.write_bytes(bytes(content).replace(true_size, (500).to_bytes(4, "little")))
    assert _refusal(path) == "damaged"


def test_a_file_too_big_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 1_000)
    assert _refusal(workbook(tmp_path / "big.xlsx", {"a": [["x"]]})) == "too_large_bytes"


def test_an_open_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编码,名称\nA1,螺丝\nA2,"电线\nA3,胶带\n', encoding="utf-8")
    rows = open_table(path).rows("")
    assert [next(rows), next(rows)] == [(1, ["编码", "名称"]), (2, ["A1", "螺丝"])]
    with pytest.raises(ExternalError) as refused:
        list(rows)
    assert refused.value.text.id == "import.file.open_quote"
    assert refused.value.text.params["line"] == 3


def test_a_quote_closed_in_the_last_line_is_none_left_open(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编码,名称\nA2,"电线"', encoding="utf-8")
    assert list(open_table(path).rows("")) == [(1, ["编码", "名称"]), (2, ["A2", "电线"])]
