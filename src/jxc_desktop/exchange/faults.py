"""What an import finds in a cell: faults, which keep the row out, and notes, which only tell what was tidied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_LENGTH = 80
"""How much of a cell's text a message repeats."""


class NoteKind(StrEnum):
    """What was untidy and has been read all the same."""

    FULL_WIDTH_DIGITS = "full_width_digits"
    CURRENCY_SIGN = "currency_sign"
    THOUSANDS_SEPARATOR = "thousands_separator"
    TEXT_NUMBER = "text_number"
    SPACES = "spaces"
    DATE_SPELLING = "date_spelling"
    AMOUNT_WITHIN_ONE_FEN = "amount_within_0.01"
    NUMBER_IN_TEXT_COLUMN = "number_in_text_column"
    PACK_NOT_READ = "pack_not_read"
    CONTROLLED_ACCOUNT = "controlled_account"


class FaultKind(StrEnum):
    """What cannot be read or cannot be true; the row is not imported."""

    MISSING_CODE = "missing_code"
    MISSING_NAME = "missing_name"
    MISSING_NUMBER = "missing_number"
    MISSING_DATE = "missing_date"
    MISSING_ACCOUNT = "missing_account"
    MISSING_QUANTITY = "missing_quantity"
    MISSING_COST = "missing_cost"
    DUPLICATE_CODE = "duplicate_code"
    DUPLICATE_BARCODE = "duplicate_barcode"
    DUPLICATE_NAME = "duplicate_name"
    CHECK_DIGIT = "check_digit"
    UNKNOWN_UNIT = "unknown_unit"
    NEGATIVE_QUANTITY = "negative_quantity"
    TEXT_QUANTITY = "text_quantity"
    NOT_A_NUMBER = "not_a_number"
    NOT_CALCULATED = "not_calculated"
    NEGATIVE_NUMBER = "negative_number"
    TOO_PRECISE = "too_precise"
    OUT_OF_RANGE = "out_of_range"
    AMOUNT_MISMATCH = "amount_mismatch"
    TOTAL_MISMATCH = "total_mismatch"
    IMPOSSIBLE_DATE = "impossible_date"
    BOTH_SIDES = "both_sides"
    UNKNOWN_SIDE = "unknown_side"
    NO_RULE = "no_rule"
    NO_TYPE = "no_type"
    MIXED_GROUP = "mixed_group"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_PARTY = "unknown_party"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_WAREHOUSE = "unknown_warehouse"
    BEFORE_START = "before_start"
    REFUSED = "refused"


@value
class CellPlace:
    """Where a cell stands, as the user sees it: the first line and the first column are 1; column 0 is none."""

    sheet: str
    row: int
    column: int = 0
    heading: str = ""

    @property
    def cell(self) -> str:
        """The address as a spreadsheet shows it, `I50`; empty without a column."""
        return f"{column_letters(self.column)}{self.row}" if self.column else ""


@value
class Fault:
    """One fault at one cell. `text` says what is wrong and what to do."""

    place: CellPlace
    kind: FaultKind
    value: str
    text: Text


@value
class Note:
    """One untidy value that was read."""

    place: CellPlace
    kind: NoteKind
    value: str

    @property
    def text(self) -> Text:
        """What was tidied, for those who want to see it."""
        return Text(f"import.note.{self.kind.value}", {"value": shorten(self.value), "column": self.place.heading})


def fault(place: CellPlace, kind: FaultKind, shown: object = "", **more: object) -> Fault:
    """Make a fault whose text is `import.fault.<kind>` with `value`, `column` and what the kind adds."""
    written = shorten(shown)
    params = {"value": written, "column": place.heading, **more}
    return Fault(place, kind, written, Text(f"import.fault.{kind.value}", params))


def refused(place: CellPlace, text: Text, shown: object = "") -> Fault:
    """A fault found by the book itself, with the book's own words."""
    return Fault(place, FaultKind.REFUSED, shorten(shown), text)


def shorten(shown: object) -> str:
    """A cell as text that fits a message."""
    text = "" if shown is None else str(shown)
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def faulty_rows(faults: Sequence[Fault]) -> set[tuple[str, int]]:
    """The rows that must not be imported, as (sheet, row)."""
    return {(found.place.sheet, found.place.row) for found in faults}
