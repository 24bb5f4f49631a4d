"""Reading cost trees in tests: what stands in them in a few words, and what must hold for every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.money import Money, total
from jxc_desktop.queries.cost_history import cost_history
from jxc_desktop.queries.why import why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jxc_desktop.kernel.ids import Id
    from jxc_desktop.queries.why import CostNode, Why
    from tests.builders import Shop


def tree_of(shop: Shop, document: Id, line: int = 0) -> CostNode:
    """The cost tree of a line or a document."""
    return ask(shop, document, line).tree


def ask(shop: Shop, document: Id, line: int = 0) -> Why:
    """What `why` answers; every answer must add up."""
    found: Why = shop.book.read(why, reference=document, line=line)
    assert found.cost == found.tree.value == total(leaf.value for leaf in leaves(found.tree))
    for node in nodes(found.tree):
        assert not node.children or node.value == total(child.value for child in node.children), node
        parts = [child.quantity.micro for child in node.children]
        assert node.kind not in {"pool", "short"} or not parts or node.quantity.micro == sum(parts), node
    return found


def nodes(node: CostNode) -> Iterator[CostNode]:
    """The node and all below it."""
    yield node
    for child in node.children:
        yield from nodes(child)


def leaves(node: CostNode) -> Iterator[CostNode]:
    """The nodes that nothing stands below."""
    return (each for each in nodes(node) if not each.children)


def short(node: CostNode) -> tuple[str, str, str]:
    """(kind, quantity, value)."""
    return node.kind, str(node.quantity), str(node.value)


def children(node: CostNode, *path: int) -> list[tuple[str, str, str]]:
    """What stands below a node, at a path of indexes, in short."""
    for index in path:
        node = node.children[index]
    return [short(child) for child in node.children]


def costs(shop: Shop, document: Id, line: int = 0) -> list[tuple[str, str, str]]:
    """The history of a cost: (action, number, cost)."""
    found = shop.book.read(cost_history, reference=document, line=line)
    befores = [each.before for each in found]
    assert befores == [None, *(each.cost for each in found)][: len(found)]
    return [(each.action, each.document, str(each.cost)) for each in found]


def ledger_value(shop: Shop, document: Id, line: int) -> Money | None:
    """What a line brought into the stock, below 0 where it took out, after what covers found to differ.

    None where it makes no movement.
    """
    found = shop.rows(
        "SELECT m.own_value, (SELECT coalesce(sum(c.variance), 0) FROM shortage_cover c"
        " WHERE c.item = m.item AND c.issue_document = m.document AND c.issue_line = m.line)"
        " FROM stock_move m JOIN document d ON d.id = m.document WHERE d.uuid = ? AND m.line = ?",
        bytes.fromhex(document),
        line,
    )
    return Money(found[0][0] - found[0][1]) if found else None
