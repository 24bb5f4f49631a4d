"""Documents and record headers to canonical JSON and back.

Canonical: integers and strings only, keys sorted, no blanks, default values left out. Wrapped values are written as
their integers, a ratio as [num, den], an id and a date as text.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from jxc_desktop.domain.documents.document import Document
from jxc_desktop.domain.documents.line import Accounts, shared_accounts
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity, Rate, Ratio, UnitPrice

if TYPE_CHECKING:
    from datetime import date

T = TypeVar("T")

_MICRO = (Quantity, UnitPrice, Rate)

_encoder = msgspec.json.Encoder(order="deterministic")
_plain = msgspec.json.Decoder()


def canonical(content: object) -> bytes:
    """Encode plain content (dicts, lists, strings, integers, booleans) canonically."""
    return _encoder.encode(content)


def plain(body: bytes) -> Any:
    """Decode to plain dicts and lists."""
    return _plain.decode(body)


def document_body(document: Document) -> dict[str, Any]:
    """The plain content of a document, defaults left out."""
    return cast("dict[str, Any]", _to_plain(document))


@cache
def _writer(cls: type) -> Any:
    """A function that turns a value of this class into a dict of what differs from the defaults."""
    lines = ["def write(self):", " made = {}"]
    namespace: dict[str, Any] = {"to_plain": _to_plain}
    for field in fields(cast("Any", cls)):
        name = field.name
        lines.append(f" value = self.{name}")
        if field.default is MISSING:
            lines.append(f" made[{name!r}] = {_expression(field.type)}")
        else:
            namespace[f"default_{name}"] = field.default
            lines.append(f" if value is not default_{name} and {_differs(field.type, name)}:")
            lines.append(f"  made[{name!r}] = {_expression(field.type)}")
    lines.append(" return made")
    exec("\n".join(lines), namespace)  # noqa: S102 — the text is made of the class's own field names only
    return namespace["write"]


def _differs(annotation: object, name: str) -> str:
    """How a value is told from its default; wrapped integers without a call of their own `__eq__`."""
    if str(annotation) == "Accounts" or str(annotation).startswith("tuple["):
        return "value"
    part = {"Money": "fen", "Quantity": "micro", "UnitPrice": "micro", "Rate": "micro"}.get(str(annotation))
    return f"value.{part} != default_{name}.{part}" if part else f"value != default_{name}"


_FORMS = {
    "str": "value",
    "int": "value",
    "Id": "value",
    "bool": "1 if value else 0",
    "Money": "value.fen",
    "Quantity": "value.micro",
    "UnitPrice": "value.micro",
    "Rate": "value.micro",
    "Ratio": "[value.num, value.den]",
    "date": "value.isoformat()",
    "Day": "value.isoformat()",
    "Accounts": "dict(value.items())",
}
"""The canonical form of each type of field, as an expression over `value`."""


def _expression(annotation: object) -> str:
    text = str(annotation).removesuffix(" | None")
    if text.startswith("tuple["):
        return "[to_plain(each) for each in value]"
    if text not in _FORMS:
        message = f"no canonical form for {text}"
        raise TypeError(message)
    return _FORMS[text]


def _to_plain(content: object) -> Any:
    return _writer(cast("Any", content.__class__))(content)


def _from_plain(cls: type[Any], content: Any) -> Any:
    if cls is Money:
        return Money(content)
    if cls in _MICRO:
        return cls(content)
    if cls is Ratio:
        return Ratio(content[0], content[1])
    if cls is Accounts:
        return shared_accounts(content)
    raise TypeError(cls)


_document_decoder: msgspec.json.Decoder[Any] | None = None


class _Envelope(msgspec.Struct):
    """What the body of document.post and document.amend holds."""

    document: Document
    base_hash: str = ""


def decode_document(body: bytes) -> Document:
    """The document in the body of a document.post or document.amend record."""
    return cast("Document", _decoder().decode(body).document)


def decode_envelope(body: bytes) -> tuple[Document, str]:
    """The document of an amendment and the hash of the record it was made from."""
    envelope = _decoder().decode(body)
    return envelope.document, envelope.base_hash


def _decoder() -> msgspec.json.Decoder[Any]:
    global _document_decoder  # noqa: PLW0603 — built once, at first use: it inspects every field
    if _document_decoder is None:
        _document_decoder = msgspec.json.Decoder(_Envelope, dec_hook=_from_plain, strict=False)
    return _document_decoder


def day(when: date) -> int:
    """A day as YYYYMMDD; 0 for no date."""
    return 0 if when.year == 1 else when.year * 10_000 + when.month * 100 + when.day
