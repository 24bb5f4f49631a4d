"""A case as the file tells it, and what a kind hands back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Figures = dict[str, Any]
"""The product's figures by the names of the expectations: texts, numbers, truth values, lists, `OneOf`, `Decimals`."""

Decimals = Callable[[int], object]
"""A figure that exists with any number of decimals: called with the number the expectation has."""


class NotBuiltYet(Exception):
    """The product does not offer yet what a case is about; the argument names it."""


@dataclass(frozen=True)
class Case:
    """One case of a file; `reason` says why it is out of scope, empty where it is not."""

    id: str
    kind: str
    given: Any
    expect: Any
    reason: str


@dataclass(frozen=True)
class OneOf:
    """A figure that may be spelt in several ways: met when one of them is expected."""

    spellings: frozenset[str]


def one_of(*spellings: str) -> OneOf:
    """A figure with these spellings."""
    return OneOf(frozenset(spellings))


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file. Raises ValueError or KeyError where the file is none of cases."""
    for row in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        reason = row.get("reason") or "no reason given" if row["scope"] == "n/a" else ""
        yield Case(row["id"], row["kind"], row["given"], row["expect"], reason)
