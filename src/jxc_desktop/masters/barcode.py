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
    """Whether a shop may have this under a barcode: what looks like a GTIN must check, the rest is the shop's own code.

    Thirteen signs of which one or two are letters look like an EAN-13 that was mistyped, O for 0 or I for 1.
    """
    digits = sum(sign.isascii() and sign.isdigit() for sign in code)
    looks_like_gtin = len(code) in GTIN_LENGTHS and (digits == len(code) or (len(code) == 13 and digits >= 11))
    return not looks_like_gtin or is_gtin(code)
