"""The lists there are: documents of all types or of one, cards of every kind, every declared report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text
from jxc_desktop.masters.registry import master_kind
from jxc_desktop.masters.spec import FieldType
from jxc_desktop.queries.cards import list_masters
from jxc_desktop.queries.document_pages import document_keys, documents_by_key
from jxc_desktop.queries.documents import list_documents
from jxc_desktop.queries.plain import plain_row
from jxc_desktop.queries.reports.registry import REPORTS
from jxc_desktop.queries.reports.report import run_report
from jxc_desktop.queries.reports.spec import FROM, TO, Parameter, ParameterType
from jxc_desktop.ui.widgets.page import CARD, CARD_LIST, DOCUMENT, REPORT, Address

from .shown import shown
from .source import Answer, Line, ListColumn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jxc_desktop.queries.documents import DocumentRow
    from jxc_desktop.services.reader import Reader

    from .source import Question, Source

FIRST_PAGE = 200
DOCUMENT_COLUMNS = (
    ("date", "date"), ("kind", "text"), ("number", "text"), ("external_number", "text"), ("party", "text"),
    ("status", "text"), ("amount", "money"),
)  # fmt: skip
CARD_TYPES = {
    FieldType.MONEY: "money",
    FieldType.QUANTITY: "quantity",
    FieldType.PRICE: "price",
    FieldType.RATE: "rate",
    FieldType.DATE: "date",
    FieldType.YES_NO: "yes_no",
}
STATUS = Parameter("status", ParameterType.CHOICE, choices=("", "posted", "voided"))


def source_of(address: Address) -> Source:
    """The source of a list's address."""
    if address.kind == REPORT:
        return ReportSource(address.module, address.name)
    if address.kind == CARD_LIST:
        return CardSource(address.module, address.name)
    return DocumentSource(address.module, address.name)


class DocumentSource:
    """Documents, newest first; `type` empty means all."""

    has_search = True
    parameters: Sequence[Parameter] = (FROM, TO, STATUS)

    def __init__(self, module: str, type_: str) -> None:
        self._module = module
        self._type = type_
        self.key = f"documents-{type_}"
        self.title = Text(f"document.type.{type_}") if type_ else Text("ui.list.documents")

    def first(self, reader: Reader, question: Question) -> Answer:
        """The newest documents."""
        found = reader.read(list_documents, type=self._type, limit=FIRST_PAGE, **_filters(question.given))
        lines = self._lines(question, found)
        is_whole = len(lines) < FIRST_PAGE
        total = sum((row.amount.fen for row in found if row.status == "posted"), 0)
        totals = {"amount": _money(total)} if is_whole else {}
        return Answer(self._columns(question), lines, totals=totals, is_whole=is_whole)

    def whole(self, reader: Reader, question: Question) -> Answer:
        """The local numbers of all, and their sum."""
        found = reader.read(document_keys, type=self._type, **_filters(question.given))
        return Answer(self._columns(question), [], found.keys, {"amount": str(found.amount)})

    def page(self, reader: Reader, question: Question, keys: Sequence[int]) -> list[Line]:
        """The documents of these numbers."""
        return self._lines(question, reader.read(documents_by_key, keys=keys))

    def drill(self, question: Question, line: Line, column: str) -> Address | None:
        """A row leads to its document."""
        del question, column
        return Address(self._module, DOCUMENT, str(line.values["id"]))

    def _columns(self, question: Question) -> tuple[ListColumn, ...]:
        return tuple(
            ListColumn(name, question.words(Text(f"field.{name}")), type_)
            for name, type_ in DOCUMENT_COLUMNS
            if not (self._type and name == "kind")
        )

    def _lines(self, question: Question, rows: Sequence[DocumentRow]) -> list[Line]:
        words = question.words
        names = [name for name, _type in DOCUMENT_COLUMNS if not (self._type and name == "kind")]
        types = dict(DOCUMENT_COLUMNS)
        kinds = {row.kind: words(Text(f"document.type.{row.kind}")) for row in rows}
        statuses = {row.status: words(Text(f"document.status.{row.status}")) for row in rows}
        lines = []
        for row in rows:
            values = plain_row(row)
            told = {**values, "kind": kinds[row.kind], "status": statuses[row.status]}
            lines.append(Line(tuple(shown(told[name], types[name], words) for name in names), values))
        return lines


def _money(fen: int) -> str:
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def _filters(given: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"text": given.get("text", ""), "status": given.get("status", "")}
    problems = []
    for name in filter(given.get, ("from", "to")):
        try:
            found[f"date_{name}"] = date.fromisoformat(given[name])
        except ValueError:
            problems.append(Problem((name,), Text("report.bad_date", {"value": given[name]})))
    if problems:
        raise HasProblems(problems[0].text, problems)
    return found


