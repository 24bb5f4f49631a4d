"""What a change of cost could not put on the stock is refused while it is being entered.

Later documents with earlier dates may still take goods away from under it: then the stock takes what it can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jxc_desktop.db.engine import Session
    from jxc_desktop.kernel.ids import Id

_UNHELD = (
    "SELECT d.number, m.line, i.code, i.name, m.pool_quantity, m.pool_value - m.value, m.own_value + m.variance"
    " FROM document d JOIN item_line l ON l.document = d.id JOIN item i ON i.id = l.item"
    " CROSS JOIN stock_move m ON m.item = l.item AND m.effective_period = d.effective_period"
    " AND m.effective_date = d.effective_date AND m.hlc = d.hlc AND m.stream = d.stream AND m.document = d.id"
    " AND m.line = l.line WHERE d.uuid = ? AND (m.variance <> 0 OR m.pool_quantity <= 0) ORDER BY m.line"
)


def refuse_unheld_value(session: Session, documents: Iterable[Id]) -> None:
    """Raises HasProblems for documents that were to change the value of stock and could not, in full.

    Nothing lies there, or what lies there is worth less than what was to be taken off.
    """
    problems = []
    for document in documents:
        for number, line, code, name, quantity, worth, wanted in session.rows(_UNHELD, (bytes.fromhex(document),)):
            kind = "cost_adjustment.no_stock" if quantity <= 0 else "cost_adjustment.too_much"
            params = {"number": number, "item": f"{code} {name}", "value": Money(worth), "change": Money(wanted)}
            problems.append(Problem(("documents", number, "lines", line), Text(kind, params)))
    if problems:
        raise HasProblems(problems[0].text, problems)
