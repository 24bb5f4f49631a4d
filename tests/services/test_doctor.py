"""A healthy book is green; each rule broken by SQL is found by its name."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from jxc_desktop.__main__ import main
from jxc_desktop.kernel.clock import FixedClock
from jxc_desktop.kernel.money import Money
from jxc_desktop.services.book import Book
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.doctor import Check, run_checks
from jxc_desktop.services.periods import close_period
from jxc_desktop.services.rebuild import rebuild
from tests.builders import NOW, delivery, entry, line, open_shop, receipt, voucher
from tests.services.doctor_book import healthy_shop
from tests.services.doctor_harm import HARMS, Harm

SAW_IT_ANYWAY = {"rebuild_equals_live"}
"""Whatever is changed in a projection is not what the log gives."""


def _names(harms: tuple[Harm, ...]) -> list[str]:
    """The check of each harm with a number of its own."""
    return [f"{harm.check}-{number}" for number, harm in enumerate(harms, 1)]


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = healthy_shop(tmp_path_factory.mktemp("healthy"))
    shop.book.close()
    return shop.book.path


@pytest.fixture
def copy(healthy: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(healthy, tmp_path / "copy.jxc"))


def _examined(path: Path, *, quick: bool = False) -> dict[str, Check]:
    with Book.open(path) as book:
        return {check.name: check for check in run_checks(book, quick=quick)}


def _broken(checks: dict[str, Check]) -> dict[str, str]:
    return {name: str(check.level) for name, check in checks.items() if not check.ok}


def _harm(path: Path, harm: Harm) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(harm.sql)
        assert raw.total_changes > 0


def _copied(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))


@pytest.mark.parametrize("taxpayer", ["small", "general"])
@pytest.mark.parametrize("pool", ["book", "warehouse"])
def test_a_healthy_book_is_green(tmp_path: Path, taxpayer: str, pool: str) -> None:
    shop = healthy_shop(tmp_path, taxpayer=taxpayer, cost_pool=pool)
    shop.book.close()
    assert _broken(_examined(shop.book.path)) == {}
    assert _broken(_examined(shop.book.path, quick=True)) == {}


@pytest.mark.parametrize("harm", HARMS, ids=_names(HARMS))
def test_a_broken_rule_is_found_by_name(
    copy: Path, harm: Harm, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JXC_HOME", str(copy.parent / "home"))
    if harm.is_closed:
        with Book.open(copy, clock=FixedClock(NOW)) as book:
            book.do(close_period, period=202601)
    _harm(copy, harm)
    code = main(["doctor", "--book", str(copy), "--json"])
    answer = json.loads(capsys.readouterr().out)
    broken = {check["name"]: check["level"] for check in answer["checks"] if not check["ok"]}
    assert broken.pop(harm.check) == harm.level
    assert set(broken) - SAW_IT_ANYWAY == set(harm.also)
    is_alarm = harm.level == "red" or "red" in broken.values()
    assert (code, answer["ok"]) == (int(is_alarm), not is_alarm)


def test_every_check_is_broken_once(copy: Path) -> None:
    assert set(_examined(copy)) == {harm.check for harm in HARMS}


def test_what_is_found_says_where_in_words(copy: Path) -> None:
    _harm(copy, next(harm for harm in HARMS if harm.check == "vouchers_balance"))
    check = _examined(copy)["vouchers_balance"]
    examples = check.detail.params["examples"]
    assert isinstance(examples, list)
    said = [example.params for example in examples]
    assert {each["difference"] for each in said} == {Money(1), Money(-1)}
    assert all(str(each["number"]).startswith(("PZ-", "FY-")) for each in said)
    assert check.detail.id == "doctor.found"
    assert check.is_alarm


def test_damage_to_the_log_is_not_sent_to_repair(copy: Path) -> None:
    _harm(copy, next(harm for harm in HARMS if harm.check == "hash_chain"))
    assert _examined(copy)["hash_chain"].detail.id == "doctor.found_in_log"


def test_a_rebuild_repairs_projections(copy: Path) -> None:
    for check in ("stock_value_per_account", "on_hand_is_sum_of_moves", "receivables_match", "numbers_gapless"):
        _harm(copy, next(harm for harm in HARMS if harm.check == check))
    assert _broken(_examined(copy))
    rebuild(copy)
    assert _broken(_examined(copy)) == {}


def test_what_arrived_from_elsewhere_may_break_what_entry_guards(copy: Path) -> None:
    guarded = {"no_negative_where_forbidden", "links_within_source", "settled_within_open", "references_known"}
    for harm in HARMS:
        if harm.check in {"no_negative_where_forbidden", "references_known"} or "21000000" in harm.sql:
            _harm(copy, harm)
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("UPDATE stream SET is_own = 0")
        raw.commit()
    broken = _broken(_examined(copy))
    assert {name: level for name, level in broken.items() if name in guarded} == {
        "no_negative_where_forbidden": "yellow",
        "links_within_source": "yellow",
        "references_known": "yellow",
    }


def test_a_voucher_moved_to_another_month_leaves_a_gap_to_look_at(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    account = shop.account("560206")
    entries = [entry(account, debit="1"), entry(account, credit="1")]
    first = shop.post_one(voucher(3, entries))
    shop.post_one(voucher(4, entries))
    shop.amend(first, voucher(date(2026, 2, 1), entries))
    shop.book.close()
    assert _broken(_examined(shop.book.path)) == {"voucher_numbers_gapless": "yellow"}


def test_a_policy_counts_from_the_day_it_was_set(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    pen, customer = shop.item("P1"), shop.customer("K1")
    shop.post_one(delivery(3, customer, [line(pen, "5", "1")]))
    shop.book.do(set_setting, key="negative_stock", value="forbid")
    shop.post_one(receipt(4, shop.supplier("G1"), [line(pen, "2", "1")]))
    assert _broken({check.name: check for check in run_checks(shop.book)}) == {}
    shop.book.close()


def test_the_quick_tier_sees_what_was_posted_last(copy: Path) -> None:
    quick = {"vouchers_balance", "on_hand_is_sum_of_moves", "hash_chain", "lines_add_up_to_head", "shortages_match"}
    for harm in HARMS:
        if harm.check in quick:
            path = _copied(copy, "one.jxc")
            _harm(path, harm)
            found = _broken(_examined(path, quick=True))
            assert harm.check in found or "effective_date" in harm.sql, harm
