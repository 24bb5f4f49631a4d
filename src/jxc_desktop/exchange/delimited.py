"""CSV and its relatives, plain or gzipped: encoding and delimiter found, rows streamed with their line numbers."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from itertools import chain
from typing import IO, TYPE_CHECKING, cast

from jxc_desktop.kernel.errors import FileDamaged
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GZIP_MAGIC = b"\x1f\x8b"
MAX_EXPANDED_BYTES = 2 * 2**30
ENCODINGS = ("utf-8", "gb18030")
"""Tried in this order over the whole file; the byte order marks of UTF-8 and UTF-16 come first."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = (",", "\t", ";", "|")
_END = "\x04"
"""Stands alone behind the last line; an open quote swallows it together with every line since it was opened."""

_PIECE = 2**20
_SAMPLE = 64 * 2**10


@value
class Dialect:
    """How a delimited file is to be read."""

    encoding: str
    delimiter: str
    skip_lines: int = 0


def detect(path: Path, *, encoding: str = "", delimiter: str = "") -> Dialect:
    """Find encoding and delimiter; what the caller names stands. Raises FileDamaged where nothing fits."""
    found, sample_bytes = _detect_encoding(path, encoding)
    sample = sample_bytes.decode(found, errors="ignore")
    first = sample.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return Dialect(found, delimiter or first[4], 1)
    return Dialect(found, delimiter or _detect_delimiter(sample))


def rows(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it starts on (the first is 1). Blank lines come as empty lists.

    Raises FileDamaged at a line that cannot be decoded or taken apart.
    """
    line, row = 0, [_END]
    try:
        with _open_text(path, dialect.encoding) as file:
            reader = csv.reader(chain(file, (_END,)), delimiter=dialect.delimiter)
            for row in reader:
                if row and row[-1].endswith(_END):
                    break
                if line >= dialect.skip_lines:
                    yield line + 1, row
                line = reader.line_num
    except (csv.Error, UnicodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        text = Text("import.file.damaged_line", {"file": path.name, "line": line + 1})
        raise FileDamaged(text) from error
    if row != [_END]:
        raise FileDamaged(Text("import.file.open_quote", {"file": path.name, "line": line + 1}))


def _open_bytes(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP_MAGIC
    return cast("IO[bytes]", gzip.open(path)) if is_packed else path.open("rb")


def _open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(_open_bytes(path), encoding=encoding, newline="")


def _pieces(path: Path) -> Iterator[bytes]:
    seen = 0
    with _open_bytes(path) as file:
        while piece := file.read(_PIECE):
            seen += len(piece)
            if seen > MAX_EXPANDED_BYTES:
                limit = {"file": path.name, "expanded": MAX_EXPANDED_BYTES // 2**20}
                raise FileDamaged(Text("import.file.too_large_expanded", limit))
            yield piece


def _detect_encoding(path: Path, wanted: str) -> tuple[str, bytes]:
    sample = b""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ENCODINGS} if not wanted else {}
    try:
        for piece in _pieces(path):
            if not sample:
                sample = piece[:_SAMPLE]
                marked = next((name for mark, name in _MARKS if piece.startswith(mark)), "")
                if wanted or marked:
                    return marked or wanted, sample
            decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, piece)}
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileDamaged(Text("import.file.damaged", {"file": path.name})) from error
    for name, decoder in decoders.items():
        if _decodes(decoder, b"", final=True) and b"\0" not in sample:
            return name, sample
    raise FileDamaged(Text("import.file.unknown_encoding", {"file": path.name}))


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    if piece.isascii() and not final and decoder.getstate()[0] == b"":
        return True
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _detect_delimiter(sample: str) -> str:
    """The delimiter that cuts the first lines into the most columns, as many in most of them."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        common = max(widths, key=widths.count, default=1)
        return (widths.count(common) * (common > 1), common)

    try:
        return max(_DELIMITERS, key=score)
    except csv.Error:
        return _DELIMITERS[0]
