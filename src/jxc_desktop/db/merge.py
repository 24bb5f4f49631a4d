"""Who saw whom, and which of several values wins.

A record saw every earlier one of its own stream and, of the others, what the last `seen` vector up to it says. Among
values that no other value's record saw the greatest canonical key wins. Source: sync.md §4.4.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .changelog import Record
    from .engine import Session


def vector(session: Session, stream: int, seq: int) -> dict[int, int]:
    """What the record (stream, seq) had seen of the other streams."""
    text = session.value(
        "SELECT seen FROM change_record WHERE stream = ? AND seq <= ? AND seen IS NOT NULL ORDER BY seq DESC LIMIT 1",
        (stream, seq),
    )
    return {} if text is None else {int(name, 16): last for name, last in json.loads(text).items()}


def saw(session: Session, later: Record, earlier: Record) -> bool:
    """Whether the first record was made knowing the second."""
    if later.stream == earlier.stream:
        return later.seq > earlier.seq
    return earlier.seq <= vector(session, later.stream, later.seq).get(earlier.stream, 0)


def latest(session: Session, written: Sequence[tuple[Record, Any]]) -> tuple[Record, Any, list[Any]]:
    """The winning record with its value, and the different values that did not see each other."""
    unseen = [
        (record, value)
        for record, value in written
        if not any(saw(session, other, record) for other, _value in written if other is not record)
    ]
    winner, value = max(unseen, key=lambda each: each[0].key)
    rivals: list[Any] = []
    for _record, other in sorted(unseen, key=lambda each: each[0].key):
        if other not in rivals:
            rivals.append(other)
    return winner, value, rivals
