"""The .docx reader: final view, tracked changes, comments, numbers, tables, text boxes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import make_docx, p

from feedback_synth import documents
from feedback_synth.datamodel.document import Block, Document

Write = Callable[..., Path]


def of_kind(document: Document, *kinds: str) -> list[Block]:
    return [b for b in document.blocks if b.kind in kinds]


def texts(document: Document, *kinds: str) -> list[str]:
    return [b.text for b in of_kind(document, *kinds)] if kinds else [b.text for b in document.blocks]


def run(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag} xml:space='preserve'>{text}</w:{tag}></w:r>"


def test_ids_follow_the_order_of_the_document(docx: Write) -> None:
    document = documents.read(docx(p("một") + p("") + p("hai")))
    assert [b.id for b in document.blocks] == [f"{document.id}/b1", f"{document.id}/b2"]
    assert document.id == document.sha256[:12]


def test_decomposed_text_comes_out_composed(docx: Write) -> None:
    assert texts(documents.read(docx(p("Nghi\u0323 quye\u0302\u0301t")))) == ["Nghị quyết"]


def test_replacement_is_an_insertion_and_a_deletion_that_know_each_other(docx: Write) -> None:
    body = (
        "<w:p>"
        + run("đạt ")
        + "<w:del w:author='An' w:date='2025-11-10T08:30:00Z'>"
        + run("70%", "delText")
        + "</w:del>"
        "<w:ins w:author='An' w:date='2025-11-10T08:30:00Z'>"
        + run("80%")
        + "</w:ins>"
        + run(" vào năm 2030.")
        + "</w:p>"
    )
    document = documents.read(docx(body))
    paragraph, deletion, insertion = document.blocks
    assert paragraph.text == "đạt 80% vào năm 2030."
    assert (deletion.kind, deletion.text, insertion.kind, insertion.text) == ("deletion", "70%", "insertion", "80%")
    assert deletion.annotation and deletion.annotation.replaced_by == insertion.id
    assert insertion.annotation and insertion.annotation.deleted == "70%"
    assert insertion.annotation.anchor and document.quote(insertion.annotation.anchor) == "80%"
    assert deletion.annotation.anchor and document.quote(deletion.annotation.anchor) == ""
    assert [n.code for n in document.notices] == ["tracked_changes"]


def test_insertion_before_deletion_is_a_replacement_too(docx: Write) -> None:
    body = (
        "<w:p><w:ins w:author='An'>"
        + run("mới")
        + "</w:ins><w:del w:author='An'>"
        + run("cũ", "delText")
        + "</w:del></w:p>"
    )
    _, insertion, deletion = documents.read(docx(body)).blocks
    assert insertion.annotation and insertion.annotation.deleted == "cũ"
    assert deletion.annotation and deletion.annotation.replaced_by == insertion.id


def test_changes_of_two_authors_do_not_replace_each_other(docx: Write) -> None:
    body = (
        "<w:p><w:del w:author='An'>"
        + run("cũ", "delText")
        + "</w:del><w:ins w:author='Bình'>"
        + run("mới")
        + "</w:ins></w:p>"
    )
    _, deletion, insertion = documents.read(docx(body)).blocks
    assert deletion.annotation and deletion.annotation.replaced_by == ""
    assert insertion.annotation and insertion.annotation.deleted == ""


def test_a_deleted_paragraph_mark_joins_the_paragraphs(docx: Write) -> None:
    body = "<w:p><w:pPr><w:rPr><w:del w:author='An'/></w:rPr></w:pPr>" + run("Một ") + "</w:p>" + p("câu.")
    assert texts(documents.read(docx(body)), "paragraph") == ["Một câu."]


def test_a_wholly_deleted_paragraph_is_anchored_to_the_one_before(docx: Write) -> None:
    gone = "<w:p><w:pPr/><w:del w:author='An'>" + run("Bỏ hẳn.", "delText") + "</w:del></w:p>"
    document = documents.read(docx(p("Trước.") + gone + p("Sau.")))
    deletion = of_kind(document, "deletion")[0]
    assert deletion.text == "Bỏ hẳn."
    assert deletion.annotation and deletion.annotation.anchor
    assert deletion.annotation.anchor.block_id == document.blocks[0].id


def test_a_comment_is_anchored_to_its_words_and_a_reply_to_its_comment(docx: Write) -> None:
    body = (
        "<w:p>"
        + run("Tỷ lệ ")
        + "<w:commentRangeStart w:id='0'/>"
        + run("70% trường")
        + "<w:commentRangeEnd w:id='0'/>"
        "<w:r><w:commentReference w:id='0'/></w:r>" + run(" đạt chuẩn.") + "</w:p>"
    )
    comments = (
        "<w:comment w:id='0' w:author='An'><w:p w14:paraId='AA'>" + run("Nâng lên 80%.") + "</w:p></w:comment>"
        "<w:comment w:id='1' w:author='Bình'><w:p w14:paraId='BB'>" + run("Đồng ý.") + "</w:p></w:comment>"
    )
    extended = "<w15:commentEx w15:paraId='BB' w15:paraIdParent='AA'/>"
    document = documents.read(docx(body, comments=comments, commentsExtended=extended))
    first, reply = of_kind(document, "comment")
    assert first.annotation and first.annotation.anchor and document.quote(first.annotation.anchor) == "70% trường"
    assert reply.annotation and reply.annotation.reply_to == first.id
    assert document.kind == "annotated_draft"


def test_a_comment_over_several_paragraphs_keeps_the_words_of_the_first(docx: Write) -> None:
    body = (
        "<w:p>"
        + run("Một ")
        + "<w:commentRangeStart w:id='7'/>"
        + run("hai")
        + "</w:p><w:p>"
        + run("ba")
        + "<w:commentRangeEnd w:id='7'/><w:r><w:commentReference w:id='7'/></w:r></w:p>"
    )
    comments = "<w:comment w:id='7' w:author='An'>" + p("Gộp lại.") + p("Cho gọn.") + "</w:comment>"
    document = documents.read(docx(body, comments=comments))
    comment = of_kind(document, "comment")[0]
    assert comment.text == "Gộp lại.\nCho gọn."
    assert comment.annotation and comment.annotation.anchor and document.quote(comment.annotation.anchor) == "hai"


NUMBERING = """
<w:abstractNum w:abstractNumId='1'>
 <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>
 <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2.'/></w:lvl>
 <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%3)'/></w:lvl>
