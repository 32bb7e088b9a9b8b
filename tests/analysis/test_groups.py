"""Content groups: rules without a model, the trained head, a team's own head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth import config
from feedback_synth.analysis import groups
from feedback_synth.datamodel.opinion import Author, Opinion

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
