"""Which costing method values a book's stock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.costing import fifo, moving_average, periodic_average

if TYPE_CHECKING:
    from types import ModuleType

    from jxc_desktop.db.engine import Session

METHODS: dict[str, ModuleType] = {
    "moving_average": moving_average,
    "fifo": fifo,
    "periodic_average": periodic_average,
}
"""The name of a method as the setting has it → its functions."""


def costing_method(session: Session) -> ModuleType:
    """The method of the book; moving average before anything was set."""
    text = session.value("SELECT value FROM setting WHERE key = 'costing_method'")
    return METHODS["moving_average" if text is None else json.loads(text)]
