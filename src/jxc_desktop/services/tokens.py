"""Tokens of books kept in a folder outside them: how a copied or restored file is told from the one last written.

One small JSON file per book, named after the place of the book, replaced in one step. How far a book was written is
noted when it is closed and every now and then while it is open, never at each posting.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from .token_store import Token, new_stream

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session

EVERY_SECONDS = 60


class FileTokens:
    """Keeps the token of each book in a file of its own below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last_seq: dict[Path, int] = {}
        self._noted: dict[Path, float] = {}

    def find(self, path: Path) -> Token | None:
        """What is known of the file at this path; a note that cannot be read counts as none."""
        try:
            found = json.loads(self._file(path).read_text(encoding="utf-8"))
            return Token(bytes.fromhex(found["token"]), int(found["last_seq"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, path: Path, token: Token) -> None:
        """Remember it. A folder that cannot be written leaves the book unknown: its next opening mints a new stream."""
        note = self._file(path)
        part = note.with_name(f"{note.name}.{os.getpid()}")
        content = {"book": _place(path), "token": token.token.hex(), "last_seq": token.last_seq}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            part.replace(note)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._last_seq[path] = token.last_seq
        self._noted[path] = time.monotonic()

    def written(self, path: Path, session: Session) -> None:
        """The file was written up to the head of its own stream; noted outside once a minute at most."""
        self._last_seq[path] = session.value("SELECT last_seq FROM stream WHERE is_own = 1") or 0
        now = time.monotonic()
        if now - self._noted.setdefault(path, now) >= EVERY_SECONDS:
            self._note(path)

    def closed(self, path: Path) -> None:
        """Nothing more is written: note how far the file has come."""
        if path in self._last_seq:
            self._note(path)

    def new_stream(self) -> int:
        """A random number."""
        return new_stream()

    def _note(self, path: Path) -> None:
        known = self.find(path)
        if known is not None and known.last_seq < self._last_seq[path]:
            self.keep(path, Token(known.token, self._last_seq[path]))
        self._noted[path] = time.monotonic()

    def _file(self, path: Path) -> Path:
        return self._folder / f"{hashlib.sha256(_place(path).encode()).hexdigest()[:32]}.json"


def _place(path: Path) -> str:
    return os.path.normcase(path.resolve())
