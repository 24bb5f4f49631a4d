"""`find`: its JSON, its table in three languages, and what it says when there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def test_rows_have_the_promised_shape(run: Run, shop: Path) -> None:
    answer = run("find", "pg", "--book", shop, "--json").json
    assert (answer["text"], answer["count"]) == ("pg", 1)
    (row,) = answer["rows"]
    assert list(row) == ["kind", "id", "code", "title", "detail", "type", "amount", "why", "matched"]
    assert (row["kind"], row["code"], row["title"], row["why"], row["amount"]) == ("item", "A1", "苹果", "name", None)
    found = run("find", "0106", "--book", shop, "--json").json["rows"]
    assert [(row["kind"], row["code"], row["type"], row["amount"]) for row in found] == [
        ("document", "XS-20260106-0001", "delivery_note", "301.95")
    ]


@pytest.mark.parametrize(("language", "words"), [("zh_CN", "商品"), ("zh_TW", "商品"), ("en", "Item")])
def test_the_table_speaks_the_language(run: Run, shop: Path, language: str, words: str) -> None:
    run("master", "set", "item", "A1", "name=红富士", "--book", shop)
    line = run("find", "苹果", "--book", shop, "--lang", language).out.splitlines()[2]
    assert line.startswith(words)
    assert "红富士" in line
    assert line.endswith("苹果")


def test_kinds_party_and_limit_narrow_it_down(run: Run, shop: Path) -> None:
    assert run("find", "lwcs", "--kind", "party", "--book", shop, "--json").json["count"] == 1
    assert run("find", "lwcs", "--kind", "item", "--kind", "document", "--book", shop, "--json").json["count"] == 1
    assert run("find", "a", "--limit", "1", "--kind", "item", "--book", shop, "--json").json["count"] == 1
    assert run("find", "苹", "--party", "老王超市", "--kind", "item", "--book", shop).code == 0
    assert run("find", "苹", "--party", "无此人", "--book", shop).code == 1
    assert run("find", "苹", "--kind", "x", "--book", shop).code == 2


def test_nothing_found_says_what_to_try(run: Run, shop: Path) -> None:
    answer = run("find", "梨", "--book", shop)
    assert answer.code == 0
    assert "没有找到“梨”" in answer.out
