"""All reports by name. The module of a report is loaded when the report is asked for: starting one loads no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .spec import Report

NAMES = (
    "stock-on-hand",
    "stock-ledger",
    "stock-ageing",
    "batches",
    "near-expiry",
    "batch-history",
    "serials",
    "serial-history",
    "last-counted",
    "provisional-costs",
    "cost-layers",
    "month-prices",
    "stock-value-by-account",
    "gross-profit",
    "receivables",
    "payables",
    "estimated-payables",
    "ageing",
    "trial-balance",
    "general-ledger",
)
"""In the order of the list. `stock-on-hand` is STOCK_ON_HAND in stock_on_hand.py, and so on."""


class Reports(Mapping[str, "Report"]):
    """Name → declaration."""

    def __getitem__(self, name: str) -> Report:
        if name not in NAMES:
            raise KeyError(name)
        module = name.replace("-", "_")
        return cast("Report", getattr(import_module(f".{module}", __package__), module.upper()))

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


REPORTS = Reports()
