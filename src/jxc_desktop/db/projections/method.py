"""Which costing method values a book's stock, and from which month on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jxc_desktop.domain.inventory.costing import fifo, moving_average, periodic_average
from jxc_desktop.domain.inventory.regime import Regimes

if TYPE_CHECKING:
    from types import ModuleType

    from jxc_desktop.db.engine import Session

METHODS: dict[str, ModuleType] = {
    "moving_average": moving_average,
    "fifo": fifo,
    "periodic_average": periodic_average,
}
"""The name of a method as the setting has it → its functions."""

METHOD = "costing_method"


def read_regimes(session: Session) -> Regimes:
    """The methods of the book; moving average before anything was set."""
    text = session.value("SELECT value FROM setting WHERE key = ?", (METHOD,))
    later = session.rows("SELECT period, value FROM costing_choice WHERE key = ? ORDER BY period", (METHOD,))
    return Regimes(
        METHODS["moving_average" if text is None else json.loads(text)],
        [(period, METHODS[json.loads(value)]) for period, value in later],
    )


class Costing:
    """The methods of the book, read once as long as nothing about them changes."""

    __slots__ = ("_regimes", "_session")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._regimes: Regimes | None = None

    @property
    def regimes(self) -> Regimes:
        """The methods by their months."""
        if self._regimes is None:
            self._regimes = read_regimes(self._session)
        return self._regimes

    def forget(self) -> None:
        """A setting changed: read again."""
        self._regimes = None
