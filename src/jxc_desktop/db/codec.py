"""Documents and record headers to canonical JSON and back.

Canonical: integers and strings only, keys sorted, no blanks, default values left out. Wrapped values are written as
their integers, a ratio as [num, den], an id and a date as text.

A class of values has a stored form: a struct of the same fields in the order of their names, which msgspec writes and
reads. The two functions between value and form are made from the fields: a call per field would be felt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache
from typing import Any, NamedTuple, cast

import msgspec
from msgspec import UNSET, UnsetType

from jxc_desktop.domain.documents import line
from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import shared_accounts
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, Ratio, UnitPrice

_encoder = msgspec.json.Encoder(order="deterministic")
_plain = msgspec.json.Decoder()


def canonical(content: object) -> bytes:
    """Encode plain content (dicts, lists, strings, integers, booleans) and stored forms canonically."""
    return _encoder.encode(content)


def plain(body: bytes | str) -> Any:
    """Decode to plain dicts and lists."""
    return _plain.decode(body)


def document_body(document: Document) -> msgspec.Struct:
    """The stored form of a document."""
    return cast("msgspec.Struct", _form(Document).write(document))


class _Shape(NamedTuple):
    """How a field is stored: as which type, and the expressions from `value` to it and back."""

    type: Any
    write: str = "value"
    read: str = "value"


_SHAPES = {
    "str": _Shape(str),
    "int": _Shape(int),
    "Id": _Shape(str),
    "bool": _Shape(int, "1 if value else 0", "value == 1"),
    "Money": _Shape(int, "value.fen", "Money(value)"),
    "Quantity": _Shape(int, "value.micro", "Quantity(value)"),
    "UnitPrice": _Shape(int, "value.micro", "UnitPrice(value)"),
    "Rate": _Shape(int, "value.micro", "Rate(value)"),
    "Ratio": _Shape(tuple[int, int], "(value.num, value.den)", "Ratio(*value)"),
    "date": _Shape(date),
    "Day": _Shape(date),
    "Accounts": _Shape(dict[str, str], "value.by_role", "shared_accounts(value)"),
}
"""By the annotation of the field."""

_CALLED = {each.__name__: each for each in (Money, Quantity, UnitPrice, Rate, Ratio, shared_accounts)}
"""What the expressions call."""


class _Form(NamedTuple):
    """The stored form of a class of values, and the functions from a value to it and back."""

    stored: type[msgspec.Struct]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@cache
def _form(cls: type) -> _Form:
    space: dict[str, Any] = {**_CALLED, "UNSET": UNSET, "refuse": _refuse, "cls": cls}
    parts = [_part(field, space) for field in fields(cast("Any", cls))]
    by_name = sorted(parts, key=lambda part: part.name)
    columns = [(part.name, part.type, part.default) for part in by_name]
    space["stored"] = msgspec.defstruct(cls.__name__, columns, omit_defaults=True)
    write = _function(f"stored({', '.join(part.write for part in by_name)})", space)
    return _Form(space["stored"], write, _function(f"cls({', '.join(part.read for part in parts)})", space))


def _function(expression: str, space: dict[str, Any]) -> Callable[[Any], Any]:
    return cast("Callable[[Any], Any]", eval(f"lambda self: {expression}", space))  # noqa: S307 — from field names only


class _Part(NamedTuple):
    """A field in the stored form: its type and default, and the expressions over `self` both ways."""

    name: str
    type: Any
    default: Any
    write: str
    read: str


def _part(field: Field[Any], space: dict[str, Any]) -> _Part:
    """Whatever equals the default is stored as one object, by which msgspec knows what to leave out."""
    name, text = field.name, str(field.type)
    shape = _shape(text.removesuffix(" | None"), space)
    write, read = (each.replace("value", f"self.{name}") for each in (shape.write, shape.read))
    if field.default is MISSING:
        return _Part(
            name, shape.type | UnsetType, UNSET, write, f"refuse({name!r}) if self.{name} is UNSET else {read}"
        )
    if field.default is None:
        return _Part(
            name, shape.type | None, None, *(f"None if self.{name} is None else {each}" for each in (write, read))
        )
    space[f"default_{name}"] = field.default
    stored = space[f"stored_{name}"] = _function(shape.write.replace("value", f"default_{name}"), space)(None)
    if not stored and not isinstance(stored, int | str):
        default = msgspec.field(default_factory=type(stored))
        return _Part(name, shape.type, default, write, f"{read} if self.{name} else default_{name}")
    if not isinstance(field.default, int | str):
        read = f"default_{name} if self.{name} == stored_{name} else {read}"
    if not _is_one_object(stored):
        write = f"stored_{name} if {write} == stored_{name} else {write}"
    return _Part(name, shape.type, stored, write, read)


def _is_one_object(stored: Any) -> bool:
    """Whether the interpreter keeps just one object that equals this one."""
    return stored in {0, 1, ""}


def _shape(text: str, space: dict[str, Any]) -> _Shape:
    if text.startswith("tuple["):
        name = text.removeprefix("tuple[").removesuffix(", ...]")
        form = _form(getattr(line, name))
        space[f"write_{name}"], space[f"read_{name}"] = form.write, form.read
        return _Shape(
            list[form.stored],  # type: ignore[name-defined]
            f"[write_{name}(each) for each in value]",
            f"tuple([read_{name}(each) for each in value])",
        )
    if text not in _SHAPES:
        message = f"no stored form for {text}"
        raise TypeError(message)
    return _SHAPES[text]


def _refuse(name: str) -> Any:
    message = f"the record lacks {name}"
    raise msgspec.ValidationError(message)


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    """Reads the bodies of document.post and document.amend; made at first use, because it inspects every field."""
    columns: list[tuple[str, Any, Any]] = [
        ("document", _form(Document).stored, msgspec.NODEFAULT),
        ("base_hash", str, ""),
    ]
    return msgspec.json.Decoder(msgspec.defstruct("Body", columns), strict=False)


def decode_document(body: bytes) -> Document:
    """The document in the body of a document.post or document.amend record."""
    return cast("Document", _form(Document).read(_decoder().decode(body).document))


def decode_envelope(body: bytes) -> tuple[Document, str]:
    """The document of an amendment and the hash of the record it was made from."""
    envelope = _decoder().decode(body)
    return _form(Document).read(envelope.document), envelope.base_hash


def day(when: date) -> int:
    """A day as YYYYMMDD; 0 for no date."""
    return 0 if when.year == 1 else when.year * 10_000 + when.month * 100 + when.day
