"""Advice of the role model: used only with the encoder it was trained with, and only where rules are unsure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.errors import ConfigError
from feedback_synth.opinions import extract, role_model
from feedback_synth.opinions.role_model import PROBE, ROLES, Example


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Two directions: texts that speak of a bridge, and others."""
    rows = [[1.0, 0.0] if "cầu" in t else [0.0, 1.0] for t in texts]
    return np.array(rows, dtype=np.float32)


def other(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[0.6, 0.8]] * len(texts), dtype=np.float32)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> role_model.Model:
    """A model that takes bridges for opinions and everything else for asides."""
    vectors = np.zeros((2, len(ROLES)), dtype=np.float32)
    vectors[0, ROLES.index("opinion")] = 5
    vectors[1, ROLES.index("other")] = 5
    np.savez(
        tmp_path / "roles.npz",
        vectors=vectors,
        words=np.zeros((role_model.size(), len(ROLES)), dtype=np.float16),
        bias=np.zeros(len(ROLES), dtype=np.float32),
        means=np.zeros((3, 2), dtype=np.float32),
        codes=np.array(["en", "fr", "vi"]),
        probe=encode([PROBE])[0],
    )
    model = role_model.load(tmp_path)
    assert model is not None
    monkeypatch.setattr(role_model, "_load", lambda: model)
    return model


def letter(text: str) -> Document:
    return Document("d", "l.txt", "0" * 64, "letter", "vi", (Block("d/b1", text, Locator()),))


SPOKEN = "Cây cầu treo bắc qua suối từ thời ông bà để lại. Thầy giáo người Hà Nội, lên đây từ mùa xuân năm ấy."


@pytest.mark.usefixtures("shipped")
def test_a_sentence_without_cue_becomes_an_opinion_by_the_model() -> None:
    found = extract(letter(SPOKEN), encode=encode)
    assert [o.text for o in found.opinions] == ["Cây cầu treo bắc qua suối từ thời ông bà để lại."]
    assert found.passages[0].evidence.startswith("model:opinion")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("encoder", [None, other])
def test_no_advice_without_its_own_encoder(encoder: role_model.Encoder | None) -> None:
    assert not extract(letter(SPOKEN), encode=encoder).opinions


@pytest.mark.usefixtures("shipped")
def test_a_weak_cue_is_taken_back_but_a_question_stands() -> None:
    assert not extract(letter("Đường lên bản dài và xa lắm."), encode=encode).opinions
    assert extract(letter("Ai trả tiền điện cho trạm bơm?"), encode=encode).opinions


def test_a_folder_without_model_gives_none(tmp_path: Path) -> None:
    assert role_model.load(tmp_path) is None


@pytest.mark.parametrize("damage", ["empty", "cut", "no archive", "other arrays", "other shapes"])
def test_a_damaged_model_is_told_in_a_sentence(tmp_path: Path, shipped: role_model.Model, damage: str) -> None:
    file = tmp_path / "roles.npz"
    if damage == "other arrays":
        np.savez(file, weights=np.zeros(3))
    elif damage == "other shapes":
        np.savez(
            file,
            vectors=shipped.vectors[:1],
            words=shipped.words,
            bias=shipped.bias,
            means=shipped.means,
            codes=np.array(shipped.codes),
            probe=shipped.probe,
        )
    else:
        content = file.read_bytes()
        file.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "no archive": b"\x80\x04K\x01."}[damage])
    with pytest.raises(ConfigError, match=r"The trained model .* is damaged"):
        role_model.load(tmp_path)


def test_features_are_bounded_and_repeatable() -> None:
    example = Example("Đề nghị bổ sung 30% kinh phí?", "vi", "request")
    found = role_model.features(example)
    assert found == role_model.features(example)
    assert max(found) < role_model.size()
    assert all(0 < value <= 1 for value in found.values())


def test_chances_sum_to_one(shipped: role_model.Model) -> None:
    chances = shipped.chances([Example("Cây cầu", "vi", "neutral"), Example("", "en", "neutral")], encode)
    assert np.allclose(chances.sum(axis=1), 1)
