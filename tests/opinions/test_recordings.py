"""Typed-up recordings: lines with time codes, who goes on, whom nobody names, the chair's closing words."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import extract, recordings

RECORDINGS = {
    "vi": """PHIÊN HỌP THẨM TRA DỰ THẢO NGHỊ QUYẾT VỀ BẢO VỆ RỪNG
(bản gỡ băng ghi âm)
[00:00:05] Chủ trì (ông Lê Quang Tới, Phó Trưởng ban): Chào các đồng chí. Mời Sở Nông nghiệp trình bày dự thảo.
[00:01:10] Bà Trần Thị Liễu (Phó Giám đốc Sở Nông nghiệp và Môi trường): Dự thảo gồm 5 chương, mức khoán là \
500.000 đồng một ha.
[00:08:00] Chủ trì: Mời anh Páo.
[00:08:09] Ông Giàng A Páo (Chủ tịch UBND xã Sín Chải): Mức khoán 500.000 đồng là quá thấp, đề nghị nâng lên \
700.000 đồng.
[00:09:30] (nói tiếp) Xã tôi chưa có kiểm lâm viên nào. Cần bổ sung lực lượng cho xã.
[00:11:00] Đại biểu (không nghe rõ tên): Nên cho dân được lấy củi khô.
[00:12:00] Bà Trần Thị Liễu: Dạ, diện tích 1.200 ha là số năm ngoái, Sở xin ghi nhận và rà lại.
[00:14:00] Chủ trì: Xin kết luận. Giao Sở Nông nghiệp và Môi trường hoàn thiện dự thảo trước ngày 20/3/2026.""",
    "en": """HEARING ON THE DRAFT RESOLUTION ON VILLAGE LIBRARIES
Transcript of the recording, unedited
[00:00:12] Chair: Good morning. I give the floor to Mr Hale to present the draft.
[00:00:40] Mr Tom Hale (Department of Culture): The draft sets 90 libraries by 2030 and a budget of 12 million.
[00:05:00] Chair: Thank you. Ms Field, please.
[00:05:10] Ms Ann Field (Readers' Union): Ninety libraries is far too many; we propose sixty.
[00:06:02] (continued) The opening hours should be in the evening, when farmers are free.
[00:07:30] Unidentified speaker: Please add books in Hmong.
[00:08:00] Mr Tom Hale: The figure of 90 comes from the survey of 2024, we took note and will check it.
[00:09:00] Chair: To conclude. The Department of Culture shall send the second draft before 20 March 2026.""",
    "fr": """Audition sur le projet de résolution relatif aux écoles
Transcription brute
[00:00:12] Président de séance : Bonjour. La parole est à Mme Roux pour présenter le projet.
[00:00:40] Mme Anne Roux (Département de l'éducation) : Le projet prévoit 40 cantines.
[00:05:00] Président de séance : Merci. Monsieur Bo, c'est à vous.
[00:05:10] M. Ly Van Bo (Union des parents) : Quarante cantines ne suffisent pas, il en faudrait soixante.
[00:06:02] (suite) Le repas à 20 000 dongs est trop cher, il faut le baisser.
[00:07:30] Intervenant non identifié : Ajoutez une cantine à Ta Phin.
[00:09:00] Président de séance : Pour conclure. Le Département de l'éducation remettra la deuxième version \
avant le 12 mars 2026.""",
}
HEARD = {
    "vi": ("Giàng A Páo", "UBND xã Sín Chải"),
    "en": ("Ann Field", "Readers' Union"),
    "fr": ("Ly Van Bo", "Union des parents"),
}


def document(language: str, text: str) -> Document:
    rows = [line.strip() for line in text.strip().splitlines()]
    blocks = tuple(Block(f"d/b{n}", line, Locator(line=n)) for n, line in enumerate(rows, 1))
    return Document("d", "d.txt", "0" * 64, "minutes", language, blocks, ())


def read(language: str) -> Extraction:
    return extract(document(language, RECORDINGS[language]))


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_who_goes_on_behind_a_time_code_is_who_spoke(language: str) -> None:
    speakers = [(o.author.name, o.author.organization) for o in read(language).opinions]
    assert speakers == [HEARD[language], HEARD[language], ("", "")]


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_time_codes_are_no_words_of_the_opinion(language: str) -> None:
    assert not any("[" in o.text or "(" in o.text for o in read(language).opinions)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_chair_who_sums_up_gives_orders(language: str) -> None:
    assert [d.deadline[:7] for d in read(language).directives] == ["2026-03"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_presented_the_draft_answers_for_it(language: str) -> None:
    assert "drafter_answer" in [p.role for p in read(language).passages]


def test_clocks_of_a_chat_are_no_time_codes() -> None:
    chat = "[08:00] Ann: Here is the draft\n[08:05] Bo: raise it\n[08:06] Ann: noted\n[08:07] Bo: thanks"
    assert not recordings.is_recording(document("en", chat))
    assert recordings.is_recording(document("en", chat.replace("[08:", "[00:")))
    assert not recordings.is_recording(document("en", "[00:09] Ann: a\n[00:05] Bo: b\n[00:06] Ann: c"))