</w:abstractNum>
<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>
<w:num w:numId='2'><w:abstractNumId w:val='1'/>
<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>
"""


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")


def test_automatic_numbers_restart_below_a_higher_level(docx: Write) -> None:
    items = [(0, 1), (1, 1), (2, 1), (2, 1), (1, 1), (2, 1), (0, 1), (1, 1), (0, 2), (1, 2)]
    document = documents.read(docx("".join(numbered("x", *item) for item in items), numbering=NUMBERING))
    assert [b.number for b in document.blocks] == [
        "I.", "1.1.", "a)", "b)", "1.2.", "a)", "II.", "2.1.", "V.", "5.1.",
    ]  # fmt: skip
    assert [b.level for b in document.blocks] == [level for level, _ in items]


def test_a_style_gives_the_number_and_a_circle_of_styles_ends(docx: Write) -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='Khoan'><w:name w:val='Khoan'/><w:basedOn w:val='Goc'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Goc'><w:name w:val='Goc'/><w:basedOn w:val='Khoan'/>"
        "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    body = p("một", "<w:pStyle w:val='Khoan'/>") + p("hai", "<w:pStyle w:val='Khoan'/>")
    document = documents.read(docx(body, numbering=NUMBERING, styles=styles))
    assert [b.number for b in document.blocks] == ["I.", "II."]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_merged_cells_are_one_block_at_their_first_place(docx: Write) -> None:
    restart, goes_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [
        cell("Sở Tài chính", restart) + cell("một"),
        cell("", goes_on) + cell("hai"),
        cell("Cộng", "<w:gridSpan w:val='2'/>"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{r}</w:tr>" for r in rows) + "</w:tbl>"
    places = {b.text: b.cell for b in documents.read(docx(table)).blocks}
    first, last = places["Sở Tài chính"], places["Cộng"]
    assert first and (first.row, first.column, first.row_span) == (1, 1, 2)
    assert last and (last.row, last.column, last.column_span) == (3, 1, 2)


def test_paragraphs_of_a_cell_share_their_place_and_a_nested_table_has_its_own(docx: Write) -> None:
    inner = "<w:tbl><w:tr>" + cell("trong") + "</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc><w:tcPr/>{p('một')}{p('hai')}{inner}{p('')}</w:tc>{cell('bên')}</w:tr></w:tbl>"
    one, two, nested, _ = documents.read(docx(table)).blocks
    assert one.cell == two.cell and one.cell and one.cell.table == 1
    assert nested.cell and nested.cell.table == 2


def test_columns_of_opinions_are_known_by_their_headers(docx: Write) -> None:
    rows = [
        ("STT", "Cơ quan, đơn vị", "Nội dung góp ý", "Tiếp thu, giải trình"),
        ("1", "Sở Tài chính", "Đề nghị làm rõ nguồn vốn", "Tiếp thu"),
        ("2", "UBND xã Bản Bo", "Bổ sung lộ trình thực hiện chỉ tiêu", "Giải trình"),
    ]
    table = "<w:tbl>" + "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows) + "</w:tbl>"
    document = documents.read(docx(table))
    assert [b.cell.role for b in document.blocks[:4] if b.cell] == ["number", "organization", "opinion", "response"]
    assert [b.cell.is_header for b in document.blocks if b.cell] == [True] * 4 + [False] * 8
    assert document.kind == "absorption_table"


def test_text_boxes_notes_and_margins_are_kept_apart(docx: Write) -> None:
    box = (
        "<w:p>"
        + run("Thân bài")
        + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + p("Trong khung")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        "<w:txbxContent>"
        + p("Trong khung")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    notes = (
        "<w:footnote w:id='0' w:type='separator'>"
        + p("---")
        + "</w:footnote><w:footnote w:id='2'>"
        + p("Chú thích")
        + "</w:footnote>"
    )
    document = documents.read(docx(box, footnotes=notes, header=p("Dự thảo lần 1"), footer=p("Trang cuối")))
    assert [(b.text, b.kind, b.locator.part) for b in document.blocks] == [
        ("Thân bài", "paragraph", "body"),
        ("Trong khung", "paragraph", "textbox"),
        ("Chú thích", "footnote", "footnote"),
        ("Dự thảo lần 1", "header", "header"),
        ("Trang cuối", "footer", "footer"),
    ]


def test_fields_links_symbols_and_breaks_give_what_word_shows(docx: Write) -> None:
    body = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run("7") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        "<w:hyperlink>"
        + run(" xem")
        + "</w:hyperlink><w:r><w:tab/><w:t>đây</w:t><w:br/><w:t>GD</w:t><w:noBreakHyphen/><w:t>ĐT</w:t></w:r>"
        "<w:sdt><w:sdtContent>"
        + run(" ô")
        + "</w:sdtContent></w:sdt><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
    )
    document = documents.read(docx(body))
    assert texts(document) == ["7 xem đây\nGD-ĐT ô"]
    assert [n.code for n in document.notices] == ["hidden_text"]


@pytest.mark.parametrize("level, kind", [("0", "heading"), ("9", "paragraph")])
def test_outline_levels_make_headings(docx: Write, level: str, kind: str) -> None:
    assert documents.read(docx(p("I- MỤC TIÊU", f"<w:outlineLvl w:val='{level}'/>"))).blocks[0].kind == kind


def test_moved_words_are_one_change_in_two_places(docx: Write) -> None:
    words = "chính sách cho giáo viên vùng cao"
    body = (
        f"<w:p>{run('Trước ')}<w:moveFrom w:author='An'>{run(words)}</w:moveFrom></w:p>"
        + p("Giữa.")
        + f"<w:p>{run('Sau ')}<w:moveTo w:author='An'>{run(words)}</w:moveTo></w:p>"
    )
    document = documents.read(docx(body))
    deletion, insertion = of_kind(document, "deletion", "insertion")
    assert deletion.annotation and deletion.annotation.replaced_by == insertion.id
    assert insertion.annotation and insertion.annotation.deleted == insertion.text == words


def test_a_table_of_contents_is_navigation(docx: Write) -> None:
    styles = "<w:style w:type='paragraph' w:styleId='TOC1'><w:name w:val='toc 1'/></w:style>"
    body = p("Điều 1. Phạm vi 3", "<w:pStyle w:val='TOC1'/>") + p("Chương II ......... 12") + p("Điều 1. Phạm vi")
    document = documents.read(docx(body, styles=styles))
    assert [b.kind for b in document.blocks] == ["navigation", "navigation", "paragraph"]


def test_old_form_fields_show_their_state(docx: Write) -> None:
    def box(state: str) -> str:
        return (
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>"
            f"{state}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        )

    body = f"<w:p>{box('<w:checked/>')}{run(' Đồng ý ')}{box('')}{run(' Không đồng ý')}</w:p>"
    assert texts(documents.read(docx(body))) == ["☑ Đồng ý ☐ Không đồng ý"]


def test_pages_are_counted_where_word_began_them(docx: Write) -> None:
    broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>trang hai</w:t></w:r></w:p>"
    running = "<w:p>" + run("cuối trang hai ") + "<w:r><w:lastRenderedPageBreak/><w:t>sang trang ba</w:t></w:r></w:p>"
    document = documents.read(docx(p("trang một") + broken + running + p("vẫn trang ba")))
    assert [b.locator.page for b in document.blocks] == [1, 2, 2, 3]


def test_fonts_before_unicode_are_converted_run_by_run(docx: Write) -> None:
    def old(text: str, font: str) -> str:
        return f"<w:r><w:rPr><w:rFonts w:ascii='{font}'/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"

    runs = [old("§Ò ¸n ", ".VnTime"), run("về giáo dục: "), old("gi¸o dôc", ".VnTimeH"), old(" ñaøo taïo", "VNI-Times")]
    document = documents.read(docx(f"<w:p>{''.join(runs)}</w:p>"))
    assert texts(document) == ["Đề án về giáo dục: GIÁO DỤC đào tạo"]
    assert "legacy_font" in [n.code for n in document.notices]


def test_a_file_inside_the_text_is_read_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ghép.docx"
    path.write_bytes(make_docx(p("Thân"), aFChunk=""))
    data = {n: zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist()}
    data["word/aFChunk.xml"] = make_docx(p("Phần ghép"))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in data.items():
            archive.writestr(name, content)
    found, failures = documents.read_all(path)
    assert [d.blocks[0].text for d in found] == ["Thân", "Phần ghép"] and not failures


def test_a_tracked_paragraph_has_three_views(docx: Write) -> None:
    body = (
        "<w:p>"
        + run("đạt ")
        + "<w:del w:author='An'>"
        + run("70%", "delText")
        + "</w:del><w:ins w:author='An'>"
        + run("80%")
        + "</w:ins>"
        + run(" vào")
        + "<w:del w:author='An'>"
        + run(" cuối", "delText")
        + "</w:del>"
        + run(" năm 2030.")
        + "</w:p>"
    )
    document = documents.read(docx(body))
    block = document.blocks[0].id
    assert documents.view(document, block, "final") == "đạt 80% vào năm 2030."
    assert documents.view(document, block, "original") == "đạt 70% vào cuối năm 2030."
    assert documents.view(document, block, "both") == "đạt [-70%-]{+80%+} vào[-cuối-] năm 2030."
    assert (
        "".join(s.text for s in documents.segments_of(document, block) if s.op != "delete") == document.blocks[0].text
    )
