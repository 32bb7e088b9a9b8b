"""Whatever the lines are: every word stays, ids are unique, spans quote the document, comparison terminates."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, draft

from feedback_synth.drafts import compare, lint, parse

STARTS = [
    *(
        "Điều 1. ",
        "Điều 2a: ",
        "Điều 15 ",
        "Chương II",
        "Mục 1",
        "PHẦN THỨ HAI",
        "Phần I. ",
        "I- ",
        "II. ",
        "1. ",
        "2) ",
        "1.1. ",
    ),
    *(
        "(1) ",
        "(a) ",
        "(i) ",
        "(ii) ",
        "a) ",
        "đ) ",
        "i) ",
        "A. ",
        "- ",
        "+ ",
        "1° ",
        "I. – ",
        "Phụ lục",
        "ANNEX I",
        "Art. L. 111-1. – ",
    ),
    *(
        "Article premier. ",
        "Article 2 bis (nouveau)",
        "TITRE Ier",
        "Sec. 3. ",
        "§ 12 ",
        "12 Title of it",
        "“Điều 5. ",
        "« Art. 3. – ",
    ),
    *("Nơi nhận:", "Căn cứ Luật Giáo dục;", "", "MỤC LỤC", "Chương I ........ 3", "2025. ", "IV", "C. ", "…"),
]
ENDS = [
    "",
    "Phạm vi áp dụng",
    "quy định về học sinh;",
    "Nội dung có 70% trường.",
    "theo khoản 2 Điều 3",
    "”.",
    "» ;",
    "ngày 07/11/2025",
]
line = st.tuples(st.sampled_from(STARTS), st.sampled_from(ENDS)).map(lambda parts: "".join(parts).strip())
several = st.lists(line, max_size=25)
language = st.sampled_from(["vi", "en", "fr"])


@settings(max_examples=150)
@given(several, language)
def test_structure_of_any_lines(lines: list[str], code: str) -> None:
    source = document(*lines, language=code)
    made = parse(source, "resolution")
    assert len({p.id for p in made.provisions}) == len(made.provisions)
    for provision in made.provisions:
        assert provision.parent_id == "" or provision.parent_id in made.by_id
        for span in provision.spans:
            assert source.quote(span) in "\n".join((provision.heading, provision.text))


@settings(max_examples=60)
@given(several, several, language)
def test_comparison_and_checks_of_any_lines(old: list[str], new: list[str], code: str) -> None:
    a, b = draft(*old, language=code), draft(*new, language=code)
    found = compare(a, b)
    for change in found.changes:
        assert "".join(s.text for s in change.segments if s.op != "insert") == change.old_text
        assert "".join(s.text for s in change.segments if s.op != "delete") == change.new_text
    assert compare(a, a).changes == ()
    assert lint([a, b]) == lint([a, b])


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_text_breaks_the_parser(texts: list[str]) -> None:
    made = draft(*[re.sub(r"[\ud800-\udfff]", "", t) for t in texts])
    assert compare(made, made).changes == ()
