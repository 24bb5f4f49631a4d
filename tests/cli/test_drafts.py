"""draft list, save, post, drop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.builders import line, open_shop, receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

SALE = {
    "head": {"type": "delivery_note", "date": "2026-01-06", "party": "C1"},
    "lines": [{"item": "P1", "quantity": "2", "price": "3.50"}],
}


@pytest.fixture
def shop(tmp_path: Path) -> str:
    made = open_shop(tmp_path)
    pen = made.item("P1", "笔")
    made.customer("C1", "老王")
    made.post(receipt(5, made.supplier("S1", "文具厂"), [line(pen, "10", "2.50")]))
    made.book.close()
    return str(made.book.path)


def test_a_draft_is_kept_posted_once_and_gone(run: Callable[..., Answer], shop: str, tmp_path: Path) -> None:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(SALE), encoding="utf-8")
    saved = run("draft", "save", str(file), "--book", shop, "--json").json["saved"]
    rows = run("draft", "list", "--book", shop, "--json").json["rows"]
    assert [(each["id"], each["party"], each["lines"]) for each in rows] == [(saved[0], "", 1)]
    posted = run("draft", "post", saved[0], "--book", shop, "--json").json
    assert posted["id"] == saved[0]
    assert posted["number"].startswith("XS-20260106-")
    assert run("draft", "list", "--book", shop, "--json").json["count"] == 0
    assert run("draft", "post", saved[0], "--book", shop).code == 1


def test_a_draft_is_dropped(run: Callable[..., Answer], shop: str, tmp_path: Path) -> None:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(SALE), encoding="utf-8")
    saved = run("draft", "save", str(file), "--book", shop, "--json").json["saved"]
    assert run("draft", "list", "--book", shop).code == 0
    assert run("draft", "drop", saved[0], "--book", shop).code == 0
    assert run("draft", "drop", saved[0], "--book", shop).code == 1
    assert run("draft", "list", "--book", shop).code == 0


def test_a_copy_and_what_follows_are_kept_and_posted(run: Callable[..., Answer], shop: str, tmp_path: Path) -> None:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(SALE), encoding="utf-8")
    number = run("post", str(file), "--book", shop, "--json").json["posted"][0]["number"]
    copied = run("draft", "copy", number, "--book", shop, "--json").json["saved"][0]
    assert run("draft", "post", copied, "--book", shop).code == 0
    kinds = run("draft", "follow", number, "--book", shop, "--json").json["kinds"]
    assert "sales_return" in kinds
    assert "sales_return" in run("draft", "follow", number, "--book", shop).out
    returned = run("draft", "follow", number, "sales_return", "--book", shop, "--json").json["saved"][0]
    assert run("draft", "post", returned, "--book", shop).code == 0
    assert run("draft", "follow", number, "sales_return", "--book", shop).code == 1
    run("void", number, "--reason", "x", "--book", shop)


def test_an_amendment_is_kept_and_made_later(run: Callable[..., Answer], shop: str, tmp_path: Path) -> None:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(SALE), encoding="utf-8")
    number = run("post", str(file), "--book", shop, "--json").json["posted"][0]["number"]
    content = run("show", number, "--book", shop, "--json").json
    content["lines"][0]["quantity"] = "3"
    file.write_text(json.dumps(content), encoding="utf-8")
    kept = run("draft", "save", str(file), "--amends", number, "--book", shop, "--json").json["saved"][0]
    assert run("draft", "post", kept, "--book", shop).code == 0
    assert run("show", number, "--book", shop, "--json").json["totals"]["gross"] == "10.50"
    file.write_text(json.dumps([SALE, SALE]), encoding="utf-8")
    assert run("draft", "save", str(file), "--amends", number, "--book", shop).code == 1
    empty = run("draft", "follow", number, "--book", shop)
    assert empty.code == 0


def test_reasons_stand_with_the_document(run: Callable[..., Answer], shop: str, tmp_path: Path) -> None:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(SALE), encoding="utf-8")
    number = run("post", str(file), "--book", shop, "--json").json["posted"][0]["number"]
    reversal = run("reverse", number, "--reason", "开错客户", "--book", shop, "--json").json["number"]
    assert run("show", reversal, "--book", shop, "--json").json["head"]["note"] == "开错客户"
    assert run("draft", "follow", number, "--book", shop, "--json").json["kinds"] == []


def test_lines_of_a_party_are_pulled_into_a_draft(run: Callable[..., Answer], shop: str, tmp_path: Path) -> None:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(SALE), encoding="utf-8")
    number = run("post", str(file), "--book", shop, "--json").json["posted"][0]["number"]
    rows = run("draft", "pull", "sales_return", "C1", "--book", shop, "--json").json["rows"]
    assert [(each["number"], each["left_over"]) for each in rows] == [(number, "2")]
    assert number in run("draft", "pull", "sales_return", "C1", "--book", shop).out
    chosen = f"{number}:{rows[0]['line']}"
    pulled = run("draft", "pull", "sales_return", "C1", chosen, "--book", shop, "--json").json["saved"][0]
    assert run("draft", "post", pulled, "--book", shop).code == 0
    assert run("draft", "pull", "sales_return", "C1", chosen, "--book", shop).code == 1
    assert run("draft", "pull", "sales_return", "C1", "--book", shop).code == 0
    assert run("draft", "pull", "voucher", "C1", "--book", shop, "--json").json["rows"] == []
