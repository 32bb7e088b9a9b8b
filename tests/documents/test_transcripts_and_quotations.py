"""Transcripts of recordings, words quoted with ">" outside mail, columns of surveys that ask without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth.documents import read

VTT = """WEBVTT

NOTE made by a program

1
00:00:01.000 --> 00:00:05.000
<v Ms Hoa>The target for the schools

2
00:00:05.000 --> 00:00:09.000
<v Ms Hoa>is too low.</v>

3
00:00:09.500 --> 00:00:12.000
<v Mr Hai>We agree with the draft.</v>
"""
SRT = """1
00:00:01,000 --> 00:00:05,000
Bà Hoa: Tôi đề nghị bổ sung

2
00:00:05,000 --> 00:00:09,000
chỉ tiêu về rác thải.

3
00:00:09,500 --> 00:00:12,000
Ông Hải: Tôi nhất trí.
"""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.vtt", VTT, ["Ms Hoa: The target for the schools is too low.", "Mr Hai: We agree with the draft."]),
        ("a.srt", SRT, ["Bà Hoa: Tôi đề nghị bổ sung chỉ tiêu về rác thải.", "Ông Hải: Tôi nhất trí."]),
        ("export.txt", SRT, ["Bà Hoa: Tôi đề nghị bổ sung chỉ tiêu về rác thải.", "Ông Hải: Tôi nhất trí."]),
    ],
)
def test_the_cues_of_a_speaker_are_one_paragraph(tmp_path: Path, name: str, text: str, words: list[str]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert [b.text for b in found.blocks] == words
    assert found.blocks[1].locator.line == text[: text.index("Hai" if name == "a.vtt" else "Hải")].count("\n") + 1


def test_a_transcript_without_names_is_parted_at_sentences(tmp_path: Path) -> None:
    cues = [
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\nThe rate for item {n} should be raised by half.\n"
        for n in range(1, 13)
    ]
    path = tmp_path / "plain.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    found = read(path).blocks
    assert 1 < len(found) < 12
    assert all(b.text.endswith(".") for b in found)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ms Huong,\n\n> Article 3: allowances of 500,000\n\nThis is too low.\n\n"
        "> Article 5: yearly reports\n\nTwice.\n",
        "Kính gửi chị Hương,\n\n> Điều 3: phụ cấp 500.000 đồng\n\nMức này thấp.\n\n"
        "> Điều 5: báo cáo năm\n\nNên hai lần.\n",
        "Madame,\n\n> Article 3 : prime de 500 000\n\nC'est trop peu.\n\n> Article 5 : rapport annuel\n\nDeux fois.\n",
    ],
)
def test_quotations_in_plain_text_know_their_depth(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text(text, encoding="utf-8")
    found = read(path).blocks
    assert [b.quoted for b in found] == [0, 1, 0, 1, 0]
    assert not any(">" in b.text for b in found)


def test_a_figure_behind_a_greater_sign_is_no_quotation(tmp_path: Path) -> None:
    path = tmp_path / "limits.txt"
    path.write_text("Draft limits of slopes\n\n> 25 degrees: forest\n\n< 25 degrees: orchard\n", encoding="utf-8")
    assert not any(b.quoted for b in read(path).blocks)


@pytest.mark.parametrize(
    "text",
    [
        "Mã;Thời điểm;Họ tên;Đơn vị;Văn bản số;Ý kiến cụ thể;Khó khăn ở nơi bạn sống\n"
        "K1;25/03 07:12;Lê Thị Hoa;Hội Phụ nữ xã;12/CV-HPN;Xin làm bậc thấp hơn;Đường vào trạm ngập hằng tháng\n"
        "K2;25/03 07:15;Hồ Văn Đời;;13/CV;85% là cao, làm 80% thôi;\n"
        "K3;25/03 07:19;Trần Văn Sáu;UBND xã Tân Lập;14/UBND;Nên có bảng giá;Nước máy chỉ chảy ban đêm\n",
        "Code;Time;Name;Organisation;Letter no.;Comment;Problems where you live\n"
        "K1;25/03 07:12;Ann Lee;Women's Union;12/WU;Lower the steps please;The road floods every month\n"
        "K2;25/03 07:15;Tom Ray;;13/X;85 percent is too high, make it 80;\n"
        "K3;25/03 07:19;Sam Fox;Pine School;14/PS;Publish the prices;Water runs at night only\n",
        "Code;Heure;Nom;Organisme;Courrier;Avis;Difficultés chez vous\n"
        "K1;25/03 07:12;Anne Roy;Union des femmes;12/UF;Abaisser les marches;La route est inondée chaque mois\n"
        "K2;25/03 07:15;Jean Bel;;13/X;85 % est trop élevé, viser 80;\n"
        "K3;25/03 07:19;Paul Roux;École des Pins;14/EP;Publier les prix;L'eau ne coule que la nuit\n",
    ],
)
def test_a_column_on_troubles_holds_opinions_and_each_record_speaks_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(text, encoding="utf-8")
    cells = [b.cell for b in read(path).blocks if b.cell]
    opinions = {c.column for c in cells if c.role == "opinion"}
    assert opinions == {6, 7}
    assert all(c.row_span == 1 for c in cells if c.role == "organization")
