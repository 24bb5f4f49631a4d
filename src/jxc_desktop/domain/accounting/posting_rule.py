"""Posting rules: which account roles a document debits and credits with which of its named amounts.

Source: the account notes of 小企业会计准则 (财会〔2011〕17号) and 财会〔2016〕22号 for VAT, as collected in the shipped
`posting_rules.json`. Expressions compute a rule's example and prove that it balances; they never post anything: at run
time the document type gives every named amount in fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.accounting.expression import BadExpression, Expression, Linear, add, evaluate, linear, parse
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.money import Money, total
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.rounding import half_up
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

GENERAL, SMALL, BOTH = "general", "small", "both"
TAXPAYERS = (GENERAL, SMALL, BOTH)

INPUT_VAT, OUTPUT_VAT = "input_vat", "output_vat"
VAT_ROLES = frozenset({
    INPUT_VAT, OUTPUT_VAT, "input_vat_pending", "input_vat_transfer_out", "output_vat_pending", "simplified_vat",
    "vat_overpaid_transfer", "vat_paid", "vat_unpaid", "vat_unpaid_transfer",
})  # fmt: skip
SMALL_SCALE_VAT_ACCOUNT = "222101"


class InvalidRule(UserError):
    """The data is no posting rule; the problems say where."""


class Side(StrEnum):
    """The side of an entry; red letters stay on it with a negative amount."""

    DEBIT = "debit"
    CREDIT = "credit"


@value
class RuleLine:
    """One entry line: `amount` names an amount of the rule, `account` is the role's default in the small chart."""

    side: Side
    role: str
    account: str
    amount: str
    aux: str = ""
    expand: str = ""


@value
class RuleExample:
    """A worked example: inputs as written, what the amounts and lines come to in fen, and the sum of a side."""

    inputs: Mapping[str, str]
    amounts: Mapping[str, Money]
    lines: tuple[Money, ...]
    total: Money


@value
class PostingRule:
    """An entry for one business event and one kind of taxpayer; `name` and `summary` by language."""

    id: str
    version: int
    taxpayer: str
    red_letter: bool
    word: str
    name: Mapping[str, str]
    summary: Mapping[str, str]
    amounts: Mapping[str, str]
    lines: tuple[RuleLine, ...]
    example: RuleExample
    document: str = ""
    timing: str = ""
    note: str = ""
    confidence: str = ""
    origin: str = ""

    def fits(self, taxpayer: str) -> bool:
        """Whether a taxpayer of that kind posts this rule as it stands."""
        return self.taxpayer in {taxpayer, BOTH}


@value
class NoRule:
    """Why no rule was found."""

    reason: Text


def rules_from(data: Mapping[str, Any]) -> dict[str, PostingRule]:
    """Read the whole file, by id. Raises InvalidRule for the first entry that is no rule, or that comes twice."""
    found: dict[str, PostingRule] = {}
    for entry in data["rules"]:
        rule = rule_from(entry)
        if rule.id in found:
            raise InvalidRule(Text("posting_rule.twice", {"rule": rule.id}))
        found[rule.id] = rule
    return found


def rule_from(data: Mapping[str, Any]) -> PostingRule:
    """Read one rule from plain values. Raises InvalidRule naming the rule and what is missing or unreadable.

    Whether it balances is `check_rule`'s answer.
    """
    try:
        return _rule_from(data)
    except KeyError as fault:
        reason = Text("posting_rule.lacks", {"rule": str(data.get("id", "?")), "field": str(fault.args[0])})
        raise InvalidRule(reason) from fault
    except (AttributeError, TypeError, ValueError) as fault:
        reason = Text("posting_rule.unreadable", {"rule": str(data.get("id", "?")), "detail": str(fault)})
        raise InvalidRule(reason) from fault


def check_rule(rule: PostingRule) -> list[Problem]:
    """What keeps a rule from being saved: unreadable amounts, lines without one, sides that differ, a wrong example.

    The sides are compared as sums of amounts, so a rule without problems balances for every document, not only for
    its example.
    """
    problems = _expression_problems(rule) + _line_problems(rule)
    return problems or _balance_problems(rule) or _example_problems(rule)


def example_amounts(rule: PostingRule) -> dict[str, Money]:
    """The amounts of the example, computed from its inputs, each rounded half-up to the fen.

    Raises BadExpression.
    """
    names = {name: Fraction(text) for name, text in rule.example.inputs.items()}
    amounts: dict[str, Money] = {}
    for name, text in rule.amounts.items():
        exact = evaluate(parse(text), names) * 100
        amounts[name] = Money(half_up(exact.numerator, exact.denominator))
        names[name] = Fraction(amounts[name].fen, 100)
    return amounts


def find_rule(rules: Mapping[str, PostingRule], name: str, taxpayer: str) -> PostingRule | NoRule:
    """The one rule a `general` or `small` taxpayer posts for the event `name`, or why there is none.

    A small-scale taxpayer takes `name`_small, else `name` itself, else the general rule by convention: its only tax
    line posts output VAT to 222101, or is input VAT and falls away with the gross amount on the cost line.
    """
    choices = (f"{name}_small", name) if taxpayer == SMALL else (name,)
    present = [rules[choice] for choice in choices if choice in rules]
    for rule in present:
        if rule.fits(taxpayer):
            return rule
    if not present:
        return NoRule(Text("posting_rule.unknown", {"rule": name}))
    converted = _small_scale(present[-1]) if taxpayer == SMALL else None
    kind = Text(f"taxpayer.{present[-1].taxpayer}")
    return converted or NoRule(Text("posting_rule.other_taxpayer", {"rule": name, "taxpayer": kind}))


