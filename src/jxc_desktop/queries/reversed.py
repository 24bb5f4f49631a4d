"""Whether a document has been taken back by another, as a condition of a question."""

from __future__ import annotations


def is_reversed(document: str) -> str:
    """The condition that a posted document reverses the one of this table alias."""
    return (
        f"EXISTS (SELECT 1 FROM document reversing WHERE reversing.reverses = {document}.id"  # noqa: S608 — own alias
        " AND reversing.reverses <> 0 AND reversing.status = 'posted')"
    )
