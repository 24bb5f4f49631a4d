"""What lies outside the book, as the window needs it; `bootstrap` wires it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.services.token_store import TokenStore


class Places(Protocol):
    """What lies outside the book: where the demo company is, what tells copies apart, which book was opened last."""

    @property
    def tokens(self) -> TokenStore:
        """What tells a book from its copies."""
        ...

    @property
    def demo_book(self) -> Path:
        """Where the demo company lies."""
        ...

    def remember_book(self, path: Path) -> None:
        """This book was opened."""
        ...
