"""Settings that change effects, periods, and how far each number series has come."""

from __future__ import annotations

from .columns import binary, clustered_table, rowid_table, whole, words

setting = clustered_table(
    "setting",
    words("key", key=True),
    words("value"),
    whole("hlc"),
    whole("stream"),
    whole("seq"),
)
"""`value` is JSON; the stamp says which record it came from."""

costing_choice = clustered_table(
    "costing_choice",
    words("key", key=True),
    whole("period", key=True),
    words("value"),
    whole("hlc"),
    whole("stream"),
    whole("seq"),
)
"""How stock is valued from a month on, where that was changed after the book was made; as in `setting`."""

period = rowid_table(
    "period",
    whole("id", key=True),
    words("state"),
    words("cut"),
    binary("digest", null=True),
    binary("record", null=True),
)
"""`id` is YYYYMM; `cut` is the version vector up to which a closed period is frozen."""

series = clustered_table(
    "series",
    words("key", key=True),
    whole("last"),
)
"""The last number of a series, its key being everything before the counting digits."""
