"""`scan`: the line a code becomes, or why it becomes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def test_a_code_of_a_scale_is_a_line(run: Run, shop: Path) -> None:
    run("master", "set", "item", "A1", "scale_plu=7", "retail_price=10", "--book", shop)
    answer = run("scan", "2200007012503", "--book", shop, "--json").json
    assert answer["line"] == {
        "item": "A1",
        "name": "苹果",
        "unit": "公斤",
        "quantity": "1.25",
        "price": "10",
        "amount": None,
        "is_label": True,
    }
    assert "1.25" in run("scan", "2200007012503", "--book", shop).out


def test_an_unknown_code_is_refused(run: Run, shop: Path) -> None:
    answer = run("scan", "6901234567892", "--book", shop)
    assert answer.code == 1
    assert "6901234567892" in answer.err


def test_a_layout_that_cannot_be_read_is_refused(run: Run, shop: Path) -> None:
    assert run("setting", "scale_codes", "26WWWWWEEEEENNNNNC", "--book", shop).code == 0
    answer = run("setting", "scale_codes", "26WW", "--book", shop)
    assert answer.code == 1
    assert "26WW" in answer.err
