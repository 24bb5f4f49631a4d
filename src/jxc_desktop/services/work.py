"""What a use case has in hand, and how a function is declared to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from jxc_desktop.domain.documents.line import NO_ID

from .shelves import Shelves

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.db.changelog import Log, Record
    from jxc_desktop.db.engine import Session
    from jxc_desktop.db.projections.period import Periods
    from jxc_desktop.db.transaction import Transaction
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.clock import Clock
    from jxc_desktop.kernel.ids import Id, IdSource
    from jxc_desktop.kernel.problems import Place, Problem

    from .catalog import Catalog
    from .settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


class UseCase(Protocol):
    """A function that changes a book; it declares the right it needs."""

    right: str

    def __call__(self, work: Work, /, **params: Any) -> Any:
        """Change the book."""
        ...


USE_CASES: dict[str, Callable[..., Any]] = {}
"""Every use case by its name, for the command line and the tests."""


def use_case(*, right: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare a function as a use case that needs a right."""

    def declare(function: Callable[P, T]) -> Callable[P, T]:
        function.right = right  # type: ignore[attr-defined]
        USE_CASES[f"{function.__module__.rpartition('.')[2]}.{function.__name__}"] = function
        return function

    return declare


def permit(_user: Id, _right: str) -> bool:
    """Whether a user may; everybody may until roles arrive."""
    return True


class Work:
    """The transaction, the cards, the settings, the clock and who asks; it lives for one use case.

    `pending` and `commitments` are the documents of this transaction that are not written yet and what they take up of
    others, `shelves` is what lies where with them; `left_out` is the document that is being replaced; `warnings` is
    what the user should look at again; `revalued` are the documents that change the value of stock, to be looked at
    when they have; `places` says which of the documents given is which.
    """

    def __init__(
        self,
        transaction: Transaction,
        catalog: Catalog,
        settings: Settings,
        *,
        clock: Clock,
        ids: IdSource,
        user: Id,
    ) -> None:
        self.transaction = transaction
        self.catalog = catalog
        self.settings = settings
        self.clock = clock
        self.ids = ids
        self.user = user
        self.numbers: dict[str, int] = {}
        self.pending: dict[Id, Document] = {}
        self.commitments: dict[tuple[Id, int], int] = {}
        self.left_out = NO_ID
        self.shelves = Shelves(transaction.session, transaction.projector.ids)
        self.warnings: list[Problem] = []
        self.revalued: list[Id] = []
        self.places: dict[Id, Place] = {}

    @property
    def session(self) -> Session:
        """The connection of this transaction."""
        return self.transaction.session

    @property
    def log(self) -> Log:
        """The change log."""
        return self.transaction.log

    @property
    def periods(self) -> Periods:
        """Which periods are closed."""
        return self.transaction.projector.periods

    def place_of(self, document: Id) -> Place:
        """Where a document stands among those that were given; nothing where it is the only one."""
        return self.places.get(document, ())

    def new_document_id(self) -> Id:
        """An id for a new document."""
        made = self.ids.new_id()
        self.transaction.projector.document_ids.note_new(made)
        return made

    def record(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        subject: Id = NO_ID,
        date: int = 0,
        seen: dict[str, int] | None = None,
    ) -> Record:
        """The next record of this file's stream."""
        return self.log.make(
            kind,
            content,
            user=self.user,
            clock=self.clock,
            ids=self.ids,
            subject=subject,
            date=date,
            seen=seen,
        )

    def append(self, records: list[tuple[Record, Document | None]]) -> None:
        """Store and apply records."""
        self.transaction.append(records)
