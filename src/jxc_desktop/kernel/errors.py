"""The error tree: what a use case refuses and what the environment denies; anything else is a bug."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .problems import Problem
    from .text import Text


class UserError(Exception):
    """A use case refuses; the text says why and what to do."""

    def __init__(self, text: Text, problems: Sequence[Problem] = ()) -> None:
        super().__init__(text.id)
        self.text = text
        self.problems = tuple(problems)


class HasProblems(UserError):
    """The data has problems; each is listed with its place."""


class InexactQuantity(UserError):
    """A quantity has no exact value in the base unit."""


class PeriodClosed(UserError):
    """The date lies in a closed period."""


class InsufficientStock(UserError):
    """The warehouse forbids what would take it below 0."""


class HasDependents(UserError):
    """Later documents depend on this one."""


class NotPermitted(UserError):
    """The user lacks the right."""


class NotFound(UserError):
    """Nothing of that name, code, number or id."""


class Ambiguous(UserError):
    """Several things match; the candidates are in the text."""


class StaleContent(UserError):
    """The document was changed by somebody else in the meantime."""


class ExternalError(Exception):
    """The environment denies; the text says what to do next."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


class FileLocked(ExternalError):
    """Another program holds the file."""


class FileDamaged(ExternalError):
    """The file cannot be read as what it should be."""


class FileMissing(ExternalError):
    """There is no such file."""


class UnsafePlace(ExternalError):
    """A book may not lie there: on a network drive or in a folder that a cloud service copies behind its back."""


class FileExists(ExternalError):
    """The file is there already and would be overwritten."""


class DiskFull(ExternalError):
    """There is no room left on the disk."""


class NewerVersion(ExternalError):
    """The file was written by a newer version of the program."""


class Interrupted(ExternalError):
    """The user stopped a long work; nothing was changed."""
