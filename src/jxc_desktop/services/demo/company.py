"""The cards of the demo company: categories, warehouses, money accounts, parties and items from `resources/demo`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jxc_desktop import resource_files
from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, Ratio, UnitPrice
from jxc_desktop.kernel.value import value
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.catalog import Catalog
from jxc_desktop.services.masters import CardChange, set_cards

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jxc_desktop.db.engine import Session
    from jxc_desktop.services.book import Book

Row = dict[str, str]

FOLDER = "demo"


@value
class Ware:
    """An item as the demo trades in it. Prices hold the tax and stand per base unit, `cost` is without tax.

    `unit`, `ratio` are the big unit (the base unit where there is none); `levels` are the wholesale prices.
    """

    id: Id
    code: str
    base_unit: str
    unit: str
    ratio: Ratio
    cost: UnitPrice
    retail_price: UnitPrice
    levels: tuple[tuple[str, UnitPrice], ...]
    tax_rate: Rate
    supplier: str
    least: Quantity
    most: Quantity
    is_service: bool
    is_weighed: bool
    has_batch: bool


@value
class Trader:
    """A customer or supplier as the demo deals with it; `level` is the price level of a customer."""

    id: Id
    code: str
    level: str = ""
    discount: Rate = Rate(1_000_000)
    days: int = 0
    is_small: bool = False
    is_firm: bool = False
    pays_at_once: bool = False


class Company:
    """Everything the demo refers to, by its code in the files."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        self.wares: dict[str, Ware] = {}
        self.customers: dict[str, Trader] = {}
        self.suppliers: dict[str, Trader] = {}
        self.warehouses: dict[str, Id] = {}
        self.money: dict[str, Id] = {}
        self.accounts: dict[str, Id] = {}

    def party(self, code: str) -> Id:
        """The customer or supplier of that code, an empty id where there is none."""
        found = self.customers.get(code) or self.suppliers.get(code)
        return found.id if found is not None else Id("")


def make_company(book: Book) -> Company:
    """Write the cards of the company into a new book."""
    company = Company(resource_files.read_json(FOLDER, "words.json"))
    company.accounts = book.read(_accounts)
    about = resource_files.read_json(FOLDER, "company.json")["company"]
    book.do(set_setting, key="company_tax_id", value=about["tax_id"])
    first = book.read(_first_cards)
    _write(book, "warehouse", rows("warehouses.csv"), company.warehouses, _warehouse, {"W01": first["warehouse"]})
    money = rows("accounts_cash.csv")
    _write(book, "money_account", money, company.money, company_money(company), {"CA01": first["money_account"]})
    categories: dict[str, Id] = {}
    tree = sorted(rows("categories.csv"), key=lambda row: len(row["code"]))
    for level in (False, True):
        chosen = [row for row in tree if bool(row["parent"]) is level]
        _write(book, "category", chosen, categories, lambda row: _category(company, categories, row), {})
    _parties(book, company, first["party"])
    _items(book, company, categories)
    return company


def rows(*name: str) -> list[Row]:
    """The rows of a file of the demo company."""
    return resource_files.read_csv(FOLDER, *name)


def _accounts(session: Session) -> dict[str, Id]:
    return {card.code: card.id for card in Catalog(session).all("account")}


def _first_cards(session: Session) -> dict[str, Id]:
    """The cards every book begins with: the company makes them its own."""
    catalog = Catalog(session)
    return {kind: catalog.all(kind)[0].id for kind in ("warehouse", "party", "money_account")}


def _write(
    book: Book,
    kind: str,
    source: Iterable[Row],
    ids: dict[str, Id],
    fields_of: Any,
    first: Mapping[str, Id],
) -> None:
    """Make a card of each row (`first`: code → the card that becomes it) and remember the ids by code."""
    changes = []
    for row in source:
        fields = {"is_active": 1, **fields_of(row)}
        ids[fields["code"]] = first.get(fields["code"]) or book.ids.new_id()
        changes.append(CardChange(kind, fields, ids[fields["code"]]))
    book.do(set_cards, changes=changes)


def _warehouse(row: Row) -> dict[str, Any]:
    policy = "allow" if row["allow_negative"] == "1" else "warn"
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": row["type"],
        "address": row["address"],
        "bins": row["locations"].split(";"),
        "negative_stock": policy,
    }


def company_money(company: Company) -> Any:
    """How a row of the money accounts becomes a card."""

    def fields(row: Row) -> dict[str, Any]:
        account = row["gl_account"]
        return {
            "code": row["code"],
            "name": row["name"],
            "kind": {"1001": "cash", "1002": "bank"}.get(account, "wallet"),
            "account": company.accounts[account],
            "account_no": row["account_no"],
        }

    return fields


def _category(company: Company, categories: Mapping[str, Id], row: Row) -> dict[str, Any]:
    roles: Mapping[str, str] = company.words["category_accounts"].get(row["code"], {})
    return {
        "code": row["code"],
        "name": row["name"],
        "parent": categories.get(row["parent"], ""),
        "accounts": {role: company.accounts[account] for role, account in roles.items()},
    }


