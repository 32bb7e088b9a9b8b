"""The parts that build the encoder: 8-bit floats, the reduced vocabulary, the checksums of what is committed."""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.building import float8, ranges, rounding, vocabulary  # noqa: E402


@given(st.lists(st.floats(-500, 500, width=32), min_size=1, max_size=50))
def test_float8_is_the_nearest_value(numbers: list[float]) -> None:
    values = float8.float8_values()
    known = values[[code for code in range(256) if code & 127 != 127]].astype(np.float64)
    for number, code in zip(numbers, float8.to_float8(np.array(numbers, np.float32)), strict=True):
        nearest = np.abs(known - np.float32(number)).min()
        assert abs(float(values[code]) - np.float32(number)) == pytest.approx(nearest, abs=1e-9)


def test_float8_agrees_with_torch() -> None:
    torch = pytest.importorskip("torch")
    numbers = np.linspace(-440, 440, 9999).astype(np.float32)
    theirs = torch.from_numpy(numbers).to(torch.float8_e4m3fn).view(torch.uint8).numpy()
    values = float8.float8_values()
    assert np.array_equal(values[float8.to_float8(numbers)], values[theirs])


@given(st.sets(st.integers(0, 300), min_size=1))
def test_vocabulary_file_round_trip(tmp_path_factory: pytest.TempPathFactory, ids: set[int]) -> None:
    path = tmp_path_factory.mktemp("vocabulary") / "v.txt"
    vocabulary.write(path, sorted(ids))
    assert vocabulary.read(path) == sorted(ids)


def test_a_text_of_kept_pieces_is_cut_as_before() -> None:
    tokenizers = pytest.importorskip("tokenizers")
    whole = (ROOT / "models" / "encoder" / "tokenizer.json").read_text(encoding="utf-8")
    texts = ["Đề nghị sửa khoản 2 Điều 5.", "The road is cut off.", "L'école n'a pas d'eau."]
    first = tokenizers.Tokenizer.from_str(whole)
    used = {i for text in texts for i in first.encode(text).ids}
    pieces = json.loads(whole)["model"]["vocab"]
    least = min(range(4, len(pieces) - 1), key=lambda i: pieces[i][1])
    kept = sorted(used | {0, 1, 2, 3, least, len(pieces) - 1})
    second = tokenizers.Tokenizer.from_str(vocabulary.reduce(whole, kept))
    assert second.get_vocab_size() == len(kept)
    for text in texts:
        assert second.encode(text).tokens == first.encode(text).tokens


def test_steps_reach_beyond_what_was_measured() -> None:
    found = ranges.read(ROOT / "models" / "data" / "ranges.npz")
    for name, largest in found.largest.items():
        steps = found.steps(name).astype(np.float64)
        assert np.isfinite(steps).all() and steps.min() > 0
        assert (largest.astype(np.float64) / steps).max() < 127


@given(st.lists(st.floats(0, 60_000, width=16), min_size=1, max_size=20).filter(any))
def test_ranges_file_round_trip(tmp_path_factory: pytest.TempPathFactory, numbers: list[float]) -> None:
    path = tmp_path_factory.mktemp("ranges") / "r.npz"
    values = np.array(numbers, np.float16)
    ranges.write(path, ranges.Ranges({"a.b": values}, {"a.b": -values}))
    assert np.array_equal(ranges.read(path).largest["a.b"], values)
    assert np.array_equal(ranges.read(path).mean["a.b"], -values)


@given(st.integers(0, 2**32 - 1))
def test_rounded_weights_do_not_overflow_and_the_bias_gives_back_what_they_lose(seed: int) -> None:
    random = np.random.default_rng(seed)
    weights = (random.standard_normal((6, 32)) * random.uniform(0.01, 3, (6, 1))).astype(np.float16)
    bias, steps = random.standard_normal(6).astype(np.float16), random.uniform(1e-3, 0.1, 32).astype(np.float16)
    mean = random.standard_normal(32).astype(np.float16)
    found = rounding.rounded(weights, bias, steps, mean)
    scaled = weights.astype(np.float64) * steps.astype(np.float64)
    whole = np.round(scaled / found.scale.astype(np.float64)[:, None])
    for sign in (1, -1):
        assert np.maximum(sign * whole, 0).reshape(6, 16, 2).sum(axis=2).max() * 255 < 2**15
    entering = mean.astype(np.float64)
    exact = weights.astype(np.float64) @ entering + bias
    told = (whole * found.scale.astype(np.float64)[:, None]) @ (entering / steps.astype(np.float64)) + found.bias
    assert told == pytest.approx(exact, abs=2e-3 * max(1.0, float(np.abs(exact).max())))


def test_committed_model_is_what_its_checksums_say() -> None:
    folder = ROOT / "models" / "encoder"
    for name, known in json.loads((folder / "checksums.json").read_text()).items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == known
