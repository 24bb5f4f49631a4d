"""What belongs to this file on this machine only: not synced, not rebuilt, not in the digest."""

from __future__ import annotations

from .columns import binary, rowid_table, whole, words

book_token = rowid_table("book_token", whole("id", key=True), binary("token"), words("made_by"))
"""One row: must agree with the token kept outside the file, else the file was copied or restored."""

draft = rowid_table(
    "draft",
    whole("id", key=True),
    binary("document", unique=True),
    words("type"),
    whole("saved_at"),
    binary("base_hash", null=True),
    words("content"),
)

import_history = rowid_table(
    "import_history",
    whole("id", key=True),
    whole("imported_at"),
    words("kind"),
    words("source"),
    words("file_name"),
    words("report"),
)
