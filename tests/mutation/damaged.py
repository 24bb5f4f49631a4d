"""Copies of the costing modules with one text replaced, under a package of their own."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from jxc_desktop.domain import inventory
from tests.domain.inventory.walk import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGINAL = inventory.__name__
FOLDER = Path(inventory.__path__[0])
COPY = "damaged_inventory"
# In the order they import each other.
MODULES = (
    *("pool", "movement", "layer", "landed_cost", "covering"),
    *("costing.moving_average", "costing.fifo", "lane"),
)


class Damage(NamedTuple):
    """One replacement in one module."""

    name: str
    module: str
    old: str
    new: str


NO_DAMAGE = Damage("nothing", "lane", "", "")


def source_of(module: str) -> str:
    """The text of a costing module."""
    return FOLDER.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")


@contextmanager
def damaged(damage: Damage) -> Iterator[tuple[Engine, Engine]]:
    """Engines made of copies of all costing modules, one of them damaged: with moving average, and with layers."""
    texts = {module: source_of(module) for module in MODULES}
    texts[damage.module] = texts[damage.module].replace(damage.old, damage.new)
    packages = {name: ModuleType(name) for name in (COPY, f"{COPY}.costing")}
    for package in packages.values():
        package.__path__ = []
    sys.modules.update(packages)
    try:
        made = {module: _load(module, text) for module, text in texts.items()}
    finally:
        for name in (*packages, *(f"{COPY}.{module}" for module in MODULES)):
            sys.modules.pop(name, None)
    engine = Engine(made["pool"], made["movement"], made["lane"], made["costing.moving_average"], made["layer"])
    yield engine, engine._replace(method=made["costing.fifo"])


def _load(module: str, text: str) -> ModuleType:
    name = f"{COPY}.{module}"
    made = ModuleType(name)
    made.__package__ = name.rpartition(".")[0]
    sys.modules[name] = made
    exec(compile(text.replace(ORIGINAL, COPY), f"<{name}>", "exec"), made.__dict__)  # noqa: S102 — our own source
    return made
