"""Making a book, its settings and its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Run = Callable[..., Answer]


def test_a_new_book_has_what_every_shop_needs(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.jxc"
    made = run("new", file, "--name", "小店", "--start", "2026-01", "--json")
    assert made.code == 0
    assert made.json == {"book": str(file), "name": "小店"}
    for kind, name in (("warehouse", "总仓"), ("party", "散客"), ("money_account", "现金")):
        assert [row["name"] for row in run("list", kind, "--json").json["rows"]] == [name]
    units = run("list", "unit", "--json").json
    assert units["count"] == len(units["rows"]) > 10
    settings = run("setting", "--json").json["settings"]
    assert settings["start_period"] == "2026-01"
    assert settings["taxpayer"] == "small"
    assert run("doctor").code == 0


def test_the_choices_of_a_new_book_are_taken_over(run: Run, tmp_path: Path) -> None:
    choices = {
        "taxpayer": "general",
        "chart": "enterprise",
        "cost_pool": "warehouse",
        "negative_stock": "forbid",
        "book_language": "en",
        "stage": "2",
    }
    words = [word for name, value in choices.items() for word in (f"--{name.replace('_', '-')}", value)]
    assert run("new", tmp_path / "new.jxc", "--name", "Shop", "--start", "202603", *words).code == 0
    settings = run("setting", "--json").json["settings"]
    assert {name: str(settings[name]) for name in choices} == choices
    assert settings["start_period"] == "2026-03"


def test_what_cannot_be_made_leaves_no_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.jxc"
    assert run("new", file, "--name", " ", "--start", "2026-01").code == 1
    assert run("new", file, "--name", "x", "--start", "2026-01", "--costing", "lifo").code == 2
    assert run("new", tmp_path / "none" / "new.jxc", "--name", "x", "--start", "2026-01").code == 3
    assert not list(tmp_path.glob("new*"))


def test_a_book_that_is_there_is_not_overwritten(run: Run, shop: Path) -> None:
    before = run("digest", "--book", shop).out
    assert run("new", shop, "--name", "x", "--start", "2026-01").code == 3
    assert run("digest", "--book", shop).out == before


@pytest.mark.parametrize(
    ("key", "given", "shown"),
    [
        ("negative_stock", "forbid", "forbid"),
        ("sale_tax_rate", "0.03", "0.03"),
        ("default_warehouse", "总仓", "01"),
        ("day_end_hour", "4", 4),
        ("number_reset", '{"delivery_note": "month"}', {"delivery_note": "month"}),
        ("accounts", '{"revenue": "5001"}', {"revenue": "5001"}),
    ],
)
def test_a_setting_is_written_as_it_is_shown(run: Run, shop: Path, key: str, given: str, shown: object) -> None:
    assert run("setting", key, given, "--book", shop, "--json").json == {"settings": {key: shown}}
    assert run("setting", key, "--json").json["settings"] == {key: shown}


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("nonsense", "1"),
        ("negative_stock", "perhaps"),
        ("sale_tax_rate", "much"),
        ("default_warehouse", "nowhere"),
        ("stage", "x"),
        ("accounts", "[]"),
        ("cost_pool", "warehouse"),
    ],
)
def test_a_setting_nobody_can_use_is_refused(run: Run, shop: Path, key: str, given: str) -> None:
    assert run("setting", key, given, "--book", shop).code == 1


def test_a_card_is_made_changed_and_shown(run: Run, shop: Path) -> None:
    made = run(
        *("master", "set", "item", "B1", "name=梨", "base_unit=公斤", "retail_price=12.50", "tax_rate=0.09"),
        *('units=[{"unit":"箱","ratio":"7.5"}]', 'barcodes=[{"barcode":"6901234567892"}]', 'prices={"批发":"11"}'),
        *("--book", shop, "--json"),
    ).json
    assert made["created"]
    assert made["retail_price"] == "12.5"
    assert made["tax_rate"] == "0.09"
    assert made["units"] == [{"den": 2, "num": 15, "unit": "箱"}]
    assert made["prices"] == {"批发": "11"}
    assert made["is_active"] is True
    again = run("master", "set", "item", "B1", "name=鸭梨", "default_supplier=果园", "--book", shop, "--json").json
    assert not again["created"]
    assert (again["id"], again["name"], again["default_supplier_code"]) == (made["id"], "鸭梨", "S1")
    assert again["retail_price"] == "12.5"
    shown = run("master", "show", "item", "6901234567892", "--json").json
    assert shown == {name: value for name, value in again.items() if name != "created"}
    assert "鸭梨" in run("master", "show", "item", "B1").out


def test_a_field_is_cleared_with_nothing(run: Run, shop: Path) -> None:
    run("master", "set", "party", "C1", "payment_days=", "phone=", "--book", shop)
    assert run("master", "show", "party", "C1", "--json").json["payment_days"] == 0


@pytest.mark.parametrize(
    ("assignment", "place"),
    [
        ("nonsense=1", "nonsense"),
        ("retail_price=x", "retail_price"),
        ("retail_price=1.1234567", "retail_price"),
        ("kind=thing", "kind"),
        ("is_active=perhaps", "is_active"),
        ("shelf_life_days=-1", "shelf_life_days"),
        ("category=none", "category"),
        ("units=box", "units"),
        ('units=[{"unit":"箱"}]', "units"),
        ('units={"unit":"箱"}', "units"),
        ('barcodes=["1"]', "barcodes"),
        ("prices=[1]", "prices"),
        ('accounts={"stock":"none"}', "accounts"),
    ],
)
def test_a_value_that_fits_no_field_is_told_with_its_field(run: Run, shop: Path, assignment: str, place: str) -> None:
    answer = run("master", "set", "item", "A1", assignment, "name=新名", "--book", shop, "--json")
    assert answer.code == 1
    assert [each["place"] for each in answer.json["problems"]] == [[place]]
    assert run("master", "show", "item", "A1", "--json").json["name"] == "苹果"


def test_a_card_without_what_it_needs_is_refused(run: Run, shop: Path) -> None:
    answer = run("master", "set", "item", "B1", "name=梨", "--book", shop, "--json")
    assert answer.code == 1
    assert [each["place"][-1] for each in answer.json["problems"]] == ["base_unit"]
    assert run("master", "set", "item", "B1", "name", "--book", shop).code == 2
    assert run("master", "show", "item", "B1").code == 1


def test_a_name_cannot_be_emptied_and_a_barcode_must_check(run: Run, shop: Path) -> None:
    emptied = run("master", "set", "item", "A1", "name=", "--book", shop, "--json")
    assert emptied.code == 1
    assert [each["place"][-1] for each in emptied.json["problems"]] == ["name"]
    for field in (
        'barcodes=[{"barcode":"6901234567890"}]',
        'units=[{"unit":"箱","ratio":"2","barcode":"6901234567890"}]',
    ):
        mistyped = run("master", "set", "item", "A1", field, "--book", shop)
        assert mistyped.code == 1
        assert "校验位" in mistyped.err
    assert run("master", "show", "item", "A1", "--book", shop, "--json").json["name"] == "苹果"


def test_a_recipe_is_written_by_codes_and_shown_by_them(run: Run, shop: Path) -> None:
    run("master", "set", "item", "B1", "name=香蕉", "base_unit=公斤", "--book", shop)
    parts = 'parts=[{"item":"B1","quantity":"2.5"}]'
    assert run("master", "set", "recipe", "R1", "name=果篮", "item=A1", parts, "--book", shop).code == 0
    shown = run("master", "show", "recipe", "R1", "--book", shop, "--json").json
    assert (shown["item_code"], shown["quantity"]) == ("A1", "0")
    assert [(part["item_code"], part["quantity"]) for part in shown["parts"]] == [("B1", "2.5")]
    itself = run("master", "set", "recipe", "R1", 'parts=[{"item":"A1","quantity":"1"}]', "--book", shop)
    assert itself.code == 1
    assert "绕回了自己：A1 苹果、A1 苹果" in itself.err
