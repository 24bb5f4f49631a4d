"""Why a line cost what it cost: its cost as a tree whose leaves add up to it to the fen, with documents and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jxc_desktop.db.engine import placeholders
from jxc_desktop.doctypes.registry import document_type
from jxc_desktop.kernel.errors import NotFound, UserError
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text

from .cost_moves import moves_of_document
from .cost_part import Part, fewer
from .cost_tree import Explainer
from .document import find_document
from .plain import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jxc_desktop.db.engine import Session

    from .cost_moves import CostMove
    from .document import FoundDocument

MOST_LINES = 50
"""So many lines of a document are explained; the smallest of more are summed up."""

MOST_NAMED = 500
"""Documents named in one statement."""


class CostNode(NamedTuple):
    """A part of a cost: `whole_*` is all of that of which it is a share, `parts` how many a summary stands for.

    `document` is a number, `type` its type, `date` its day YYYYMMDD, `item` the name of the line's item and `unit` its
    base unit; a part that no document stands for has none of them and line 0.
    """

    kind: str
    document: str
    type: str
    line: int
    date: int
    item: str
    unit: str
    quantity: Quantity
    value: Money
    whole_quantity: Quantity
    whole_value: Money
    parts: int
    children: tuple[CostNode, ...]


class Why(NamedTuple):
    """The cost of a line, or of a whole document (`line` 0), and its tree."""

    document: str
    line: int
    cost: Money
    tree: CostNode


DOCUMENTS = "SELECT id, number, type, date FROM document WHERE id IN ({marks})"
ITEMS = (
    "SELECT l.document, l.line, l.item_name, i.base_unit FROM item_line l JOIN item i ON i.id = l.item"
    " WHERE l.document IN ({marks})"
)


def why(session: Session, *, reference: str, line: int = 0) -> Why:
    """The cost tree of a line; of all lines of a document where none is named and several moved stock.

    A cost is positive in the direction of its document: what a delivery sends out, what a receipt or a return brings
    in; a line that goes the other way (a reversal, a return on a retail ticket) costs less than nothing.
    Raises NotFound, Ambiguous, or UserError where nothing of it moved stock.
    """
    found = find_document(session, reference)
    moves = moves_of_document(session, found.key)
    chosen = chosen_moves(found, moves, line)
    parts = _parts(session, chosen, direction_of(found.type, moves))
    root = parts[0] if len(parts) == 1 else _together(parts)
    tree = _Names(session, found, root).node(root)
    return Why(found.number, line or (tree.line if len(parts) == 1 else 0), tree.value, tree)


def chosen_moves(found: FoundDocument, moves: Sequence[CostMove], line: int) -> list[CostMove]:
    """The movements of a line, of all lines for line 0. Raises NotFound, or UserError where nothing moved stock."""
    named = {"type": Text(f"document.type.{found.type}"), "number": found.number}
    if not moves:
        raise UserError(Text("why.voided" if found.status == "voided" else "why.no_stock", named))
    chosen = [move for move in moves if line in {0, move.line}]
    if not chosen:
        raise NotFound(Text("why.no_line", {**named, "line": line, "lines": sorted({move.line for move in moves})}))
    return chosen


def direction_of(type_code: str, moves: Sequence[CostMove]) -> int:
    """-1 where the cost of a document is what leaves the stock, 1 where it is what comes in."""
    declared = document_type(type_code).moves_stock
    if declared:
        return -1 if declared < 0 else 1
    return -1 if all(move.quantity < 0 for move in moves) else 1


def _parts(session: Session, moves: Sequence[CostMove], direction: int) -> list[Part]:
    """The lines by their cost; of very many only the largest are explained, the others are summed up."""
    largest = (
        sorted(moves, key=lambda move: -abs(move.own_value))[: MOST_LINES - 1] if len(moves) > MOST_LINES else moves
    )
    explained = set(largest)
    parts = []
    for move in moves:
        explainer = Explainer(session)
        part = explainer.explain(move) if move in explained else explainer.total(move)
        parts.append(part if (move.quantity < 0) == (direction < 0) else part.turn())
    return fewer(parts, MOST_LINES)


def _together(parts: list[Part]) -> Part:
    return Part("document", sum(part.quantity for part in parts), sum(part.value for part in parts), children=parts)


class _Names:
    """What the documents and items of a tree are called."""

    def __init__(self, session: Session, found: FoundDocument, root: Part) -> None:
        self._found = found
        keys = sorted({part.move.document for part in _all(root) if part.move is not None} | {found.key})
        self._documents: dict[int, tuple[str, str, int]] = {}
        self._items: dict[tuple[int, int], tuple[str, str]] = {}
        for start in range(0, len(keys), MOST_NAMED):
            some = keys[start : start + MOST_NAMED]
            marks = placeholders(len(some))
            for key, *document in session.rows(DOCUMENTS.format(marks=marks), some):
                self._documents[key] = (document[0], document[1], document[2])
            for key, line, *item in session.rows(ITEMS.format(marks=marks), some):
                self._items[key, line] = (item[0], item[1])

    def node(self, part: Part) -> CostNode:
        """A part with the names of what stands behind it."""
        key, line = (0, 0) if part.move is None else (part.move.document, part.move.line)
        if part.kind == "document":
            key = self._found.key
        number, type_code, day = self._documents.get(key, ("", "", 0))
        item, unit = self._items.get((key, line), ("", ""))
        return CostNode(
            part.kind,
            number,
            type_code,
            line,
            day,
            item,
            unit,
            Quantity(part.quantity),
            Money(part.value),
            Quantity(part.whole_quantity),
            Money(part.whole_value),
            part.count,
            tuple(self.node(child) for child in part.children),
        )


def _all(part: Part) -> Iterator[Part]:
    yield part
    for child in part.children:
        yield from _all(child)


def why_json(found: Why) -> dict[str, Any]:
    """The shape that --json prints; what no document stands for has document, line, type and date None."""
    return {
        "document": found.document,
        "line": found.line or None,
        "cost": str(found.cost),
        "tree": _node_json(found.tree),
    }


def _node_json(node: CostNode) -> dict[str, Any]:
    return {
        "kind": node.kind,
        "document": node.document or None,
        "line": node.line or None,
        "quantity": str(node.quantity),
        "value": str(node.value),
        "type": node.type or None,
        "date": day_text(node.date),
        "item": node.item or None,
        "whole_quantity": str(node.whole_quantity),
        "whole_value": str(node.whole_value),
        "count": node.parts or None,
        "children": [_node_json(child) for child in node.children],
    }
