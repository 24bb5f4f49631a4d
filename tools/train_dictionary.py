"""Train the dictionary that record bodies are compressed with, from the records of a book.

`python -m tools.train_dictionary BOOK.jxc`: writes resources/log/record_dictionary.bin. A book keeps the dictionary it
was made with, so a new one only serves new books.
"""

from __future__ import annotations

import sys
from pathlib import Path

import zstandard

from jxc_desktop.db.changelog import Log
from jxc_desktop.services.book import Book

Sample = bytes | bytearray | memoryview

SIZE = 16 * 1024
TARGET = Path(__file__).parent.parent / "resources" / "log" / "record_dictionary.bin"


def main(arguments: list[str]) -> int:
    """Read every record of the book and write the dictionary."""
    with Book.open(Path(arguments[0])) as book:
        bodies: list[Sample] = book.read(lambda session: [each.body for each in Log(session).read("ORDER BY id")])
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(zstandard.train_dictionary(SIZE, bodies).as_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
