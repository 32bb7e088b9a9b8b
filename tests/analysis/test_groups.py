"""Content groups: rules without a model, the trained head, a team's own head."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth import config
from feedback_synth.analysis import encoders, groups
from feedback_synth.analysis._placing import Place
from feedback_synth.datamodel.analysis import Assignment
from feedback_synth.datamodel.opinion import Author, Opinion
from feedback_synth.errors import ConfigError

KEYS = [row["key"] for row in config.load_toml("groups.toml")["groups"]]


def opinion(text: str, language: str = "en", request: str = "other", number: int = 0) -> Opinion:
    return Opinion(f"s/b{number}/o1", "s", (), text, Author(), language, request)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "text", "group"),
    [
        ("vi", "Đề nghị nâng chỉ tiêu trường có thư viện số lên 80%.", "indicators"),
        ("vi", "De nghi nang chi tieu truong co thu vien so len 80%.", "indicators"),
        ("vi", "Xin thêm 20 chỉ tiêu biên chế, giao Sở Nội vụ tuyển dụng.", "tasks_solutions"),
        ("vi", "Bố trí 12 tỷ đồng từ ngân sách tỉnh.", "funding"),
        ("vi", "Trường thiếu 6 phòng học, mái dột nát.", "difficulties"),
        ("vi", "Thay cụm từ ở phần mở đầu cho đúng thể thức.", "other"),
        ("en", "Add a baseline to each target.", "indicators"),
        ("en", "The allowance should be paid from the provincial budget.", "funding"),
        ("fr", "La pénurie d'enseignants dure, les classes sont surchargées.", "difficulties"),
        ("fr", "Corriger l'orthographe du titre et la numérotation.", "other"),
    ],
)
def test_rules_know_plain_cases(language: str, text: str, group: str) -> None:
    assert groups.assign([opinion(text, language)])[0].group == group


@given(st.text(max_size=300), st.sampled_from(["vi", "en", "fr", "lo", ""]))
def test_rules_give_a_known_group_and_shares_for_any_text(text: str, language: str) -> None:
    assignment = groups.assign([opinion(text, language)])[0]
    assert [name for name, _ in assignment.scores] == KEYS
    assert sum(score for _, score in assignment.scores) == pytest.approx(1, abs=0.01)
    assert assignment.group in KEYS and assignment.group not in assignment.secondary


@pytest.fixture(scope="module")
def encode() -> encoders.Encoder:
    return encoders.load(threads=1)


@pytest.mark.parametrize(
    ("language", "text", "group"),
    [
        ("vi", "Chỉ tiêu 95% hộ có nước sạch vào năm 2027 là quá cao, hạ xuống 80%.", "indicators"),
        ("vi", "Lùi mốc hoàn thành chợ trung tâm sang năm 2029.", "tasks_solutions"),  # a task's deadline
        ("vi", "Cử cán bộ thú y xuống từng bản tiêm phòng cho đàn trâu.", "tasks_solutions"),
        ("en", "Who pays the guards at night once the project is over?", "funding"),
        ("en", "Since the flood we have had no drinking water.", "difficulties"),
        ("fr", "Le mot « écosystème » est obscur, dites-le autrement.", "other"),
        ("fr", "Il manque un objectif chiffré pour les foyers raccordés au réseau d'eau.", "indicators"),
    ],
)
def test_trained_head_knows_plain_cases(encode: encoders.Encoder, language: str, text: str, group: str) -> None:
    assignment = groups.assign([opinion(text, language)], encode)[0]
    assert assignment.group == group
    assert [name for name, _ in assignment.scores] == KEYS
    assert sum(score for _, score in assignment.scores) == pytest.approx(1, abs=0.01)
    assert any(word.startswith("≈ ") for word in assignment.evidence)


def test_unreadable_opinions_ask_for_review(encode: encoders.Encoder) -> None:
    strange = [opinion("ພວກເຮົາຕ້ອງການນໍ້າ", "lo"), opinion("😀😀", "en"), opinion("", "vi"), opinion("ວຽງຈັນ ນໍ້າ", "en")]
    assert all(assignment.needs_review for assignment in groups.assign(strange, encode))


def test_a_long_opinion_is_assigned(encode: encoders.Encoder) -> None:
    assert groups.assign([opinion("Bố trí kinh phí từ ngân sách tỉnh. " * 3000, "vi")], encode)[0].group == "funding"


def test_another_encoder_falls_back_to_the_rules() -> None:
    given = [opinion("The allowance should be paid from the budget.")]
    assert groups.assign(given, encoders.load("hashing")) == groups.assign(given)


def labelled() -> list[groups.LabelledOpinion]:
    texts = {
        "roads": [
            "Pave the road to the hamlet.",
            "The bridge on the road is old.",
            "Roads need drains.",
            "A wider road.",
        ],
        "water": ["Clean water for all.", "The water pipe is broken.", "Build a water tank.", "Water meters, please."],
    }
    return [
        groups.LabelledOpinion(opinion(text, number=n), group)
        for group, rows in texts.items()
        for n, text in enumerate(rows)
    ]


def test_a_team_teaches_groups_of_its_own(tmp_path: Path) -> None:
    encode = encoders.load("hashing")
    groups.learn(labelled(), encode, tmp_path / "own")
    found = groups.assign([opinion("Repair the road"), opinion("More water")], encode, head=tmp_path / "own")
    assert [a.group for a in found] == ["roads", "water"]
    assert [name for name, _ in found[0].scores] == ["roads", "water"]


def test_learning_says_what_is_missing(tmp_path: Path) -> None:
    encode = encoders.load("hashing")
    with pytest.raises(ConfigError, match="have one: roads"):
        groups.learn(labelled()[:1], encode, tmp_path)
    with pytest.raises(ConfigError, match="two groups"):
        groups.learn(labelled()[:4], encode, tmp_path)


def test_a_head_for_another_dimension_is_refused(encode: encoders.Encoder, tmp_path: Path) -> None:
    groups.learn(labelled(), encoders.load("hashing"), tmp_path / "own")
    with pytest.raises(ConfigError, match="256 numbers"):
        groups.assign([opinion("Repair the road")], encode, head=tmp_path / "own")
    with pytest.raises(ConfigError, match="is missing"):
        groups.assign([opinion("Repair the road")], encode, head=tmp_path / "none")


def test_the_place_in_the_draft_that_an_opinion_is_about_counts() -> None:
    encode = encoders.load()
    told = opinion("Đề nghị sửa lại cho phù hợp với thực tế", "vi")
    by_words = groups.assign([told], encode)

    def at(place: Place) -> dict[str, float]:
        (found,) = groups.placed([told], by_words, {told.id: place}, encode)
        return dict(found.scores)

    plain = at(Place("Điều 9", frozenset({"unheard of"}), named=True))
    for part, group in (("objectives", "indicators"), ("tasks", "tasks_solutions"), ("funding", "funding")):
        named, found = (at(Place("Điều 2", frozenset({part}), named)) for named in (True, False))
        assert named[group] > found[group] > plain[group]
        assert sum(named.values()) == pytest.approx(1, abs=0.01)
    assert at(Place())["difficulties"] > plain["difficulties"]


def test_where_the_place_decides_it_is_told() -> None:
    encode = encoders.load()
    told = opinion("Đề nghị sửa số 15 thành 20", "vi")
    scores = (
        ("indicators", 0.36),
        ("tasks_solutions", 0.34),
        ("funding", 0.25),
        ("difficulties", 0.01),
        ("other", 0.04),
    )
    by_words = (Assignment(told.id, "indicators", (), scores, True, ("15",)),)
    labels = {part: Place(f"Điều {part}", frozenset({part}), named=True) for part in ("objectives", "tasks", "funding")}
    found = {part: groups.placed([told], by_words, {told.id: place}, encode)[0] for part, place in labels.items()}
    assert {part: x.group for part, x in found.items()} == {
        "objectives": "indicators",
        "tasks": "tasks_solutions",
        "funding": "funding",
    }
    assert found["objectives"].evidence == ("15",)
    assert found["tasks"].evidence == ("§ Điều tasks", "15")
    assert found["funding"].evidence == ("§ Điều funding", "15")


def test_groups_by_rules_and_without_drafts_stay_as_they_are() -> None:
    told = opinion("Đề nghị sửa lại cho phù hợp với thực tế", "vi")
    place = {told.id: Place("Điều 2", frozenset({"objectives"}), named=True)}
    by_rules = groups.assign([told])
    assert groups.placed([told], by_rules, place) == by_rules
    encode = encoders.load()
    by_words = groups.assign([told], encode)
    assert groups.placed([told], by_words, {}, encode) == by_words
