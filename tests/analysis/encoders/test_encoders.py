"""Encoders: what they promise about shape, length, speed of start, silence, and damaged models."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_synth import config
from feedback_synth.analysis import encoders
from feedback_synth.errors import ConfigError

FOLDER = config.models_folder() / "encoder"
TRIOS = [
    ("Đề nghị nâng mức phụ cấp cho giáo viên.", "Raise the allowance of teachers.", "Relevez l'indemnité des maîtres."),
    ("Con đường vào bản bị sạt lở.", "The road to the village slid away.", "La route du village s'est effondrée."),
    ("Sửa lỗi chính tả ở trang 3.", "Correct the spelling on page 3.", "Corrigez l'orthographe de la page 3."),
]


@pytest.fixture(scope="module")
def encode() -> encoders.Encoder:
    return encoders.load(threads=1)


def test_rows_are_unit_length_float32(encode: encoders.Encoder) -> None:
    vectors = encode(["Một ý kiến", "an opinion", "", "😀", "ສະບາຍດີ", "\udcff"])
    assert vectors.shape == (6, 384) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert encode([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(encode: encoders.Encoder) -> None:
    texts = ["Thêm chỉ tiêu.", "A much longer opinion about the road, the school and the bridge of the commune."]
    both = encode([*texts, texts[0]])
    assert np.array_equal(both[0], encode([texts[0]])[0]) and np.array_equal(both[0], both[2])
    assert np.array_equal(both[1], encode([texts[1]])[0])


def test_texts_of_one_length_that_go_together_have_the_vectors_they_have_alone(encode: encoders.Encoder) -> None:
    texts = [f"Đề nghị sửa Điều {n}." for n in range(1, 10)] + [
        f"Raise the rate to {n} %, please." for n in range(1, 10)
    ]
    together = encode(texts)
    assert np.array_equal(together, encode(texts[::-1])[::-1])
    assert np.array_equal(together, np.concatenate([encode([text]) for text in texts]))


def test_a_text_of_100_000_characters_is_read_as_far_as_the_model_reaches(encode: encoders.Encoder) -> None:
    text = "Đề nghị bổ sung kinh phí. " * 4000
    assert np.array_equal(encode([text]), encode([text[:20_000]]))


def test_centred_translations_find_each_other(encode: encoders.Encoder) -> None:
    sides = [
        encoders.centred(encode(list(texts)), [code] * 3, encode)
        for code, texts in zip(("vi", "en", "fr"), zip(*TRIOS, strict=True), strict=True)
    ]
    for one in sides:
        for other in sides:
            assert (one @ other.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_centring_estimates_means_where_an_encoder_has_none() -> None:
    vectors = encoders.load("hashing")([f"text number {n}" for n in range(40)])
    found = encoders.centred(vectors, ["en"] * 30 + ["fr"] * 10)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(found[30:], vectors[30:])  # ten texts are too few for a mean
    assert abs(float(found[:30].mean())) < abs(float(vectors[:30].mean())) + 1e-3
    with pytest.raises(ValueError, match="languages"):
        encoders.centred(vectors, ["en"])


@given(st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=40)
def test_hashing_gives_unit_rows_for_any_text(texts: list[str]) -> None:
    vectors = encoders.load("hashing")(texts)
    assert vectors.shape == (len(texts), 256)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_remembering_asks_once_and_keeps_encoders_apart() -> None:
    asked: list[str] = []

    def counting(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return encoders.load("hashing")(texts)

    memory: dict[str, bytes] = {}
    encode = encoders.remembering(counting, memory)  # type: ignore[arg-type]
    first = encode(["a b", "c d", "a b"])
    assert asked == ["a b", "c d"]
    assert np.array_equal(encode(["c d", "a b"]), first[[1, 0]]) and asked == ["a b", "c d"]
    counting.name = "another"  # type: ignore[attr-defined]
    encoders.remembering(counting, memory)(["a b"])  # type: ignore[arg-type]
    assert len(memory) == 3


def test_default_path_imports_no_torch_and_writes_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from feedback_synth.analysis import encoders\n"
        "assert encoders.load(threads=1)(['xin chào']).shape == (1, 384)\n"
        "slow = {'torch', 'sentence_transformers', 'transformers', 'sklearn', 'scipy'} & set(sys.modules)\n"
        "import os; print(sorted(slow), os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    home = tmp_path / "home"
    home.mkdir()
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA", "TMPDIR")}
    clean = {key: value for key, value in os.environ.items() if key != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], env=clean | places, cwd=home, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[] 1"
    assert list(home.rglob("*")) == []


def _copy(tmp_path: Path) -> Path:
    copy = tmp_path / "models" / "encoder"
    shutil.copytree(FOLDER, copy)
    return copy


def test_missing_model_says_which_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDBACK_SYNTH_MODELS", str(tmp_path))
    with pytest.raises(ConfigError, match="encoder is missing"):
        encoders.load()
    copy = _copy(tmp_path)
    monkeypatch.setenv("FEEDBACK_SYNTH_MODELS", str(copy.parent))
    (copy / "tokenizer.json").unlink()
    with pytest.raises(ConfigError, match=r"tokenizer\.json is missing"):
        encoders.load()


def test_damaged_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = _copy(tmp_path)
    monkeypatch.setenv("FEEDBACK_SYNTH_MODELS", str(copy.parent))
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"damaged!")
    with pytest.raises(ConfigError, match=r"model\.safetensors is damaged"):
        encoders.load()
    (copy / "checksums.json").write_text("[]")
    with pytest.raises(ConfigError, match=r"checksums\.json is damaged"):
        encoders.load()


def test_checksums_are_of_these_files() -> None:
    assert sorted(json.loads((FOLDER / "checksums.json").read_text())) == [
        "config.json",
        "language_means.json",
        "model.onnx",
        "model.safetensors",
        "tokenizer.json",
    ]
    assert sum(p.stat().st_size for p in FOLDER.rglob("*") if p.is_file()) <= 70_000_000


def test_sentence_transformers_gives_the_same_vectors(encode: encoders.Encoder) -> None:
    pytest.importorskip("sentence_transformers")
    texts = [text for trio in TRIOS for text in trio]
    other = encoders.load(str(FOLDER))
    likeness = (other(texts) * encode(texts)).sum(axis=1)
    assert likeness.mean() >= 0.999 and likeness.min() >= 0.997
    assert encoders.fingerprint(other) == encoders.fingerprint(encode)


def test_unknown_encoder_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ConfigError, match="cannot be loaded"):
        encoders.load("/no/such/folder")
