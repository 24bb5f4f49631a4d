"""Every document type finds one posting rule for every kind of taxpayer, or a named reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jxc_desktop import resource_files
from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.doctypes.spec import DocumentType, Rules
from jxc_desktop.domain.accounting.posting_rule import NoRule, find_rule, rules_from
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, translator
from tests.scenarios.business import open_business
from tests.scenarios.posting_cases import CASES

if TYPE_CHECKING:
    from pathlib import Path


RULES = rules_from(resource_files.read_json("standards", "posting_rules.json"))

NO_RULE = {"voucher": "its entries are posted as they were entered"}
"""Document types without a posting rule."""
TYPES = [(declared, taxpayer) for declared in all_types() for taxpayer in ("general", "small")]
REASONS = {
    ("scrap_abnormal", "small"): "scrap_abnormal_small",
    ("stock_loss", "small"): "stock_loss_small",
}
"""Where a taxpayer finds another rule than the one named; everything else is found under its own name or converted."""
ONLY_GENERAL = {"purchase_receipt_undeductible", "purchase_return_undeductible", "purchase_invoice_undeductible"}
"""A small-scale taxpayer deducts nothing, so its ordinary purchase rule is the undeductible one."""


@pytest.mark.parametrize(("declared", "taxpayer"), TYPES, ids=[f"{kind.code}-{who}" for kind, who in TYPES])
def test_every_type_finds_one_rule_or_a_named_reason(declared: DocumentType, taxpayer: str) -> None:
    assert bool(declared.rules) != (declared.code in NO_RULE)
    words = translator(Language.ZH_CN)
    for name in declared.rules:
        found = find_rule(RULES, name, taxpayer)
        if name in ONLY_GENERAL and taxpayer == "small":
            assert isinstance(found, NoRule)
            assert words(found.reason) != found.reason.id
            continue
        assert not isinstance(found, NoRule), (name, words(found.reason))
        assert found.id == REASONS.get((name, taxpayer), found.id)
        assert found.id in {name, f"{name}_small"}
        assert found.taxpayer in {taxpayer, "both"}


def test_a_name_nobody_knows_has_a_reason_in_words() -> None:
    found = find_rule(RULES, "no_such_rule", "general")
    assert isinstance(found, NoRule)
    assert found.reason == Text("posting_rule.unknown", {"rule": "no_such_rule"})
    assert "no_such_rule" in translator(Language.ZH_CN)(found.reason)


def test_no_document_asks_for_a_rule_its_type_does_not_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[str, str]] = set()
    looked_up = Rules.rule

    def remember(self: Rules, name: str, taxpayer: str) -> object:
        asked.add((name, taxpayer))
        return looked_up(self, name, taxpayer)

    monkeypatch.setattr(Rules, "rule", remember)
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        case.post(open_business(folder, case.taxpayer))
    named = {name for declared in all_types() for name in declared.rules}
    assert {name for name, _taxpayer in asked} <= named
    assert {taxpayer for _name, taxpayer in asked} == {"general", "small"}
