"""Plays the events of a `stock` or `reject` case into a book of the model and answers its checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.reference.arithmetic import MICRO
from tests.reference.book import BookModel
from tests.reference.layers import LayeredPool
from tests.reference.records import Document, Line

if TYPE_CHECKING:
    from tests.reference.pool import Pool
    from tests.reference.stock import Stock

DAY_ZERO = date(2026, 6, 15)
ITEM = "item"


def micro(text: str) -> int:
    """A decimal string as 10⁻⁶; refuses what is finer."""
    number = Fraction(text) * MICRO
    if number.denominator != 1:
        raise ValueError(text)
    return number.numerator


def yuan_to_fen(text: str) -> int:
    """An amount in yuan as whole fen."""
    number = Fraction(text) * 100
    if number.denominator != 1:
        raise ValueError(text)
    return number.numerator


@dataclass
class CaseBook:
    """A book with one item; every event is one document (an edit or cancellation changes one)."""

    reference_cost: int
    is_forbidden: bool
    book: BookModel

    @staticmethod
    def of(case: dict[str, Any]) -> CaseBook:
        """An empty book with the policies of the case."""
        policy = case["given"].get("policy", {})
        reference = micro(policy.get("reference_cost", "0"))
        is_per_warehouse = any("wh" in event for event in case["given"]["events"])
        book = BookModel(is_pool_per_warehouse=is_per_warehouse, method=case["given"]["method"])
        return CaseBook(reference, policy.get("negative_stock") == "forbid", book)

    def enter(self, event: dict[str, Any]) -> bool:
        """Enter an event; False where going short is forbidden and it would make some later position short."""
        tried = self.book.copy()
        self._change(tried, event)
        if self.is_forbidden and tried.stock().went_short:
            return False
        self.book = tried
        return True

    def _change(self, book: BookModel, event: dict[str, Any]) -> None:
        if event["op"] == "cancel":
            book.void(event["of"])
        elif event["op"] == "edit_qty":
            old = book.documents[event["of"]]
            book.amend(replace(old, lines=(replace(old.lines[0], quantity=micro(event["qty"])),)))
        else:
            book.post(self._document(event))

    def _document(self, event: dict[str, Any]) -> Document:
        line = Line(
            key=1,
            item=ITEM,
            quantity=micro(event.get("qty", "0")),
            warehouse=event.get("wh", "main"),
            unit_cost=micro(event["unit_cost"]) if "unit_cost" in event else None,
            value=yuan_to_fen(worth) if (worth := event.get("value", event.get("amount"))) else None,
            source=(event["of"], 1) if "of" in event else None,
            reference_cost=self.reference_cost,
        )
        day = DAY_ZERO + timedelta(days=int(event.get("date", "0")))
        kinds = {
            "receive": ("stock_adjustment", "in"),
            "issue": ("delivery_note", "out"),
            "return_in": ("sales_return", "in"),
            "return_out": ("purchase_return", "out"),
            "set_count": ("stock_count", "in"),
            "revalue": ("cost_adjustment", "in"),
        }
        kind, direction = kinds[event["op"]]
        name = event.get("id", f"event {len(self.book.documents)}")
        return Document(name, kind, day, (line,), direction=direction, counter_account="530112")

    def answer(self, check: dict[str, Any]) -> dict[str, Any]:
        """The same fields as the check, with what the model says (exact fractions of yuan and pieces)."""
        stock = self.book.stock()
        return {field: self._field(stock, field, check) for field in check if field not in {"after", "wh"}}

    def _field(self, stock: Stock, field: str, check: dict[str, Any]) -> Any:
        if field in {"issue_cost", "variance"}:
            of = {"issue_cost": _issue_cost, "variance": _variance}[field]
            return {event: of(stock, event) for event in check[field]}
        pools = [pool for (_, name), pool in stock.pools.items() if name == check.get("wh", name)]
        if field == "layers":
            return [layer for pool in pools for layer in _layers(pool)]
        quantity = Fraction(sum(pool.quantity for pool in pools), MICRO)
        value = Fraction(sum(pool.value for pool in pools), 100)
        return {"qty": quantity, "value": value, "unit_cost": value / quantity if quantity else None}[field]


def _layers(pool: Pool) -> list[list[Fraction]]:
    """[quantity, unit cost] oldest first, neighbours that cost the same together."""
    found: list[list[Fraction]] = []
    for layer in pool.layers if isinstance(pool, LayeredPool) else ():
        quantity, cost = Fraction(layer.quantity, MICRO), Fraction(layer.value * MICRO, layer.quantity * 100)
        if found and found[-1][1] == cost:
            found[-1][0] += quantity
        else:
            found.append([quantity, cost])
    return found


def _issue_cost(stock: Stock, event: str) -> Fraction:
    return Fraction(-stock.moves[event, 1].value, 100)


def _variance(stock: Stock, event: str) -> Fraction:
    move = stock.moves[event, 1]
    return Fraction(move.variance + move.cover_variance, 100)
