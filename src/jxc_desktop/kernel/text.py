"""A message as an id with parameters; `language` turns it into words at the edge."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE: Mapping[str, object] = MappingProxyType({})


class Text:
    """The id of a catalogue entry and the values for its placeholders; parameters may be texts themselves."""

    __slots__ = ("id", "params")
    id: str
    params: Mapping[str, object]

    def __init__(self, id: str, params: Mapping[str, object] = _NONE) -> None:  # noqa: A002 — the word of the catalogue
        _set_id(self, id)
        _set_params(self, params)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.id == other.id and dict(self.params) == dict(other.params)

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[type[Text], tuple[str, dict[str, object]]]:
        return Text, (self.id, dict(self.params))

    def __repr__(self) -> str:
        return f"Text({self.id!r}, {dict(self.params)!r})"


_set_id = Text.__dict__["id"].__set__
_set_params = Text.__dict__["params"].__set__
