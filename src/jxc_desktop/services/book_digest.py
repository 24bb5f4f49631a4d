"""One hash of everything a book shows, as a query: equal sets of records give equal digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.db.digest import digest

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


def book_digest(session: Session) -> str:
    """The digest of all projections, 64 hexadecimal digits."""
    return digest(session)
