"""Which stream this file writes: a new one is minted at the first write of a new, copied or restored file.

A random token lies in the book and outside it; where the two disagree, or the file is behind what was written, the file
is a copy or was restored. Source: sync.md §4.5.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jxc_desktop.db.changelog import STREAM_BEGIN, stream_name

from .token_store import NoTokens, Token

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.db.engine import Session

    from .token_store import TokenStore
    from .work import Work


def open_stream(work: Work, tokens: TokenStore, path: Path) -> None:
    """Make sure this file may write its own stream; mint a new one where it may not."""
    own = work.log.own_stream()
    if own and not _is_foreign(work, tokens, path, own):
        return
    number = tokens.new_stream()
    work.log.begin_stream(number)
    token = os.urandom(16)
    work.session.run("DELETE FROM book_token")
    work.session.run("INSERT INTO book_token (id, token, made_by) VALUES (1, ?, ?)", (token, stream_name(number)))
    tokens.keep(path, Token(token, 0))
    if own:
        content = {"from": stream_name(own), "reason": "copied_or_restored"}
        work.append([(work.record(STREAM_BEGIN, content, seen=_vector(work.session, number)), None)])


def _is_foreign(work: Work, tokens: TokenStore, path: Path, own: int) -> bool:
    if isinstance(tokens, NoTokens):
        return not work.session.value("SELECT count(*) FROM book_token")
    known = tokens.find(path)
    inside = work.session.value("SELECT token FROM book_token WHERE id = 1")
    return bool(known is None or inside != known.token or work.log.head(own).seq < known.last_seq)


def _vector(session: Session, own: int) -> dict[str, int]:
    return {stream_name(each): seq for each, seq in session.rows("SELECT id, last_seq FROM stream") if each != own}
