"""Finding among 200,000 items: what is typed most, and what matches most."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING

from jxc_desktop.db.search.sounds import readings
from jxc_desktop.queries.find import KINDS, find
from jxc_desktop.services.masters import CardChange, set_cards
from tests.benchmarks.books import BigBook
from tests.benchmarks.figure import Figure, percentile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jxc_desktop.services.book import Book

ITEMS, DOCUMENTS, CHUNK = 200_000, 20_000, 20_000
ASKED, TIMES = 30, 20
"""So many different texts of a kind, each so many times."""

MAKERS = [
    "农夫山泉",
    "可口可乐",
    "怡宝",
    "康师傅",
    "统一",
    "重庆",
    "长城",
    "乐百氏",
    "蒙牛",
    "伊利",
    "金龙鱼",
    "海天",
    "老干妈",
    "得力",
    "晨光",
    "公牛",
    "华为",
    "小米",
    "九阳",
    "美的",
    "格力",
    "海尔",
    "立白",
    "蓝月亮",
    "心相印",
    "洁柔",
    "维达",
    "旺旺",
    "双汇",
    "光明",
]
KINDS_OF_GOODS = [
    "红色",
    "蓝色",
    "大号",
    "小号",
    "家用",
    "商用",
    "特价",
    "精装",
    "普通",
    "加厚",
    "加长",
    "迷你",
    "豪华",
    "经典",
    "新款",
    "不锈钢",
    "塑料",
    "便携",
    "无糖",
    "原味",
    "香辣",
    "清爽",
]
GOODS = [
    "纯净水",
    "矿泉水",
    "方便面",
    "小面",
    "火锅底料",
    "酱油",
    "食用油",
    "牛奶",
    "酸奶",
    "中性笔",
    "笔记本",
    "插座",
    "灯泡",
    "手机壳",
    "充电器",
    "豆浆机",
    "电饭煲",
    "空调",
    "冰箱",
    "洗衣液",
    "抽纸",
    "卷纸",
    "雪饼",
    "螺丝",
    "螺母",
    "垫片",
    "钢管",
    "电线",
    "开关",
    "水龙头",
    "毛巾",
    "牙膏",
    "剪刀",
    "胶带",
]


def find_figures(folder: Path, scale: float) -> Iterator[Figure]:
    """p95 of a whole question for all kinds and as a picker asks, with a party's history."""
    made = BigBook(folder / "book.jxc", int(DOCUMENTS * scale))
    names = fill_with_items(made.book, int(ITEMS * scale) - len(made.items))
    typed = {
        "one_character": _commonest(names, 1),
        "two_characters": _commonest(names, 2),
        "three_initials": _commonest([_initials(name) for name in names], 3),
    }
    for name, texts in typed.items():
        assert all(made.book.read(find, text=text) for text in texts)
        yield Figure(f"find.{name}", _p95(made.book, texts, KINDS, "客户1"), 16, "ms p95")
    by_key = [word[:length] for word in (*texts, "nongfu", "chongq", "hongse") for length in range(1, len(word) + 1)]
    yield Figure("find.picker_per_key", _p95(made.book, by_key, ("item",), "客户1"), 40, "ms p95")
    made.book.close()


def fill_with_items(book: Book, count: int) -> list[str]:
    """So many items as a large shop names them; their names."""
    chance = random.Random(3)
    names = [_name(chance) for _ in range(count)]
    for start in range(0, len(names), CHUNK):
        book.do(set_cards, changes=[_card(book, chance, start, n) for n in enumerate(names[start : start + CHUNK])])
    book.checkpoint()
    return names


def _name(chance: random.Random) -> str:
    return chance.choice(MAKERS) + chance.choice(KINDS_OF_GOODS) + chance.choice(GOODS)


def _card(book: Book, chance: random.Random, start: int, numbered: tuple[int, str]) -> CardChange:
    number, name = numbered
    fields = {
        "code": f"B{start + number:06d}",
        "name": name,
        "spec": f"{chance.choice((100, 250, 330, 500, 550))}{chance.choice(('ml', 'g', 'mm'))}",
        "base_unit": "个",
        "kind": "goods",
        "is_active": 1,
        "barcodes": [{"barcode": f"69{chance.randrange(10**11):011d}", "unit": "个"}],
    }
    return CardChange("item", fields, book.ids.new_id())


def _initials(name: str) -> str:
    return "".join(readings(each)[0][0] for each in name)


def _commonest(names: Sequence[str], length: int) -> list[str]:
    found = Counter(name[start : start + length] for name in names for start in range(len(name) - length + 1))
    return [text for text, _count in found.most_common(ASKED)]


def _p95(book: Book, texts: Sequence[str], kinds: Sequence[str], party: str) -> float:
    times = []
    for number in range(TIMES * ASKED):
        began = time.perf_counter()
        book.read(find, text=texts[number % len(texts)], kinds=kinds, party=party)
        times.append((time.perf_counter() - began) * 1_000)
    return percentile(times, 0.95)
