"""配方: a product and its parts on a card; a kit that names only its product takes them from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jxc_desktop.domain.documents.line import NO_ID
from jxc_desktop.kernel.errors import HasProblems
from jxc_desktop.services.masters import CardChange, set_cards
from tests.builders import assembly, disassembly, line
from tests.scenarios import kits
from tests.scenarios.business import Business, open_business

if TYPE_CHECKING:
    from pathlib import Path

    from jxc_desktop.kernel.ids import Id

ONE = 1_000_000


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    """Pens at 2.00, paper at 20.00, a gift box of four pens and a pack."""
    return kits.stocked(open_business(tmp_path))


def _recipe(shop: Business, code: str, product: Id, parts: dict[Id, int], **more: Any) -> Id:
    made = [{"item": item, "quantity": quantity} for item, quantity in parts.items()]
    return shop.shop.card("recipe", code, code, item=product, parts=made, **more)


def _box(shop: Business, **more: Any) -> Id:
    return _recipe(shop, "R1", kits.box(shop), {shop.pen: 4 * ONE, shop.paper: ONE}, **more)


def _refused(shop: Business, **fields: Any) -> dict[tuple[Any, ...], str]:
    card = {"code": "X", "name": "X", "is_active": 1, **fields}
    with pytest.raises(HasProblems) as refused:
        shop.shop.book.do(set_cards, changes=[CardChange("recipe", card, NO_ID)])
    return {problem.place[1:]: problem.text.id for problem in refused.value.problems}


def _parts(shop: Business, document: Id) -> list[tuple[str, int]]:
    rows = shop.shop.rows(
        "SELECT l.item_code, l.base_quantity FROM item_line l JOIN document d ON d.id = l.document"
        " WHERE d.uuid = ? AND l.is_product = 0 ORDER BY l.position",
        bytes.fromhex(document),
    )
    return [(code, quantity) for code, quantity in rows]


def test_a_box_is_made_of_what_its_recipe_says(shop: Business) -> None:
    _box(shop)
    made = shop.shop.post_one(assembly(8, line(kits.box(shop), "10"), []))
    assert _parts(shop, made) == [("P1", 40 * ONE), ("P2", 10 * ONE)]
    assert shop.stock(kits.box(shop)) == ("10", "280.00")
    taken = shop.shop.post_one(disassembly(9, line(kits.box(shop), "3"), []))
    assert _parts(shop, taken) == [("P1", 12 * ONE), ("P2", 3 * ONE)]
    assert shop.stock(kits.box(shop)) == ("7", "196.00")
    shop.proves()


def test_a_recipe_for_a_dozen_is_scaled(shop: Business) -> None:
    _recipe(shop, "R1", kits.box(shop), {shop.pen: 50 * ONE, shop.paper: ONE}, quantity=12 * ONE)
    made = shop.shop.post_one(assembly(8, line(kits.box(shop), "6"), []))
    assert _parts(shop, made) == [("P1", 25 * ONE), ("P2", 500_000)]
    shop.proves()


def test_a_product_in_packs_takes_the_parts_of_all_its_pieces(shop: Business) -> None:
    box = shop.shop.item("L1", "开学礼盒", base_unit="盒", units=[{"unit": "箱", "num": 5, "den": 1}])
    _box(shop)
    made = shop.shop.post_one(assembly(8, line(box, "2", unit="箱"), []))
    assert _parts(shop, made) == [("P1", 40 * ONE), ("P2", 10 * ONE)]


def test_parts_that_are_entered_are_taken_as_they_are(shop: Business) -> None:
    _box(shop)
    made = shop.shop.post_one(assembly(8, line(kits.box(shop), "10"), [line(shop.pen, "30")]))
    assert _parts(shop, made) == [("P1", 30 * ONE)]
    shop.proves()


def test_a_later_recipe_changes_nothing_that_was_made(shop: Business) -> None:
    _box(shop)
    made = shop.shop.post_one(assembly(8, line(kits.box(shop), "10"), []))
    _recipe(shop, "R1", kits.box(shop), {shop.pen: 5 * ONE})
    assert _parts(shop, made) == [("P1", 40 * ONE), ("P2", 10 * ONE)]
    assert _parts(shop, shop.shop.post_one(assembly(9, line(kits.box(shop), "1"), []))) == [("P1", 5 * ONE)]
    shop.proves()


def test_an_archived_recipe_is_not_used_and_of_several_none_is_guessed(shop: Business) -> None:
    product_only = assembly(8, line(kits.box(shop), "1"), [])
    assert kits.refusal(shop, product_only) == {("lines",): "kit.no_parts"}
    _box(shop, is_active=0)
    assert kits.refusal(shop, product_only) == {("lines",): "kit.no_parts"}
    _box(shop, is_active=1)
    _recipe(shop, "R2", kits.box(shop), {shop.pen: ONE})
    with pytest.raises(HasProblems) as refused:
        shop.shop.post(product_only)
    assert [problem.text.id for problem in refused.value.problems] == ["recipe.several", "kit.no_parts"]


def test_a_product_is_not_made_of_itself(shop: Business) -> None:
    box = kits.box(shop)
    assert _refused(shop, item=box, parts=[{"item": box, "quantity": ONE}]) == {("parts",): "recipe.contains_itself"}
    crate = shop.shop.item("L2", "礼箱")
    _recipe(shop, "R2", crate, {box: 6 * ONE})
    assert _refused(shop, item=box, parts=[{"item": crate, "quantity": ONE}]) == {("parts",): "recipe.contains_itself"}
    with pytest.raises(HasProblems) as refused:
        _recipe(shop, "R1", box, {shop.pen: ONE, crate: ONE})
    (problem,) = refused.value.problems
    assert problem.text.params["way"] == ["L1 开学礼盒", "L2 礼箱", "L1 开学礼盒"]
    _box(shop)


def test_what_is_no_recipe_is_refused(shop: Business) -> None:
    box, part = kits.box(shop), {"item": shop.pen, "quantity": 0}
    assert _refused(shop, item=box, parts=[]) == {("parts",): "master.field_missing"}
    assert _refused(shop, item=box, parts=[part]) == {("parts",): "recipe.no_quantity"}
    assert _refused(shop, item=box, parts=[{"item": shop.pen}]) == {("parts",): "card.bad_list"}
    some = [{**part, "quantity": ONE}]
    assert _refused(shop, item=box, parts=some, quantity=-1) == {("quantity",): "recipe.negative"}
    assert _refused(shop, parts=some) == {("item",): "master.field_missing"}