def _parties(book: Book, company: Company, walk_in: Id) -> None:
    ids: dict[str, Id] = {}
    words = company.words
    _write(book, "party", rows("suppliers.csv"), ids, lambda row: _supplier(words, row), {})
    _write(book, "party", rows("customers.csv"), ids, _customer, {words["walk_in"]: walk_in})
    for row in rows("suppliers.csv"):
        company.suppliers[row["code"]] = Trader(
            ids[row["code"]],
            row["code"],
            days=int(row["payment_terms_days"]),
            is_small=words["taxpayer"][row["taxpayer"]] == "small",
            pays_at_once=row["settlement"] == words["cash_on_delivery"],
        )
    for row in rows("customers.csv"):
        company.customers[row["code"]] = Trader(
            ids[row["code"]],
            row["code"],
            row["price_level"],
            Rate.parse(row["discount"]),
            int(row["payment_terms_days"]),
            is_firm=row["tax_id"].startswith("91"),
            pays_at_once=row["payment_terms_days"] == "0",
        )


def _supplier(words: Mapping[str, Any], row: Row) -> dict[str, Any]:
    return {
        **_party(row),
        "is_supplier": 1,
        "taxpayer": words["taxpayer"][row["taxpayer"]],
        "invoice_kind": words["invoice_kind"][row["invoice_type"]],
        "bank": row["bank"],
        "bank_account": row["bank_account"],
    }


def _customer(row: Row) -> dict[str, Any]:
    return {
        **_party(row),
        "is_customer": 1,
        "price_level": row["price_level"],
        "region": row["region"],
        "salesperson": row["salesperson"],
        "discount": Rate.parse(row["discount"]).micro,
        "note": row["member_no"],
    }


def _party(row: Row) -> dict[str, Any]:
    same = ("code", "name", "short_name", "mnemonic", "tax_id", "contact", "phone", "address")
    return {
        **{name: row[name] for name in same},
        "payment_days": int(row["payment_terms_days"]),
        "credit_limit": Money.parse(row["credit_limit"]).fen,
    }


def _items(book: Book, company: Company, categories: Mapping[str, Id]) -> None:
    units: dict[str, list[Row]] = defaultdict(list)
    for row in rows("item_units.csv"):
        units[row["sku"]].append(row)
    ids: dict[str, Id] = {}
    items = rows("items.csv")
    _write(book, "item", items, ids, lambda row: _item(company, categories, row, units[row["sku"]]), {})
    for row in items:
        company.wares[row["sku"]] = _ware(company, ids[row["sku"]], row, units[row["sku"]])


def _item(company: Company, categories: Mapping[str, Id], row: Row, units: list[Row]) -> dict[str, Any]:
    same = ("name", "spec", "mnemonic", "base_unit", "scale_plu")
    levels: Mapping[str, str] = company.words["price_level"]
    stock = company.accounts.get(row["stock_account"])
    return {
        **{name: row[name] for name in same},
        "code": row["sku"],
        "kind": "service" if row["type"] == company.words["service"] else "goods",
        "category": categories[row["category"]],
        "units": [_unit(unit) for unit in units if unit["is_base"] == "0"],
        "barcodes": [{"barcode": unit["barcode"], "unit": unit["unit"]} for unit in units if unit["barcode"]],
        "tax_rate": Rate.parse(row["vat_rate"]).micro,
        "accounts": {"stock": stock} if stock else {},
        "reference_cost": _price(row["ref_cost_ex_tax"]).micro,
        "retail_price": _price(row["retail_price"]).micro,
        "min_price": _price(row["min_price"]).micro,
        "prices": {level: _price(row[name]).micro for level, name in levels.items()},
        "default_warehouse": company.warehouses.get(row["default_warehouse"], ""),
        "default_supplier": company.party(row["default_supplier"]),
        "min_stock": _quantity(row["min_stock"]).micro,
        "max_stock": _quantity(row["max_stock"]).micro,
        "has_batch": int(row["batch"]),
        "has_expiry": int(row["expiry"]),
        "shelf_life_days": int(row["shelf_life_days"] or 0),
        "expiry_warn_days": int(row["expiry_warn_days"] or 0),
    }


def _unit(row: Row) -> dict[str, Any]:
    ratio = Ratio.parse(row["factor_to_base"])
    return {
        "unit": row["unit"],
        "num": ratio.num,
        "den": ratio.den,
        "barcode": row["barcode"],
        "is_purchase": int(row["is_purchase"]),
        "is_sales": int(row["is_sales"]),
    }


def _ware(company: Company, item: Id, row: Row, units: list[Row]) -> Ware:
    big = next((unit for unit in units if unit["is_base"] == "0"), units[0] if units else None)
    return Ware(
        item,
        row["sku"],
        row["base_unit"],
        big["unit"] if big else row["base_unit"],
        Ratio.parse(big["factor_to_base"] if big else "1"),
        _price(row["ref_cost_ex_tax"]),
        _price(row["retail_price"]),
        tuple((level, _price(row[name])) for level, name in company.words["price_level"].items()),
        Rate.parse(row["vat_rate"]),
        row["default_supplier"],
        _quantity(row["min_stock"]),
        _quantity(row["max_stock"]),
        row["type"] == company.words["service"],
        bool(row["scale_plu"]),
        row["batch"] == "1",
    )


def _price(text: str) -> UnitPrice:
    return UnitPrice.parse(text or "0")


def _quantity(text: str) -> Quantity:
    return Quantity.parse(text or "0")
