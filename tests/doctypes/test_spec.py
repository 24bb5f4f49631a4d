"""The rules of a document type: found for a kind of taxpayer, or refused by name."""

from __future__ import annotations

import pytest

from jxc_desktop import resource_files
from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.doctypes.spec import Rules
from jxc_desktop.domain.accounting.posting_rule import rules_from


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(rules_from(resource_files.read_json("standards", "posting_rules.json")))


@pytest.mark.parametrize("taxpayer", ["general", "small"])
def test_a_rule_is_that_of_the_taxpayer(rules: Rules, taxpayer: str) -> None:
    found = rules.rule("retail_sale", taxpayer)
    assert found.lines
    assert rules.rule("retail_sale", taxpayer) is found


def test_a_rule_that_a_taxpayer_does_not_have_is_named(rules: Rules) -> None:
    with pytest.raises(LookupError) as refused:
        rules.rule("gift_of_nothing", "general")
    assert refused.value.args == ("gift_of_nothing", "general")


def test_a_code_means_one_type() -> None:
    assert [document_type(each.code) for each in all_types()] == list(all_types())
    with pytest.raises(KeyError):
        document_type("nothing")


def test_a_due_date_stands_in_the_heads_that_name_one() -> None:
    assert document_type("delivery_note").has_due_date
    assert not document_type("voucher").has_due_date
