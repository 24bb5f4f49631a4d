"""The rules of a document type: found for a kind of taxpayer, or refused by name."""

from __future__ import annotations

from datetime import date

import pytest

from jxc_desktop import resource_files
from jxc_desktop.doctypes.registry import all_types, document_type
from jxc_desktop.doctypes.spec import Rules
from jxc_desktop.domain.accounting.posting_rule import rules_from
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import NO_ID, MoneyLine
from jxc_desktop.kernel.money import Money


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


def test_what_a_payment_may_settle_is_the_money_and_what_is_waived() -> None:
    money = (MoneyLine(1, "payment", amount=Money(9_000)), MoneyLine(2, "fee", amount=Money(50)))
    for code, expected in (("customer_payment", 9_150), ("supplier_payment", 9_100)):
        to_settle = document_type(code).to_settle
        assert to_settle is not None
        document = Document(NO_ID, code, date(2026, 1, 5), write_off=Money(100), money=money)
        assert to_settle(document) == Money(expected)
