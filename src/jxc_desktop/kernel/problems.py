"""Bad user data with its place: collected, all at once, never raised."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from .text import Text
from .value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

Place = tuple[str | int, ...]
"""The way to the value from outside in: ("lines", 3, "quantity")."""


class Severity(StrEnum):
    """An error keeps the document from being posted; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@value
class Problem:
    """What is wrong, where, and what to do about it."""

    place: Place
    text: Text
    severity: Severity = Severity.ERROR


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep a document from being posted."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
