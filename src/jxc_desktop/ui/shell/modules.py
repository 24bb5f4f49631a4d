"""The modules of the window and what each offers; documents and cards come from their declarations."""

from __future__ import annotations

from dataclasses import dataclass

from jxc_desktop.doctypes.registry import all_types
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import KINDS
from jxc_desktop.queries.reports.registry import NAMES
from jxc_desktop.ui.screens.module_page import Entry, Group
from jxc_desktop.ui.widgets.page import CARD_LIST, DOCUMENT_LIST, REPORT, Address

MODULE_PAGE = "module"


@dataclass(frozen=True)
class Module:
    """One tab of the window: the area of its document types, its cards and reports; `stage` switches it on.

    `has_kits` adds what puts goods together and takes them apart. `is_ready` is False where this version has nothing
    to show yet.
    """

    code: str
    title: Text
    picture: str
    area: str = ""
    cards: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    has_kits: bool = False
    stage: int = 1
    is_ready: bool = True

    @property
    def address(self) -> Address:
        """Its first page."""
        return Address(self.code, MODULE_PAGE, self.code)


MODULES = (
    Module("home", Text("ui.module.home"), "house"),
    Module(
        "purchasing", Text("ui.module.purchasing"), "shopping-cart", "purchasing", ("party",), ("payables", "ageing"),
    ),
    Module(
        "sales", Text("ui.module.sales"), "receipt-text", "sales", ("party",),
        ("gross-profit", "receivables", "ageing"),
    ),
    Module(
        "inventory", Text("ui.module.inventory"), "warehouse", "inventory", ("item", "category", "warehouse", "unit"),
        ("stock-on-hand", "stock-ledger", "batches", "near-expiry", "batch-history", "serials", "serial-history",
         "stock-ageing", "last-counted", "provisional-costs", "cost-layers", "month-prices"),
    ),
    Module(
        "finance", Text("ui.module.finance"), "landmark", "finance", ("account", "money_account", "tax_rate"),
        ("trial-balance", "general-ledger", "receivables", "payables", "stock-value-by-account"), stage=2,
    ),
    Module("production", Text("ui.module.production"), "factory", "production", ("recipe",), has_kits=True, stage=3),
    Module("crm", Text("ui.module.crm"), "users", "crm", stage=4, is_ready=False),
    Module("reports", Text("ui.module.reports"), "chart-column", reports=NAMES),
)  # fmt: skip
BY_CODE = {module.code: module for module in MODULES}
ALL_DOCUMENTS = Entry(Text("ui.list.documents"), "file-text", Address("home", DOCUMENT_LIST))


def groups_of(module: Module) -> tuple[Group, ...]:
    """What the first page of a module offers."""
    documents = tuple(
        Entry(Text(f"document.type.{each.code}"), "file-text", Address(module.code, DOCUMENT_LIST, each.code))
        for each in all_types()
        if (module.area and each.area == module.area) or (module.has_kits and each.is_kit)
    )
    kinds = [each.code for each in KINDS if module.code == "home" or each.code in module.cards]
    cards = tuple(
        Entry(Text(f"master.kind.{each}"), "id-card", Address(module.code, CARD_LIST, each)) for each in kinds
    )
    reports = tuple(_report(module.code, each) for each in module.reports)
    return (
        Group(Text("ui.group.documents"), (ALL_DOCUMENTS,) if module.code == "home" else documents),
        Group(Text("ui.group.reports"), reports),
        Group(Text("ui.group.cards"), cards),
    )


def _report(module: str, name: str) -> Entry:
    return Entry(Text(f"report.{name.replace('-', '_')}"), "chart-column", Address(module, REPORT, name))