class CardSource:
    """The cards of a kind, by code."""

    has_search = True
    parameters: Sequence[Parameter] = ()

    def __init__(self, module: str, kind: str) -> None:
        self._module = module
        self._kind = kind
        self.key = f"cards-{kind}"
        self.title = Text(f"master.kind.{kind}")
        self._choices = [each.name for each in master_kind(kind).fields if each.type is FieldType.CHOICE]

    def first(self, reader: Reader, question: Question) -> Answer:
        """All cards."""
        cards = reader.read(list_masters, kind=self._kind, text=question.given.get("text", ""))
        columns = self._columns(question)
        return Answer(columns, [self._line(columns, card, question) for card in cards])

    def _line(self, columns: tuple[ListColumn, ...], card: Mapping[str, Any], question: Question) -> Line:
        """A card; what is chosen from a list by its word."""
        told = dict(card)
        for name in self._choices:
            if card.get(name):
                told[name] = question.words(Text(f"choice.{self._kind}.{name}.{card[name]}"))
        return Line(_line(columns, told, question).cells, card)

    def whole(self, reader: Reader, question: Question) -> Answer:
        """All cards."""
        return self.first(reader, question)

    def page(self, reader: Reader, question: Question, keys: Sequence[int]) -> list[Line]:
        """Cards come whole."""
        del reader, question, keys
        return []

    def drill(self, question: Question, line: Line, column: str) -> Address | None:
        """A row leads to its card."""
        del question, column
        return Address(self._module, CARD, self._kind, (("id", str(line.values["id"])),))

    def _columns(self, question: Question) -> tuple[ListColumn, ...]:
        fields = [each for each in master_kind(self._kind).fields if each.type is not FieldType.JSON]
        return tuple(
            ListColumn(
                f"{each.name}_code" if each.type is FieldType.REFERENCE else each.name,
                question.words(Text(f"field.{each.name}")),
                CARD_TYPES.get(each.type, "text"),
            )
            for each in fields
        )


class ReportSource:
    """A declared report."""

    has_search = True

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._report = REPORTS[name]
        self.key = f"report-{name}"
        self.title = self._report.title
        self.parameters: Sequence[Parameter] = self._report.parameters

    def first(self, reader: Reader, question: Question) -> Answer:
        """The whole report; the text that is looked for stands in any of its cells."""
        given = {name: text for name, text in question.given.items() if name != "text"}
        content = reader.read(
            run_report, name=self._report.name, given=given, today=question.today, words=question.words
        )
        columns = tuple(ListColumn(each["name"], each["title"], each["type"]) for each in content["columns"])
        lines = [_line(columns, row, question) for row in content["rows"]]
        text = question.given.get("text", "").casefold()
        if text:
            lines = [line for line in lines if any(text in cell.casefold() for cell in line.cells)]
        return Answer(columns, lines, totals={} if text else content["totals"])

    def whole(self, reader: Reader, question: Question) -> Answer:
        """The whole report."""
        return self.first(reader, question)

    def page(self, reader: Reader, question: Question, keys: Sequence[int]) -> list[Line]:
        """Reports come whole."""
        del reader, question, keys
        return []

    def drill(self, question: Question, line: Line, column: str) -> Address | None:
        """Where the report says; without a word about this column, where its first cell that leads anywhere does."""
        leads = self._report.drill_down
        drill = next((each for each in leads if each.column == column), leads[0] if leads else None)
        if drill is None:
            return None
        if drill.report == "document":
            number = line.values.get("number") or line.values.get(drill.column)
            return Address(self._module, DOCUMENT, str(number or "")) if number else None
        kept = dict(question.given) if drill.report == self._report.name else {}
        taken = {name: str(line.values.get(source) or "") for name, source in drill.parameters}
        if any(name == "warehouse" and not text for name, text in taken.items()):
            taken.pop("warehouse")
        asked = {**kept, **dict(drill.given), **taken}
        return Address(self._module, REPORT, drill.report, tuple((k, v) for k, v in asked.items() if v and k != "text"))


def _line(columns: tuple[ListColumn, ...], values: Mapping[str, Any], question: Question) -> Line:
    return Line(tuple(shown(_told(each.name, values, question), each.type, question.words) for each in columns), values)


def _told(name: str, values: Mapping[str, Any], question: Question) -> object:
    """A value; the type of a document and other codes by their words."""
    value = values.get(name)
    if name in {"kind", "state"} and isinstance(value, str) and value:
        text = Text(f"document.type.{value}") if name == "kind" else Text(f"report.choice.{value}")
        words = question.words(text)
        return value if words == text.id else words
    return ", ".join(map(str, value)) if isinstance(value, list) else value
