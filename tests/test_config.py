from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[bytes], tuple[dict[str, Any], ...]]]:
    """Read groups.toml as a team has written it."""
    monkeypatch.setattr(config, "DATA", tmp_path)
    config.load_toml.cache_clear()
    config.content_groups.cache_clear()

    def read(content: bytes) -> tuple[dict[str, Any], ...]:
        (tmp_path / "groups.toml").write_bytes(content)
        return config.content_groups()

    yield read
    config.load_toml.cache_clear()
    config.content_groups.cache_clear()


def test_a_team_may_write_groups_with_the_editor_of_windows(
    groups: Callable[[bytes], tuple[dict[str, Any], ...]],
) -> None:
    found = groups('\ufeff[[groups]]\r\nkey = "health"\r\nnames = { vi = "Y tế" }\r\n'.encode())
    assert found[0]["names"] == {"vi": "Y tế"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'[[groups]]\nkey = "health"\n', r"group 1 \(health\)"),
        (b'[[groups]]\nnames = { vi = "x" }\n', r"group 1 \(\?\)"),
        (b'[[groups]]\nkey = "a"\nnames = { vi = "x" }\n' * 2, r"group 2 \(a\) .* no other group"),
        (b'[[groups]]\nkey = "Y t\xea"', "not valid TOML"),
    ],
)
def test_what_a_group_lacks_is_said(
    groups: Callable[[bytes], tuple[dict[str, Any], ...]], content: bytes, words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        groups(content)
