"""Posting rules: every shipped rule balances, gives its example and is found for the right taxpayer."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from jxc_desktop.domain.accounting.posting_rule import (
    TAXPAYERS,
    VAT_ROLES,
    InvalidRule,
    NoRule,
    PostingRule,
    RuleLine,
    Side,
    check_rule,
    example_amounts,
    find_rule,
    rule_from,
    rules_from,
)
from jxc_desktop.kernel.money import Money
from jxc_desktop.resource_files import read_csv, read_json

DATA: dict[str, Any] = read_json("standards", "posting_rules.json")
ENTRIES = {entry["id"]: entry for entry in DATA["rules"]}
RULES = rules_from(DATA)
ROLES = {row["role"]: row for row in read_csv("standards", "account_roles.csv")}
SMALL_CHART = {row["code"] for row in read_csv("standards", "accounts_small_enterprise.csv")}
ENTERPRISE_CHART = {row["code"] for row in read_csv("standards", "accounts_enterprise.csv")}
SYSTEM = {row["code"] for row in read_csv("standards", "accounts_system.csv")}

NAMED_VARIANCES = ("negative_stock_difference", "purchase_return_variance", "cost_adjustment_difference")


def _found(name: str, taxpayer: str) -> PostingRule:
    rule = find_rule(RULES, name, taxpayer)
    assert isinstance(rule, PostingRule), name
    return rule


def _entry(name: str, **changes: object) -> dict[str, Any]:
    return {**deepcopy(ENTRIES[name]), **changes}


def _places(rule: PostingRule) -> list[tuple[tuple[str | int, ...], str]]:
    return [(problem.place, problem.text.id) for problem in check_rule(rule)]


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_example_of_every_rule_comes_to_the_figures_in_the_file(name: str) -> None:
    rule, entry = RULES[name], ENTRIES[name]
    amounts = example_amounts(rule)
    assert {key: str(amount) for key, amount in amounts.items()} == entry["example"]["amounts"]
    sides = {Side.DEBIT: 0, Side.CREDIT: 0}
    for line, given in zip(rule.lines, entry["lines"], strict=True):
        signed = -amounts[line.amount] if rule.red_letter else amounts[line.amount]
        assert str(signed) == given["example"]
        sides[line.side] += signed.fen
    assert sides[Side.DEBIT] == sides[Side.CREDIT] == Money.parse(entry["example"]["total"]).fen
    assert check_rule(rule) == []


def test_all_rules_of_the_seed_are_there_and_our_own_besides() -> None:
    seeded = [rule for rule in RULES.values() if rule.origin.startswith("seed")]
    assert len(seeded) == 186
    assert set(NAMED_VARIANCES) <= set(RULES)
    assert {rule.taxpayer for rule in RULES.values()} == set(TAXPAYERS)


def test_every_role_of_a_line_has_an_account_in_both_charts() -> None:
    assert {line.role for rule in RULES.values() for line in rule.lines} == set(ROLES)
    for row in ROLES.values():
        assert row["small_enterprise"] in SMALL_CHART | SYSTEM
        assert row["enterprise"] in ENTERPRISE_CHART | SYSTEM
        assert all(row[name] for name in ("name_zh_cn", "name_zh_tw", "name_en"))
    assert set(ROLES) >= VAT_ROLES


def test_a_line_names_the_default_account_of_its_role_unless_the_document_chooses() -> None:
    for rule in RULES.values():
        for line in rule.lines:
            role = ROLES[line.role]
            small = rule.taxpayer == "small" and role["small_scale"]
            assert line.account == (small or role["small_enterprise"]) or role["chosen_by"], (rule.id, line)
            assert line.account in SMALL_CHART | SYSTEM


def test_the_book_can_speak_every_language_of_the_summaries() -> None:
    for rule in RULES.values():
        assert set(rule.name) == set(rule.summary) == {"zh_CN", "zh_TW", "en"}
        assert all(rule.summary.values())
        assert "小规模）" not in rule.summary["zh_CN"]


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_taxpayer_finds_at_most_one_rule_and_that_one_balances(name: str) -> None:
    event = name.removesuffix("_small")
    for taxpayer in ("general", "small"):
        rule = find_rule(RULES, event, taxpayer)
        if isinstance(rule, PostingRule):
            assert rule.fits(taxpayer)
            assert check_rule(rule) == []
            accounts = {line.account for line in rule.lines}
            assert taxpayer == "general" or not any(
                account.startswith("222101") and len(account) > 6 for account in accounts
            )
        else:
            assert rule.reason.params["rule"] == event


def test_a_small_scale_taxpayer_takes_the_rule_spelled_out_for_it() -> None:
    assert _found("purchase_receipt_invoiced", "small") == RULES["purchase_receipt_invoiced_small"]
    assert _found("expense_claim", "small") == RULES["expense_claim_small"]
    assert _found("cost_of_sales", "small") == RULES["cost_of_sales"]


def test_a_general_taxpayer_takes_the_rule_itself() -> None:
    assert _found("purchase_receipt_invoiced", "general") == RULES["purchase_receipt_invoiced"]
    assert _found("stock_loss_small", "general") == RULES["stock_loss_small"]


def test_for_a_small_scale_taxpayer_input_tax_becomes_cost() -> None:
    rule = _found("planned_cost_purchase", "small")
    assert [(line.side, line.role, line.amount) for line in rule.lines] == [
        ("debit", "materials_purchased", "gross"),
        ("credit", "payable", "gross"),
    ]
    assert rule.taxpayer == "small"
    assert rule.example.total == Money(70060)


def test_the_gross_amount_is_named_where_the_rule_has_no_name_for_it() -> None:
    rule = _found("purchase_import", "small")
    assert rule.amounts["stock_and_vat"] == "stock+vat"
    assert [str(amount) for amount in rule.example.lines] == ["11865.00", "10000.00", "1865.00"]


def test_for_a_small_scale_taxpayer_output_tax_goes_to_222101_itself() -> None:
    rule = _found("material_sale", "small")
    assert [line.account for line in rule.lines] == ["1122", "505101", "222101"]
    assert rule.amounts == RULES["material_sale"].amounts


def test_gross_has_no_place_where_two_lines_share_the_cost() -> None:
    shared = {"landed_cost_after_sale": RULES["landed_cost_after_sale"]}
    assert isinstance(find_rule(shared, "landed_cost_after_sale", "small"), NoRule)


@pytest.mark.parametrize(
    ("name", "taxpayer", "reason", "kind"),
    [
        ("vat_transfer_unpaid", "small", "posting_rule.other_taxpayer", "taxpayer.general"),
        ("input_vat_certified", "small", "posting_rule.other_taxpayer", "taxpayer.general"),
        ("owner_drawings_goods", "general", "posting_rule.other_taxpayer", "taxpayer.small"),
    ],
)
def test_where_there_is_no_rule_the_reason_is_named(name: str, taxpayer: str, reason: str, kind: str) -> None:
    answer = find_rule(RULES, name, taxpayer)
    assert isinstance(answer, NoRule)
    assert answer.reason.id == reason
    assert getattr(answer.reason.params["taxpayer"], "id", "") == kind


@pytest.mark.parametrize("taxpayer", ["general", "small"])
def test_an_event_nobody_knows_has_no_rule(taxpayer: str) -> None:
    answer = find_rule(RULES, "moon_landing", taxpayer)
    assert isinstance(answer, NoRule)
    assert answer.reason.id == "posting_rule.unknown"


def test_a_rule_whose_sides_can_differ_is_refused_even_where_its_example_balances() -> None:
    rule = RULES["sales_delivery"]
    wrong = replace(rule, amounts={**rule.amounts, "gross": "net*1.13"})
    assert _places(wrong) == [(("sales_delivery", "lines"), "posting_rule.unbalanced")]
    assert "=gross" in str(check_rule(wrong)[0].text.params["rest"])


def test_a_wrong_sign_is_refused() -> None:
    rule = RULES["receipt_ar"]
    flipped = replace(rule, lines=tuple(replace(line, side=Side.DEBIT) for line in rule.lines))
    assert _places(flipped) == [(("receipt_ar", "lines"), "posting_rule.unbalanced")]


def test_an_example_that_does_not_follow_from_its_inputs_is_refused() -> None:
    rule = RULES["receipt_ar"]
    wrong = replace(rule, example=replace(rule.example, total=Money(1)))
    assert _places(wrong) == [(("receipt_ar", "example"), "posting_rule.example_differs")]
    empty = replace(rule, example=replace(rule.example, inputs={}))
    assert _places(empty) == [(("receipt_ar", "example"), "expression.unknown_name")]


def test_every_fault_of_the_lines_and_amounts_is_listed() -> None:
    rule = RULES["receipt_ar"]
    line = RuleLine(Side.DEBIT, "tender", "1002", "nothing")
    wrong = replace(rule, amounts={"amt": "amt+"}, lines=(line,))
    assert _places(wrong) == [
        (("receipt_ar", "amounts", "amt"), "expression.ends_early"),
        (("receipt_ar", "lines", 0), "posting_rule.no_such_amount"),
        (("receipt_ar", "lines"), "posting_rule.too_few_lines"),
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"taxpayer": "everybody"}, "posting_rule.unreadable"),
        ({"version": "one"}, "posting_rule.unreadable"),
        (
            {"lines": [{"side": "left", "role": "a", "account": "1", "amount": "b", "example": "0"}]},
            "posting_rule.unreadable",
        ),
        ({"lines": [{"side": "debit"}]}, "posting_rule.lacks"),
        ({"amounts": []}, "posting_rule.unreadable"),
        ({"example": {"inputs": {"amt": "many"}, "amounts": {}, "total": "0"}}, "posting_rule.unreadable"),
        ({"example": {"inputs": {}, "amounts": {}}}, "posting_rule.lacks"),
    ],
)
def test_data_that_is_no_rule_is_refused_by_name(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidRule) as refusal:
        rule_from(_entry("receipt_ar", **changes))
    assert refusal.value.text.id == reason
    assert refusal.value.text.params["rule"] == "receipt_ar"


def test_a_rule_given_twice_is_refused() -> None:
    with pytest.raises(InvalidRule) as refusal:
        rules_from({"rules": [ENTRIES["receipt_ar"], ENTRIES["receipt_ar"]]})
    assert refusal.value.text.id == "posting_rule.twice"
