"""Guards before an .xlsx is opened: size, entries, expansion, and the area its cells span.

The reader below allocates the whole rectangle between the outermost cells, so a tiny file with one far cell could eat
all memory; and the sizes a ZIP directory declares may lie, so every entry is inflated once, in pieces, and counted.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILE_BYTES = 20 * 2**20
MAX_ENTRIES = 2_000
MAX_EXPANDED_BYTES = 200 * 2**20
MAX_RATIO = 200
MAX_COLUMNS = 1_000
MAX_CELLS = 10_000_000

_PIECE = 2**20
_CARRY = 64
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,9})["']""")


def check_workbook(path: Path) -> None:
    """Refuse a workbook that is too large or not what it declares. Raises FileDamaged with the reason."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise _too_large(path, "bytes")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(path, entries, size)
            for entry in entries:
                _check_entry(path, entry)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise damaged(path) from error


def damaged(path: Path) -> FileDamaged:
    """The file is not readable as a workbook."""
    return FileDamaged(Text("import.file.damaged", {"file": path.name}))


def _too_large(path: Path, what: str) -> FileDamaged:
    limits = {
        "megabytes": MAX_FILE_BYTES // 2**20,
        "expanded": MAX_EXPANDED_BYTES // 2**20,
        "entries": MAX_ENTRIES,
        "columns": MAX_COLUMNS,
        "cells": MAX_CELLS,
    }
    return FileDamaged(Text(f"import.file.too_large_{what}", {"file": path.name, **limits}))


def _check_directory(path: Path, entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _too_large(path, "entries")
    declared = sum(entry.file_size for entry in entries)
    if declared > MAX_EXPANDED_BYTES or declared > MAX_RATIO * max(size, 1):
        raise _too_large(path, "expanded")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FileDamaged(Text("import.file.encrypted", {"file": path.name}))
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise damaged(path)


def _check_entry(path: Path, entry: zipfile.ZipInfo) -> None:
    is_sheet = entry.filename.lower().startswith("xl/worksheets/")
    span = _Span(path)
    seen, carry = 0, b""
    for piece in _inflated(path, entry):
        seen += len(piece)
        if seen > entry.file_size:
            raise damaged(path)
        if is_sheet:
            text = carry + piece
            span.include(text)
            carry = text[-_CARRY:]


def _inflated(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes as they really inflate, whatever length the directory declares."""
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        header = file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise damaged(path)
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left = entry.compress_size
        if entry.compress_type == zipfile.ZIP_STORED:
            if left != entry.file_size:
                raise damaged(path)
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece
            return
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise damaged(path)
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            while left > 0 and (packed := file.read(min(_PIECE, left))):
                left -= len(packed)
                while packed:
                    yield inflate.decompress(packed, _PIECE)
                    packed = inflate.unconsumed_tail
        except zlib.error as error:
            raise damaged(path) from error


class _Span:
    """The rectangle that the cell references seen so far need."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._columns = 0
        self._rows = 0

    def include(self, xml: bytes) -> None:
        references = _REFERENCE.findall(xml)
        self._columns = max([self._columns, *map(_column_number, {letters for letters, _ in references})])
        self._rows = max([self._rows, *(int(digits) for _, digits in references)])
        if self._columns > MAX_COLUMNS:
            raise _too_large(self._path, "columns")
        if self._columns * self._rows > MAX_CELLS:
            raise _too_large(self._path, "cells")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
