"""The business of the scenarios, for either kind of taxpayer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .business import open_business

if TYPE_CHECKING:
    from pathlib import Path

    from .business import Business


@pytest.fixture
def general(tmp_path: Path) -> Business:
    """The shop as a general taxpayer."""
    return open_business(tmp_path, "general")


@pytest.fixture
def small(tmp_path: Path) -> Business:
    """The shop as a small-scale taxpayer."""
    return open_business(tmp_path, "small")
