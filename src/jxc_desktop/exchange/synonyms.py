"""The words people write over columns and into cells, from `resources/import_synonyms.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from jxc_desktop.kernel.value import value
from jxc_desktop.resource_files import read_json

from .cells import half_width, without_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WHOLE, PART, BARE, ENDING = range(4)
"""How closely a heading matches, best first: as written, a part of it, without ornaments, by its ending."""

_TOTAL_ENDINGS = ("合计", "总计", "小计")
_LONGEST_LABEL = 8
_LONGEST_LIST = 1_000

Rank = tuple[int, int]
"""Closeness, then the place of the word in its list; smaller is better."""

_SIGNS = re.compile(r"[*＊:：_\-./\\、,，。\"'`“”‘’#№?？!！|()\[\]{}（）【】〔〕<>《》]+")
_BRACKETS = re.compile(r"[(\[{（【〔<《].*?[)\]}）】〕>》]")
_PARTS = re.compile(r"[\n\r/|／]+")
_RUNS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9 _.-]*")


@value
class Shape:
    """One form a kind of import may have: which fields it knows and which it cannot do without."""

    name: str
    fields: Mapping[str, Mapping[str, int]]
    needs: tuple[tuple[str, ...], ...]
    at_least: int


@value
class Synonyms:
    """The table, with every word in its normal form."""

    shapes: Mapping[str, tuple[Shape, ...]]
    endings: frozenset[str]
    misleading: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    simplified: Mapping[int, str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    remarks: frozenset[str]
    words: Mapping[str, Mapping[str, str]]
    document_rules: tuple[Mapping[str, Any], ...]

    def normal(self, text: str) -> str:
        """A heading or word without spaces, signs, case and traditional spellings."""
        return _SIGNS.sub("", without_blanks(half_width(text)).casefold().translate(self.simplified))

    def word(self, group: str, text: str) -> str:
        """The meaning of a cell's word in a group such as `units` or `party_kinds`; empty where unknown."""
        return self.words[group].get(self.normal(text), "")

    def is_total(self, text: str) -> bool:
        """Whether a cell labels a row of totals."""
        word = self.normal(text)
        return word in self.totals or (len(word) <= _LONGEST_LABEL and word.endswith(_TOTAL_ENDINGS))

    def is_subtotal(self, text: str) -> bool:
        """Whether a cell labels the total of a part."""
        word = self.normal(text)
        return word in self.subtotals or (word not in self.totals and self.is_total(text))

    def is_remark(self, text: str) -> bool:
        """Whether a cell begins a remark such as 备注：… or 制表人 …."""
        narrow = without_blanks(half_width(text)).casefold().translate(self.simplified)
        head = re.split(r"[:;,.、]", narrow, maxsplit=1)[0]
        return head in self.remarks

    def ranks(self, shape: Shape, heading: str) -> dict[str, Rank]:
        """Every field a heading may stand for, with how well it fits."""
        found: dict[str, Rank] = {}
        for order, (closeness, word) in enumerate(self._spellings(heading)):
            for name, known in shape.fields.items():
                if word in known and name not in found:
                    found[name] = (closeness, order * _LONGEST_LIST + known[word])
        if not found:
            found = self._by_ending(shape, self.normal(_BRACKETS.sub("", heading)))
        return found

    def _spellings(self, heading: str) -> Iterator[tuple[int, str]]:
        bare = _BRACKETS.sub("", heading)
        yield WHOLE, self.normal(heading)
        runs = _RUNS.findall(bare)
        parts = [bare, *_PARTS.split(bare), *(runs if len(runs) > 1 else ())]
        normal = [word for word in dict.fromkeys(map(self.normal, parts)) if word]
        for word in normal:
            yield PART, word
        for word in normal:
            yield BARE, _without(word, self.before, self.after)

    def _by_ending(self, shape: Shape, word: str) -> dict[str, Rank]:
        if any(sign in word for sign in self.misleading):
            return {}
        best: dict[str, Rank] = {}
        for name in self.endings & shape.fields.keys():
            lengths = [len(known) for known in shape.fields[name] if len(known) > 1 and word.endswith(known)]
            if lengths:
                best[name] = (ENDING, 100 - max(lengths))
        return best


def _without(word: str, before: Sequence[str], after: Sequence[str]) -> str:
    """A word without its ornaments, as long as something is left."""
    for ornament in before:
        if word.startswith(ornament) and len(word) > len(ornament):
            return _without(word[len(ornament) :], before, after)
    for ornament in after:
        if word.endswith(ornament) and len(word) > len(ornament):
            return _without(word[: -len(ornament)], before, after)
    return word


@cache
def synonyms() -> Synonyms:
    """The shipped table."""
    return build(read_json("import_synonyms.json"))


def build(raw: Mapping[str, Any]) -> Synonyms:
    """Make the table of its JSON form."""
    traditional: str = raw["traditional"]
    simplified = {ord(old): new for old, new in zip(traditional[::2], traditional[1::2], strict=True)}
    bare = Synonyms({}, frozenset(), (), (), (), simplified, frozenset(), frozenset(), frozenset(), {}, ())
    words = {name: {bare.normal(word): meaning for word, meaning in raw[name].items()} for name in _WORD_GROUPS}
    for answer in ("yes", "no"):
        words[answer] = {bare.normal(word) or word: answer for word in raw[answer]}
    return Synonyms(
        shapes={kind: tuple(_shape(bare, raw, shape) for shape in shapes) for kind, shapes in raw["kinds"].items()},
        endings=frozenset(raw["endings"]),
        misleading=tuple(map(bare.normal, raw["misleading"])),
        before=tuple(map(bare.normal, raw["ornaments"]["before"])),
        after=tuple(map(bare.normal, raw["ornaments"]["after"])),
        simplified=simplified,
        totals=frozenset(map(bare.normal, raw["totals"])),
        subtotals=frozenset(map(bare.normal, raw["subtotals"])),
        remarks=frozenset(map(bare.normal, raw["remarks"])),
        words=words,
        document_rules=tuple(raw["document_rules"]),
    )


_WORD_GROUPS = ("units", "item_kinds", "party_kinds", "directions", "document_types")


def _shape(bare: Synonyms, raw: Mapping[str, Any], shape: Mapping[str, Any]) -> Shape:
    fields: dict[str, dict[str, int]] = {}
    for group in shape["groups"]:
        for name, listed in raw["groups"][group].items():
            known = fields.setdefault(name, {})
            for word in (name, *listed):
                known.setdefault(bare.normal(word), len(known))
    needs = tuple(tuple(names) for names in shape["needs"])
    return Shape(shape.get("shape", ""), fields, needs, shape["at_least"])
