"""Who speaks, told outside the words themselves: labels, datelines, signatures, neighbours, other sources."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Annotation, Block, Cell, ColumnRole, Document, Field, Locator, SourceKind
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import complete, extract


def document(blocks: list[Block], kind: SourceKind, language: str, name: str = "d", **fields: str) -> Document:
    facts = tuple(Field(label, value) for label, value in fields.items())
    return Document(name, f"{name}.docx", "0" * 64, kind, language, tuple(blocks), facts)


def lines(text: str, name: str = "d") -> list[Block]:
    rows = [line.strip() for line in text.strip().splitlines()]
    return [Block(f"{name}/b{n}", line, Locator(line=n)) for n, line in enumerate(rows, 1) if line]


def row(number: int, cells: list[tuple[str, ColumnRole]], table: int = 1, *, is_header: bool = False) -> list[Block]:
    return [
        Block(
            f"d/t{table}r{number}c{c}",
            text,
            Locator(),
            "cell",
            cell=Cell(table, number, c, is_header=is_header, role=role),
        )
        for c, (text, role) in enumerate(cells, 1)
    ]


@pytest.mark.parametrize(
    ("language", "head", "author"),
    [
        (
            "vi",
            "Đơn vị góp ý: Hiệp hội Chè tỉnh\nNgười góp ý: bà Lò Thị Pâng - Chủ tịch Hiệp hội",
            Author("Lò Thị Pâng", "Chủ tịch", "Hiệp hội Chè tỉnh"),
        ),
        ("en", "Organisation: Tea Growers Union\nName: Ann Field", Author("Ann Field", "", "Tea Growers Union")),
        ("fr", "Organisme : Union des planteurs\nNom : Luc Morel", Author("Luc Morel", "", "Union des planteurs")),
    ],
)
def test_labels_above_a_table_name_the_author_of_its_rows(language: str, head: str, author: Author) -> None:
    place = {"vi": "Điều 3, khoản 2", "en": "Article 3, clause 2", "fr": "Article 3, alinéa 2"}[language]
    said = {"vi": "Nâng lên 70%", "en": "Raise it to 70%", "fr": "Il faudrait porter ce taux à 70 %"}[language]
    blocks = [
        *lines(head),
        *row(1, [("A", "draft_text"), ("B", "opinion")], is_header=True),
        *row(2, [(f"{place}: “60%”", "draft_text"), (said, "opinion")]),
    ]
    (opinion,) = extract(document(blocks, "absorption_table", language)).opinions
    assert (opinion.author, opinion.places) == (author, (place,))


def test_a_row_with_an_author_of_its_own_keeps_it() -> None:
    blocks = [
        *lines("Organisation: Tea Growers Union"),
        *row(1, [("Body", "organization"), ("Comment", "opinion")], is_header=True),
        *row(2, [("Department of Health", "organization"), ("Raise the target to 70%", "opinion")]),
    ]
    (opinion,) = extract(document(blocks, "table", "en")).opinions
    assert opinion.author.organization == "Department of Health"


MEMO_BODY = "The target in Article 2 should be lowered to 40 per cent because roads come first in the uplands."


@pytest.mark.parametrize("as_table", [True, False])
def test_a_memo_is_from_whom_it_names(as_table: bool) -> None:
    head = [("To:", "Department of Health"), ("From:", "Ann Field, Senior Water Specialist"), ("Date:", "5 May 2026")]
    if as_table:
        blocks = [b for n, (a, z) in enumerate(head, 1) for b in row(n, [(a, "other"), (z, "other")])]
    else:
        blocks = lines("\n".join(f"{a} {z}" for a, z in head), "h")
    found = extract(document([*blocks, *lines(MEMO_BODY)], "letter", "en", sender="Lake Development Bank"))
    author = Author("Ann Field", "Senior Water Specialist", "Lake Development Bank")
    assert [o.author for o in found.opinions] == [author]


def test_a_note_is_by_the_last_line_and_the_body_of_the_dateline() -> None:
    text = """
    NOTE SUR LE PROJET
    Amis des Rizières du Nord, le 3 mai 2026
    Le seuil de l'article 4 devrait être abaissé à 20 %, faute de quoi les petites exploitations en seront exclues.
    Luc Morel, délégué pour l'Asie
    """
    (opinion,) = extract(document(lines(text), "notes", "fr")).opinions
    assert opinion.author == Author("Luc Morel", "délégué pour l'Asie", "Amis des Rizières du Nord")


def test_a_place_in_a_dateline_is_no_body() -> None:
    text = """
    NOTE ON THE DRAFT
    Da Nang, 3 May 2026
    The target in Article 4 should be lowered to 20 per cent for the small farms of the uplands.
    Ann Field, adviser
    """
    (opinion,) = extract(document(lines(text), "notes", "en")).opinions
    assert (opinion.author.name, opinion.author.organization) == ("Ann Field", "")


def test_the_body_of_the_signature_wins_over_its_office_in_the_letterhead() -> None:
    blocks = lines("UPLAND FORUM\nSon La Field Office\nDear colleagues,\n" + MEMO_BODY)
    title = "Country Director, Upland Forum"
    source = document(blocks, "letter", "en", sender="Son La Field Office", signer="Ann Field", signer_title=title)
    assert extract(source).opinions[0].author == Author("Ann Field", "Country Director", "Upland Forum")


def test_neighbours_speak_for_the_branch_of_their_union_or_for_the_hamlet() -> None:
    text = """
    GHI CHÉP HỌP DÂN XÓM NÀ PHẶC, XÃ BÌNH LÂM
    Tối 3/5/2026, tại nhà văn hóa xóm
    Bác Mến bên nông dân: đề nghị sửa con đập đầu xóm.
    Chú Páo tổ trưởng tổ điện: đề nghị thay dây điện cũ.
    Dì Sáu: đề nghị làm thêm cầu treo.
    """
    found = extract(document(lines(text), "notes", "vi"))
    assert [(o.author.name, o.author.organization) for o in found.opinions] == [
        ("Mến", "Chi hội Nông dân xóm Nà Phặc"),
        ("Páo", "xóm Nà Phặc"),
        ("Sáu", "xóm Nà Phặc"),
    ]


def annotated(author: str) -> Document:
    note = Block("a/c1", "Đề nghị bỏ khoản này.", Locator(), "comment", annotation=Annotation(author))
    return document([note], "annotated_draft", "vi", "a")


def completed(*sources: Document) -> list[Author]:
    found = complete(sources, [extract(s) for s in sources])
    return [o.author for o in found[0].opinions]


def test_another_source_tells_the_body_of_a_name() -> None:
    minutes = document(lines("Có mặt: ông Giàng A Tủa (Sở Tư pháp), bà Lý Mẩy (Sở Y tế)", "m"), "minutes", "vi", "m")
    assert completed(annotated("Giàng A Tủa"), minutes) == [Author("Giàng A Tủa", "", "Sở Tư pháp")]


def test_a_surname_that_is_also_a_word_for_a_body_is_no_body() -> None:
    minutes = document(lines("Có mặt: bà Đoàn Thị Mây (Sở Tư pháp), bà Lý Mẩy (Sở Y tế)", "m"), "minutes", "vi", "m")
    assert completed(annotated("Đoàn Thị Mây"), minutes) == [Author("Đoàn Thị Mây", "", "Sở Tư pháp")]


def test_a_speaker_line_tells_the_body_of_a_name() -> None:
    text = "Ý KIẾN THẢO LUẬN\nÔng Giàng A Tủa - Phó Giám đốc Sở Tư pháp: Đề nghị bổ sung điều khoản thi hành."
    minutes = document(lines(text, "m"), "minutes", "vi", "m")
    assert completed(annotated("Giàng A Tủa"), minutes) == [Author("Giàng A Tủa", "Phó Giám đốc", "Sở Tư pháp")]


def test_two_bodies_for_one_name_tell_nothing() -> None:
    text = "Có mặt: ông Giàng A Tủa (Sở Tư pháp)\nVắng: ông Giàng A Tủa (Sở Y tế)"
    minutes = document(lines(text, "m"), "minutes", "vi", "m")
    assert completed(annotated("Giàng A Tủa"), minutes) == [Author("Giàng A Tủa")]
