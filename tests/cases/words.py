"""Kind rmb: amounts in capital numerals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.domain.documents.amount_in_words import amount_in_words
from tests.cases import read
from tests.cases.case import one_of

if TYPE_CHECKING:
    from tests.cases.case import Case, Figures


def rmb(case: Case) -> Figures:
    """Each amount in our spelling, which must be among the allowed ones."""
    return {"words": [one_of(amount_in_words(read.money(amount))) for amount in case.given["amounts"]]}


KINDS = {"rmb": rmb}
