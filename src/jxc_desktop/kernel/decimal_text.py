"""Decimal strings to scaled integers and back, exactly."""

from __future__ import annotations

import re

_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]*))?", re.ASCII)


def parse_scaled(text: str, places: int) -> int:
    """Read a plain decimal string as an integer in units of 10^-places.

    Raises ValueError when the text is no decimal number or has more significant decimals than `places`.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, whole, fraction = match.groups()
    fraction = (fraction or "").rstrip("0")
    if len(fraction) > places:
        raise ValueError(text)
    scale: int = 10**places
    size = int(whole) * scale + int(fraction.ljust(places, "0") or "0")
    return -size if sign == "-" else size


def format_scaled(number: int, places: int, *, keep: int = 0) -> str:
    """Write an integer in units of 10^-places as a decimal string with at least `keep` decimals, no needless zeros."""
    sign = "-" if number < 0 else ""
    whole, fraction = divmod(abs(number), 10**places)
    digits = str(fraction).rjust(places, "0")
    cut = digits.rstrip("0").ljust(keep, "0") if places else ""
    return f"{sign}{whole}.{cut}" if cut else f"{sign}{whole}"