def _small_scale(rule: PostingRule) -> PostingRule | None:
    tax_lines = [line for line in rule.lines if line.role in VAT_ROLES]
    if [line.role for line in tax_lines] == [OUTPUT_VAT]:
        lines = [replace(line, account=SMALL_SCALE_VAT_ACCOUNT) if line in tax_lines else line for line in rule.lines]
        return _converted(rule, rule.amounts, lines)
    if [line.role for line in tax_lines] == [INPUT_VAT]:
        return _without_input_tax(rule, tax_lines[0])
    return None


def _without_input_tax(rule: PostingRule, tax: RuleLine) -> PostingRule | None:
    costs = [line for line in rule.lines if line.side is tax.side and line is not tax]
    if len(costs) != 1:
        return None
    cost = costs[0]
    gross, amounts = _gross_amount(rule, cost.amount, tax.amount)
    lines = [replace(line, amount=gross) if line is cost else line for line in rule.lines if line is not tax]
    return _converted(rule, amounts, lines)


def _gross_amount(rule: PostingRule, cost: str, tax: str) -> tuple[str, Mapping[str, str]]:
    """The name of the amount that is cost + tax; one is added where the rule has none."""
    forms = _forms(rule)
    wanted = add(forms[cost], forms[tax])
    for name, form in forms.items():
        if form == wanted:
            return name, rule.amounts
    name = f"{cost}_and_{tax}"
    return name, {**rule.amounts, name: f"{cost}+{tax}"}


def _converted(rule: PostingRule, amounts: Mapping[str, str], lines: Sequence[RuleLine]) -> PostingRule:
    made = replace(rule, taxpayer=SMALL, amounts=amounts, lines=tuple(lines))
    values = example_amounts(made)
    signed = _line_amounts(made, values)
    debits = total(amount for line, amount in zip(lines, signed, strict=True) if line.side is Side.DEBIT)
    return replace(made, example=RuleExample(rule.example.inputs, values, signed, debits))


def _line_amounts(rule: PostingRule, amounts: Mapping[str, Money]) -> tuple[Money, ...]:
    return tuple(-amounts[line.amount] if rule.red_letter else amounts[line.amount] for line in rule.lines)


def _expression_problems(rule: PostingRule) -> list[Problem]:
    problems = []
    for name, text in rule.amounts.items():
        try:
            parse(text)
        except BadExpression as fault:
            problems.append(Problem((rule.id, "amounts", name), fault.text))
    return problems


def _line_problems(rule: PostingRule) -> list[Problem]:
    unknown = [
        Problem((rule.id, "lines", number), Text("posting_rule.no_such_amount", {"amount": line.amount}))
        for number, line in enumerate(rule.lines)
        if line.amount not in rule.amounts
    ]
    if len(rule.lines) < 2:
        return [*unknown, Problem((rule.id, "lines"), Text("posting_rule.too_few_lines"))]
    return unknown


def _balance_problems(rule: PostingRule) -> list[Problem]:
    forms = _forms(rule)
    rest: Linear = {}
    for line in rule.lines:
        rest = add(rest, forms[line.amount], times=1 if line.side is Side.DEBIT else -1)
    if not rest:
        return []
    written = " ".join(f"{count:+d}×{name or 1}" for name, count in sorted(rest.items()))
    return [Problem((rule.id, "lines"), Text("posting_rule.unbalanced", {"rule": rule.id, "rest": written}))]


def _forms(rule: PostingRule) -> dict[str, Linear]:
    """Every amount as a sum of inputs and of amounts that are rounded ("=name")."""
    forms: dict[str, Linear] = {}
    for name, text in rule.amounts.items():
        expression: Expression = parse(text)
        found = linear(expression, forms)
        forms[name] = {f"={name}": 1} if found is None else found
    return forms


def _example_problems(rule: PostingRule) -> list[Problem]:
    try:
        amounts = example_amounts(rule)
    except BadExpression as fault:
        return [Problem((rule.id, "example"), fault.text)]
    lines = _line_amounts(rule, amounts)
    debits = total(amount for line, amount in zip(rule.lines, lines, strict=True) if line.side is Side.DEBIT)
    if (amounts, lines, debits) == (dict(rule.example.amounts), rule.example.lines, rule.example.total):
        return []
    return [Problem((rule.id, "example"), Text("posting_rule.example_differs", {"rule": rule.id}))]


def _rule_from(data: Mapping[str, Any]) -> PostingRule:
    if data["taxpayer"] not in TAXPAYERS:
        raise ValueError(data["taxpayer"])
    example = data["example"]
    return PostingRule(
        id=str(data["id"]),
        version=int(data["version"]),
        taxpayer=data["taxpayer"],
        red_letter=bool(data["red_letter"]),
        word=str(data["word"]),
        name=dict(data["name"]),
        summary=dict(data["summary"]),
        amounts={str(name): str(text) for name, text in data["amounts"].items()},
        lines=tuple(_line_from(line) for line in data["lines"]),
        example=RuleExample(
            inputs={str(name): _number(text) for name, text in example["inputs"].items()},
            amounts={str(name): Money.parse(text) for name, text in example["amounts"].items()},
            lines=tuple(Money.parse(line["example"]) for line in data["lines"]),
            total=Money.parse(example["total"]),
        ),
        **{key: str(data.get(key, "")) for key in ("document", "timing", "note", "confidence", "origin")},
    )


def _line_from(data: Mapping[str, Any]) -> RuleLine:
    return RuleLine(
        side=Side(data["side"]),
        role=str(data["role"]),
        account=str(data["account"]),
        amount=str(data["amount"]),
        aux=str(data.get("aux", "")),
        expand=str(data.get("expand", "")),
    )


def _number(text: str) -> str:
    Fraction(text)
    return text
