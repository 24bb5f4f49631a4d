"""A scanner in an editor: every code lands as a line, and nothing of it anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from jxc_desktop.ui.widgets.kept import SOUNDS
from jxc_desktop.ui.widgets.sounds import Sound, Sounds, tone_file
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from jxc_desktop.ui.shell.window import MainWindow
    from tests.builders import Shop

pytestmark = pytest.mark.gui

WATER, BOX = "6921168509256", "16921168509253"


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, shop: Shop) -> Hands:
    """At the counter, with water in bottles and boxes, nuts on the scale, and twenty sorts of tea."""
    shop.item(
        "WATER",
        "水",
        units=[{"unit": "箱", "num": 24, "den": 1}],
        barcodes=[{"barcode": WATER, "unit": "个"}, {"barcode": BOX, "unit": "箱"}],
        retail_price=2_000_000,
    )
    shop.item("NUT", "开心果", base_unit="千克", retail_price=98_000_000, scale_plu="00015")
    for number in range(20):
        shop.item(f"T{number:02d}", f"茶{number}", barcodes=[{"barcode": f"TEA-{number:04d}", "unit": "个"}])
    return Hands(window, qtbot, "retail_sale")


def _quantities(hands: Hands) -> list[tuple[str, str, str]]:
    lines = hands.page.entry.draft.lines.values()
    return [(each.item_code, each.unit, str(each.quantity)) for each in lines]


def test_twenty_codes_in_two_seconds_all_land(hands: Hands) -> None:
    for number in range(20):
        hands.scan(f"TEA-{number:04d}")
        hands.qtbot.wait(1)
    hands.until(lambda: len(hands.cells()) == 20)
    assert _quantities(hands) == [(f"T{number:02d}", "个", "1") for number in range(20)]
    hands.until(lambda: hands.at() == (20, "item"))
    assert hands.heard == ["ok"] * 20


def test_the_same_code_counts_up_and_sounds_different(hands: Hands) -> None:
    for _each in range(20):
        hands.scan(WATER)
    hands.until(lambda: _quantities(hands) == [("WATER", "个", "20")])
    assert hands.heard == ["ok", *["repeated"] * 19]


def test_a_pack_code_is_a_line_in_its_unit(hands: Hands) -> None:
    hands.scan(WATER)
    hands.scan(BOX, Qt.Key.Key_Tab)
    hands.scan(BOX)
    hands.until(lambda: _quantities(hands) == [("WATER", "个", "1"), ("WATER", "箱", "2")])
    assert [each[2] for each in hands.cells()] == ["2", "48"]


def test_labels_of_the_scale_stay_lines_of_their_own(hands: Hands) -> None:
    hands.scan("2200015012502")
    hands.scan("2100015032251")
    hands.scan("2100015032251")
    hands.until(lambda: len(hands.cells()) == 3)
    lines = list(hands.page.entry.draft.lines.values())
    assert [(str(each.quantity), str(each.gross)) for each in lines] == [
        ("1.25", "122.50"),
        ("0.329", "32.25"),
        ("0.329", "32.25"),
    ]
    assert hands.heard == ["ok", "ok", "repeated"]
    assert "开心果" in hands.page.told.text()
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(hands.cells()) == 2


def test_a_changed_quantity_of_a_label_is_paid_by_its_price(hands: Hands) -> None:
    hands.scan("2100015032251")
    hands.until(lambda: len(hands.cells()) == 1)
    hands.page.grid.open_cell(0, "quantity")
    hands.type("2")
    hands.enter()
    line = next(iter(hands.page.entry.draft.lines.values()))
    assert (str(line.quantity), str(line.gross)) == ("2", "196.00")


def test_an_unknown_code_is_heard_and_told_and_changes_nothing(hands: Hands) -> None:
    hands.scan("6901234567892")
    hands.until(hands.page.told.isVisible)
    assert "6901234567892" in hands.page.told.text()
    assert hands.heard == ["unknown"]
    assert not hands.cells()
    hands.scan("690123")
    hands.until(lambda: hands.heard == ["unknown", "unknown"])


def test_digits_never_land_in_the_open_quantity(hands: Hands) -> None:
    hands.scan(WATER)
    hands.until(lambda: len(hands.cells()) == 1)
    hands.page.grid.open_cell(0, "quantity")
    hands.type("7")
    hands.scan(BOX)
    hands.scan("6901234567892")
    hands.until(lambda: hands.heard[-1:] == ["unknown"])
    assert _quantities(hands) == [("WATER", "个", "7"), ("WATER", "箱", "1")]


def test_digits_never_land_in_a_quantity_that_is_only_current(hands: Hands) -> None:
    hands.scan(WATER)
    hands.until(lambda: hands.at() == (1, "item"))
    hands.page.grid.leave_cell()
    hands.page.grid.setFocus()
    hands.page.grid.setCurrentIndex(hands.page.lines.index(0, hands.page.lines.place("quantity")))
    hands.scan(BOX)
    hands.until(lambda: len(hands.cells()) == 2)
    assert _quantities(hands) == [("WATER", "个", "1"), ("WATER", "箱", "1")]


def test_what_a_hand_types_meanwhile_stays_where_it_is(hands: Hands) -> None:
    hands.scan(WATER)
    hands.until(lambda: hands.at() == (1, "item"))
    hands.page.grid.open_cell(0, "quantity")
    hands.scan(BOX)
    hands.page.grid.open_cell(0, "price")
    hands.type("3")
    hands.until(lambda: len(hands.cells()) == 2)
    hands.type(".5")
    hands.enter()
    assert hands.cells()[0] == ("WATER", "1", "3.5")


def test_a_scan_leaves_the_fields_of_the_head_alone(hands: Hands) -> None:
    note = hands.page.head.fields["note"]
    warehouse = hands.page.head.fields["warehouse"]
    assert isinstance(note, QLineEdit)
    assert isinstance(warehouse, QComboBox)
    note.setFocus()
    hands.commit("送货")
    hands.scan(WATER)
    hands.until(lambda: len(hands.cells()) == 1)
    assert note.text() == "送货"
    before = warehouse.currentIndex(), hands.page.entry.draft.head.warehouse
    warehouse.setFocus()
    hands.scan(WATER)
    hands.until(lambda: _quantities(hands) == [("WATER", "个", "2")])
    assert (warehouse.currentIndex(), hands.page.entry.draft.head.warehouse) == before


def test_a_scan_on_a_button_of_the_bars_is_for_the_page(hands: Hands, window: MainWindow) -> None:
    window.modules.buttons["sales"].setFocus()
    hands.scan(WATER)
    hands.until(lambda: len(hands.cells()) == 1)


def test_a_scan_into_the_search_is_for_the_search(hands: Hands, window: MainWindow) -> None:
    window.finder.open()
    hands.until(window.finder.field.hasFocus)
    hands.scan(WATER, Qt.Key.Key_Shift)
    hands.qtbot.wait(50)
    assert window.finder.field.text() == WATER
    assert not hands.cells()


def test_slow_keys_are_a_hand(hands: Hands) -> None:
    hands.page.grid.open_next()
    hands.type("T01")
    hands.enter()
    hands.until(lambda: hands.at() == (0, "quantity"))
    hands.type("1234")
    hands.enter()
    assert hands.cells()[0][:2] == ("T01", "1234")


@pytest.mark.parametrize("text", [WATER, "６９２１１６８５０９２５６"])
def test_a_commit_of_an_input_method_is_a_scan_and_its_enter_no_key(hands: Hands, text: str) -> None:
    hands.page.grid.open_next()
    hands.commit(text)
    hands.enter()
    hands.until(lambda: _quantities(hands) == [("WATER", "个", "1")])
    hands.until(lambda: hands.at() == (1, "item"))


def test_signs_that_are_committed_one_by_one_are_a_scan(hands: Hands) -> None:
    hands.scan(WATER)
    hands.until(lambda: hands.at() == (1, "item"))
    hands.page.grid.open_cell(0, "quantity")
    for sign in "１６９２１１６８５０９２５３":
        hands.commit(sign)
    hands.enter()
    hands.until(lambda: _quantities(hands) == [("WATER", "个", "1"), ("WATER", "箱", "1")])


def test_words_that_an_input_method_commits_are_typed(hands: Hands) -> None:
    hands.page.grid.open_next()
    hands.commit("nongfushanquan")
    field = hands.focus()
    assert isinstance(field, QLineEdit)
    assert field.text() == "nongfushanquan"
    assert hands.heard == []


def test_sounds_are_switched_off_by_the_setting(hands: Hands, window: MainWindow) -> None:
    window.settings.setValue(SOUNDS, "true")
    window.rebuild()
    menu = window.modules.company.menu()
    assert menu is not None
    next(each for each in menu.actions() if each.text() == "扫码声音").trigger()
    assert window.settings.value(SOUNDS) == "false"
    hands = Hands(window, hands.qtbot, "retail_sale")
    hands.scan(WATER)
    hands.until(lambda: len(hands.cells()) == 1)
    assert hands.heard == []


def test_the_three_sounds_differ_and_are_short(qtbot: QtBot) -> None:
    del qtbot
    files = {sound: tone_file(sound) for sound in Sound}
    assert len(set(files.values())) == 3
    assert all(each[:4] == b"RIFF" and len(each) < 44_100 for each in files.values())


def test_without_a_player_the_bell_rings_for_what_went_wrong(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append(1))
    app = QApplication.instance()
    assert app is not None
    sounds = Sounds(app)
    sounds.play(Sound.OK)
    qtbot.wait(20)
    assert not rung
    sounds.play(Sound.UNKNOWN)
    qtbot.waitUntil(lambda: len(rung) == 1)
    sounds.play(Sound.REPEATED)
    qtbot.waitUntil(lambda: len(rung) == 3)
    sounds.deleteLater()


def test_a_question_stopped_in_the_place_of_another_is_asked_again(window: MainWindow, qtbot: QtBot) -> None:
    asked: list[int] = []
    answers: list[int] = []

    def count(reader: object) -> int:
        asked.append(1)
        if len(asked) == 1:
            reader.interrupt()  # type: ignore[attr-defined]
        rows = reader.read(lambda session: session.rows(SLOW))  # type: ignore[attr-defined]
        return int(rows[0][0])

    window.ops.query(count, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert answers == [30_000]


SLOW = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 30000) SELECT count(*) FROM n"
