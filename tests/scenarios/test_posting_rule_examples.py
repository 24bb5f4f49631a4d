"""Every example of the posting rules that a document of today can post is posted, and gives the example's entry.

A case names the rules whose examples together are the whole voucher, for one kind of taxpayer, and posts the documents.
Rules nobody posts yet stand in `not_yet` with their reason.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from jxc_desktop import resource_files
from jxc_desktop.domain.accounting.posting_rule import Side, rules_from
from jxc_desktop.kernel.money import ZERO, Money
from tests.scenarios.business import open_business
from tests.scenarios.not_yet import NOT_YET
from tests.scenarios.posting_cases import CASES, Case

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RULES = rules_from(resource_files.read_json("standards", "posting_rules.json"))
IDS = [f"{number}-{case.rules}-{case.taxpayer}" for number, case in enumerate(CASES)]


def _example(rules: Iterable[str]) -> list[tuple[str, str, Money]]:
    """The entries of the rules' examples: side, account, amount; lines of 0 are not posted."""
    return [
        ("借" if rule_line.side is Side.DEBIT else "贷", rule_line.account, amount)
        for name in rules
        for rule_line, amount in zip(RULES[name].lines, RULES[name].example.lines, strict=True)
        if amount
    ]


def _entry(text: str) -> tuple[str, str, Money]:
    side, account, amount = text.split()
    return side, account.partition("/")[0], Money.parse(amount)


def _balances(entries: Iterable[tuple[str, str, Money]]) -> dict[str, Money]:
    """Debit less credit by account, without accounts that come to nothing."""
    found: dict[str, Money] = {}
    for side, account, amount in entries:
        found[account] = found.get(account, ZERO) + (amount if side == "借" else -amount)
    return {account: balance for account, balance in found.items() if balance}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_example_is_what_a_document_posts(tmp_path: Path, case: Case) -> None:
    shop = open_business(tmp_path, case.taxpayer)
    document = case.post(shop)
    posted = [_entry(text) for text in shop.voucher(document)]
    expected = [*_example(case.rules.split()), *map(_entry, case.beside)]
    if case.by_account:
        assert _balances(posted) == _balances(expected)
    else:
        assert Counter(posted) == Counter(expected)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_taxpayer_of_a_case_posts_its_rules(case: Case) -> None:
    assert all(RULES[name].fits(case.taxpayer) for name in case.rules.split())


def test_every_rule_is_reproduced_or_not_yet_for_a_reason() -> None:
    covered = {name for case in CASES for name in case.rules.split()}
    waiting = [name for names in NOT_YET.values() for name in names.split()]
    assert len(waiting) == len(set(waiting))
    assert covered.isdisjoint(waiting)
    assert covered | set(waiting) == set(RULES)
