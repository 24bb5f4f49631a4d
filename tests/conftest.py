"""What every test shares: the profiles of hypothesis and where large real data may lie.

`JXC_PROFILE=nightly` (poe nightly) lets hypothesis search long and with fresh chance; without it all runs are alike.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

PROFILE = os.environ.get("JXC_PROFILE", "default")
ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "default",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=2000,
    stateful_step_count=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(PROFILE)


@pytest.fixture(scope="session")
def is_nightly() -> bool:
    """Whether the long profile runs: a test may then take minutes."""
    return PROFILE == "nightly"


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The developers' folder of large data beside the project; a test that needs it is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the large real data is not on this machine")
    return folder
