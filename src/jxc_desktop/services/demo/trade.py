"""What the demo company sells and buys on an ordinary day, by chance and by what lies on the shelves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jxc_desktop.doctypes.purchasing.goods_receipt import GOODS_RECEIPT
from jxc_desktop.doctypes.sales.delivery_note import DELIVERY_NOTE
from jxc_desktop.doctypes.sales.retail_sale import RETAIL_SALE
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import RATE_NOT_GIVEN, ItemLine, MoneyLine, Tracking
from jxc_desktop.domain.pricing.price_source import PriceSource
from jxc_desktop.kernel.money import ZERO, Money, total
from jxc_desktop.kernel.quantity import SAME_UNIT, WHOLE, Quantity, Rate, Ratio, UnitPrice, line_amount
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.value import changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jxc_desktop.kernel.ids import IdSource

    from .chance import Dice
    from .company import Company, Trader, Ware

CARRIAGE = "5001001"
GIFT = "2004001"
SMALL_SUPPLIER_RATE = Rate(10_000)
"""A small-scale supplier's invoice shows the levy rate, whatever the goods."""
NINE_TENTHS = Rate(900_000)
UNDER_WAY = timedelta(days=12)
"""From the maker to the shop."""


class Trade:
    """Sales and purchases. `shelf` is what is there by item code, in 10⁻⁶ base units, less what was just sold."""

    def __init__(self, company: Company, dice: Dice, ids: IdSource) -> None:
        self.company = company
        self.dice = dice
        self.ids = ids
        self.shelf: dict[str, int] = {}
        self.sold: list[Document] = []
        self.bought: list[Document] = []
        goods = [ware for ware in company.wares.values() if ware.retail_price.micro and not ware.is_service]
        self._hardware = [(ware, 3 if ware.code.startswith("1") else 1) for ware in goods if ware.code[0] in "134"]
        self._food = [(ware, 3 if ware.code.startswith("2") else 1) for ware in goods if ware.code[0] in "24"]
        self._builders = set(company.words["builders"])
        self._batched = {ware.id for ware in company.wares.values() if ware.has_batch}

    def deliveries(self, day: date, count: int) -> Iterator[Document]:
        """So many deliveries to customers, each at the prices of its level."""
        customers = [each for each in self.company.customers.values() if each.days or each.is_firm]
        for _ in range(count):
            made = self.delivery(day, self.dice.pick(customers))
            if made is not None:
                yield made

    def delivery(self, day: date, customer: Trader) -> Document | None:
        """What one customer takes today; None where nothing of it is there."""
        choices = self._hardware if customer.code in self._builders else self._food
        wares = self.dice.several(choices, self.dice.between(2, 7))
        lines = [line for ware in wares if (line := self._wholesale_line(customer, ware)) is not None]
        if not lines:
            return None
        if self.dice.happens(15):
            lines.append(self._line(self.company.wares[CARRIAGE], Quantity(MICRO), big=False))
        if self.dice.happens(7):
            lines.append(changed(self._line(self.company.wares[GIFT], Quantity(MICRO), big=True), is_gift=True))
            self._take(self.company.wares[GIFT], self.company.wares[GIFT].ratio.num * MICRO)
        return self._sale(day, customer, _numbered(lines))

    def _sale(self, day: date, customer: Trader, lines: tuple[ItemLine, ...]) -> Document:
        gross = _gross(lines)
        off = Money(gross.fen % 1000) if self.dice.happens(8) else ZERO
        due = gross - off
        money: tuple[MoneyLine, ...] = ()
        if customer.pays_at_once and self.dice.happens(75):
            money = self._tenders(len(lines), due, (("BA01", 4), ("WX01", 3), ("AP01", 2), ("CA01", 1)))
        draft = Document(
            self.ids.new_id(),
            DELIVERY_NOTE.code,
            day,
            party=customer.id,
            invoice_kind="special" if customer.is_firm else "ordinary",
            header_discount=off,
            lines=lines,
            money=money,
        )
        self.sold.append(draft)
        return draft

    def _wholesale_line(self, customer: Trader, ware: Ware) -> ItemLine | None:
        wanted = ware.most.micro * self.dice.between(4, 11) // 100
        wanted = min(wanted, self.shelf.get(ware.code, 0) * 6 // 10)
        big = ware.ratio.num * MICRO // ware.ratio.den
        if wanted >= big > MICRO:
            return self._sold(customer, ware, wanted // big, big=True)
        if ware.is_weighed:
            return self._sold(customer, ware, wanted, big=False, step=MICRO // 2)
        return self._sold(customer, ware, wanted, big=False, step=MICRO)

    def _sold(self, customer: Trader, ware: Ware, amount: int, *, big: bool, step: int = 0) -> ItemLine | None:
        micro = amount * MICRO if big else amount // step * step
        if micro <= 0:
            return None
        ratio = ware.ratio if big else SAME_UNIT
        self._take(ware, ratio.to_base(Quantity(micro)).micro)
        return self._line(ware, Quantity(micro), big=big, customer=customer)

    def _line(self, ware: Ware, quantity: Quantity, *, big: bool, customer: Trader | None = None) -> ItemLine:
        level = dict(ware.levels).get(customer.level) if customer else None
        price = level or ware.retail_price
        ratio = ware.ratio if big else SAME_UNIT
        return ItemLine(
            0,
            ware.id,
            unit=ware.unit if big else ware.base_unit,
            quantity=quantity,
            price=UnitPrice(price.micro * ratio.num // ratio.den),
            discount=customer.discount if customer else WHOLE,
            price_source=PriceSource.LEVEL.value if level else PriceSource.RETAIL.value,
        )

    def _take(self, ware: Ware, micro: int) -> None:
        self.shelf[ware.code] = self.shelf.get(ware.code, 0) - micro

    def tickets(self, day: date, count: int) -> Iterator[Document]:
        """So many tickets of the till."""
        for _ in range(count):
            made = self.ticket(day)
            if made is not None:
                yield made

    def ticket(self, day: date) -> Document | None:
        """What one passer-by, or now and then a member, takes and pays at once."""
        member = self.dice.pick(self.company.words["members"]) if self.dice.happens(12) else ""
        customer = self.company.customers.get(member)
        choices = self._hardware if self.dice.happens(35) else self._food
        wares = self.dice.several(choices, self.dice.weighted(((1, 4), (2, 4), (3, 3), (4, 2), (6, 1))))
        lines = [line for ware in wares if (line := self._counter_line(customer, ware)) is not None]
        if not lines:
            return None
        if self.dice.happens(5):
            back = changed(lines[0], quantity=Quantity(-MICRO), item=self.company.wares[GIFT].id, unit="")
            lines.append(changed(back, price=self.company.wares[GIFT].retail_price))
        return self._paid_ticket(day, customer, _numbered(lines))

    def _counter_line(self, customer: Trader | None, ware: Ware) -> ItemLine | None:
        if ware.is_weighed:
            wanted = self.dice.between(4, 40) * MICRO // 20
        elif ware.retail_price.micro < MICRO:
            wanted = self.dice.between(1, 6) * 10 * MICRO
        else:
            wanted = self.dice.weighted(((1, 6), (2, 3), (3, 1))) * MICRO
        if wanted > self.shelf.get(ware.code, 0):
            return None
        self._take(ware, wanted)
        line = self._line(ware, Quantity(wanted), big=False, customer=customer)
        if line.discount == WHOLE and self.dice.happens(6):
            return changed(line, discount=NINE_TENTHS)
        return line

    def _paid_ticket(self, day: date, customer: Trader | None, lines: tuple[ItemLine, ...]) -> Document | None:
        gross = _gross(lines)
        if gross <= ZERO:
            return None
        is_cash = self.dice.happens(35)
        off = Money(gross.fen % self.dice.pick((10, 10, 50))) if is_cash else ZERO
        accounts = (("CA01", 1),) if is_cash else (("WX01", 3), ("AP01", 2))
        draft = Document(
            self.ids.new_id(),
            RETAIL_SALE.code,
            day,
            party=customer.id if customer else "",  # type: ignore[arg-type]
            invoice_kind="none",
            write_off=off,
            lines=lines,
            money=self._tenders(len(lines), gross - off, accounts),
        )
        self.sold.append(draft)
        return draft

    def _tenders(self, last_key: int, due: Money, accounts: Sequence[tuple[str, int]]) -> tuple[MoneyLine, ...]:
        """The whole from one account, or now and then the round part in cash and the rest from it."""
        account = self.dice.weighted(accounts)
        cash = Money(due.fen // 2 // 1000 * 1000) if account != "CA01" and self.dice.happens(10) else ZERO
        parts = [("CA01", cash), (account, due - cash)]
        return tuple(
            MoneyLine(last_key + number, "tender", self.company.money[code], amount=amount)
            for number, (code, amount) in enumerate(parts, 1)
            if amount
        )

    def receipts(self, day: date, most: int) -> Iterator[Document]:
        """What suppliers bring of everything that ran low, at most so many receipts."""
        wanted: dict[str, list[tuple[int, Ware]]] = {}
        for ware in self.company.wares.values():
            left = self.shelf.get(ware.code, 0) * 100 // ware.most.micro if ware.supplier else 100
            if left < 42:
                wanted.setdefault(ware.supplier, []).append((left, ware))
        ranked = sorted(wanted.items(), key=lambda pair: min(left for left, _ware in pair[1]))
        for code, wares in ranked[:most]:
            supplier = self.company.suppliers[code]
            lines = [self._bought_line(supplier, ware) for _left, ware in wares[:8]]
            yield self.receipt(day, supplier, _numbered(lines))

    def receipt(self, day: date, supplier: Trader, lines: tuple[ItemLine, ...]) -> Document:
        """A receipt of these lines, now and then paid at once or with small change waived."""
        gross = _gross(lines)
        off = Money(gross.fen % 100) if self.dice.happens(15) else ZERO
        at_once = supplier.pays_at_once and self.dice.happens(60)
        money = self._tenders(len(lines), gross - off, (("BA01", 1),)) if at_once else ()
        draft = Document(
            self.ids.new_id(),
            GOODS_RECEIPT.code,
            day,
            party=supplier.id,
            write_off=off,
            lines=lines,
            money=money,
            tracking=self.new_batches(day, lines),
        )
        self.bought.append(draft)
        return draft

    def new_batches(self, day: date, lines: Sequence[ItemLine]) -> tuple[Tracking, ...]:
        """What comes into the shop was made some days ago; its batch is named after that day."""
        made = (day - UNDER_WAY).isoformat()
        return tuple(Tracking(0, line.key, production_date=made) for line in lines if line.item in self._batched)

    def _bought_line(self, supplier: Trader, ware: Ware) -> ItemLine:
        big = ware.ratio.num * MICRO // ware.ratio.den
        missing = ware.most.micro * self.dice.between(60, 75) // 100 - self.shelf.get(ware.code, 0)
        count = max(1, missing // big)
        self._take(ware, -count * big)
        return self.bought_line(supplier, ware, count, percent=self.dice.between(97, 103))

    def bought_line(self, supplier: Trader, ware: Ware, count: int, *, percent: int) -> ItemLine:
        """So many big units at a percentage of the usual cost; the price holds the tax of the supplier's invoice."""
        rate = SMALL_SUPPLIER_RATE if supplier.is_small else ware.tax_rate
        return ItemLine(
            0,
            ware.id,
            unit=ware.unit,
            quantity=Quantity(count * MICRO),
            price=_with_tax(ware.cost, ware.ratio, rate, percent),
            tax_rate=rate if supplier.is_small else RATE_NOT_GIVEN,
        )


def _with_tax(cost: UnitPrice, ratio: Ratio, rate: Rate, percent: int) -> UnitPrice:
    """The price with tax of a big unit, to the fen."""
    exact = cost.micro * ratio.num * (MICRO + rate.micro) * percent
    return UnitPrice(half_up(exact, ratio.den * MICRO * 100 * 10_000) * 10_000)


def _numbered(lines: Sequence[ItemLine]) -> tuple[ItemLine, ...]:
    return tuple(changed(line, key=key) for key, line in enumerate(lines, 1))


def _gross(lines: Sequence[ItemLine]) -> Money:
    return total(line_amount(line.quantity, line.price, line.discount) for line in lines if not line.is_gift)
