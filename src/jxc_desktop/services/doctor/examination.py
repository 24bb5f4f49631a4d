"""The list of checks, and running them on a book as it stands at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from jxc_desktop.db.engine import environment_errors
from jxc_desktop.kernel.errors import FileDamaged

from .costs import additions_match, cost_edges_match, covers_match, layers_match, shortages_match
from .documents import (
    codes_unique,
    lines_add_up_to_head,
    links_within_source,
    merges_settled,
    net_plus_tax_is_gross,
    references_known,
    tracking_adds_up,
    voided_without_effects,
)
from .examined import Examined
from .file import closed_periods_unchanged, integrity_check, rebuild_equals_live
from .finding import Check, Finding, Level, check_of
from .ledger import (
    money_accounts_match,
    opening_balances_zero,
    stock_value_per_account,
    trial_balance_zero,
    vouchers_balance,
    vouchers_in_their_period,
)
from .log import every_document_has_its_record, hash_chain, merges_readable, record_order
from .numbers import numbers_gapless, voucher_numbers_gapless
from .open_items import (
    advances_match,
    estimates_match,
    payables_match,
    prepayments_match,
    receivables_match,
    settled_within_open,
)
from .search import search_finds_cards
from .stock import (
    movements_match_lines,
    no_negative_where_forbidden,
    on_hand_is_sum_of_moves,
    pool_value_not_negative,
    zero_quantity_zero_value,
)
from .tracked import batch_balances_match, batches_add_up_to_stock, serials_in_one_place

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session
    from jxc_desktop.services.book import Book
    from jxc_desktop.services.reader import Reader

CheckFunction = Callable[[Examined], Iterable[Finding]]

CHECKS: tuple[CheckFunction, ...] = (
    integrity_check,
    hash_chain,
    record_order,
    every_document_has_its_record,
    merges_readable,
    lines_add_up_to_head,
    net_plus_tax_is_gross,
    tracking_adds_up,
    links_within_source,
    voided_without_effects,
    references_known,
    numbers_gapless,
    voucher_numbers_gapless,
    movements_match_lines,
    on_hand_is_sum_of_moves,
    zero_quantity_zero_value,
    pool_value_not_negative,
    no_negative_where_forbidden,
    shortages_match,
    covers_match,
    layers_match,
    cost_edges_match,
    additions_match,
    batch_balances_match,
    batches_add_up_to_stock,
    serials_in_one_place,
    vouchers_balance,
    vouchers_in_their_period,
    trial_balance_zero,
    stock_value_per_account,
    receivables_match,
    advances_match,
    payables_match,
    estimates_match,
    prepayments_match,
    settled_within_open,
    money_accounts_match,
    opening_balances_zero,
    codes_unique,
    merges_settled,
    search_finds_cards,
    closed_periods_unchanged,
)
"""Every check of one moment, in the order in which they are shown: the facts first, then what follows from them.

`rebuild_equals_live` comes last and works on files beside the book, while others may go on writing.
"""

OF_THE_LOG = (integrity_check, hash_chain, record_order, merges_readable)
"""Checks of the facts: where one of these fails, making the projections anew does not help."""

ONLY_TO_LOOK_AT = (batches_add_up_to_stock, opening_balances_zero, codes_unique, merges_settled, merges_readable)
"""Checks that are never red."""

NOT_QUICK = (
    integrity_check,
    closed_periods_unchanged,
    layers_match,
    batch_balances_match,
    batches_add_up_to_stock,
    serials_in_one_place,
    stock_value_per_account,
    receivables_match,
    advances_match,
    payables_match,
    estimates_match,
    prepayments_match,
    settled_within_open,
    money_accounts_match,
)
"""Checks that read the whole book whatever one asks for: once a day and before a close, not at every start."""


def run_checks(book: Book | Reader, *, quick: bool = False) -> list[Check]:
    """Look at a book as it stands at one moment; nothing is changed.

    `quick`: only what the last 1,000 records made, heads and tails (≤ 1 s). Raises FileDamaged only where nothing can
    be read at all.
    """

    def look(session: Session) -> list[Check]:
        examined = Examined(session, book, quick=quick)
        return [_checked(examined, check) for check in CHECKS if not (quick and check in NOT_QUICK)]

    checks = book.read(look)
    if not quick:
        checks.append(_outcome(rebuild_equals_live, lambda: rebuild_equals_live(book.path), book.path))
    return checks


def _checked(examined: Examined, check: CheckFunction) -> Check:
    return _outcome(check, lambda: check(examined), examined.book.path)


def _outcome(check: Callable[..., object], findings_of: Callable[[], Iterable[Finding]], path: Path) -> Check:
    level = Level.YELLOW if check in ONLY_TO_LOOK_AT else Level.RED
    try:
        with environment_errors(path):
            findings = list(findings_of())
    except FileDamaged as damaged:
        findings = [Finding(damaged.text)]
    return check_of(check.__name__, findings, level=level, is_log=check in OF_THE_LOG)
