"""Recipes: what may not be one, and the parts a kit gets that names only its product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jxc_desktop.domain.documents.line import ItemLine
from jxc_desktop.kernel.errors import InexactQuantity
from jxc_desktop.kernel.problems import Problem
from jxc_desktop.kernel.quantity import SAME_UNIT, Quantity
from jxc_desktop.kernel.rounding import MICRO, half_up
from jxc_desktop.kernel.text import Text
from jxc_desktop.kernel.value import changed
from jxc_desktop.masters.recipe import RECIPE

from .line_prices import unit_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jxc_desktop.doctypes.spec import DocumentType
    from jxc_desktop.domain.documents.document import Document
    from jxc_desktop.kernel.ids import Id

    from .catalog import Card
    from .work import Work


def is_recipe(kind: str) -> bool:
    """Whether cards of a kind say what products are made of."""
    return kind == RECIPE.code


def recipe_problems(work: Work, recipe: Id, fields: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a recipe as it would be (no id: a new one): quantities, a product that is made of itself."""
    card = work.catalog.card(RECIPE.code, recipe) if recipe else None
    whole = {**(card.fields if card else {}), **fields}
    product, parts = whole.get("item", ""), whole.get("parts") or []
    if not _is_list_of_parts(parts):
        return [Problem(("parts",), Text("card.bad_list", {"field": Text("field.parts")}))]
    if not product or not parts:
        return []
    found = [
        Problem(("parts",), Text("recipe.no_quantity", {"item": _named(work, part["item"])}))
        for part in parts
        if part["quantity"] <= 0
    ]
    if int(whole.get("quantity") or 0) < 0:
        found.append(Problem(("quantity",), Text("recipe.negative")))
    way = _way_back(work, product, parts, recipe)
    if way:
        names = [_named(work, each) for each in way]
        found.append(Problem(("parts",), Text("recipe.contains_itself", {"item": names[0], "way": names})))
    return found


def _is_list_of_parts(parts: Any) -> bool:
    return isinstance(parts, list) and all(
        isinstance(part, dict) and isinstance(part.get("item"), str) and isinstance(part.get("quantity"), int)
        for part in parts
    )


def _named(work: Work, item: Id) -> str:
    card = work.catalog.card("item", item)
    return f"{card.code} {card.name}" if card is not None else item


def _way_back(work: Work, product: Id, parts: Sequence[Mapping[str, Any]], without: Id) -> list[Id]:
    """From the product through parts of parts to the product again; nothing where no way leads there."""
    made_of: dict[Id, list[Id]] = {}
    for card in work.catalog.all(RECIPE.code):
        if card.is_active and card.id != without:
            made_of.setdefault(card.fields["item"], []).extend(part["item"] for part in card.fields["parts"] or ())
    ways = [[product, part["item"]] for part in parts]
    seen: set[Id] = set()
    while ways:
        way = ways.pop()
        if way[-1] == product:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, each] for each in made_of.get(way[-1], ())]
    return []


def with_recipe(work: Work, declared: DocumentType, draft: Document, problems: list[Problem]) -> Document:
    """The draft with the parts of its recipe, where it is a kit that names only its product."""
    if not declared.is_kit or len(draft.lines) != 1 or not draft.lines[0].is_product:
        return draft
    (product,) = draft.lines
    recipes = [card for card in work.catalog.all(RECIPE.code) if card.is_active and card.fields["item"] == product.item]
    if len(recipes) > 1:
        params = {"item": product.item_code, "recipes": [f"{each.code} {each.name}" for each in recipes]}
        problems.append(Problem(("lines",), Text("recipe.several", params)))
    if len(recipes) != 1:
        return draft
    try:
        return changed(draft, lines=(product, *_parts(work, recipes[0], product)))
    except InexactQuantity:
        return draft  # the line itself is refused for it


def _parts(work: Work, recipe: Card, product: ItemLine) -> list[ItemLine]:
    """As much of each part as the product line takes, in base units; in the place of the product."""
    card = work.catalog.card("item", product.item)
    ratio = SAME_UNIT if card is None else unit_ratio(card, product.unit)
    made = ratio.to_base(product.quantity)
    whole = recipe.fields["quantity"] or MICRO
    return [
        ItemLine(
            0,
            part["item"],
            quantity=Quantity(half_up(made.micro * part["quantity"], whole)),
            warehouse=product.warehouse,
        )
        for part in recipe.fields["parts"]
    ]
