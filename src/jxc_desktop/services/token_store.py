"""What is kept outside a book to tell the file that was written from a copy of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session


class Token(NamedTuple):
    """What is kept outside the book about the file at a path."""

    token: bytes
    last_seq: int


class TokenStore(Protocol):
    """Keeps tokens outside the book."""

    def find(self, path: Path) -> Token | None:
        """What is known of the file at this path."""
        ...

    def keep(self, path: Path, token: Token) -> None:
        """Remember it."""
        ...

    def written(self, path: Path, session: Session) -> None:
        """The file was written up to the head of its own stream."""
        ...

    def closed(self, path: Path) -> None:
        """The file is closed: nothing more is written for now."""
        ...

    def new_stream(self) -> int:
        """A fresh 63-bit stream number."""
        ...


class NoTokens:
    """Trusts the file: for tests and for throw-away copies."""

    def find(self, _path: Path) -> Token | None:
        """Nothing is known."""
        return None

    def keep(self, path: Path, token: Token) -> None:
        """Nothing is kept."""

    def written(self, path: Path, session: Session) -> None:
        """Nothing is kept."""

    def closed(self, path: Path) -> None:
        """Nothing is kept."""

    def new_stream(self) -> int:
        """A random number."""
        return new_stream()


def new_stream() -> int:
    """63 random bits, never 0."""
    return (int.from_bytes(os.urandom(8)) >> 1) or 1
