"""Which lines of a file's returns give back which lines: of the file, or of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from jxc_desktop.kernel.quantity import UnitPrice

from .matching import EarlierLine, Left, Piece, Shelf, Sold
from .rules import ReturnOf

if TYPE_CHECKING:
    from .line_reader import LineReader

FindEarlier = Callable[[ReturnOf, Mapping[str, str]], Iterable[EarlierLine]]
"""Rule and what is looked for (`party`, `item`, `number` … as written) → lines in the book, earliest first."""


def nothing_earlier(_rule: ReturnOf, _wanted: Mapping[str, str]) -> Iterable[EarlierLine]:
    """A book that has sold nothing yet."""
    return ()


class Linker:
    """Links the returns of one file. `groups` are its documents in their order."""

    def __init__(self, reader: LineReader, groups: Sequence[int], find_earlier: FindEarlier) -> None:
        self._reader, self._store, self._find_earlier = reader, reader.store, find_earlier
        self._rules = {n: rule.return_of for n, rule in enumerate(reader.mapped.rules) if rule.return_of}
        self._returning = {reader.mapped.rules[n].type for n in self._rules}
        self._rank = dict(zip(groups, range(len(groups)), strict=True))
        self._left: Left = {}

    def link(self) -> dict[int, list[Piece]]:
        """Line number → its pieces, for every line of a return in one of the documents."""
        store = self._store
        links: dict[int, list[Piece]] = {}
        for _, line, shelf, key in sorted(self._events(), key=lambda event: event[:2]):
            quantity = abs(store.quantity[line])
            sold = Sold(line, key, quantity, store.group_moment[store.group[line]])
            if store.rule[line] not in self._rules:
                shelf.put(sold)
            elif key and quantity:
                links[line] = shelf.take(sold)
            else:
                links[line] = [Piece(quantity, None)]
        return links

    def _events(self) -> Iterator[tuple[int, int, Shelf, tuple[int, ...]]]:
        """Every line that gives back or may be given back: the place of its document, itself, its shelf, its key."""
        store, rank = self._store, self._rank
        for rule in dict.fromkeys(self._rules.values()):
            shelf = Shelf(rule, earlier=partial(self._earlier, rule), left=self._left)
            numbers = {n for n, found in self._rules.items() if found == rule}
            returns = [n for n, used in enumerate(store.rule) if used in numbers and store.group[n] in rank]
            keys = dict(zip(returns, self._return_keys(rule, returns), strict=True))
            needed = set(keys.values())
            for line, key in keys.items():
                yield rank[store.group[line]], line, shelf, key
            sources = self._source_groups(rule)
            for line, key in enumerate(self._sold_keys(rule)):
                if key in needed and store.quantity[line] > 0 and store.group[line] in sources:
                    yield rank[store.group[line]], line, shelf, key

    def _source_groups(self, rule: ReturnOf) -> set[int]:
        codes = [code for code, _ in self._reader.types]
        fits = [code in rule.sources if rule.sources else code not in self._returning for code in codes]
        return {group for group in self._rank if fits[self._store.group_type[group]]}

    def _sold_keys(self, rule: ReturnOf) -> Iterable[tuple[int, ...]]:
        """The key of every line, by which returns look for it."""
        store, of = self._store, self._reader.items.of_spelling
        columns: dict[str, Iterable[int]] = {
            "number": (store.group_number[group] for group in store.group),
            "party": (store.group_party[group] for group in store.group),
            "item": (of[spelling] for spelling in store.spelling),
            "price": store.price,
            "warehouse": store.extras.get("warehouse", (0 for _ in store.group)),
        }
        return zip(*(columns[name] for name in _names(rule)), strict=True)

    def _return_keys(self, rule: ReturnOf, returns: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """The key of each line that gives back; empty where nothing can be looked for."""
        store, of = self._store, self._reader.items.of_spelling
        for line in returns:
            group, item = store.group[line], of[store.spelling[line]]
            if rule.column:
                number = self._named(line)
                yield (number, item) if number else ()
            elif "party" in rule.match and not store.group_party[group] and not rule.match_walk_in:
                yield ()
            else:
                warehouse = store.extras["warehouse"][line] if "warehouse" in store.extras else 0
                parts = {"party": store.group_party[group], "item": item, "price": store.price[line]}
                yield tuple((parts | {"warehouse": warehouse})[name] for name in rule.match)

    def _named(self, line: int) -> int:
        """The number of the document that a line says it gives back; 0 where it says none."""
        column = self._store.extras.get("return_of")
        if column is None:
            return 0
        return self._reader.texts["number"].number(self._reader.texts["return_of"].texts[column[line]])

    def _earlier(self, rule: ReturnOf, key: tuple[int, ...]) -> Iterable[EarlierLine]:
        if not key:
            return ()
        wanted = {name: self._spelled(name, number) for name, number in zip(_names(rule), key, strict=True)}
        return self._find_earlier(rule, wanted)

    def _spelled(self, name: str, number: int) -> str:
        if name == "item":
            spelling = self._reader.items.of_spelling.index(number)
            return self._reader.texts[self._reader.item_field].texts[spelling]
        if name == "party":
            return self._reader.party_text(number)
        return str(UnitPrice(number)) if name == "price" else self._reader.texts[name].texts[number]


def _names(rule: ReturnOf) -> tuple[str, ...]:
    return ("number", "item") if rule.column else rule.match
