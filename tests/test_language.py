"""Texts become words in three languages, and the committed catalogues are what the table of texts says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jxc_desktop import language
from jxc_desktop.kernel.money import Money
from jxc_desktop.kernel.quantity import Quantity
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, closest_language, translator
from tools import compile_catalogues
from tools.compile_catalogues import BadTable, read_texts, stale_catalogues, write_catalogues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TABLE = compile_catalogues.FOLDER / "texts.csv"
HEADER = "id,zh_CN,zh_TW,en\n"


@pytest.fixture
def speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Translate with catalogues made from a few lines of a table."""
    rows = (
        "greeting,你好，{name},您好，{name},Hello {name}\n"
        "item,商品,商品,item\n"
        "broken,坏{0},壞{0},broken {0}\n"
        "odd,坏{name:d},壞{name:d},odd {name:d}\n"
        "braces,{{花}},{{花}},{{flower}}\n"
    )
    (tmp_path / "texts.csv").write_text(HEADER + rows, encoding="utf-8")
    write_catalogues(read_texts(tmp_path / "texts.csv"), tmp_path)
    monkeypatch.setattr(language, "translation_dir", lambda: tmp_path)
    translator.cache_clear()
    yield lambda text, tongue=Language.ZH_CN: translator(tongue)(text)
    translator.cache_clear()


@pytest.mark.parametrize(
    ("tongue", "words"), [(Language.ZH_CN, "你好，螺栓"), (Language.ZH_TW, "您好，螺栓"), (Language.EN, "Hello 螺栓")]
)
def test_a_text_is_said_in_each_language(speak: Callable[..., str], tongue: Language, words: str) -> None:
    assert speak(Text("greeting", {"name": "螺栓"}), tongue) == words


def test_money_quantities_and_dates_are_shown_as_they_print(speak: Callable[..., str]) -> None:
    assert speak(Text("greeting", {"name": Money(123450)})) == "你好，1234.50"
    assert speak(Text("greeting", {"name": Quantity.parse("2.5")})) == "你好，2.5"
    assert speak(Text("greeting", {"name": date(2026, 1, 31)})) == "你好，2026-01-31"


def test_a_text_within_a_text_is_translated_too(speak: Callable[..., str]) -> None:
    inner = Text("greeting", {"name": Text("item")})
    assert speak(Text("greeting", {"name": inner}), Language.EN) == "Hello Hello item"


def test_several_values_are_listed(speak: Callable[..., str]) -> None:
    several = Text("greeting", {"name": (Text("item"), "A1", 2)})
    assert speak(several) == "你好，商品、A1、2"
    assert speak(several, Language.EN) == "Hello item, A1, 2"


def test_what_has_no_words_is_shown_by_its_id_and_values(speak: Callable[..., str]) -> None:
    assert speak(Text("nobody.wrote_this")) == "nobody.wrote_this"
    assert speak(Text("nobody.wrote_this", {"item": Text("item"), "n": 3})) == "nobody.wrote_this (item=商品, n=3)"


def test_a_value_that_is_missing_leaves_its_place_standing(speak: Callable[..., str]) -> None:
    assert speak(Text("greeting")) == "你好，{name}"
    assert speak(Text("braces")) == "{花}"


@pytest.mark.parametrize("text", ["broken", "odd"])
def test_words_that_cannot_be_filled_never_stop_the_program(speak: Callable[..., str], text: str) -> None:
    assert speak(Text(text, {"name": "A"})) == f"{text} (name=A)"


def test_values_with_braces_are_shown_as_they_are(speak: Callable[..., str]) -> None:
    assert speak(Text("greeting", {"name": "{name}{0}%s"})) == "你好，{name}{0}%s"


def test_a_missing_catalogue_leaves_the_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "translation_dir", lambda: tmp_path)
    translator.cache_clear()
    assert translator(Language.EN)(Text("field.item")) == "field.item"
    translator.cache_clear()


@pytest.mark.parametrize(
    ("tag", "tongue"),
    [
        ("zh_CN.UTF-8", Language.ZH_CN),
        ("zh-Hans-SG", Language.ZH_CN),
        ("zh", Language.ZH_CN),
        ("zh_TW", Language.ZH_TW),
        ("zh-Hant-HK", Language.ZH_TW),
        ("ZH_mo", Language.ZH_TW),
        ("en_GB.UTF-8", Language.EN),
        ("de_DE", Language.ZH_CN),
        ("C", Language.ZH_CN),
        ("", Language.ZH_CN),
    ],
)
def test_the_language_follows_the_locale(tag: str, tongue: Language) -> None:
    assert closest_language(tag) is tongue


def test_the_committed_catalogues_say_what_the_table_says() -> None:
    texts = read_texts(TABLE)
    assert stale_catalogues(texts, compile_catalogues.FOLDER) == [], "run `python -m tools.compile_catalogues`"
    assert translator(Language.ZH_CN)(Text("document.type.goods_receipt")) == "采购入库单"
    assert translator(Language.ZH_TW)(Text("document.type.goods_receipt")) == "採購入庫單"
    assert translator(Language.EN)(Text("document.type.goods_receipt")) == "Goods receipt"


def test_the_same_table_makes_the_same_files(tmp_path: Path) -> None:
    texts = read_texts(TABLE)
    write_catalogues(texts, tmp_path / "one")
    write_catalogues(dict(reversed(texts.items())), tmp_path / "two")
    for path in (tmp_path / "one").rglob("jxc.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_a_text_added_to_the_table_makes_the_catalogues_stale(tmp_path: Path) -> None:
    texts = read_texts(TABLE)
    write_catalogues(texts, tmp_path)
    assert stale_catalogues(texts, tmp_path) == []
    assert len(stale_catalogues({**texts, "new": dict.fromkeys(compile_catalogues.LANGUAGES, "新")}, tmp_path)) == 6
    (tmp_path / "en" / "LC_MESSAGES" / "jxc.mo").unlink()
    assert stale_catalogues(texts, tmp_path) == ["en/LC_MESSAGES/jxc.mo"]


def test_all_faults_of_a_table_are_named_by_line(tmp_path: Path) -> None:
    table = tmp_path / "texts.csv"
    table.write_text(HEADER + "a,一,一,one\nb,二,二\na,一,一,one\nc,三,,three\nd,{x},{x},{y}\n", encoding="utf-8")
    with pytest.raises(BadTable) as refusal:
        read_texts(table)
    assert str(refusal.value).splitlines() == [
        "texts.csv:3: 4 columns wanted, 3 found",
        "texts.csv:4: a is there already",
        "texts.csv:5: c: a language has no words",
        "texts.csv:6: d: the languages have different placeholders",
    ]


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "texts.csv"
    table.write_text("id,en\na,b\n", encoding="utf-8")
    with pytest.raises(BadTable, match="line 1"):
        read_texts(table)
