"""The lists of a card as one line of words: `箱=12; 盒=6`, `6901234567892 箱; 6901234567885`, `A-1; A-2`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEMICOLON = re.compile(r"[;；]")
_EQUALS = re.compile(r"[=＝]")
PAIRS = {"units": "unit", "parts": "item"}
"""Lists of pairs, and what stands before the `=`."""
MAPPINGS = frozenset({"prices", "accounts"})


def list_line(name: str, value: Any) -> str:
    """A list of a card as it is shown and typed."""
    if name in MAPPINGS:
        return "; ".join(f"{key}={each}" for key, each in (value or {}).items())
    return "; ".join(_part(name, each) for each in value or [])


def _part(name: str, each: Any) -> str:
    if name == "units":
        return f"{each['unit']}={each['num']}" + (f"/{each['den']}" if each["den"] != 1 else "")
    if name == "parts":
        return f"{each['item_code']}={each['quantity']}"
    return f"{each['barcode']} {each['unit']}".strip() if name == "barcodes" else str(each)


def list_text(name: str, line: str, before: Any) -> str:
    """What was typed, as the JSON that a card is written with; what the line cannot say stays as it was before."""
    parts = [part.strip() for part in _SEMICOLON.split(line) if part.strip()]
    if not parts:
        return ""
    if name in MAPPINGS:
        return json.dumps(dict(_pairs(parts)), ensure_ascii=False)
    if name == "barcodes":
        made: list[Any] = [dict(zip(("barcode", "unit"), part.split(None, 1), strict=False)) for part in parts]
    elif name == "units":
        kept = {each["unit"]: each for each in before or []}
        made = [_unit(unit, ratio, kept.get(unit, {})) for unit, ratio in _pairs(parts)]
    elif name == "parts":
        made = [{"item": item, "quantity": quantity} for item, quantity in _pairs(parts)]
    else:
        made = list(parts)
    return json.dumps(made, ensure_ascii=False)


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        key, *rest = _EQUALS.split(part, maxsplit=1)
        yield key.strip(), rest[0].strip() if rest else ""


def _unit(unit: str, ratio: str, kept: dict[str, Any]) -> dict[str, Any]:
    other = {name: value for name, value in kept.items() if name not in {"num", "den"}}
    return {**other, "unit": unit, "ratio": ratio}
