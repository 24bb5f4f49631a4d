"""A posted document to read: its head, its lines, what was paid and settled, its totals and its voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from jxc_desktop.kernel.text import Text
from jxc_desktop.queries.document import document_content, find_document
from jxc_desktop.ui.listing.section import section
from jxc_desktop.ui.listing.shown import shown
from jxc_desktop.ui.listing.source import Line, ListColumn
from jxc_desktop.ui.widgets.page import DOCUMENT, PRINT, Address, Desk, Page
from jxc_desktop.ui.widgets.parts import button, card, column, emptied, label, row
from jxc_desktop.ui.widgets.theme import Size
from jxc_desktop.ui.widgets.verbs import Verbs, offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtWidgets import QPushButton

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.services.reader import Reader
    from jxc_desktop.services.verbs import Possible
    from jxc_desktop.ui.listing.table import ListTable

HEAD = (
    "date", "party_name", "warehouse_name", "external_number", "reason", "spread_by", "due_date", "invoice_kind",
    "price_mode", "header_discount", "write_off", "summary",
)  # fmt: skip
CHOICES = frozenset({"reason", "spread_by", "invoice_kind", "price_mode"})
KINDS = frozenset({"kind", "target_kind"})

Columns = tuple[tuple[str, str], ...]

SECTIONS: dict[str, Columns] = {
    "lines": (
        ("line", "whole"), ("item_code", "text"), ("item_name", "text"), ("item_spec", "text"), ("unit", "text"),
        ("quantity", "quantity"), ("price", "price"), ("tax_rate", "rate"), ("unit_cost", "price"), ("gross", "money"),
        ("tax", "money"), ("warehouse_name", "text"), ("source_number", "text"), ("note", "text"),
    ),
    "tenders": (
        ("kind", "text"), ("money_account_name", "text"), ("account_code", "text"), ("account_name", "text"),
        ("amount", "money"), ("note", "text"),
    ),
    "allocations": (("target_number", "text"), ("target_kind", "text"), ("amount", "money")),
}  # fmt: skip
VOUCHER: Columns = (
    ("account_code", "text"), ("account_name", "text"), ("party_name", "text"), ("debit", "money"), ("credit", "money"),
)  # fmt: skip
CHAIN: Columns = (
    ("kind", "text"), ("number", "text"), ("date", "date"), ("party", "text"), ("status", "text"), ("amount", "money"),
)  # fmt: skip
TOTALS = ("quantity", "gross", "tax", "due", "tendered", "open")
NOTHING = frozenset({"", "0", "0.00"})


class DocumentPage(Page):
    """One posted document, named by its id."""

    def __init__(self, desk: Desk, address: Address) -> None:
        super().__init__(desk, address)
        self._named = ""
        self._document: Id | None = None
        self.verbs = Verbs(desk, self, address.module, lambda: self._document)
        self.buttons: dict[str, QPushButton] = {}
        self.chain: ListTable | None = None
        self._body: QVBoxLayout = column(gap=Size.GAP)
        self._body.setContentsMargins(Size.MARGIN, Size.GAP, Size.MARGIN, Size.MARGIN)
        inside, area = QWidget(), QScrollArea()
        inside.setLayout(self._body)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.setLayout(column(area))
        shortcut = QShortcut(QKeySequence("F11"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._print)

    @property
    def title(self) -> str:
        """Type and number, as soon as they are known."""
        return self._named or self.desk.words(Text("ui.document.loading"))

    def refresh(self) -> None:
        """Read the document again."""

        def ask(reader: Reader) -> tuple[dict[str, Any], Possible]:
            found = reader.read(find_document, reference=self.address.name)
            content = reader.read(document_content, document_id=found.id, chain=True)
            return content, offered(reader, found.id)

        self.desk.ops.query(ask, self._show, kind=f"document-{id(self)}")

    def _show(self, answered: tuple[Mapping[str, Any], Possible]) -> None:
        content, found = answered
        words, head = self.desk.words, content["head"]
        self._document = found.id
        type_, status = head["type"], head["status"]
        self._named = f"{words(Text(f'document.type.{type_}'))} {head['number']}"
        self.titled.emit(self._named)
        emptied(self._body)
        state = label(words(Text(f"document.status.{status}")), "hint" if status == "posted" else "red")
        print_it = button(words(Text("ui.print.print")), self._print, kind="action", key="F11")
        self.buttons = self.verbs.buttons(found)
        self._body.addLayout(row(label(self._named, "title"), state, None, *self.buttons.values(), print_it))
        reasons = label(self.verbs.reasons(found), "hint")
        reasons.setWordWrap(True)
        if reasons.text():
            self._body.addWidget(reasons)
        self._body.addWidget(card(self._facts(head), Size.PAD, Size.GAP))
        for name, columns in SECTIONS.items():
            self._section(f"field.{name}", content[name], columns)
        self._body.addLayout(row(None, *self._totals(content["totals"]), gap=Size.GAP))
        for part in content["effects"].values():
            if isinstance(part, dict):
                self._section("cli.show.voucher", part["lines"], VOUCHER)
        self._chain(content)
        self._body.addStretch(1)

    def _chain(self, content: Mapping[str, Any]) -> None:
        """Every document this one hangs together with, and how; a row leads there."""
        linked: Sequence[Mapping[str, Any]] = content["chain"]
        if not linked:
            return
        words = self.desk.words
        relations = {each["id"]: name for name, found in content["links"].items() for each in found}
        columns = [ListColumn("relation", words(Text("ui.chain.relation")))]
        columns += [ListColumn(name, words(Text(f"field.{name}")), type_) for name, type_ in CHAIN]
        lines = [Line(tuple(self._linked(each, relations)), each) for each in linked]
        framed, table = section(columns, lines, self.desk.settings, "document-chain")
        table.chosen.connect(lambda place, _name: self._lead(linked[place]))
        self._body.addLayout(
            row(label(words(Text("ui.chain.title")), "card"), label(words(Text("ui.chain.hint")), "hint"), None)
        )
        self._body.addWidget(framed, len(linked))
        self.chain = table

    def _linked(self, each: Mapping[str, Any], relations: Mapping[str, str]) -> Iterator[str]:
        words = self.desk.words
        yield words(Text(f"ui.chain.{relations.get(each['id'], 'further')}"))
        for name, type_ in CHAIN:
            prefix = {"kind": "document.type", "status": "document.status"}.get(name)
            yield words(Text(f"{prefix}.{each[name]}")) if prefix else shown(each[name], type_, words)

    def _lead(self, linked: Mapping[str, Any]) -> None:
        self.desk.open(Address(self.address.module, DOCUMENT, str(linked["id"])))

    def _print(self) -> None:
        self.desk.open(Address(self.address.module, PRINT, self.address.name))

    def _facts(self, head: Mapping[str, Any]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.PAD)
        said = [(name, self._fact(name, head.get(name))) for name in HEAD]
        for place, (name, text) in enumerate((name, text) for name, text in said if text not in NOTHING):
            value = label(text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addLayout(row(label(self.desk.words(Text(f"field.{name}")), "label"), value, None), *divmod(place, 3))
        for each in range(3):
            grid.setColumnStretch(each, 1)
        return grid

    def _fact(self, name: str, value: object) -> str:
        if name in CHOICES and value:
            return self.desk.words(Text(f"choice.{name}.{value}"))
        return "" if value is None else str(value)

    def _section(self, title: str, rows: Sequence[Mapping[str, Any]], columns: Columns) -> None:
        """A table of the columns in which any row says something."""
        told = {name for name, _type in columns for each in rows if str(each.get(name) or "") not in NOTHING}
        kept = [(name, type_) for name, type_ in columns if name in told]
        if not rows or not kept:
            return
        words = self.desk.words
        made = tuple(ListColumn(name, words(Text(f"field.{name}")), type_) for name, type_ in kept)
        lines = [Line(tuple(self._cell(name, type_, each.get(name)) for name, type_ in kept), each) for each in rows]
        framed, _table = section(made, lines, self.desk.settings, f"document-{title}")
        self._body.addWidget(label(words(Text(title)), "card"))
        self._body.addWidget(framed, len(rows))

    def _cell(self, name: str, type_: str, value: object) -> str:
        if name not in KINDS or not value:
            return shown(value, type_, self.desk.words)
        for text in (Text(f"open_item.{value}"), Text(f"money.kind.{value}"), Text(f"choice.target_kind.{value}")):
            told = self.desk.words(text)
            if told != text.id:
                return told
        return str(value)

    def _totals(self, totals: Mapping[str, str]) -> list[QWidget]:
        words = self.desk.words
        return [
            label(f"{words(Text(f'cli.totals.{name}'))} {shown(totals[name], _type(name), words)}", "card")
            for name in TOTALS
            if totals[name] not in NOTHING
        ]


def _type(name: str) -> str:
    return "quantity" if name == "quantity" else "money"
