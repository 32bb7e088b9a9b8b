"""One voice in forms of its own: dictated words, an annex below a signature, a table that one office signs."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from feedback_synth import documents
from feedback_synth.opinions import extract

DICTATED = {
    "en": (
        "[typed by Lucy from two voice messages that grandma sent]\nmessage 1\nis it on now? ok\n"
        "I'm Ruth Hale, I keep the ferry at Stone Landing\nwhen I was a girl we crossed with a rope and nobody paid\n"
        "the ticket should be free for the school children\n"
        "please don't move the landing to the new road\nthat's all dear, switch it off now\n",
        ("Ruth Hale", ""),
        ["the ticket should", "please don't move"],
    ),
    "fr": (
        "(paroles de mon oncle, retranscrites d'un message vocal)\n"
        "je m'appelle Paul Vernet, berger au hameau de Combe Noire\n"
        "autrefois on montait en juin et personne ne demandait de papier\n"
        "le prix du pâturage est trop haut, il faudrait le baisser à dix euros\nbon, je suis fatigué, coupe\n",
        ("Paul Vernet", "hameau de Combe Noire"),
        ["le prix du pâturage"],
    ),
    "vi": (
        "Chép lại lời cụ Lò Văn Ún, bản Nà Pheo, xã Mường Tấu (cháu ghi âm rồi gõ ra)\n"
        "hồi xưa tao đi rừng không ai cấm\nnói chuyện cái nhà văn hóa trước. phải hỏi dân muốn đặt ở đâu\n"
        "đừng bắt dân góp gỗ, rừng hết gỗ rồi\nhết rồi, tao đi ngủ\n",
        ("Lò Văn Ún", "bản Nà Pheo, xã Mường Tấu"),
        ["phải hỏi dân", "đừng bắt dân"],
    ),
}


@pytest.mark.parametrize("language", DICTATED)
def test_what_somebody_dictated_is_his(tmp_path: Path, language: str) -> None:
    text, author, begins = DICTATED[language]
    path = tmp_path / "voice.txt"
    path.write_text(text, encoding="utf-8")
    found = extract(documents.read(path))
    assert {(o.author.name, o.author.organization) for o in found.opinions} == {author}
    assert [o.text[: len(b)] for o, b in zip(found.opinions, begins, strict=True)] == begins


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (
            "[Ghi lại từ tin nhắn thoại, 4 phút]\nÔng Ba Tám (Lê Văn Tám), trưởng ấp Rạch Dừa. Gửi cô Mai ở tỉnh.\n"
            "a lô a lô cô Mai hả\ncái mức ba trăm ngàn ít quá tỉnh nâng lên năm trăm cho bà con nhờ\n",
            ("Lê Văn Tám", "trưởng"),
        ),
        (
            "[Transcribed from a voice message]\nMr Tom Reed, head of Long Hill Primary School.\nhello hello\n"
            "the grant is far too small please raise it to five hundred for every child\n",
            ("Tom Reed", "head"),
        ),
    ],
)
def test_who_is_presented_below_the_line_that_tells_of_the_recording(
    tmp_path: Path, text: str, author: tuple[str, str]
) -> None:
    path = tmp_path / "voice.txt"
    path.write_text(text, encoding="utf-8")
    found = extract(documents.read(path)).opinions
    assert found and {(o.author.name, o.author.title.split()[0]) for o in found} == {author}


ANNEXED = {
    "en": (
        "Lake Fund\n\nDear Director,\n\nThank you for the drafts.\n\nOur remarks are in the annex.\n\n"
        "Yours sincerely,\n\nAnn Field, Director\n\nANNEX: Detailed comments\n\n"
        "1. Article 3, clause 2 of the Resolution. The grant should be paid twice a year.\n\n"
        "2. Who will repair the pumps after 2030?\n",
        "Article 3, clause 2 of the Resolution",
    ),
    "fr": (
        "Fonds du Lac\n\nMonsieur le Directeur,\n\nMerci de votre envoi.\n\nNos remarques sont jointes.\n\n"
        "Veuillez agréer, Monsieur, nos salutations.\n\nAnne Vidal, présidente\n\nANNEXE – Observations\n\n"
        "1. Article 3, paragraphe 2 de la résolution. Qu’elle soit versée deux fois par an.\n\n"
        "2. Qui réparera les pompes après 2030 ?\n",
        "Article 3, paragraphe 2 de la résolution",
    ),
    "vi": (
        "HỘI NƯỚC SẠCH\n\nKính gửi: Sở Xây dựng\n\nHội gửi góp ý.\n\nTrân trọng.\n\nCHỦ TỊCH\n\nLê Văn Bình\n\n"
        "PHỤ LỤC GÓP Ý\n\n1. Khoản 2 Điều 3 dự thảo Nghị quyết. Đề nghị chi trả hai kỳ trong năm.\n\n"
        "2. Sau năm 2030 ai sửa máy bơm?\n",
        "Khoản 2 Điều 3 dự thảo Nghị quyết",
    ),
}


@pytest.mark.parametrize("language", ANNEXED)
def test_an_annex_below_the_signature_is_read(tmp_path: Path, language: str) -> None:
    text, place = ANNEXED[language]
    path = tmp_path / "letter.txt"
    path.write_text(text, encoding="utf-8")
    found = extract(documents.read(path))
    assert len(found.opinions) == 2
    assert found.opinions[0].places[:1] == (place,)
    assert found.opinions[0].author == found.opinions[1].author


def test_a_list_of_people_below_the_signature_is_no_annex(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(
        "Dear Director,\n\nThe grant of Article 3 should be raised to ten million.\n\nYours sincerely,\n\nAnn Field\n\n"
        "Annex: list of members\n\n1. Bo Hill should be called first, of the Lower Lake group.\n",
        encoding="utf-8",
    )
    assert [o.text[:9] for o in extract(documents.read(path)).opinions] == ["The grant"]


SIGNED = {
    "en": ("LAKE INSTITUTE", "General remarks:", "- The two drafts should use one name for the lake.",
           ("No.", "Where", "Our suggestions"), ("Article 2(1)", "Annex II"), "DIRECTOR", "Ann Field"),
    "fr": ("INSTITUT DU LAC", "Remarques générales :", "- Les deux projets devraient nommer le lac de même.",
           ("N°", "Où", "Notre proposition"), ("Article 2, alinéa 1", "Annexe II"), "LA DIRECTRICE", "Anne Vidal"),
    "vi": ("VIỆN NGHIÊN CỨU NƯỚC", "Nhận xét chung:", "- Hai dự thảo nên thống nhất theo tên hồ đã công bố.",
           ("TT", "Ở đoạn", "Nhận xét, kiến nghị"), ("Điều 2, khoản 1", "Phụ lục II"), "VIỆN TRƯỞNG", "Lê Văn Bình"),
}  # fmt: skip


@pytest.mark.parametrize("language", SIGNED)
def test_a_table_that_one_office_signs_is_its_letter(tmp_path: Path, language: str) -> None:
    head, lead, remark, titles, places, office, name = SIGNED[language]
    asked = {
        "en": "The figure should be halved, for the wells cannot give more than that.",
        "fr": "Il faudrait diviser ce chiffre par deux, car les puits ne donnent pas davantage.",
        "vi": "Đề nghị giảm một nửa con số này vì giếng không đủ nước cho bấy nhiêu hộ.",
    }[language]
    paper = docx.Document()
    for line in (head, lead, remark):
        paper.add_paragraph(line)
    table = paper.add_table(rows=1, cols=3)
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        cell.text = title
    for number, place in enumerate((*places, *places, *places), start=1):
        for cell, text in zip(table.add_row().cells, (str(number), place, f"{asked} ({number})"), strict=True):
            cell.text = text
    for line in (office, name):
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "table.docx"))
    document = documents.read(tmp_path / "table.docx")
    found = extract(document)
    assert document.kind == "letter"
    assert {o.author.name for o in found.opinions} == {name}
    assert len(found.opinions) == 7
    assert [o.places[0] for o in found.opinions[1:]] == [*places, *places, *places]
