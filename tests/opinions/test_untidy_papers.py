"""Papers of no tidy form: telephone messages typed up, forums, letters with an annex, reviewers' own tables."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from feedback_synth import documents
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import extract, kinds


def read(folder: Path, name: str, text: str) -> Extraction:
    (folder / name).write_text(text, encoding="utf-8")
    return extract(documents.read(folder / name))


def said(found: Extraction) -> list[tuple[str, str, str]]:
    """(name, body, words) of every opinion."""
    return [(o.author.name, o.author.organization, o.text) for o in found.opinions]


CALLED = [
    """[Typed up from a voice message of 3 May. She is Margaret Okafor, chair of the Riverside Traders Association]

hello hello is this thing on

the night guards should start at six not at nine that is when the thieves come

when I was a girl the market was on the other bank and we carried everything on our heads

that is all from me turn it off now
--- end ---
We should add that her number is with the clerk.""",
    """Transcription d'un message de Mme Solange Amadi, présidente de la Coopérative des pêcheurs (tapé par P. Zola)

allô ça enregistre là

la période de fermeture c'est trop long on ne mangera pas il faudrait deux mois

voilà c'est tout au revoir""",
    """Ghi lại lời bà Vàng Thị Mỷ, Chủ nhiệm Hợp tác xã Sín Chải, nói qua điện thoại tối 4/9, người ghi: Lò Văn Ín

a lô nghe rõ không cán bộ

đề nghị tăng tiền hỗ trợ giống ngô lên 500 nghìn một nhà chứ 300 nghìn mua được mấy cân

thôi nhé điện thoại sắp hết pin""",
]
CALLERS = ["Margaret Okafor", "Solange Amadi", "Vàng Thị Mỷ"]


@pytest.mark.parametrize(("text", "name"), list(zip(CALLED, CALLERS, strict=True)))
def test_a_message_typed_up_is_of_the_one_who_spoke(tmp_path: Path, text: str, name: str) -> None:
    found = read(tmp_path, "call.txt", text)
    assert [author for author, _, _ in said(found)] == [name]
    assert found.opinions[0].author.organization


def test_a_text_without_such_a_head_is_no_message(tmp_path: Path) -> None:
    text = CALLED[0].replace("Typed up from a voice message", "Seen in the news")
    assert said(read(tmp_path, "call.txt", text)) == []


POST = (
    '<div class="post"><div class="who"><b>{}</b> <span>{}/5/2026 21:02</span></div>{}'
    '<div class="body"><p>{}</p></div></div>'
)


def forum(*posts: tuple[str, str, str]) -> str:
    shown = "".join(POST.format(who, n, quote, words) for n, (who, quote, words) in enumerate(posts, 1))
    return f"<html><body><div class='nav'>Home</div><h1>Parking by the mill</h1>{shown}</body></html>"


def test_members_of_a_forum_speak_by_their_handles_and_its_host_does_not(tmp_path: Path) -> None:
    quoted = "<blockquote>We should have two hours free.</blockquote>"
    text = forum(
        ("Admin_Tess", "", "The town wants to hear about the parking plan. Please post your views by Friday."),
        ("Old_Miller", "", "We should have two hours free."),
        ("bakergirl", quoted, "Please make it three hours, bread takes time."),
        ("Vince77", "", "Off topic, but who knows a good dentist? You should all go there."),
        ("Nora Hill", "", "The meters must take coins."),
    )
    assert said(read(tmp_path, "forum.html", text)) == [
        ("Old_Miller", "", "We should have two hours free."),
        ("bakergirl", "", "Please make it three hours, bread takes time."),
        ("Nora Hill", "", "The meters must take coins."),
    ]


def letter(annex: str) -> str:
    return f"""HILL MILLERS' UNION (HMU)
To: The Department of Trade

Dear Sir or Madam,

We thank you for the draft Resolution. Our members mill grain in nine communes.

Yours sincerely,

Beatrice Okon-Lund

Chairwoman

{annex}

1. Please extend the term of Article 4 to five years.

2. The scales should be tested once a year."""


@pytest.mark.parametrize("annex", ["ANNEX - Points of the members", "Appendix 1. Remarks"])
def test_a_letter_goes_on_in_an_annex_behind_its_signature(tmp_path: Path, annex: str) -> None:
    found = said(read(tmp_path, "letter.txt", letter(annex)))
    assert [name for name, _, _ in found] == ["Beatrice Okon-Lund"] * 2
    assert [words for _, _, words in found] == [
        "Please extend the term of Article 4 to five years.",
        "The scales should be tested once a year.",
    ]


