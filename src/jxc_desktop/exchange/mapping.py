"""Mapping files: a small TOML that says what the columns of a file mean. All its mistakes are listed at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jxc_desktop.kernel.errors import FileMissing, HasProblems
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import value

from .rules import MATCH_FIELDS, NOTHING_SET, ORDERS, SIGN_FIELDS, SIGNS, TEXT_FIELDS, Fixed, ReturnOf, Rule
from .synonyms import synonyms

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_TOP = frozenset(
    (
        *("kind", "source", "sheet", "header_row", "encoding", "delimiter", "columns", "values", "constants", "dates"),
        *("items", "documents"),
    )
)
_RULE = {"when", "type", "skip", "return_of", "keep_sign", "set"}
_RETURN = {"column", "match", "order", "within_days", "from", "match_walk_in"}
NO_WORDS: Mapping[str, Mapping[str, str]] = Fixed[Mapping[str, str]]({})


@value
class ItemRules:
    """Codes (with `*` and `?`) of what is no goods: services, and what is not imported at all."""

    service: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


@value
class Mapped:
    """A mapping file as read. Empty and 0 mean: find it. `columns` is heading → field, None: by the synonym table.

    `values` translate what a cell says, per field; `constants` stand where a field has no column or an empty cell.
    """

    kind: str
    source: str = ""
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] | None = None
    values: Mapping[str, Mapping[str, str]] = NO_WORDS
    constants: Mapping[str, str] = NOTHING_SET
    date_formats: tuple[str, ...] = ()
    items: ItemRules = ItemRules()
    group_by: tuple[str, ...] = ("number",)
    rules: tuple[Rule, ...] = ()


def read_map(path: Path | str, kind: str, *, types: Container[str] | None = None) -> Mapped:
    """Read a mapping file for a kind of import. `types` are the document types that exist, None: not checked.

    Raises FileMissing, or HasProblems with everything that is wrong in the file.
    """
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise FileMissing(Text("import.file.missing", {"file": str(path)})) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HasProblems(Text("import.map.not_toml", {"file": path.name, "reason": str(error)})) from error
    return parse_map(raw, kind, types=types, file=path.name)


def parse_map(raw: Mapping[str, Any], kind: str, *, types: Container[str] | None = None, file: str = "") -> Mapped:
    """Make a mapping of its TOML form. Raises HasProblems with everything that is wrong."""
    reading = _Reading(kind, types)
    mapped = reading.map(raw)
    if reading.problems:
        raise HasProblems(Text("import.map.invalid", {"file": file}), reading.problems)
    return mapped


def documents_by_synonyms() -> Mapped:
    """The mapping of a documents file that comes without one: headings, words and rules of the synonym table."""
    reading = _Reading("documents", None)
    rules = tuple(reading.rule(("document_rules", n), rule) for n, rule in enumerate(synonyms().document_rules))
    words = {"type": dict(synonyms().words["document_types"])}
    return Mapped("documents", values=words, rules=rules)


def known_fields(kind: str) -> set[str]:
    """The fields a mapping file of a kind may name."""
    return {field for shape in synonyms().shapes[kind] for field in shape.fields}


class _Reading:
    """Takes a mapping apart and collects what is wrong with it."""

    def __init__(self, kind: str, types: Container[str] | None) -> None:
        self._kind, self._types = kind, types
        self._fields = known_fields(kind)
        self.problems: list[Problem] = []

    def map(self, raw: Mapping[str, Any]) -> Mapped:
        self._only((), raw, _TOP)
        if raw.get("kind", self._kind) != self._kind:
            self._wrong(("kind",), Text("import.map.other_kind", {"kind": str(raw["kind"]), "wanted": self._kind}))
        documents = self._table(raw, "documents")
        items = self._table(raw, "items")
        self._only(("documents",), documents, {"group_by", "rules"})
        self._only(("items",), items, {"service", "skip"})
        header_row = raw.get("header_row", 0)
        if not isinstance(header_row, int) or header_row < 0:
            self._wrong(("header_row",), Text("import.map.not_a_row", {"value": str(header_row)}))
            header_row = 0
        return Mapped(
            kind=self._kind,
            source=self._text(raw, "source"),
            sheet=self._text(raw, "sheet"),
            header_row=header_row,
            encoding=self._text(raw, "encoding"),
            delimiter=self._text(raw, "delimiter"),
            columns=self._columns(raw, documents),
            values=self._values(raw),
            constants=self._constants(("constants",), self._table(raw, "constants")),
            date_formats=self._texts(("dates", "formats"), self._table(raw, "dates").get("formats", [])),
            items=ItemRules(
                self._texts(("items", "service"), items.get("service", [])),
                self._texts(("items", "skip"), items.get("skip", [])),
            ),
            group_by=self._group_by(documents),
            rules=self._rules(documents),
        )

    def rule(self, place: tuple[str | int, ...], raw: Mapping[str, Any]) -> Rule:
        self._only(place, raw, _RULE)
        when = raw.get("when", {})
        self._only((*place, "when"), when, {*SIGN_FIELDS, *TEXT_FIELDS})
        code, skip = str(raw.get("type", "")), str(raw.get("skip", ""))
        if bool(code) == bool(skip):
            self._wrong(place, Text("import.map.type_or_skip"))
        if code and self._types is not None and code not in self._types:
            self._wrong((*place, "type"), Text("import.map.unknown_type", {"type": code}))
        return Rule(
            words={field: self._texts((*place, "when", field), when[field]) for field in TEXT_FIELDS if field in when},
            signs={field: self._sign((*place, "when", field), when[field]) for field in SIGN_FIELDS if field in when},
            type=code,
            skip=skip,
            return_of=self._return_of((*place, "return_of"), raw["return_of"]) if "return_of" in raw else None,
            keep_sign=raw.get("keep_sign", False) is True,
            constants=self._constants((*place, "set"), raw.get("set", {}), any_field=True),
        )

    def _rules(self, documents: Mapping[str, Any]) -> tuple[Rule, ...]:
        listed = documents.get("rules", [])
        if self._kind == "documents" and not listed:
            self._wrong(("documents", "rules"), Text("import.map.no_rules"))
        return tuple(self.rule(("documents", "rules", number), raw) for number, raw in enumerate(listed, 1))

    def _return_of(self, place: tuple[str | int, ...], raw: Mapping[str, Any]) -> ReturnOf:
        self._only(place, raw, _RETURN)
        found = ReturnOf(
            column=str(raw.get("column", "")),
            match=self._texts((*place, "match"), raw.get("match", [])),
            order=str(raw.get("order", ORDERS[0])),
            within_days=self._days((*place, "within_days"), raw.get("within_days", 0)),
            sources=self._texts((*place, "from"), raw.get("from", [])),
            match_walk_in=raw.get("match_walk_in", False) is True,
        )
        if bool(found.column) == bool(found.match):
            self._wrong(place, Text("import.map.column_or_match"))
        for name in set(found.match) - set(MATCH_FIELDS):
            self._wrong((*place, "match"), _unknown(name, MATCH_FIELDS))
        if found.order not in ORDERS:
            self._wrong((*place, "order"), _unknown(found.order, ORDERS))
        return found

    def _days(self, place: tuple[str | int, ...], raw: object) -> int:
        if isinstance(raw, int) and raw >= 0:
            return raw
        self._wrong(place, Text("import.map.not_days", {"value": str(raw)}))
        return 0

    def _columns(self, raw: Mapping[str, Any], documents: Mapping[str, Any]) -> Mapping[str, str] | None:
        if "columns" not in raw:
            return None
        columns = dict(self._table(raw, "columns"))
        for rule in documents.get("rules", []):
            heading = rule.get("return_of", {}).get("column", "")
            if heading and heading not in columns.values():
                columns[heading] = "return_of"
        for heading, field in columns.items():
            if field not in self._fields:
                self._wrong(("columns", heading), _unknown(str(field), self._fields))
        return {heading: str(field) for heading, field in columns.items()}

    def _values(self, raw: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {}
        for field, words in self._table(raw, "values").items():
            if field not in self._fields or not isinstance(words, dict):
                self._wrong(("values", field), _unknown(field, self._fields))
            else:
                found[field] = {written: str(meaning) for written, meaning in words.items()}
        return found

    def _constants(
        self, place: tuple[str | int, ...], raw: Mapping[str, Any], *, any_field: bool = False
    ) -> Mapping[str, str]:
        for field in raw:
            if not any_field and field not in self._fields:
                self._wrong((*place, field), _unknown(field, self._fields))
        return {field: str(constant) for field, constant in raw.items()}

    def _group_by(self, documents: Mapping[str, Any]) -> tuple[str, ...]:
        fields = self._texts(("documents", "group_by"), documents.get("group_by", ["number"]))
        allowed = {"number", "party_code", "party_name", "type", "warehouse"}
        for field in set(fields) - allowed:
            self._wrong(("documents", "group_by"), _unknown(field, allowed))
        return fields or ("number",)

    def _sign(self, place: tuple[str | int, ...], wanted: object) -> frozenset[int]:
        text = " ".join(str(wanted).replace("0", " 0").split())
        if text not in SIGNS:
            self._wrong(place, _unknown(str(wanted), SIGNS))
        return SIGNS.get(text, frozenset())

    def _texts(self, place: tuple[str | int, ...], raw: object) -> tuple[str, ...]:
        if isinstance(raw, str):
            return (raw,)
        if isinstance(raw, list) and all(isinstance(part, str) for part in raw):
            return tuple(raw)
        self._wrong(place, Text("import.map.not_texts", {"value": str(raw)}))
        return ()

    def _text(self, raw: Mapping[str, Any], key: str) -> str:
        found = raw.get(key, "")
        if not isinstance(found, str):
            self._wrong((key,), Text("import.map.not_a_text", {"value": str(found)}))
        return str(found)

    def _table(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = raw.get(key, {})
        if isinstance(found, dict):
            return cast("Mapping[str, Any]", found)
        self._wrong((key,), Text("import.map.not_a_table", {"value": str(found)}))
        return {}

    def _only(self, place: tuple[str | int, ...], raw: Mapping[str, Any], allowed: Iterable[str]) -> None:
        for key in sorted(set(raw) - set(allowed)):
            self._wrong((*place, key), _unknown(key, allowed))

    def _wrong(self, place: tuple[str | int, ...], text: Text) -> None:
        self.problems.append(Problem(place, text))


def _unknown(found: str, allowed: Iterable[str]) -> Text:
    return Text("import.map.unknown", {"value": found, "allowed": "、".join(sorted(allowed))})
