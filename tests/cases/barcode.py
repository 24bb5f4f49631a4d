"""Kind ean13: which codes are barcodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.masters.barcode import is_ean13

if TYPE_CHECKING:
    from tests.cases.case import Case, Figures


def ean13(case: Case) -> Figures:
    """The codes with a right check digit."""
    return {"valid": [is_ean13(code) for code in case.given["codes"]]}


KINDS = {"ean13": ean13}