ROWS = [
    ("Where", "It says", "What we saw", "Weight", "By"),
    ("Article 1 clause 2", "mills", "Say what a mill is, small presses are left out of it", "must", "Ann Rose Hill"),
    ("Article 4 clause 1", "five scales of the commune", "no remark", "-", "Ann Rose Hill"),
    (
        "Article 6 clause 3",
        "once a year",
        "Once in two years lets much slip, make it every year",
        "may",
        "Joe Max Tarn",
    ),
    ("Article 9 clause 1", "by 2030", "Move the date to 2028 for the nine larger mills", "must", "Joe Max Tarn"),
]


def test_a_table_whose_cells_name_provisions_keeps_its_own_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Resolution (Union of Millers)"
    for row in ROWS:
        sheet.append(row)
    book.save(tmp_path / "check.xlsx")
    found = extract(documents.read(tmp_path / "check.xlsx"))
    assert [(o.author.name, o.author.organization, o.places) for o in found.opinions] == [
        ("Ann Rose Hill", "Union of Millers", ("Article 1 clause 2",)),
        ("Joe Max Tarn", "Union of Millers", ("Article 6 clause 3",)),
        ("Joe Max Tarn", "Union of Millers", ("Article 9 clause 1",)),
    ]
    assert [a.text for a in found.agreements] == ["no remark"]


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (("Nội dung Đề án", "Cán bộ", "Nhận xét của Công an tỉnh"), "Công an tỉnh"),
        (("Place", "Officer", "Comments of the Union of Millers"), "Union of Millers"),
        (("Endroit", "Agent", "Avis de l'Union des meuniers"), "Union des meuniers"),
    ],
)
def test_the_header_of_the_opinions_names_whose_they_are(tmp_path: Path, header: tuple[str, ...], body: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(header)
    sheet.append(("Article 1 clause 2", "Vừ Thị Mỷ", "Please say what a mill is in the sense of this text"))
    sheet.append(("Article 3 clause 1", "Lê Văn Khiêm", "The date should be moved to 2028 for larger mills"))
    book.save(tmp_path / "t.xlsx")
    assert {o.author.organization for o in extract(documents.read(tmp_path / "t.xlsx")).opinions} == {body}


def test_a_mission_with_headed_paragraphs_and_a_table_of_its_members_remarks(tmp_path: Path) -> None:
    paper = docx.Document()
    for line in (
        "AIDE-MEMOIRE",
        "A. Introduction",
        "1. A mission of the Lake Bank, led by Tom Abel, visited the province. The Bank thanks the Department.",
        "2. The team comprised Mara Vane (roads) and Olof Brandt (forests). A list of persons met is in Annex 1.",
        "B. Findings",
        "3. Roads. On 3 May the mission counted carts at the ford. The bridge should be built before the road.",
        "4. Forests. Mr. Brandt went through 60 files. A map of the springs ought to be published each year.",
        "Annex 2. Remarks",
    ):
        paper.add_paragraph(line)
    rows = [
        ("Ref.", "Text", "Comment", "By"),
        ("Resolution, Article 2 clause 2", "by 25%", "Please raise it to 30% as the national plan does.", "Vane"),
        ("Resolution, Article 4 clause 1", "half price", "OK, no remark.", "Brandt"),
        ("Project, Part IV item 4", "review in 2030", "Plan a review in the middle of the term.", "Abel"),
    ]
    table = paper.add_table(0, 4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(str(tmp_path / "m.docx"))
    found = extract(documents.read(tmp_path / "m.docx"))
    assert said(found) == [
        ("Tom Abel", "Lake Bank", "The bridge should be built before the road."),
        ("Tom Abel", "Lake Bank", "A map of the springs ought to be published each year."),
        ("Mara Vane", "Lake Bank", "Please raise it to 30% as the national plan does."),
        ("Tom Abel", "Lake Bank", "Plan a review in the middle of the term."),
    ]
    assert [a.author.name for a in found.agreements] == ["Olof Brandt"]


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("en", "The Bank is ready to pay for one week of training in the first quarter.", "aside"),
        ("fr", "La Banque est prête à payer une semaine de formation au printemps.", "aside"),
        ("vi", "Ngân hàng sẵn sàng tài trợ một tuần tập huấn trong quý I.", "aside"),
        ("en", "No bank is ready to lend for three years.", "neutral"),
        ("en", "The Bank is ready to pay for the training, but the term should be longer.", "request"),
    ],
)
def test_help_that_is_offered_asks_nothing(code: str, text: str, kind: str) -> None:
    assert kinds.judge(text, code).kind == kind
