"""Settings as plain data: what a person or a script writes for one, and all of them as they are shown.

References are codes, the sale tax rate a decimal text, the first period a month such as 2026-01, `accounts` and
`number_reset` JSON objects.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.quantity import Rate
from jxc_desktop.kernel.text import Text

from .catalog import Catalog
from .settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session

REFERENCES = {
    "default_money_account": "money_account",
    "default_warehouse": "warehouse",
    "walk_in_party": "party",
}
RATES = frozenset({"sale_tax_rate"})
MONTHS = frozenset({"start_period"})


def shown_settings(session: Session, *, key: str = "") -> dict[str, Any]:
    """Every setting, or the one named. Raises UserError for a key nobody declared."""
    values = Settings(session).all()
    if key:
        _declared(key)
        values = {key: values[key]}
    catalog = Catalog(session)
    return {name: _shown(catalog, name, value) for name, value in values.items()}


def read_setting(session: Session, *, key: str, given: str) -> Any:
    """What was written for a setting, as it is kept. Raises UserError, NotFound, Ambiguous."""
    _declared(key)
    if key in REFERENCES:
        return Catalog(session).find(REFERENCES[key], given).id if given else ""
    try:
        if key in RATES:
            return Rate.parse(given).micro
        if key in MONTHS:
            return int(given.replace("-", ""))
        if isinstance(DEFAULTS[key], int):
            return int(given)
        if isinstance(DEFAULTS[key], dict):
            return _object(session, key, given)
    except (TypeError, ValueError) as error:
        raise UserError(Text("setting.wrong_type", {"key": key, "value": given})) from error
    return given


def _declared(key: str) -> None:
    if key not in DEFAULTS:
        raise UserError(Text("setting.unknown", {"key": key}))


def _object(session: Session, key: str, given: str) -> dict[str, Any]:
    value = json.loads(given)
    if not isinstance(value, dict):
        raise TypeError(value)
    if key != "accounts":
        return value
    catalog = Catalog(session)
    return {role: catalog.find("account", str(code)).id for role, code in value.items()}


def _shown(catalog: Catalog, key: str, value: Any) -> Any:
    if key in REFERENCES:
        return _code(catalog, REFERENCES[key], value)
    if key in RATES:
        return str(Rate(value))
    if key in MONTHS:
        return f"{value // 100:04d}-{value % 100:02d}" if value else ""
    if key == "accounts":
        return {role: _code(catalog, "account", account) for role, account in value.items()}
    return value


def _code(catalog: Catalog, kind: str, card_id: Any) -> str:
    card = catalog.card(kind, card_id) if card_id else None
    return str(card.code if card is not None else card_id)
