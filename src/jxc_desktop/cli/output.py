"""Where answers and messages go: stdout and stderr, whatever their code page holds, and whether they exist or not."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable


class Output:
    """Answers go to stdout, messages and progress to stderr. A program without a console has neither."""

    def __init__(self) -> None:
        self._out: TextIO | None = sys.stdout
        self._err: TextIO | None = sys.stderr

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines of the answer."""
        for line in lines:
            _write(self._out, f"{line}\n")

    def document(self, content: Any) -> None:
        """Print the answer as one JSON document: readable on UTF-8, escaped to ASCII on any other code page."""
        is_utf8 = self._out is not None and (self._out.encoding or "").lower().replace("-", "") == "utf8"
        _write(self._out, json.dumps(content, ensure_ascii=not is_utf8, indent=2) + "\n")

    def note(self, message: str) -> None:
        """Print a message beside the answer."""
        _write(self._err, f"{message}\n")
        if self._err is not None:
            self._err.flush()

    @property
    def is_watched(self) -> bool:
        """Whether a person looks at the messages: progress may then be drawn over itself."""
        return self._err is not None and self._err.isatty()

    def redraw(self, message: str) -> None:
        """Write a message over the last one."""
        _write(self._err, f"\r{message}")
        if self._err is not None:
            self._err.flush()

    def flush(self) -> None:
        """Hand everything over now, so that a closed pipe is noticed here and not at exit."""
        if self._out is not None:
            self._out.flush()


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))


def drop_pipe() -> None:
    """The reader of stdout is gone: what is still to come goes nowhere, and the interpreter must not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
