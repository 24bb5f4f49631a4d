"""A shop in which everything happens at random, step by step against the slow model of a whole book.

After every step the product and the model agree on every movement, pool, shortage, cover, voucher, open item and
balance, the doctor is content, what the preview showed is what then lay in the file, row by row, and all records taken
in at once by an empty book give the same rows. What the model refuses the product refuses too, without a trace.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jxc_desktop.services.doctor import Check, run_checks
from tests.conftest import PROFILE
from tests.reference.business import KINDS, Business
from tests.services.compare import differences
from tests.services.twin import Corner, Twin, every_row, make_template, rebuilt

if TYPE_CHECKING:
    from random import Random

    from tests.reference.records import Document

TRADE = ("goods_receipt", "delivery_note", "retail_sale", "sales_return", "purchase_return", "stock_count")
CHANCE = st.randoms(use_true_random=False)
CORNERS = st.builds(
    Corner,
    st.sampled_from(("small", "general")),
    is_pool_per_warehouse=st.booleans(),
    negative_stock=st.sampled_from(("allow", "allow", "allow", "forbid")),
    method=st.sampled_from(("moving_average", "fifo")),
)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="jxc-state-machine")


@cache
def _template(corner: Corner) -> Path:
    path = Path(_folder().name, f"{'-'.join(map(str, corner))}.jxc")
    make_template(path, corner)
    return path


class ShopMachine(RuleBasedStateMachine):
    """One book of the product and one of the model."""

    twin: Twin
    folder: tempfile.TemporaryDirectory[str]

    @initialize(corner=CORNERS)
    def open_shop(self, corner: Corner) -> None:
        template = _template(corner)
        self.folder = tempfile.TemporaryDirectory(dir=_folder().name)
        self.twin = Twin(template, Path(self.folder.name, "live.jxc"), corner)
        self.documents = 0

    def _business(self, chance: Random) -> Business:
        return Business(self.twin.model, chance, self.documents)

    def _post(self, kind: str, chance: Random) -> None:
        business = self._business(chance)
        document = business.document(kind)
        self.documents = business.last
        if document is not None:
            note(f"post {document}")
            self.twin.post(document)

    def _target(self, chance: Random) -> Document:
        posted = self.twin.model.posted()
        return posted[chance.randrange(len(posted))]

    @rule(kind=st.sampled_from(TRADE), chance=CHANCE)
    def trade(self, kind: str, chance: Random) -> None:
        self._post(kind, chance)

    @rule(kind=st.sampled_from(KINDS), chance=CHANCE)
    def enter(self, kind: str, chance: Random) -> None:
        self._post(kind, chance)

    @precondition(lambda self: self.twin.model.posted())
    @rule(chance=CHANCE)
    def amend(self, chance: Random) -> None:
        changed = self._business(chance).changed(self._target(chance))
        note(f"amend {changed}")
        self.twin.amend(changed)

    @precondition(lambda self: self.twin.model.posted())
    @rule(chance=CHANCE)
    def void(self, chance: Random) -> None:
        target = self._target(chance)
        note(f"void {target.id}")
        self.twin.void(target.id)

    @precondition(lambda self: self.twin.model.posted())
    @rule(chance=CHANCE)
    def reverse(self, chance: Random) -> None:
        business = self._business(chance)
        target = self._target(chance)
        name = business.new_id()
        self.documents = business.last
        on = max(business.day(), target.date)
        note(f"reverse {target.id} by {name} on {on}")
        self.twin.reverse(target.id, name, on)

    @invariant()
    def product_and_model_agree(self) -> None:
        assert differences(self.twin) == []

    @invariant()
    def the_doctor_finds_nothing_at_a_glance(self) -> None:
        assert self._alarms(quick=True) == []

    def _alarms(self, *, quick: bool) -> list[Check]:
        return [check for check in run_checks(self.twin.book, quick=quick) if check.is_alarm]

    @invariant()
    def all_records_at_once_give_the_same_rows(self) -> None:
        path = Path(self.folder.name, "rebuilt.jxc")
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        assert rebuilt(self.twin.book, self.twin.template, path) == self.twin.book.read(every_row)

    def teardown(self) -> None:
        if hasattr(self, "twin"):
            assert self._alarms(quick=False) == []
            self.twin.close()
            self.folder.cleanup()


TestShop = ShopMachine.TestCase
if PROFILE != "nightly":
    # Each step is a dozen transactions: making a failure smaller takes minutes, the notes below it tell the story.
    TestShop.settings = settings(phases=[Phase.explicit, Phase.generate], max_examples=30)
