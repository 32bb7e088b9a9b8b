"""Who takes the floor with a body in brackets, lists of requests behind a colon, and answers that say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.opinions import authors, extract
from feedback_synth.opinions.judging import judged_by_rules
from feedback_synth.opinions.stretch import Stretch

FLOOR = [
    (
        "fr",
        "M. Paul Aba, président du Club A : relever le plafond de l'article 2.\n\n"
        "Mme Anne Roy (Association des aidants), arrivée tard, a pris la parole depuis la porte. L'Association approuve"
        " le texte. Mais : prévoir aussi les cannes blanches à l'article 3 ; les stands réservés, les membres n'en "
        "veulent pas, à supprimer ; rien pour les sourds, au moins une personne qui signe par commune.",
        "Association des aidants",
    ),
    (
        "en",
        "Mr Paul Abe, chair of the Hill Club: raise the ceiling of Article 2.\n\n"
        "Ms Ann Roy (Association of Carers), late because of the tide, took the floor from the door. The Association "
        "supports the text. But: please add white canes to Article 3; the reserved stalls, which members do not want, "
        "to be removed; nothing for the deaf, at least one person who signs in each commune.",
        "Association of Carers",
    ),
    (
        "vi",
        "Ông Lê Văn Ba, Chủ tịch Hội A: đề nghị nâng mức trần tại Điều 2.\n\n"
        "Bà Trần Thị Sen (Hội Người mù tỉnh), đến muộn vì nước lớn, đứng lên phát biểu ngay ở cửa. Hội nhất trí với dự "
        "thảo. Nhưng: đề nghị thêm gậy trắng vào Điều 3; bỏ phần sạp chợ dành riêng, hội viên không ai muốn; chưa có gì"
        " cho người điếc, mỗi xã phải có một người biết ký hiệu.",
        "Hội Người mù tỉnh",
    ),
]


@pytest.mark.parametrize(("code", "text", "body"), FLOOR, ids=[f[0] for f in FLOOR])
def test_a_body_in_brackets_opens_a_turn_and_a_list_is_taken_apart(
    tmp_path: Path, code: str, text: str, body: str
) -> None:
    heads = {"fr": "PROCÈS-VERBAL\n\nDiscussion", "en": "MINUTES\n\nDiscussion", "vi": "BIÊN BẢN HỘI NGHỊ\n\nThảo luận"}
    path = tmp_path / "minutes.txt"
    path.write_text(f"{heads[code]}\n\n{text}\n", encoding="utf-8")
    found = extract(documents.read(path))
    theirs = [o.text for o in found.opinions if o.author.organization == body]
    assert len(theirs) == 3
    assert len(found.opinions) == 4
    assert [a.author.organization for a in found.agreements] == [body]


@pytest.mark.parametrize(
    ("head", "code", "name"),
    [
        ("Bác Tư Hớn (Lê Văn Hớn), chi hội trưởng", "vi", "Lê Văn Hớn"),
        ("Ông Ba Rô (tên thật Nguyễn Văn Rô), trưởng ấp", "vi", "Nguyễn Văn Rô"),
        ("Mrs Bea (Beatrice Aldana), head of the club", "en", "Beatrice Aldana"),
        ("M. Luc (Luc Delaunay), président du club", "fr", "Luc Delaunay"),
        ("Chị Hoa (Trường Tiểu học Hoa Sen)", "vi", "Hoa"),
    ],
)
def test_the_full_name_stands_in_brackets(head: str, code: str, name: str) -> None:
    assert authors.parse(head, code).name == name


@pytest.mark.parametrize(
    ("head", "said", "nothing"),
    [
        (
            "Dấu thời gian;Họ tên;Mức hỗ trợ có gì cần sửa không?;Nói thêm",
            "Mức 400 ngàn ít quá, nâng lên 500 ngàn",
            ("không", "không biết", "Phiếu này gửi thay phiếu bị ướt"),
        ),
        (
            "Timestamp;Name;What should change in the grant?;Anything to add",
            "The grant is too small, raise it to 500",
            ("no", "don't know", "This form replaces the one that got wet"),
        ),
        (
            "Horodatage;Nom;Que faut-il changer à l'aide ?;Quelque chose à ajouter",
            "L'aide est trop faible, la porter à 500",
            ("non", "ne sait pas", "Cette fiche remplace celle qui a pris l'eau"),
        ),
    ],
)
def test_answers_that_say_nothing(tmp_path: Path, head: str, said: str, nothing: tuple[str, str, str]) -> None:
    rows = [
        ("01/03/2026 08:11", "Ann Hill", said, ""),
        ("01/03/2026 08:40", "", nothing[0], ""),
        ("02/03/2026 09:05", "Mai Lan", nothing[1], nothing[2]),
        ("02/03/2026 10:05", "Tom Reed", f"{said} 2", f"{said} 3"),
    ]
    path = tmp_path / "survey.csv"
    path.write_text("\n".join([head, *(";".join(r) for r in rows)]) + "\n", encoding="utf-8")
    found = extract(documents.read(path))
    assert [o.text for o in found.opinions] == [said, f"{said} 2", f"{said} 3"]


@pytest.mark.parametrize(
    ("code", "cited", "asked"),
    [
        ("fr", "Le texte dit bien : « une vedette dessert les îlots sans route ».", "Il faut la citer à l'article 4."),
        ("en", "The text clearly says: “a boat serves the islets without a road”.", "Please name it in Article 4."),
        ("vi", "Dự thảo có ghi: “tàu phục vụ các cồn chưa có đường”.", "Đề nghị ghi tại Điều 4."),
    ],
)
def test_the_draft_quoted_is_no_opinion_unless_something_is_asked_of_it(code: str, cited: str, asked: str) -> None:
    def kinds_of(text: str) -> list[str]:
        stretch = Stretch("b1", 0, len(text), "speech", "structure:turn")
        return [j.judgement.kind for j in judged_by_rules(stretch, text, code).judged]

    assert kinds_of(cited) == ["draft_summary"]
    assert "draft_summary" not in kinds_of(f"{cited} {asked}")
