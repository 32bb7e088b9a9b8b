"""Linear heads: saved as plain arrays, read back, refused when damaged."""

from pathlib import Path

import numpy as np
import pytest

from feedback_synth import heads
from feedback_synth.analysis import _learning
from feedback_synth.errors import ConfigError

TEXTS = ["thêm tiền", "tiền đâu", "cần tiền", "đường hỏng", "đường xa", "sửa đường"] * 3
LABELS = ["money", "money", "money", "road", "road", "road"] * 3


def learned(vectors: np.ndarray | None = None) -> heads.Head:
    return _learning.learn(TEXTS, LABELS, ["road", "money"], vectors, [{}] * len(TEXTS), encoder="none")


def test_a_head_without_vectors_learns_words_and_names_them() -> None:
    head = learned()
    found = head.predict(["tiền lương", "con đường"], None, [{}, {}])
    assert head.labels == ("road", "money")
    assert [p.best for p in found] == ["money", "road"]
    assert found[0].words[0] == "tiền"
    assert sum(found[0].probabilities) == pytest.approx(1)


def test_signs_speak() -> None:
    signs = [{"section=a": 1.0} if label == "road" else {"section=b": 1.0} for label in LABELS]
    head = _learning.learn(["x"] * len(LABELS), LABELS, ["road", "money"], None, signs, encoder="none")
    assert [p.best for p in head.predict(["x", "x"], None, [{"section=a": 1.0}, {"section=b": 1.0}])] == [
        "road",
        "money",
    ]


def test_save_and_load(tmp_path: Path) -> None:
    vectors = np.eye(18, 8, dtype=np.float32)
    head = learned(vectors)
    heads.save(head, tmp_path)
    again = heads.load(tmp_path)
    assert again.labels == head.labels and again.examples == tuple(TEXTS) and again.temperature == head.temperature
    one, other = (h.predict(TEXTS, vectors, [{}] * 18) for h in (head, again))
    assert np.allclose([p.probabilities for p in one], [p.probabilities for p in other], atol=5e-3)
    assert again.nearest(vectors[3], "road", 1) == (TEXTS[3],)
    assert b"pickle" not in (tmp_path / "head.npz").read_bytes()


@pytest.mark.parametrize("damage", ["{}", "not json", "[]"])
def test_damaged_heads_are_refused(tmp_path: Path, damage: str) -> None:
    heads.save(learned(), tmp_path)
    (tmp_path / "head.json").write_text(damage)
    with pytest.raises(ConfigError, match="damaged"):
        heads.load(tmp_path)


def test_truncated_arrays_are_refused(tmp_path: Path) -> None:
    heads.save(learned(), tmp_path)
    (tmp_path / "head.npz").write_bytes((tmp_path / "head.npz").read_bytes()[:500])
    with pytest.raises(ConfigError, match="damaged"):
        heads.load(tmp_path)


def test_shipped_heads_fit_the_shipped_encoder() -> None:
    from feedback_synth import config
    from feedback_synth.analysis.encoders import _means

    name = _means.name(config.models_folder() / "encoder")
    for folder in ("groups", "requests"):
        head = heads.load(config.models_folder() / folder)
        assert head.encoder == name and head.dimension == 384
