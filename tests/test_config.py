from pathlib import Path

import pytest

from feedback_synth import config
from feedback_synth.errors import ConfigError


def test_every_toml_file_of_the_product_can_be_read() -> None:
    files = sorted(p.relative_to(config.DATA).as_posix() for p in config.DATA.rglob("*.toml"))
    assert files
    for name in files:
        assert config.load_toml(name), name


def test_a_missing_data_file_is_a_sentence() -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml is missing"):
        config.load_toml("nowhere.toml")


def test_models_can_lie_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FEEDBACK_SYNTH_MODELS", str(tmp_path))
    assert config.models_folder() == tmp_path
