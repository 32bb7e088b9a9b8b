"""What tests of several rooms share."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
settings.register_profile("untimed", deadline=None)  # a busy machine fails no test
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real-shaped inputs."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Five real news texts that are not part of the repository; tests that need them are skipped without."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the news texts are not on this machine")
    return folder
