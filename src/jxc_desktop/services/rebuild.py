"""Projections made again from the log: to see that they are what they should be, or to put them right.

Both work on files beside the book; what the check made is deleted again, and the book only changes in one last step.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.db import migrate
from jxc_desktop.db.book_file import alone, copy_live, copy_open, free_name, put_in_place, quick_check, remove
from jxc_desktop.db.digest import digest, table_digests
from jxc_desktop.db.rebuild import build_beside, look, prove_log
from jxc_desktop.kernel.errors import FileMissing
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


class Rebuilt(NamedTuple):
    """The digests before and after, the tables that differ, and where the old file is kept (None: nothing changed)."""

    live: str
    rebuilt: str
    differing: tuple[str, ...]
    kept: Path | None = None

    @property
    def is_equal(self) -> bool:
        """Whether the log alone makes what the book shows."""
        return self.live == self.rebuilt


def rebuild_check(path: Path) -> Rebuilt:
    """Rebuild a copy of the book and compare; the book may be in use and stays as it is.

    Raises FileMissing, FileDamaged, NewerVersion, DiskFull.
    """
    _refuse_missing(path)
    copy, new = path.with_name(path.name + ".checking"), path.with_name(path.name + ".checked")
    try:
        copy_live(path, copy)
        return _build(copy, new)
    finally:
        remove(copy)
        remove(new)


def rebuild(path: Path) -> Rebuilt:
    """Replace the book by one whose projections are made from its log; the old file is kept beside.

    Nobody may have the book open, this process neither. Raises FileMissing, FileLocked, FileDamaged, DiskFull; the
    book is then as it was.
    """
    _refuse_missing(path)
    copy, new = path.with_name(path.name + ".rebuilding"), path.with_name(path.name + ".rebuilt")
    kept = free_name(path.with_name(f"{path.stem}.before-rebuild{path.suffix}"))
    try:
        with alone(path) as raw:
            copy_open(raw, copy)
            result = _build(copy, new)
            quick_check(new)
        put_in_place(new, path, kept)
    finally:
        remove(copy)
        remove(new)
    return result._replace(kept=kept)


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise FileMissing(Text("book.missing", {"file": str(path)}))
    migrate.bring_up_to_date(path)


def _build(copy: Path, new: Path) -> Rebuilt:
    prove_log(copy)
    build_beside(copy, new)
    live, rebuilt = look(copy, _digests), look(new, _digests)
    differing = tuple(name for name in live[1] if live[1][name] != rebuilt[1][name])
    return Rebuilt(live[0], rebuilt[0], differing)


def _digests(session: Session) -> tuple[str, dict[str, str]]:
    return digest(session), table_digests(session)
