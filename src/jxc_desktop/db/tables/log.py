"""The facts: change records, the streams they stand in, and what a merge has to tell."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint, text

from .columns import binary, rowid_table, whole, words

change_record = rowid_table(
    "change_record",
    whole("id", key=True),
    binary("uuid", unique=True),
    whole("stream"),
    whole("seq"),
    whole("hlc"),
    words("kind"),
    whole("version"),
    whole("min_reader"),
    binary("user"),
    binary("subject", null=True),
    whole("date"),
    words("seen", null=True),
    whole("dictionary"),
    binary("body"),
    binary("hash"),
    UniqueConstraint("stream", "seq"),
)
"""`stream` is the 63-bit number whose 16 hexadecimal digits name the stream; `date` is the business date, 0 where the
kind has none; `subject` the document or master the record is about; `hash` covers the previous hash, the canonical
header and the plain body."""

Index(
    "change_record_subject",
    change_record.c.subject,
    sqlite_where=text("kind <> 'document.post' AND subject IS NOT NULL"),
)
Index(
    "change_record_kind", change_record.c.kind, sqlite_where=text("kind NOT LIKE 'document.%' AND kind <> 'master.set'")
)

record_dictionary = rowid_table("record_dictionary", whole("id", key=True), binary("content"))

stream = rowid_table(
    "stream",
    whole("id", key=True),
    whole("last_seq"),
    whole("last_hlc"),
    binary("last_hash"),
    whole("is_own"),
    whole("ordinal"),
)
"""The heads; `ordinal` orders the streams of the book and gives the letter in their numbers (0: none)."""

exception = rowid_table(
    "exception",
    whole("id", key=True),
    words("kind"),
    binary("subject", null=True),
    words("detail"),
)
"""What a merge could not settle silently: a second post of the same document, concurrent amendments, a lost
allocation, a code used twice. A projection of the set of records."""
