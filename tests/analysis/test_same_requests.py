"""The scorer of equal requests: what it may join, what no chance can join, and its file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth import config
from feedback_synth.analysis import _same, duplicates, encoders
from feedback_synth.analysis._clauses import clauses, cut
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Author, Opinion, Request
from feedback_synth.errors import ConfigError

HASHING = encoders.load("hashing")


def opinion(text: str, n: int, language: str = "vi", request: Request = "amend") -> Opinion:
    span = Span(f"s{n}/b1", 0, len(text))
    return Opinion(f"s{n}/b1/o1", f"s{n}", (span,), text, Author(organization=f"Xã số {n}"), language, request)


def scorer(bias: float, least: float = 0.5, **weights: float) -> _same.Scorer:
    """A scorer with these weights on signs (spaces as "_"), nothing else counting."""
    names = tuple(name.replace("_", " ") for name in weights)
    ones = np.ones(len(names))
    return _same.Scorer("hashing", names, 0 * ones, ones, np.array([*weights.values()]), bias, least, least)


def joined(scorer: _same.Scorer, *opinions: Opinion) -> list[list[int]]:
    return duplicates.judged(duplicates.look(opinions, (), HASHING), scorer)


CREDULOUS = scorer(bias=9.0)
ROAD = "Nâng tỷ lệ đường thôn được cứng hóa lên 80% vào năm 2030"


def test_what_is_likely_is_joined_across_languages() -> None:
    english = opinion("Raise the share of paved village roads to 80%", 1, "en")
    assert joined(CREDULOUS, opinion(ROAD, 0), english) == [[0, 1]]
    assert joined(scorer(bias=-9.0), opinion(ROAD, 0), english) == []


@pytest.mark.parametrize(
    ("text", "language", "request_"),
    [
        ("Nâng tỷ lệ đường thôn được cứng hóa lên 85% vào năm 2030", "vi", "amend"),
        ("Giảm tỷ lệ đường thôn được cứng hóa xuống, mức 80% là quá cao", "vi", "amend"),
        ("The share of paved village roads should not be lowered below 70%", "en", "amend"),
        ("Bỏ chỉ tiêu tỷ lệ đường thôn được cứng hóa", "vi", "delete"),
        ("Le taux de routes de village doit être ramené à 80 % : c’est trop", "fr", "amend"),
    ],
)
def test_no_chance_joins_what_is_at_odds(text: str, language: str, request_: Request) -> None:
    assert joined(CREDULOUS, opinion(ROAD, 0), opinion(text, 1, language, request_)) == []


def test_a_figure_to_leave_is_no_other_figure() -> None:
    told = "Mức 85% là quá cao, đề nghị hạ xuống còn 80% cho sát thực tế"
    assert joined(CREDULOUS, opinion(told, 0), opinion("85% is too high for the coast", 1, "en")) == [[0, 1]]
    assert joined(CREDULOUS, opinion(told, 0), opinion("85% is too high, 75% would do", 1, "en")) == []


def test_shares_of_a_wage_that_differ_are_two_requests() -> None:
    told = [opinion(f"Phụ cấp 0,5 mức lương cơ sở không đủ, nâng thành {to}", n) for n, to in enumerate(("0,8", "0,7"))]
    assert joined(CREDULOUS, *told) == []


def test_one_speaker_asks_once_in_one_source() -> None:
    spoken = [opinion(ROAD, 0), opinion("Tỷ lệ đường thôn cứng hóa phải cao hơn", 0)]
    assert joined(CREDULOUS, *spoken) == []


def test_no_chain_of_half_likenesses_makes_a_set() -> None:
    """The first asks what the second does, the second what the third does; the first and third share no word."""
    told = (
        "Sửa chữa mái nhà văn hóa thôn trước mùa mưa bão",
        "Sửa chữa mái nhà văn hóa thôn, lắp thêm đèn chiếu sáng sân bóng",
        "Lắp thêm đèn chiếu sáng sân bóng cho thanh niên tập luyện",
    )
    found = joined(scorer(bias=-1.0, words=6.0), *(opinion(text, n) for n, text in enumerate(told)))
    assert all(len(members) == 2 for members in found)


def test_a_clause_of_a_speech_is_near_the_short_request_that_it_makes() -> None:
    speech = "Bà con xã tôi năm nào cũng khổ vì lũ. Đề nghị sớm xây cầu qua suối Nậm Ban. Xin cảm ơn hội nghị."
    told = [opinion(speech, 0), opinion("Xây cầu qua suối Nậm Ban", 1), opinion("Tuyển thêm giáo viên mầm non", 2)]
    seen = duplicates.look(told, (), HASHING)
    parts = clauses(told, seen.clauses.whole, HASHING)
    assert parts.nearness(0, 1)[0] > float(seen.alike.meaning(0, 1))
    assert parts.nearness(0, 1)[0] > parts.nearness(0, 2)[0]


@given(st.text(max_size=400))
def test_clauses_keep_all_words(text: str) -> None:
    told = cut(text)
    assert 1 <= len(told) <= 8
    marks = str.maketrans("", "", " ;:–—-\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
    assert "".join(" ".join(told).translate(marks).split()) == "".join(text.translate(marks).split())


def test_the_reasons_of_a_set_are_told() -> None:
    copies = [opinion("Bổ sung kinh phí sửa chữa đường liên xã", n) for n in range(2)]
    assert [s.reasons for s in duplicates.find(copies)] == [("copy",)]
    near = [opinion(f"Hỗ trợ {n} học sinh bán trú 900 nghìn đồng mỗi tháng từ năm 2027", 1) for n in ("các", "mọi")]
    near[1] = opinion(near[1].text, 2)
    assert set(duplicates.find(near)[0].reasons) >= {"words", "figure"}


@given(st.lists(st.dictionaries(st.sampled_from(["meaning", "unknown sign"]), st.floats(-50, 50)), max_size=9))
def test_chances_are_chances(rows: list[dict[str, float]]) -> None:
    chances = _same.load(config.models_folder() / "duplicates").chances(rows)
    assert chances.shape == (len(rows),)
    assert ((chances >= 0) & (chances <= 1)).all()


def test_the_shipped_scorer_fits_the_shipped_encoder() -> None:
    shipped = _same.load(config.models_folder() / "duplicates")
    heads = json.loads((config.models_folder() / "groups" / "head.json").read_text(encoding="utf-8"))
    assert shipped.encoder == heads["encoder"]
    assert 0 < shipped.join <= shipped.least < 1


@pytest.mark.parametrize("damage", ["{}", "not json", "[]", '{"signs": ["a"], "mean": [1, 2], "scale": [1]}'])
def test_a_damaged_scorer_is_refused(tmp_path: Path, damage: str) -> None:
    (tmp_path / "scorer.json").write_text(damage)
    with pytest.raises(ConfigError, match="damaged"):
        _same.load(tmp_path)


def test_a_missing_scorer_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing"):
        _same.load(tmp_path)
