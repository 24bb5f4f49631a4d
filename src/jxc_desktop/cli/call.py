"""One run of the command line: what every command has in hand."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, translator

from .output import Output
from .refusal import problem_lines
from .usage import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jxc_desktop.kernel.problems import Problem
    from jxc_desktop.services.book import Book
    from jxc_desktop.services.token_store import TokenStore

BOOK_VARIABLE = "JXC_BOOK"


class TooLate(KeyboardInterrupt):
    """Ctrl-C came when the work was done and saved."""


class Surroundings(Protocol):
    """What lies outside the book: the user's folders, wired by `bootstrap`."""

    @property
    def language(self) -> Language:
        """The language of this user when the command line names none."""
        ...

    @property
    def log_folder(self) -> Path:
        """Where bug reports are kept."""
        ...

    @property
    def tokens(self) -> TokenStore:
        """What tells a book from its copies."""
        ...

    @property
    def demo_book(self) -> Path:
        """Where the demo company lies that the window shows."""
        ...

    def open_window(self, book: Path | None) -> int:
        """Open the window on a book, or where one is chosen; returns when it is closed."""
        ...

    def walk_in(self, look: str, demo: Path, folder: Path) -> dict[str, Any]:
        """Walk the window through the tour in one look; what was seen."""
        ...

    def refuse_without_screen(self) -> None:
        """Raises ExternalError where there is no screen to show a window on."""
        ...

    def last_book(self) -> Path | None:
        """The book that was opened last."""
        ...

    def remember_book(self, path: Path) -> None:
        """This book was opened."""
        ...


class Call:
    """The language, the book that is meant, whether JSON is wanted, and where answers go."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.language = surroundings.language
        self.output = Output()
        self.is_json = False
        self.book_file: Path | None = None
        self.command = ""

    def words(self, text: Text) -> str:
        """A text in the language of this run."""
        return translator(self.language)(text)

    def answer(self, content: Any, lines: Callable[[], Iterable[str]]) -> None:
        """Print the answer: `content` with --json, else the lines."""
        if self.is_json:
            self.output.document(content)
        else:
            self.output.lines(lines())

    def say(self, content: Any, text: Text) -> None:
        """Print an answer of one line."""
        self.answer(content, lambda: [self.words(text)])

    def note(self, text: Text) -> None:
        """Print a message on stderr."""
        self.output.note(self.words(text))

    def warn(self, warnings: Iterable[Problem]) -> None:
        """Print what was done but should be looked at again on stderr."""
        for line in problem_lines(warnings, self.words):
            self.output.note(line)

    @contextmanager
    def book_to_read(self) -> Iterator[Book]:
        """The book named by --book or $JXC_BOOK, else the one opened last. Raises WrongUsage where there is none."""
        with self._opened(self.file_if_any()) as book:
            yield book

    @contextmanager
    def book_to_write(self) -> Iterator[Book]:
        """The book named by --book or $JXC_BOOK. Raises WrongUsage where none is named: a write never guesses."""
        from jxc_desktop.services.book_summary import heads  # noqa: PLC0415 — what needs no book starts without it

        with self._opened(self._named()) as book:
            before = book.read(heads)
            try:
                yield book
            except KeyboardInterrupt:
                if book.read(heads) != before:
                    raise TooLate from None
                raise

    def file_to_read(self) -> Path:
        """The file of the book to read, unopened. Raises WrongUsage where there is none."""
        return _there(self.file_if_any())

    def file_if_any(self) -> Path | None:
        """The file of the book to read, None where none is named and none was opened before."""
        return self._named() or self.surroundings.last_book()

    def file_to_write(self) -> Path:
        """The file of the book to write, unopened. Raises WrongUsage where none is named."""
        return _there(self._named())

    def _named(self) -> Path | None:
        if self.book_file is not None:
            return self.book_file
        named = os.environ.get(BOOK_VARIABLE, "")
        return Path(named) if named else None

    @contextmanager
    def _opened(self, path: Path | None) -> Iterator[Book]:
        from jxc_desktop.services.book import Book  # noqa: PLC0415 — what needs no book starts without SQLAlchemy

        file = _there(path)
        with Book.open(file, tokens=self.surroundings.tokens) as book:
            self.surroundings.remember_book(file)
            yield book


def _there(path: Path | None) -> Path:
    if path is None:
        raise WrongUsage(Text("cli.no_book", {"variable": BOOK_VARIABLE}))
    return path
