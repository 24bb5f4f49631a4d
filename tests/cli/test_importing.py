"""Importing files: what is read, what is refused, and what a script is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]

KEYS = [
    *("read", "created", "updated", "skipped", "duplicates", "linked", "unlinked", "amount_created", "amount_skipped"),
    *("notes", "problems", "problem_counts", "seconds"),
]


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    """Three goods, the last of which has no name."""
    file = tmp_path / "goods.csv"
    file.write_text(
        "商品编码,商品名称,单位,零售价\nB1,鸭梨,公斤,１２.5\nB2,香蕉,公斤,8\nB3,,公斤,9\n", encoding="utf-8"
    )
    return file


def test_a_faulty_file_changes_nothing_and_every_fault_has_its_place(run: Run, shop: Path, goods: Path) -> None:
    before = run("digest", "--book", shop).out
    answer = run("import", "items", goods, "--book", shop, "--json")
    assert answer.code == 1
    assert list(answer.json) == KEYS
    assert (answer.json["read"], answer.json["created"], answer.json["skipped"]) == (3, 0, 3)
    (problem,) = answer.json["problems"]
    assert list(problem) == ["sheet", "row", "column", "value", "message"]
    assert (problem["row"], problem["column"]) == (4, "商品名称")
    assert answer.json["problem_counts"] == {"missing_name": 1}
    assert problem["message"] in answer.err
    assert run("digest").out == before


def test_good_rows_are_taken_by_choice_and_the_rest_comes_back_in_red(
    run: Run, shop: Path, goods: Path, tmp_path: Path
) -> None:
    errors = tmp_path / "errors.xlsx"
    answer = run("import", "items", goods, "--good-rows", "--errors", errors, "--book", shop, "--json")
    assert answer.code == 0
    assert (answer.json["created"], answer.json["skipped"], answer.json["notes"]) == (2, 1, 1)
    assert run("master", "show", "item", "B1", "--json").json["retail_price"] == "12.5"
    marked = [cell.coordinate for row in load_workbook(errors).worksheets[0] for cell in row if cell.comment]
    assert marked == ["B4"]


def test_a_dry_run_changes_nothing(run: Run, shop: Path, goods: Path) -> None:
    before = run("digest", "--book", shop).out
    answer = run("import", "items", goods, "--good-rows", "--dry-run", "--book", shop, "--json")
    assert (answer.code, answer.json["created"]) == (0, 2)
    assert run("digest").out == before


def test_an_import_is_a_write(run: Run, shop: Path, goods: Path) -> None:
    run("digest", "--book", shop)
    assert run("import", "items", goods).code == 2


def test_a_file_that_is_not_there_or_no_table_is_refused(run: Run, shop: Path, tmp_path: Path) -> None:
    assert run("import", "items", tmp_path / "none.csv", "--book", shop).code == 3
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    assert run("import", "items", picture, "--book", shop).code in {1, 3}
    assert run("import", "nonsense", picture, "--book", shop).code == 2


def test_the_counts_are_told_in_words(run: Run, shop: Path, goods: Path) -> None:
    answer = run("import", "items", goods, "--good-rows", "--book", shop)
    assert answer.code == 0
    assert "goods.csv" in answer.out
    assert "缺少名称: 1" in answer.out
    assert "missing_name" not in answer.out
    assert "退货" not in answer.out
    assert "第 4 行" in answer.err or "4" in answer.err
