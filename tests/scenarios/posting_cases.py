"""The examples of the posting rules as documents that post them, case by case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import Rate
from tests.builders import (
    adjustment,
    assembly,
    cost_change,
    count,
    customer_payment,
    delivery,
    disassembly,
    entry,
    expense,
    expense_line,
    line,
    opening_balance,
    opening_item,
    opening_stock,
    paid,
    purchase_return,
    receipt,
    retail,
    sales_return,
    settles,
    supplier_payment,
    tender,
)
from tests.scenarios.business import Business
from tests.scenarios.estimate_examples import back_unbilled, billed, billed_late, estimated
from tests.scenarios.fee_examples import carried, carried_late

if TYPE_CHECKING:
    from jxc_desktop.domain.documents.line import MoneyLine


class Case(NamedTuple):
    """The rules whose examples make up a voucher, the taxpayer, how it is posted, and what stands beside them.

    `by_account`: the voucher merges lines of one account, so balances are compared instead of lines.
    """

    rules: str
    taxpayer: str
    post: Callable[[Business], Id]
    beside: tuple[str, ...] = ()
    by_account: bool = False


def _bought(shop: Business, quantity: str, price: str, **head: object) -> Id:
    bought = [line(shop.paper, quantity, price, rate="0.13")]
    return shop.shop.post_one(receipt(5, shop.maker, bought, price_mode="excluded", **head))


def _sent_back(shop: Business, source: Id, price: str = "20") -> Id:
    back = line(shop.paper, "10", price, rate="0.13", source_document=source, source_line=1)
    kind = shop.shop.rows("SELECT invoice_kind FROM document WHERE type = 'goods_receipt'")[0][0]
    draft = purchase_return(9, shop.maker, [back], price_mode="excluded", invoice_kind=kind)
    return shop.shop.post_one(draft)


def _stocked(shop: Business, cost: str, quantity: str = "100") -> Business:
    shop.shop.post(opening_stock([line(shop.paper, quantity, unit_cost=cost)]))
    return shop


def _sold(shop: Business, **head: object) -> Id:
    """60 at 35.00 without tax of a general taxpayer, at 2121.00 with tax of a small one."""
    if shop.shop.setting("taxpayer") == "general":
        lines, mode = [line(shop.paper, "60", "35")], "excluded"
    else:
        lines, mode = [line(shop.paper, "60", amount="2121.00")], "included"
    return shop.shop.post_one(delivery(7, shop.school, lines, price_mode=mode, **head))


def _brought_back(shop: Business) -> Id:
    sold = _sold(_stocked(shop, "20.25"))
    is_general = shop.shop.setting("taxpayer") == "general"
    back = line(shop.paper, "6", "35", source_document=sold, source_line=1)
    return shop.shop.post_one(sales_return(9, shop.school, [back], price_mode="excluded" if is_general else "included"))


def _service(shop: Business, amount: str, rate: str, **more: object) -> list[object]:
    return [line(shop.carriage, "1", amount, rate=rate, **more)]


def _ticket(shop: Business, gross: str, rate: str, money: list[MoneyLine], off: str = "0") -> Id:
    return shop.shop.post_one(retail(7, _service(shop, gross, rate), money, write_off=off))  # type: ignore[arg-type]


def _discounted(shop: Business, price: str, rate: str) -> Id:
    lines = _service(shop, price, rate, discount="0.9")
    return shop.shop.post_one(delivery(7, shop.school, lines, price_mode="excluded"))  # type: ignore[arg-type]


def _material_sold(shop: Business) -> Id:
    account = shop.shop.account
    roles = {"stock": account("1403"), "revenue": account("505101"), "cost_of_sales": account("5402")}
    steel = shop.shop.item("M1", "方钢管", tax_rate=130_000, accounts=roles)
    shop.shop.post(opening_stock([line(steel, "100", unit_cost="6")]))
    sold = [line(steel, "10", "8", rate="0.13")]
    return shop.shop.post_one(delivery(7, shop.school, sold, price_mode="excluded"))


def _gift(shop: Business) -> Id:
    _stocked(shop, "12")
    return shop.shop.post_one(delivery(7, shop.school, [line(shop.paper, "1", "35", is_gift=True)]))


def _covered(shop: Business) -> Id:
    """Five sold before they came: at the reference cost of 20.00; they then cost 20.40."""
    pen = shop.shop.item("P7", "文件盒", tax_rate=130_000, reference_cost=20_000_000)
    shop.shop.post(delivery(7, shop.school, [line(pen, "5", "33.90")]))
    return shop.shop.post_one(receipt(8, shop.maker, [line(pen, "5", "20.40", rate="0.13")], price_mode="excluded"))


def _adjusted(shop: Business, reason: str, quantity: str, cost: str, *, is_abnormal: bool = False) -> Id:
    coming = reason in {"other_in", "gift_in"}
    if not coming:
        _stocked(shop, cost)
    entered = line(shop.paper, quantity, is_abnormal=is_abnormal, **({"unit_cost": cost} if coming else {}))
    return shop.shop.post_one(adjustment(8, reason, [entered]))


def _assembled(shop: Business) -> Id:
    _stocked(shop, "22", "40")
    box = line(shop.shop.item("L1", "礼盒"), "1")
    return shop.shop.post_one(assembly(8, box, [line(shop.paper, "40")], money=[tender(shop.cash, "20")]))


def _taken_apart(shop: Business) -> Id:
    _stocked(shop, "900", "1")
    parts = [line(shop.pen, "1", share=Rate.parse("0.7")), line(shop.rice, "1", share=Rate.parse("0.3"))]
    return shop.shop.post_one(disassembly(8, line(shop.paper, "1"), parts))


def _cost_changed(shop: Business, amount: str) -> Id:
    _stocked(shop, "20")
    return shop.shop.post_one(cost_change(8, [line(shop.paper, "0", amount=amount)]))


def _counted(shop: Business, quantity: str, *, is_abnormal: bool = False) -> Id:
    _stocked(shop, "20")
    return shop.shop.post_one(count(8, [line(shop.paper, quantity, is_abnormal=is_abnormal)]))


def _received(shop: Business, due: str, money: list[MoneyLine], off: str = "0") -> Id:
    allocations = []
    if due:
        owed = shop.shop.post_one(opening_item("receivable", shop.school, due))
        allocations = [settles(owed, due, "receivable")]
    return shop.shop.post_one(customer_payment(9, shop.school, money, write_off=off, allocations=allocations))


def _sent(shop: Business, due: str, money: list[MoneyLine], off: str = "0") -> Id:
    allocations = []
    if due:
        owed = shop.shop.post_one(opening_item("payable", shop.maker, due))
        allocations = [settles(owed, due, "payable")]
    return shop.shop.post_one(supplier_payment(9, shop.maker, money, write_off=off, allocations=allocations))


def _spent(shop: Business, account: str, amount: str, rate: str = "0", *, is_owed: bool = False) -> Id:
    money = [expense_line(shop.shop.account(account), amount, rate)]
    if is_owed:
        return shop.shop.post_one(expense(9, money, party=shop.maker, invoice_kind="special"))
    return shop.shop.post_one(expense(9, [*money, tender(shop.bank, amount)], invoice_kind="special"))


def _balance(shop: Business, code: str, side: str, amount: str) -> Id:
    entered = entry(shop.shop.account(code), **{side: amount})
    return shop.shop.post_one(opening_balance([entered]))


CASES: tuple[Case, ...] = (
    Case("purchase_receipt_invoiced", "general", lambda s: _bought(s, "100", "20")),
    Case("purchase_receipt_invoiced_small", "small", lambda s: _bought(s, "100", "20")),
    Case("purchase_receipt_undeductible", "general", lambda s: _bought(s, "100", "20", invoice_kind="ordinary")),
    Case("purchase_estimate", "general", estimated),
    Case("purchase_estimate", "small", estimated),
    Case("purchase_return_before_invoice", "general", back_unbilled),
    Case("purchase_return_before_invoice", "small", back_unbilled),
    Case(
        "purchase_estimate_reverse purchase_invoice_after_estimate",
        "general",
        lambda s: billed(s, "10.40"),
        by_account=True,
    ),
    Case(
        "purchase_estimate_reverse purchase_invoice_after_estimate_small",
        "small",
        lambda s: billed(s, "11.75"),
        by_account=True,
    ),
    Case(
        "purchase_estimate_reverse purchase_invoice_undeductible",
        "general",
        lambda s: billed(s, "10.40", invoice_kind="ordinary"),
        by_account=True,
    ),
    Case(
        "purchase_estimate_reverse purchase_invoice_after_estimate purchase_estimate_difference_sold",
        "general",
        billed_late,
        by_account=True,
    ),
    Case("purchase_return", "general", lambda s: _sent_back(s, _bought(s, "100", "20"))),
    Case("purchase_return_small", "small", lambda s: _sent_back(s, _bought(s, "100", "20"))),
    Case(
        "purchase_return_undeductible",
        "general",
        lambda s: _sent_back(s, _bought(s, "100", "20", invoice_kind="ordinary")),
    ),
    Case(
        "purchase_return purchase_return_variance",
        "general",
        lambda s: _sent_back(s, _bought(s, "100", "20.5")),
        by_account=True,
    ),
    Case(
        "purchase_receipt_invoiced purchase_write_off", "general", lambda s: _bought(s, "100", "20", write_off="0.60")
    ),
    Case(
        "purchase_receipt_invoiced payment_ap",
        "general",
        lambda s: _bought(s, "100", "20", money=[tender(s.bank, "2260.00")]),
    ),
    Case(
        "purchase_receipt_invoiced_small payment_ap",
        "small",
        lambda s: _bought(s, "100", "20", money=[tender(s.bank, "2260.00")]),
    ),
    Case("sales_delivery cost_of_sales", "general", lambda s: _sold(_stocked(s, "20.25"))),
    Case("sales_delivery_small cost_of_sales", "small", lambda s: _sold(_stocked(s, "20.25"))),
    Case(
        "sales_delivery sale_write_off cost_of_sales",
        "general",
        lambda s: _sold(_stocked(s, "20.25"), write_off="0.60"),
        by_account=True,
    ),
    Case("sales_return sales_return_cost", "general", _brought_back),
    Case("sales_return_small sales_return_cost", "small", _brought_back),
    Case("sales_trade_discount", "general", lambda s: _discounted(s, "1000", "0.13")),
    Case("sales_trade_discount_small", "small", lambda s: _discounted(s, "1000", "0.01")),
    Case(
        "retail_cash_sale",
        "general",
        lambda s: _ticket(s, "1130", "0.13", [tender(s.cash, "500"), tender(s.wechat, "630")]),
    ),
    Case(
        "retail_cash_sale_small",
        "small",
        lambda s: _ticket(s, "1010", "0.01", [tender(s.cash, "505"), tender(s.wechat, "505")]),
    ),
    Case("retail_sale", "general", lambda s: _ticket(s, "1130", "0.13", [tender(s.cash, "1129.50")], "0.50")),
    Case("retail_sale_small", "small", lambda s: _ticket(s, "1010", "0.01", [tender(s.cash, "1009.50")], "0.50")),
    Case("material_sale material_sale_cost", "general", _material_sold),
    Case("gift_line_cost", "general", _gift),
    Case("gift_line_cost", "small", _gift),
    Case("gift_line_cost", "general", lambda s: _adjusted(s, "gift_out", "1", "12")),
    Case(
        "negative_stock_difference",
        "general",
        _covered,
        beside=("借 140501 102.00", "借 22210101 13.26", "贷 220201 115.26"),
    ),
    Case("stock_gain stock_gain_approved", "general", lambda s: _counted(s, "103")),
    Case("stock_gain stock_gain_approved", "small", lambda s: _counted(s, "103")),
    Case(
        "stock_loss",
        "general",
        lambda s: _counted(s, "98", is_abnormal=True),
        beside=("借 571101 45.20", "贷 190101 45.20"),
    ),
    Case("stock_loss_small", "small", lambda s: _counted(s, "98"), beside=("借 571101 40.00", "贷 190101 40.00")),
    Case("stock_loss_small", "general", lambda s: _counted(s, "98"), beside=("借 571101 40.00", "贷 190101 40.00")),
    Case("assembly", "general", _assembled),
    Case("assembly", "small", _assembled),
    Case("disassembly", "general", _taken_apart, by_account=True),
    Case("disassembly", "small", _taken_apart, by_account=True),
    Case("cost_adjustment", "general", lambda s: _cost_changed(s, "8")),
    Case("cost_adjustment", "small", lambda s: _cost_changed(s, "8")),
    Case("other_in", "general", lambda s: _adjusted(s, "other_in", "5", "12")),
    Case("gift_in", "general", lambda s: _adjusted(s, "gift_in", "5", "12")),
    Case("other_out", "general", lambda s: _adjusted(s, "other_out", "2", "12")),
    Case("own_use", "small", lambda s: _adjusted(s, "own_use", "2", "12")),
    Case("scrap", "general", lambda s: _adjusted(s, "scrap", "2", "20")),
    Case("scrap_abnormal", "general", lambda s: _adjusted(s, "scrap", "2", "20", is_abnormal=True)),
    Case("scrap_abnormal_small", "small", lambda s: _adjusted(s, "scrap", "2", "22.60", is_abnormal=True)),
    Case("receipt_ar", "general", lambda s: _received(s, "2373.00", [paid(s.bank, "2373")])),
    Case("receipt_ar", "small", lambda s: _received(s, "2373.00", [paid(s.bank, "2373")])),
    Case(
        "receipt_cash_discount",
        "general",
        lambda s: _received(s, "1000", [paid(s.bank, "980"), paid(s.bank, "20", "discount")]),
    ),
    Case("receipt_rounding_off", "general", lambda s: _received(s, "1003.60", [paid(s.bank, "1000")], "3.60")),
    Case(
        "receipt_over_cents",
        "general",
        lambda s: _received(s, "1003.60", [paid(s.bank, "1004"), paid(s.bank, "0.40", "extra")]),
    ),
    Case(
        "receipt_with_fee",
        "general",
        lambda s: _received(s, "2000", [paid(s.bank, "1988"), paid(s.bank, "12", "fee")]),
    ),
    Case("advance_from_customer", "general", lambda s: _received(s, "", [paid(s.bank, "1000")])),
    Case("prepaid_card_topup", "small", lambda s: _received(s, "", [paid(s.wechat, "1000")])),
    Case(
        "customer_payment",
        "general",
        lambda s: _received(
            s, "926.60", [paid(s.bank, "1000"), paid(s.bank, "20", "discount"), paid(s.bank, "6", "fee")], "0.60"
        ),
    ),
    Case("payment_ap", "general", lambda s: _sent(s, "2260", [paid(s.bank, "2260")])),
    Case(
        "payment_cash_discount",
        "small",
        lambda s: _sent(s, "1000", [paid(s.bank, "980"), paid(s.bank, "20", "discount")]),
    ),
    Case("prepayment_supplier", "general", lambda s: _sent(s, "", [paid(s.bank, "800")])),
    Case("prepaid_rent", "small", lambda s: _sent(s, "", [paid(s.bank, "9000")])),
    Case(
        "supplier_payment",
        "general",
        lambda s: _sent(
            s, "915.60", [paid(s.bank, "995"), paid(s.bank, "20", "discount"), paid(s.bank, "5", "fee")], "0.60"
        ),
    ),
    Case("expense_claim", "general", lambda s: _spent(s, "560206", "530", "0.06")),
    Case("expense_claim_small", "small", lambda s: _spent(s, "560206", "530", "0.06")),
    Case("expense_on_credit", "general", lambda s: _spent(s, "560206", "530", "0.06", is_owed=True)),
    Case("expense_on_credit_small", "small", lambda s: _spent(s, "560206", "530", "0.06", is_owed=True)),
    Case("bank_fee", "general", lambda s: _spent(s, "560302", "12.50")),
    Case("tax_late_fee", "small", lambda s: _spent(s, "571107", "12.40")),
    Case("purchase_freight_trading", "general", lambda s: _spent(s, "560112", "218", "0.09", is_owed=True)),
    Case("purchase_freight_trading_small", "small", lambda s: _spent(s, "560112", "218", "0.09", is_owed=True)),
    Case("purchase_freight_trading", "general", lambda s: carried(s, "218", reason="to_expense")),
    Case("purchase_freight_trading_small", "small", lambda s: carried(s, "218", reason="to_expense")),
    Case("purchase_freight_to_stock", "general", lambda s: carried(s, "218", is_material=True)),
    Case("purchase_freight_to_stock_small", "small", lambda s: carried(s, "218", is_material=True)),
    Case("landed_cost_after_sale", "general", lambda s: carried_late(s, "327"), by_account=True),
    Case("landed_cost_after_sale_small", "small", lambda s: carried_late(s, "327"), by_account=True),
    Case("overhead_utilities", "general", lambda s: _spent(s, "410103", "452", "0.13", is_owed=True)),
    Case("overhead_utilities_small", "small", lambda s: _spent(s, "410103", "452", "0.13", is_owed=True)),
    Case(
        "opening_stock",
        "general",
        lambda s: s.shop.post_one(opening_stock([line(s.paper, "30", unit_cost="20")])),
    ),
    Case("opening_receivable", "general", lambda s: s.shop.post_one(opening_item("receivable", s.school, "2562.72"))),
    Case(
        "opening_advance",
        "general",
        lambda s: s.shop.post_one(opening_item("advance_from_customer", s.school, "500.00")),
    ),
    Case("opening_payable", "small", lambda s: s.shop.post_one(opening_item("payable", s.maker, "5260.11"))),
    Case(
        "opening_prepayment",
        "small",
        lambda s: s.shop.post_one(opening_item("prepayment_to_supplier", s.maker, "800.00")),
    ),
    Case("opening_account", "general", lambda s: _balance(s, "1001", "debit", "12860.50")),
    Case(
        "opening_payable_estimated",
        "general",
        lambda s: s.shop.post_one(opening_item("payable_estimated", s.maker, "6075.00")),
    ),
)
