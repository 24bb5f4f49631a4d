"""Backups that look after themselves: make one, and remove those that newer ones have made worthless.

Of one folder, which belongs to one book, stay the newest twelve, the last of each of thirty days, and the last of each
month for ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .backup import SUFFIX, backup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .book import Book

NEWEST, DAYS = 12, 30
_NAME = re.compile(r"-(\d{8})-(\d{6})" + re.escape(SUFFIX) + "$")


def keep_backup(book: Book, directory: Path) -> Path:
    """Make a proved backup in the book's own folder, then remove those that are superseded; the path of the new one.

    Raises what `backup` raises; nothing is removed then. A file whose name is not that of a backup is never touched.
    """
    made = backup(book, directory)
    found = {each.name: each for each in directory.iterdir() if _NAME.search(each.name)}
    for name in superseded(list(found)):
        found[name].unlink(missing_ok=True)
    return made


def superseded(names: Sequence[str]) -> list[str]:
    """The names of backups that may go, oldest first."""
    stamped = sorted((_stamp(name), name) for name in names)
    last_of_day = {stamp[:8]: name for stamp, name in stamped}
    last_of_month = {stamp[:6]: name for stamp, name in stamped}
    days = sorted(last_of_day)[-DAYS:]
    stay = {name for _stamp_of, name in stamped[-NEWEST:]}
    stay |= {last_of_day[day] for day in days} | set(last_of_month.values())
    return [name for _stamp_of, name in stamped if name not in stay]


def _stamp(name: str) -> str:
    match = _NAME.search(name)
    return match.group(1) + match.group(2) if match else ""
