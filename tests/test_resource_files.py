"""What the program ships is found wherever it runs, and the shipped tables hang together."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop import resource_files
from jxc_desktop.kernel.quantity import Rate
from jxc_desktop.resource_files import read_csv, read_json, read_text, resource_path, translation_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "standards" / "posting_rules.json"
CHARTS = ("accounts_small_enterprise.csv", "accounts_enterprise.csv")
TRACKED = {"asset", "liability", "equity", "cost", "income"}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed package without the source tree around it."""
    package = tmp_path / "site" / "jxc_desktop"
    package.mkdir(parents=True)
    monkeypatch.setattr(resource_files, "__file__", str(package / "resource_files.py"))
    resource_files._folder.cache_clear()
    yield package
    resource_files._folder.cache_clear()


def _ship(folder: Path, text: str) -> None:
    for name in ("resources", "translations"):
        (folder / name).mkdir(parents=True)
    (folder / "resources" / "note.txt").write_text(text, encoding="utf-8")


def test_the_source_tree_reads_its_own_folders() -> None:
    assert resource_path() == ROOT / "resources"
    assert translation_dir() == ROOT / "translations"
    assert resource_path("demo", "items.csv").is_file()


def test_an_installed_package_reads_the_folders_inside_it(elsewhere: Path) -> None:
    _ship(elsewhere, "轮子")
    assert read_text("note.txt") == "轮子"
    assert translation_dir() == elsewhere / "translations"


@pytest.mark.parametrize("inside", ["jxc_desktop", "."])
def test_a_frozen_bundle_reads_what_it_unpacked(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    _ship(elsewhere, "not this one")
    _ship(tmp_path / "bundle" / inside, "bundle")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert read_text("note.txt") == "bundle"
    assert translation_dir() == tmp_path / "bundle" / inside / "translations"


@pytest.mark.usefixtures("elsewhere")
def test_a_package_without_its_folders_says_so() -> None:
    with pytest.raises(FileNotFoundError, match="resources"):
        resource_path("note.txt")


def test_tables_and_texts_are_read_with_and_without_a_mark(elsewhere: Path) -> None:
    _ship(elsewhere, "\ufeff标记")
    folder = elsewhere / "resources"
    (folder / "a.csv").write_bytes('\ufeffcode,name\r\n1,"a, ""b"""\r\n2,二\r\n'.encode())
    (folder / "empty.csv").write_bytes(b"")
    (folder / "a.json").write_bytes('\ufeff{"甲": [1]}'.encode())
    assert read_text("note.txt") == "标记"
    assert read_csv("a.csv") == [{"code": "1", "name": 'a, "b"'}, {"code": "2", "name": "二"}]
    assert read_csv("empty.csv") == []
    assert read_json("a.json") == {"甲": [1]}
    (folder / "a.csv").write_bytes(b"code,name\n1\n")
    with pytest.raises(ValueError, match="shorter"):
        read_csv("a.csv")
    with pytest.raises(FileNotFoundError):
        read_csv("absent.csv")


@pytest.mark.parametrize("name", CHARTS)
def test_every_account_hangs_below_its_parent(name: str) -> None:
    rows = {row["code"]: row for row in read_csv("standards", name)}
    parents = {row["parent_code"] for row in rows.values()} - {""}
    assert parents <= set(rows)
    for code, row in rows.items():
        assert row["category"] in TRACKED
        assert row["normal_balance"] in {"debit", "credit"}
        assert code.startswith(row["parent_code"])
        assert (row["parent_code"] == "") == (len(code) == 4)
        assert int(row["level"]) == (len(code) - 2) // 2
        assert all(row[key] for key in ("name_zh_cn", "name_zh_tw", "name_en", "full_name_zh_cn"))
        assert (row["is_leaf"] == "0") == (code in parents) or code == "222101"
        assert row["full_name_zh_cn"].split("_")[-1] == row["name_zh_cn"]


def test_the_opening_account_stands_outside_both_charts() -> None:
    system = read_csv("standards", "accounts_system.csv")
    assert [(row["code"], row["category"], row["hidden_while_zero"]) for row in system] == [("9999", "system", "1")]
    for name in CHARTS:
        assert "9999" not in {row["code"] for row in read_csv("standards", name)}


def test_units_start_with_the_piece_and_cover_the_demo_company() -> None:
    units = read_csv("units.csv")
    assert units[0]["name_zh_cn"] == "个"
    names = [row["name_zh_cn"] for row in units]
    assert len(set(names)) == len(names)
    assert len({row["code"] for row in units}) == len(units)
    assert {row["unit"] for row in read_csv("demo", "item_units.csv")} <= set(names)
    assert all(row[key] for row in units for key in row)
    assert all(0 <= int(row["decimals"]) <= 6 for row in units)


def test_every_tax_rate_has_one_code_and_a_span() -> None:
    tax: dict[str, Any] = read_json("standards", "tax.json")
    rates = [*tax["vat_rates"], *tax["levy_rates"], *tax["exempt"]]
    codes = [rate["code"] for rate in rates]
    assert len(set(codes)) == len(codes)
    assert set(tax["default"].values()) <= set(codes)
    for rate in rates:
        assert Decimal(0) <= Decimal(str(Rate.parse(rate["rate"]))) < Decimal(1)
        assert not rate["valid_to"] or rate["valid_from"] < rate["valid_to"]


def test_the_opening_stock_of_the_demo_company_is_its_stock_accounts() -> None:
    stock = sum((Decimal(row["amount"]) for row in read_csv("demo", "opening_stock.csv")), Decimal(0))
    totals = read_json("demo", "company.json")["control_totals"]
    assert stock == sum((Decimal(text) for text in totals["stock"].values()), Decimal(0))
    balances = read_csv("demo", "opening_balances.csv")
    debit = sum((Decimal(row["debit"] or 0) for row in balances), Decimal(0))
    assert str(debit) == totals["trial_balance"]


@pytest.mark.skipif(not SEED.is_file(), reason="the seed of the posting rules is on a developer's machine only")
def test_every_figure_of_the_seed_is_kept() -> None:
    ours = {rule["id"]: rule for rule in read_json("standards", "posting_rules.json")["rules"]}
    seed = json.loads(SEED.read_text(encoding="utf-8"))["rules"]
    assert len(seed) == 186
    for rule in seed:
        mine = ours[rule["id"]]
        assert mine["amounts"] == rule["amounts"]
        assert mine["example"]["inputs"] == rule["example"]["inputs"]
        assert mine["example"]["amounts"] == rule["example"]["amounts"]
        assert (mine["taxpayer"], mine["red_letter"], mine["note"]) == (
            rule["taxpayer"],
            rule["red_letter"],
            rule["note"],
        )
        assert [[line[key] for key in ("side", "account", "amount", "aux", "example")] for line in mine["lines"]] == [
            [line[key] for key in ("side", "account", "amount", "aux", "example")] for line in rule["lines"]
        ]
