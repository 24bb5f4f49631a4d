"""A new book: settings, units, tax rates, chart of accounts, the first warehouse, 散客 and the cash box."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from jxc_desktop import resource_files
from jxc_desktop.db import migrate
from jxc_desktop.db.engine import environment_errors
from jxc_desktop.kernel.errors import FileExists, UserError
from jxc_desktop.kernel.quantity import Rate
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value
from jxc_desktop.language import Language, translator

from .book import Book
from .book_place import refuse_place
from .book_settings import put_setting
from .masters import CardChange, set_cards
from .roles import role_codes
from .settings import CHOICES
from .work import use_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jxc_desktop.kernel.clock import Clock
    from jxc_desktop.kernel.ids import IdSource

    from .token_store import TokenStore
    from .work import Work

_CONTROL = {
    "stock": "stock",
    "receivable": "receivable",
    "advance_from_customer": "advance_from_customer",
    "payable": "payable",
    "payable_estimated": "payable_estimated",
    "prepayment_to_supplier": "prepayment_to_supplier",
}
_STOCK_ACCOUNTS = ("1403", "1405", "1411")
_MONEY_ACCOUNTS = ("1001", "1002", "1012")


@value
class NewBook:
    """What the owner chooses when a book is made; `start` is the first period as YYYYMM."""

    name: str
    start: int
    taxpayer: str = "small"
    stage: int = 1
    chart: str = "small_enterprise"
    costing: str = "moving_average"
    cost_pool: str = "book"
    negative_stock: str = "warn"
    book_language: str = "zh_CN"
    industry: str = ""


def industries() -> tuple[str, ...]:
    """The lines of business whose categories a book can start with."""
    return tuple(dict.fromkeys(row["industry"] for row in resource_files.read_csv("industries.csv")))


def create_book(
    path: Path,
    choice: NewBook,
    *,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    tokens: TokenStore | None = None,
) -> Book:
    """Make the file and what every book starts with; what goes wrong leaves no file behind.

    Raises FileExists, UnsafePlace, UserError for a choice not offered, ExternalError where nothing can be written.
    """
    _check(choice)
    refuse_place(path)
    if path.exists():
        raise FileExists(Text("book.exists", {"file": str(path)}))
    with environment_errors(path), ExitStack() as undo:
        undo.callback(_remove, path)
        migrate.create_file(path)
        book = Book(path, clock=clock, ids=ids, tokens=tokens)
        undo.callback(book.close)
        book.do(begin_book, choice=choice)
        undo.pop_all()
        return book


def _remove(path: Path) -> None:
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _check(choice: NewBook) -> None:
    if not choice.name.strip():
        raise UserError(Text("new.no_name"))
    if not (190_001 <= choice.start <= 999_912 and 1 <= choice.start % 100 <= 12):
        raise UserError(Text("new.bad_start", {"start": choice.start}))
    if choice.costing not in CHOICES["costing_method"]:
        raise UserError(Text("new.costing_not_yet", {"costing": choice.costing}))
    if choice.costing == "periodic_average" and choice.cost_pool != "book":
        raise UserError(Text("setting.periodic_needs_one_pool"))
    if choice.industry and choice.industry not in industries():
        raise UserError(Text("new.unknown_industry", {"industry": choice.industry, "industries": list(industries())}))


@use_case(right="book.begin")
def begin_book(work: Work, *, choice: NewBook) -> None:
    """Write what every book starts with."""
    work.log.add_dictionary(resource_files.read_bytes("log", "record_dictionary.bin"))
    settings: dict[str, Any] = {
        "company_name": choice.name,
        "start_period": choice.start,
        "taxpayer": choice.taxpayer,
        "stage": choice.stage,
        "chart": choice.chart,
        "costing_method": choice.costing,
        "cost_pool": choice.cost_pool,
        "negative_stock": choice.negative_stock,
        "book_language": choice.book_language,
    }
    for key, chosen in settings.items():
        put_setting(work, key, chosen)
    set_cards(work, changes=list(_units(choice.book_language)))
    set_cards(work, changes=list(_tax_rates()))
    if choice.industry:
        set_cards(work, changes=list(_categories(choice)))
    _begin_chart(work, choice)
    _begin_cards(work, choice)


def _units(language: str) -> Iterator[CardChange]:
    for row in resource_files.read_csv("units.csv"):
        fields = {
            "code": row["code"],
            "name": row[f"name_{language.lower()}"],
            "name_en": row["name_en"],
            "decimals": int(row["decimals"]),
            "is_active": 1,
        }
        yield CardChange("unit", fields)


def _categories(choice: NewBook) -> Iterator[CardChange]:
    """The categories that shops of this line of business keep."""
    for row in resource_files.read_csv("industries.csv"):
        if row["industry"] == choice.industry:
            name = row[f"name_{choice.book_language.lower()}"]
            yield CardChange("category", {"code": row["code"], "name": name, "is_active": 1})


def _tax_rates() -> Iterator[CardChange]:
    rates = resource_files.read_json("standards", "tax.json")
    for key, taxpayer in (("vat_rates", "general"), ("levy_rates", "small")):
        for row in rates[key]:
            fields = {
                "code": row["code"],
                "name": row["code"],
                "rate": Rate.parse(row["rate"]).micro,
                "taxpayer": taxpayer,
                "valid_from": _day(row["valid_from"]),
                "valid_to": _day(row["valid_to"]),
                "is_active": 1,
            }
            yield CardChange("tax_rate", fields)


def _day(text: str) -> int:
    return int(text.replace("-", "") or "0")


def _begin_chart(work: Work, choice: NewBook) -> None:
    """The chart without what the taxpayer has no use for; a small-scale taxpayer posts VAT to 222101 itself."""
    rows = [
        row
        for row in resource_files.read_csv("standards", f"accounts_{choice.chart}.csv")
        if row["taxpayer"] in {"all", choice.taxpayer}
    ]
    rows += resource_files.read_csv("standards", "accounts_system.csv")
    controls = _controls(choice)
    parents = {row["parent_code"] for row in rows}
    ids = {row["code"]: work.ids.new_id() for row in rows}
    changes = []
    for row in rows:
        fields = {
            "code": row["code"],
            "name": row["name_zh_cn"],
            "name_zh_tw": row["name_zh_tw"],
            "name_en": row["name_en"],
            "mnemonic": row["mnemonic"],
            "category": row["category"],
            "normal_balance": row["normal_balance"],
            "parent": ids.get(row["parent_code"], ""),
            "is_leaf": int(row["code"] not in parents),
            "aux": [each for each in row["aux"].split("|") if each],
            "control": controls.get(row["code"], ""),
            "is_active": 1,
        }
        changes.append(CardChange("account", fields, ids[row["code"]]))
    set_cards(work, changes=changes)


def _controls(choice: NewBook) -> dict[str, str]:
    """Account code → the ledger it must agree with."""
    controls = {}
    for row in resource_files.read_csv("standards", f"accounts_{choice.chart}.csv"):
        code = row["code"]
        if code.startswith(_STOCK_ACCOUNTS):
            controls[code] = "stock"
        elif code.startswith(_MONEY_ACCOUNTS):
            controls[code] = "money"
    codes = role_codes(choice.chart, choice.taxpayer)
    controls.update({codes[role]: control for role, control in _CONTROL.items() if role != "stock"})
    return controls


def _begin_cards(work: Work, choice: NewBook) -> None:
    words = translator(Language(choice.book_language))
    cash = work.catalog.find("account", role_codes(choice.chart, choice.taxpayer)["tender"])
    ids = {key: work.ids.new_id() for key in ("default_warehouse", "walk_in_party", "default_money_account")}
    warehouse = {"code": "01", "name": words(Text("new.warehouse")), "kind": "", "is_active": 1}
    party = {
        "code": "0000",
        "name": words(Text("new.walk_in")),
        "is_customer": 1,
        "is_walk_in": 1,
        "is_active": 1,
    }
    money = {"code": "01", "name": words(Text("new.cash")), "kind": "cash", "account": cash.id, "is_active": 1}
    set_cards(
        work,
        changes=[
            CardChange("warehouse", warehouse, ids["default_warehouse"]),
            CardChange("party", party, ids["walk_in_party"]),
            CardChange("money_account", money, ids["default_money_account"]),
        ],
    )
    for key, card_id in ids.items():
        put_setting(work, key, card_id)
