"""The small grammar in which posting rules write their amounts: + - * / ( ) maxv(a,b), names and decimal numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 160
"""Characters; keeps nesting within what the parser can follow."""

_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>\S))")
_GREATER = "maxv"
_END = ""
_OPEN = "("

Linear = dict[str, int]
"""Name → how many times it is added; "" is the constant."""


class BadExpression(UserError):
    """The expression cannot be read or has no value."""


@value
class Number:
    """A decimal number as written."""

    amount: Fraction


@value
class Name:
    """An input or another amount of the same rule."""

    name: str


@value
class Operation:
    """Two expressions joined by one of + - * / or maxv."""

    sign: str
    left: Expression
    right: Expression


Expression = Number | Name | Operation


def parse(text: str) -> Expression:
    """Read an expression. Raises BadExpression where the grammar does not allow it."""
    if len(text) > LONGEST:
        raise BadExpression(Text("expression.too_long", {"longest": LONGEST}))
    return _Reader(text).whole()


def evaluate(expression: Expression, names: Mapping[str, Fraction]) -> Fraction:
    """The exact value. Raises BadExpression for an unknown name and for a division by 0."""
    if isinstance(expression, Number):
        return expression.amount
    if isinstance(expression, Name):
        if expression.name not in names:
            raise BadExpression(Text("expression.unknown_name", {"name": expression.name}))
        return names[expression.name]
    return _apply(expression.sign, evaluate(expression.left, names), evaluate(expression.right, names))


def linear(expression: Expression, names: Mapping[str, Linear]) -> Linear | None:
    """The expression as a sum of whole multiples of names, None where it is none.

    `names` gives the sums that stand for names already known; any other name stands for itself. Such a sum of amounts
    in fen is exact: nothing in it is ever rounded.
    """
    if isinstance(expression, Number):
        whole = expression.amount.denominator == 1
        return {"": int(expression.amount)} if whole else None
    if isinstance(expression, Name):
        return dict(names.get(expression.name, {expression.name: 1}))
    left, right = linear(expression.left, names), linear(expression.right, names)
    if left is None or right is None:
        return None
    if expression.sign == "+":
        return add(left, right)
    if expression.sign == "-":
        return add(left, right, times=-1)
    return _multiply(left, right) if expression.sign == "*" else None


def add(first: Linear, second: Linear, *, times: int = 1) -> Linear:
    """The sum `first` + `times` × `second`, without the names that cancel out."""
    names = {**first, **second}
    added = {name: first.get(name, 0) + times * second.get(name, 0) for name in names}
    return {name: count for name, count in added.items() if count}


def _multiply(left: Linear, right: Linear) -> Linear | None:
    if set(left) <= {""}:
        return add({}, right, times=left.get("", 0))
    if set(right) <= {""}:
        return add({}, left, times=right.get("", 0))
    return None


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if not right:
                raise BadExpression(Text("expression.division_by_zero"))
            return left / right
        case _:
            return max(left, right)


class _Reader:
    """Recursive descent: a sum of products of atoms."""

    __slots__ = ("_text", "_token", "_tokens")

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._token = next(self._tokens)

    def whole(self) -> Expression:
        found = self._sum()
        self._expect(_END)
        return found

    def _sum(self) -> Expression:
        left = self._product()
        while self._token in {"+", "-"}:
            left = Operation(self._take(), left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._atom()
        while self._token in {"*", "/"}:
            left = Operation(self._take(), left, self._atom())
        return left

    def _atom(self) -> Expression:
        token = self._take()
        if token[:1].isdigit():
            return Number(Fraction(token))
        if token == _OPEN:
            return self._until(")")
        if token == _GREATER:
            self._expect(_OPEN)
            return Operation(_GREATER, self._until(","), self._until(")"))
        if token.isidentifier():
            return Name(token)
        raise self._fault(token)

    def _until(self, closing: str) -> Expression:
        inner = self._sum()
        self._expect(closing)
        return inner

    def _expect(self, token: str) -> None:
        if self._token != token:
            raise self._fault(self._token)
        self._take()

    def _take(self) -> str:
        taken = self._token
        self._token = next(self._tokens, _END)
        return taken

    def _fault(self, token: str) -> BadExpression:
        if token == _END:
            return BadExpression(Text("expression.ends_early", {"expression": self._text}))
        return BadExpression(Text("expression.unexpected", {"expression": self._text, "token": token}))


def _tokens(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        yield found.group().strip()
    yield _END
