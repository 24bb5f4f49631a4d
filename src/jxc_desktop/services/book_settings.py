"""Changing the settings of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.db.changelog import SETTING_SET
from jxc_desktop.kernel.errors import UserError
from jxc_desktop.kernel.problems import Problem, Severity
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.scale_code import layouts_in

from .costing_change import KEY as COSTING_METHOD
from .costing_change import change_costing
from .settings import CHOICES, DEFAULTS, FROZEN
from .work import use_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .work import Work


@use_case(right="settings.edit")
def set_setting(work: Work, *, key: str, value: Any, period: int = 0) -> None:
    """Set one setting; it changes what the next document does, never a posted one.

    The costing method may be changed from the start of a month YYYYMM on: see `costing_change`.

    Raises UserError for an unknown key, a value that is none of the choices or cannot be read, a setting frozen since
    the book was made.
    """
    if key not in DEFAULTS:
        raise UserError(Text("setting.unknown", {"key": key}))
    if key in CHOICES and value not in CHOICES[key]:
        raise UserError(Text("setting.not_a_choice", {"key": key, "value": str(value), "choices": list(CHOICES[key])}))
    if isinstance(value, bool) or not isinstance(value, type(DEFAULTS[key])):
        raise UserError(Text("setting.wrong_type", {"key": key, "value": str(value)}))
    _refuse_layout(key, value)
    costing = {name: value if name == key else work.settings.get(name) for name in ("costing_method", "cost_pool")}
    if costing == {"costing_method": "periodic_average", "cost_pool": "warehouse"}:
        raise UserError(Text("setting.periodic_needs_one_pool"))
    if period:
        change_costing(work, key=key, value=value, period=period)
        return
    _refuse_frozen(work, key, value)
    put_setting(work, key, value)
    if key == "negative_stock":
        work.warnings += _rules_of_their_own(work, value)


def _refuse_frozen(work: Work, key: str, value: Any) -> None:
    if key in FROZEN and value != work.settings.get(key) and work.session.value("SELECT 1 FROM document LIMIT 1"):
        raise UserError(Text("setting.from_a_month" if key == COSTING_METHOD else "setting.frozen", {"key": key}))


def _refuse_layout(key: str, value: Any) -> None:
    if key != "scale_codes":
        return
    try:
        layouts_in(value)
    except ValueError as error:
        raise UserError(Text("setting.not_a_layout", {"word": str(error)})) from error


def _rules_of_their_own(work: Work, policy: str) -> Iterator[Problem]:
    """The warehouses that do not follow the book: their own card says something else about going below 0."""
    text = (
        "SELECT code, name, negative_stock FROM warehouse WHERE negative_stock NOT IN ('', ?) AND is_active = 1"
        " ORDER BY code"
    )
    for code, name, own in work.session.rows(text, (policy,)):
        params = {"warehouse": f"{code} {name}", "code": code, "own": Text(f"choice.negative_stock.{own}")}
        yield Problem(("negative_stock",), Text("setting.warehouse_differs", params), Severity.WARNING)


def put_setting(work: Work, key: str, value: Any) -> None:
    """Write the record of a setting."""
    work.append([(work.record(SETTING_SET, {"key": key, "value": value}), None)])
    work.settings.put(key, value)
    work.catalog.derived.clear()
