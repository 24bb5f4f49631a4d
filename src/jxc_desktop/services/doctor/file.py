"""Checks of the file itself: SQLite's own check, the frozen periods, and the book made again from its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.digest import period_digest
from jxc_desktop.kernel.text import Text
from jxc_desktop.services.rebuild import rebuild_check

from .finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .examined import Examined

_SOUND = "ok"


def integrity_check(examined: Examined) -> Iterator[Finding]:
    """SQLite finds its pages, indexes and references in order."""
    for (said,) in examined.session.rows("PRAGMA integrity_check(20)"):
        if said != _SOUND:
            yield Finding(Text("doctor.file_damaged", {"said": said}))
    for table, _row, parent, _key in examined.session.rows("PRAGMA foreign_key_check"):
        yield Finding(Text("doctor.reference_broken", {"table": table, "to": parent}))


def closed_periods_unchanged(examined: Examined) -> Iterator[Finding]:
    """What a closed period is made of has the digest that was stored when it was closed."""
    for period, digest in examined.session.rows("SELECT id, digest FROM period WHERE state = 'closed' ORDER BY id"):
        if digest is None or period_digest(examined.session, period) != digest.hex():
            yield Finding(Text("doctor.period_changed", {"period": str(period)}))


def rebuild_equals_live(path: Path) -> Iterator[Finding]:
    """The projections made again from the log, in a file beside, are the ones the book holds."""
    result = rebuild_check(path)
    if not result.is_equal:
        yield Finding(Text("doctor.rebuild_differs", {"tables": list(result.differing)}))
