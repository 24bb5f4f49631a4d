"""The settings of a book: shown all, shown one, or set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.text import Text
from jxc_desktop.services.book_settings import set_setting
from jxc_desktop.services.setting_values import read_setting, shown_settings

from .command import argument, command, option
from .parameter_types import MONTH
from .table import Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .call import Call


@command("setting")
@argument("key", required=False, help="setting_key")
@argument("value", required=False, help="setting_value")
@option("--from", "period", type=MONTH, default=0, help="setting_from")
def setting(call: Call, *, key: str | None, value: str | None, period: int) -> None:
    """Show all settings, one, or set one."""
    if key is not None and value is not None:
        _set(call, key, value, period)
        return
    with call.book_to_read() as book:
        found = book.read(shown_settings, key=key or "")
    call.answer({"settings": found}, lambda: _lines(call, found))


def _set(call: Call, key: str, value: str, period: int) -> None:
    with call.book_to_write() as book:
        given = book.read(read_setting, key=key, given=value)
        call.warn(book.do(set_setting, key=key, value=given, period=period).warnings)
        found = book.read(shown_settings, key=key)
    call.say({"settings": found}, Text("cli.setting.done", {"key": key, "value": _shown(found[key])}))


def _lines(call: Call, found: dict[str, Any]) -> Iterator[str]:
    columns = [Column(call.words(Text(f"cli.column.{name}"))) for name in ("setting", "value")]
    return table(columns, [(key, _shown(value)) for key, value in found.items()])


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}={each}" for name, each in value.items())
    return str(value)
