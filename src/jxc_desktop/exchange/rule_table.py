"""The rules of a mapping as a table of bit masks, so that deciding about a row is a few look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .line_store import REMEMBERED
from .rules import Rule, is_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .line_store import Spellings
    from .mapping import Mapped

WORD_FIELDS = ("number", "type", "item_code", "party_code", "party_name", "warehouse", "note")


class RuleTable:
    """Decides which rule a row falls under: bit n of a mask is set while rule n still fits."""

    def __init__(self, mapped: Mapped, texts: dict[str, Spellings], item_field: str) -> None:
        self._rules = mapped.rules
        self._texts, self._mapped = texts, mapped
        self._item_texts = texts[item_field]
        used = {field for rule in mapped.rules for field in rule.words}
        self._fields = [field for field in WORD_FIELDS if field in used and field != "item_code"]
        self._has_items = bool(used & {"item_code", "item_kind"})
        self._masks: dict[str, list[int]] = {field: [] for field in self._fields}
        self._item_masks: list[int] = []
        self._skipped: dict[int, bool] = {}
        self._dropping = {-1, *(n for n, rule in enumerate(self._rules) if rule.skip)}
        self._signs = _SignMasks(self._rules)
        self.types: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.type_of = [self._type(rule) for rule in self._rules]

    def decide(
        self, words: dict[str, list[int]], quantities: list[int], prices: list[int], amounts: list[int]
    ) -> list[int]:
        """The number of the rule for each row, -1 where none fits."""
        masks = list(map(self._signs.__getitem__, zip(quantities, prices, amounts, strict=True)))
        for field in self._fields:
            known = self._known(field)
            masks = [mask & known[word] for mask, word in zip(masks, words[field], strict=True)]
        if self._has_items:
            known = self._known_items()
            masks = [mask & known[word] for mask, word in zip(masks, words["item_code"], strict=True)]
        return [(mask & -mask).bit_length() - 1 for mask in masks]

    def may_drop(self, rules: list[int]) -> bool:
        """Whether a row under one of these rules may be left out."""
        return bool(self._mapped.items.skip) or not self._dropping.isdisjoint(rules)

    def is_skipped(self, spelling: int) -> bool:
        """Whether the mapping leaves an item out."""
        if not self._mapped.items.skip:
            return False
        if spelling not in self._skipped:
            self._skipped[spelling] = is_like(self._item_texts.texts[spelling], self._mapped.items.skip)
        return self._skipped[spelling]

    def _known(self, field: str) -> list[int]:
        known, texts = self._masks[field], self._texts[field].texts
        known += [_mask(rule.fits_word(field, text) for rule in self._rules) for text in texts[len(known) :]]
        return known

    def _known_items(self) -> list[int]:
        known = self._item_masks
        for text in self._item_texts.texts[len(known) :]:
            kind = "service" if is_like(text, self._mapped.items.service) else "goods"
            fits = (rule.fits_word("item_code", text) and rule.fits_word("item_kind", kind) for rule in self._rules)
            known.append(_mask(fits))
        return known

    def _type(self, rule: Rule) -> int:
        identity = rule.type, tuple(sorted(rule.constants.items()))
        if identity not in self.types:
            self.types.append(identity)
        return self.types.index(identity)


class _SignMasks(dict[tuple[int, int, int], int]):
    """Quantity, price and amount → the rules whose conditions on signs hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, values: tuple[int, int, int]) -> int:
        quantity, price, amount = ((number > 0) - (number < 0) for number in values)
        mask = _mask(rule.fits_signs(quantity, price, amount) for rule in self._rules)
        if len(self) > REMEMBERED:
            self.clear()
        self[values] = mask
        return mask


def _mask(fits: Iterable[bool]) -> int:
    return sum(1 << n for n, fit in enumerate(fits) if fit)
