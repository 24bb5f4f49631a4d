"""The book that was opened last, kept in the user's folder: what reads nobody named a book for fall back to.

A folder that cannot be read or written costs the convenience, never the work.
"""

from __future__ import annotations

import os
from pathlib import Path

FILE = "last-book.txt"


def last_book(folder: Path) -> Path | None:
    """The book that was opened last, if it is still there."""
    try:
        named = (folder / FILE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(named) if named and Path(named).is_file() else None


def remember_book(folder: Path, path: Path) -> None:
    """This book was opened."""
    whole = path.resolve()
    if last_book(folder) == whole:
        return
    part = folder / f"{FILE}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(f"{whole}\n", encoding="utf-8")
        part.replace(folder / FILE)
    except OSError:
        part.unlink(missing_ok=True)
