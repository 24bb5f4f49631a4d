"""The settings of a book that change effects or must agree everywhere, with their defaults."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.ids import Id
from jxc_desktop.kernel.quantity import Rate

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

DEFAULTS: dict[str, Any] = {
    "accounts": {},
    "book_language": "zh_CN",
    "chart": "small_enterprise",
    "company_address": "",
    "company_bank": "",
    "company_name": "",
    "company_phone": "",
    "company_tax_id": "",
    "cost_pool": "book",
    "costing_method": "moving_average",
    "day_end_hour": 0,
    "default_money_account": "",
    "default_warehouse": "",
    "expired_stock": "forbid",
    "gift_cost": "gift",
    "goods_in_cost": "to_expense",
    "negative_stock": "warn",
    "number_reset": {},
    "price_mode": "included",
    "sale_tax_rate": 10_000,
    "scale_codes": "21WWWWWEEEEEC 22WWWWWNNNNNC",
    "stage": 1,
    "start_period": 0,
    "taxpayer": "small",
    "time_zone": "Asia/Shanghai",
    "voucher_word": "记",
    "walk_in_party": "",
}
"""Key → value before anybody set it. `sale_tax_rate` is the levy rate of a small-scale taxpayer in 10⁻⁶, `scale_codes`
the layouts of the codes that scales print (`masters.scale_code`), `expired_stock` what happens when a batch past its
expiry date is sold or built in."""

CHOICES: dict[str, tuple[Any, ...]] = {
    "book_language": ("zh_CN", "zh_TW", "en"),
    "chart": ("small_enterprise", "enterprise"),
    "cost_pool": ("book", "warehouse"),
    "costing_method": ("moving_average", "fifo", "periodic_average"),
    "expired_stock": ("forbid", "warn", "allow"),
    "gift_cost": ("gift", "cost_of_sales"),
    "goods_in_cost": ("to_stock", "to_expense"),
    "negative_stock": ("forbid", "warn", "allow"),
    "price_mode": ("included", "excluded"),
    "stage": (1, 2, 3, 4),
    "taxpayer": ("small", "general"),
}

FROZEN = ("book_language", "chart", "start_period", "cost_pool", "costing_method")
"""Settings that are given when the book is made; the costing method may change at the start of a month."""


class Settings:
    """The settings as they stand in one transaction."""

    def __init__(self, session: Session) -> None:
        self._values = dict(DEFAULTS)
        for key, text in session.rows("SELECT key, value FROM setting"):
            self._values[key] = json.loads(text)
        for key, text in session.rows("SELECT key, value FROM costing_choice ORDER BY period"):
            self._values[key] = json.loads(text)

    def get(self, key: str) -> Any:
        """The value of a setting. Raises KeyError for a key nobody declared."""
        return self._values[key]

    def put(self, key: str, value: Any) -> None:
        """Remember a value that was set in this transaction."""
        self._values[key] = value

    @property
    def taxpayer(self) -> str:
        """Small or general."""
        return str(self._values["taxpayer"])

    @property
    def start(self) -> date:
        """The first day of the book."""
        period = int(self._values["start_period"])
        return date(period // 100, period % 100, 1) if period else date.min

    @property
    def accounts(self) -> dict[str, Id]:
        """Account role → account, as the book has set it."""
        return {role: Id(account) for role, account in self._values["accounts"].items()}

    @property
    def sale_tax_rate(self) -> Rate:
        """The levy rate a small-scale taxpayer sells at."""
        return Rate(int(self._values["sale_tax_rate"]))

    def all(self) -> dict[str, Any]:
        """Every setting with its value."""
        return dict(self._values)
