"""Barcodes: which have a check digit, and whether it is right (GS1 General Specifications, mod 10)."""

from __future__ import annotations

from stdnum import ean

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
"""EAN-8, UPC-A, EAN-13 and the case code ITF-14."""


def is_ean13(code: str) -> bool:
    """Whether a text is an EAN-13: thirteen ordinary digits, the last of which checks the others."""
    return len(code) == 13 and is_gtin(code)


def is_gtin(code: str) -> bool:
    """Whether a text is a GTIN of any length with a right check digit; the empty text is none."""
    return len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit() and bool(ean.is_valid(code))


def is_plausible_barcode(code: str) -> bool:
    """Whether a shop may print this under a barcode: a GTIN must check, any other length is the shop's own code."""
    looks_like_gtin = len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit()
    return not looks_like_gtin or is_gtin(code)
