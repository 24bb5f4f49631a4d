"""All reports by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ageing import AGEING
from .general_ledger import GENERAL_LEDGER
from .gross_profit import GROSS_PROFIT
from .last_counted import LAST_COUNTED
from .payables import PAYABLES
from .provisional_costs import PROVISIONAL_COSTS
from .receivables import RECEIVABLES
from .stock_ageing import STOCK_AGEING
from .stock_ledger import STOCK_LEDGER
from .stock_on_hand import STOCK_ON_HAND
from .stock_value_by_account import STOCK_VALUE_BY_ACCOUNT
from .trial_balance import TRIAL_BALANCE

if TYPE_CHECKING:
    from .spec import Report

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        STOCK_ON_HAND,
        STOCK_LEDGER,
        STOCK_AGEING,
        LAST_COUNTED,
        PROVISIONAL_COSTS,
        STOCK_VALUE_BY_ACCOUNT,
        GROSS_PROFIT,
        RECEIVABLES,
        PAYABLES,
        AGEING,
        TRIAL_BALANCE,
        GENERAL_LEDGER,
    )
}
