"""The class decorator of every value: a frozen msgspec struct that is declared like a dataclass.

A struct's constructor, comparison and copies are written in C: an object costs a quarter of a frozen dataclass, which
an import of 200,000 lines feels. `dataclasses.fields` and `dataclasses.replace` take values too.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from types import new_class
from typing import Any, Protocol, TypeVar, cast, dataclass_transform

from msgspec import Struct, structs

T = TypeVar("T")

_OF_THE_CLASS = {"__dict__", "__weakref__", "__orig_bases__", "__parameters__"}
"""What every class makes for itself."""


@dataclass_transform(frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Turn an annotated class into a frozen struct. Raises TypeError or ValueError for a default that could change."""
    return _struct(cls, frozen=True)


@dataclass_transform(eq_default=False)
def workpiece(cls: type[T]) -> type[T]:
    """The same for objects that are worked on: their fields can be set, and each is equal to itself only."""
    return _struct(cls, eq=False)


def _struct(cls: type[T], **options: bool) -> type[T]:
    inside = {name: each for name, each in vars(cls).items() if name not in _OF_THE_CLASS}
    declared = dataclass(frozen=True, eq=False, repr=False, init=False)(cls)
    for field in fields(cast("Any", declared)):
        if field.default_factory is not MISSING:
            message = f"{cls.__name__}.{field.name}: a value has immutable defaults"
            raise TypeError(message)
    bases = (base for base in vars(cls).get("__orig_bases__", cls.__bases__) if base is not object)
    made = new_class(cls.__name__, (Struct, *bases), options, lambda body: body.update(inside))
    made.__dataclass_fields__ = vars(declared)["__dataclass_fields__"]  # type: ignore[attr-defined]
    return cast("type[T]", made)


class _Changed(Protocol):
    def __call__(self, original: T, /, **changes: Any) -> T: ...


changed: _Changed = structs.replace  # type: ignore[assignment]
"""A copy of a value with some fields set anew. Raises TypeError for a field the value does not have."""
