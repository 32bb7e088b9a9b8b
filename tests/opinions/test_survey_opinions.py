"""Surveys and forms, from the file to the opinions: rows of answers, columns of answers, votes, unknown headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import extract


def heard(folder: Path, text: str) -> Extraction:
    path = folder / "survey.csv"
    path.write_text(text, encoding="utf-8")
    return extract(documents.read(path))


def who_said(found: Extraction) -> list[tuple[str, str, str]]:
    return [(o.author.name, o.author.organization, o.text) for o in found.opinions]


def test_each_answer_is_an_opinion_of_its_respondent_about_the_place_the_question_names(tmp_path: Path) -> None:
    found = heard(
        tmp_path,
        "No.;Respondent;Body;Question;Answer;Agree?\n"
        "1;Vu Thi Lan;Department of Health;Q1. Targets (Resolution, Article 2);The 2028 value should be added;partly\n"
        ";;;Q2. Funding;We have no revenue of our own, so lower the share;N\n"
        "2;Hoang Van Ba;UBND xã Tà Lèng;Q1. Mục tiêu (Nghị quyết, Điều 2);;Y\n",
    )
    assert who_said(found) == [
        ("Vu Thi Lan", "Department of Health", "The 2028 value should be added"),
        ("Vu Thi Lan", "Department of Health", "We have no revenue of our own, so lower the share"),
    ]
    assert [o.places for o in found.opinions] == [("Q1. Targets (Resolution, Article 2)",), ()]
    assert [(a.author.organization, a.text) for a in found.agreements] == [("UBND xã Tà Lèng", "Y")]


def test_a_form_of_questions_and_answers_belongs_to_the_person_it_names(tmp_path: Path) -> None:
    found = heard(
        tmp_path,
        "Question,Answer\nName,Pham Van Tu\nOrganisation,Farmers' Union of Ban Nua\n"
        "1. What do you think of the targets (Article 2)?,They are too high. Lower them to 60%.\n"
        "2. Do you agree with Article 4?,Yes\n3. Have you a telephone?,Yes\n",
    )
    assert who_said(found) == [("Pham Van Tu", "Farmers' Union of Ban Nua", "They are too high. Lower them to 60%.")]
    assert [a.text for a in found.agreements] == ["Yes"]


def test_questions_that_delegates_put_stay_the_opinions(tmp_path: Path) -> None:
    found = heard(
        tmp_path,
        "STT,Đại biểu,Câu hỏi,Trả lời\n"
        "1,Ông Nguyễn Văn Bình,Kinh phí thực hiện lấy từ đâu?,Kinh phí đã cân đối trong ngân sách tỉnh\n"
        "2,Bà Lò Thị Mai,Bao giờ thì sửa xong đường vào bản?,Dự kiến hoàn thành trong năm 2026\n",
    )
    assert [o.text for o in found.opinions] == ["Kinh phí thực hiện lấy từ đâu?", "Bao giờ thì sửa xong đường vào bản?"]
    assert [p.role for p in found.passages].count("drafter_answer") == 2


def test_a_column_for_each_provision(tmp_path: Path) -> None:
    found = heard(
        tmp_path,
        "Full name,Organisation,Article 2,Article 4,Other\n"
        "Vu Thi Lan,Department of Health,A value for 2028 should be added,Open one evening a week,\n"
        "Hoang Van Ba,Department of Finance,n/a,Points must open on Saturday,We lack staff to run the points\n",
    )
    assert [(o.author.name, o.places) for o in found.opinions] == [
        ("Vu Thi Lan", ("Article 2",)),
        ("Vu Thi Lan", ("Article 4",)),
        ("Hoang Van Ba", ("Article 4",)),
        ("Hoang Van Ba", ()),
    ]


def test_crosses_under_agree_and_disagree(tmp_path: Path) -> None:
    found = heard(
        tmp_path,
        "STT,Đơn vị,Đồng ý,Không đồng ý,Ý kiến khác\n1,Sở Y tế,x,,\n2,Sở Tài chính,,x,Đề nghị làm rõ nguồn vốn\n"
        "3,UBND xã Nậm Cha,,x,\n",
    )
    assert [(o.author.organization, o.text, o.context) for o in found.opinions] == [
        ("Sở Tài chính", "Đề nghị làm rõ nguồn vốn", ""),
        ("UBND xã Nậm Cha", "x", "Không đồng ý"),
    ]
    assert [a.author.organization for a in found.agreements] == ["Sở Y tế"]


@pytest.mark.parametrize("header", ["Wer;Frage;Antwort\n", ""])
def test_headers_that_no_list_knows_or_none_at_all(tmp_path: Path, header: str) -> None:
    found = heard(
        tmp_path,
        header + "Nguyen Van Minh;Was halten Sie von den Zielen?;The target of 80% is out of reach for us\n"
        "Tran Thi Hoa;Was halten Sie von den Zielen?;Please add a target for women as well\n"
        "Le Van Tam;Wie finden Sie die Finanzierung?;We have no money, the province should pay\n"
        "Vu Thi Lan;Wie finden Sie die Finanzierung?;The share of the communes is too high here\n",
    )
    assert [o.author.name for o in found.opinions] == ["Nguyen Van Minh", "Tran Thi Hoa", "Le Van Tam", "Vu Thi Lan"]
    assert found.opinions[2].context == "Wie finden Sie die Finanzierung?"


@pytest.mark.parametrize(
    "table",
    [
        "Chỉ tiêu,Đơn vị tính,2025,2030\nHồ sơ trực tuyến,%,45,80\nXã có điểm truy cập,%,30,100\n",
        "Nhiệm vụ,Cơ quan chủ trì,Thời gian\nXây dựng cổng dịch vụ công phục vụ người dân,Sở Tài chính,2026\n"
        "Đào tạo kỹ năng số cho cán bộ cấp xã hằng năm,Sở Nội vụ,2027\n",
    ],
)
def test_figures_and_tasks_are_no_survey(tmp_path: Path, table: str) -> None:
    assert not heard(tmp_path, table).opinions


def test_communes_in_a_column_headed_by_their_kind_speak_by_their_bare_names(tmp_path: Path) -> None:
    found = heard(
        tmp_path,
        "TT;Xã;Điều khoản;Ý kiến\n1;Nà Lốc;Điều 3;Đề nghị nâng mức hỗ trợ lên 20 triệu đồng.\n"
        "2;Sín Chải;Điều 5;Đề nghị bỏ quy định về diện tích tối thiểu.\n",
    )
    assert [(name, body) for name, body, _ in who_said(found)] == [("", "Nà Lốc"), ("", "Sín Chải")]


def test_a_short_form_that_names_its_writer_first_is_not_closed_by_his_name(tmp_path: Path) -> None:
    path = tmp_path / "phieu.txt"
    remarks = ["Đề nghị bổ sung hộ mới thoát nghèo vào Điều 2.", "Đề nghị nâng mức hỗ trợ tại khoản 3 Điều 5."]
    lines = ["PHIẾU GÓP Ý", "Họ và tên: Lò Văn Pánh", "Đơn vị công tác: UBND xã Nà Lốc", "Ý kiến góp ý:", *remarks]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = extract(documents.read(path))
    assert who_said(found) == [("Lò Văn Pánh", "UBND xã Nà Lốc", r) for r in remarks]
