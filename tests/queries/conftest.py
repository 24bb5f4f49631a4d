"""A small shop for every test of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import Shop, open_shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A new book of a small-scale taxpayer, one pool per item."""
    made = open_shop(tmp_path)
    with made.book:
        yield made
