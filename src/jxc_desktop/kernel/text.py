"""A message as an id with parameters; `language` turns it into words at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NONE: Mapping[str, object] = MappingProxyType({})


class Text:
    """The id of a catalogue entry and the values for its placeholders; parameters may be texts themselves."""

    __slots__ = ("id", "params")

    def __init__(self, id: str, params: Mapping[str, object] = _NONE) -> None:  # noqa: A002 — the word of the catalogue
        self.id = id
        self.params = params

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.id == other.id and dict(self.params) == dict(other.params)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Text({self.id!r}, {dict(self.params)!r})"
