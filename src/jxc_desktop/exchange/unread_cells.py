"""Cells of an .xlsx that the fast reader shows as empty: errors such as #N/A, formulas whose result was never stored.

Read as empty they would be lost without a word; here they come back as `Unread`.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CELL = re.compile(
    rb"<c\b(?P<of>[^>]*)>(?:\s*<f\b[^>]*?(?:/>|>(?P<formula>[^<]*)</f>))?\s*(?:<v\s*/>|<v>(?P<value>[^<]*)</v>)?\s*</c>"
)
_SUSPICIOUS = re.compile(rb'\bt="e"|</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f\b[^>]*/>\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Unread(str):
    """A cell that has no value to read: the error it shows, or the formula that was never worked out."""

    __slots__ = ()

    @property
    def is_formula(self) -> bool:
        """Whether a formula stands there whose result is unknown, not one that failed."""
        return self.startswith("=")


def unread_cells(path: Path, sheet: str) -> dict[tuple[int, int], Unread]:
    """The cells without a value, by row and column from 1. The file has passed its guards."""
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        xml = archive.read(part) if part in archive.namelist() else b""
    if not _SUSPICIOUS.search(xml):
        return {}
    found = {}
    for cell in _CELL.finditer(xml):
        shown = _unread(cell)
        where = _REFERENCE.search(cell["of"])
        if shown and where:
            found[int(where[2]), _column(where[1])] = Unread(shown)
    return found


def _unread(cell: re.Match[bytes]) -> str:
    """What stands in a cell without a value; empty for every other cell."""
    if b't="e"' in cell["of"]:
        return _text(cell["value"] or b"#N/A")
    is_formula = b"<f" in cell[0]
    if is_formula and not cell["value"] and b't="str"' not in cell["of"]:
        return f"={_text(cell['formula'] or b'')}"
    return ""


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file inside the workbook that holds a sheet; empty where the workbook does not say."""
    if not {_WORKBOOK, _RELATIONS} <= set(archive.namelist()):
        return ""
    workbook = archive.read(_WORKBOOK).decode("utf-8", "replace")
    relations = archive.read(_RELATIONS).decode("utf-8", "replace")
    targets = {of.get("Id"): of.get("Target", "") for of in map(_attributes, _RELATION.findall(relations))}
    for of in map(_attributes, _SHEET.findall(workbook)):
        if of.get("name") == sheet:
            relation = next((value for name, value in of.items() if name.endswith(":id")), "")
            return posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
    return ""


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}
