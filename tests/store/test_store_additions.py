"""Words that people typed, found in sources again: nothing but their own words is ever quoted, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Event
from feedback_synth.datamodel.document import Block, Document, Locator, Span
from feedback_synth.datamodel.opinion import Author, Extraction, Opinion, Passage
from feedback_synth.store import additions, events, verbatim

LAN = "2026-11-22T08:00:00+07:00"
TEXT = "Kính gửi Sở. Về “nguồn vốn”: tỉnh cần\ncân đối 95%. Hoà bình lập lại, trạm y tế xuống cấp nặng!"


def _document(*texts: str, id_: str = "d9") -> Document:
    blocks = tuple(Block(f"{id_}/b{n}", text, Locator(paragraph=n + 1)) for n, text in enumerate(texts))
    return Document(id_, "thư.docx", id_ * 32, "letter", "vi", blocks)


def _extraction(document: Document, *opinions: Opinion) -> Extraction:
    passages = tuple(Passage(f"{b.id}/p1", Span(b.id, 0, len(b.text)), "procedure", "cue") for b in document.blocks)
    return Extraction(document.id, passages, opinions, (), ())


def _event(text: str, author: Author = Author(), reviewer: str = "Lan") -> Event:  # noqa: B008
    return events.make(additions.id_of(text, author), "added", text, reviewer=reviewer, decided_at=LAN)


def _spans(text: str, document: Document) -> list[tuple[Span, ...]]:
    return list(verbatim.find(text, document, verbatim.words_of(document)))


def test_words_are_found_whatever_their_capitals_blanks_marks_and_spelling():
    document = _document(TEXT)
    for typed, quoted in (
        ("TỈNH CẦN cân đối 95%.", "tỉnh cần\ncân đối 95%."),
        ("hòa bình lập lại", "Hoà bình lập lại"),
        ("“nguồn vốn”: tỉnh cần", "“nguồn vốn”: tỉnh cần"),
        ("trạm y tế, xuống cấp nặng", "trạm y tế xuống cấp nặng"),
    ):
        ((span,),) = _spans(typed, document)
        assert document.quote(span) == quoted
    assert _spans("bình lập", document) and not _spans("ình lập lại", document), "whole words only"
    assert not _spans("tỉnh cân đối", document) and not _spans("…", document)


def test_words_over_two_paragraphs_are_two_spans():
    document = _document("Thứ nhất, mở lớp.", "Thứ hai, cấp sách.")
    ((one, two),) = _spans("mở lớp. Thứ hai, cấp sách.", document)
    assert (document.quote(one), document.quote(two)) == ("mở lớp.", "Thứ hai, cấp sách.")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_added_is_quoted_and_passages_still_tile_the_source(data: st.DataObject):
    words = data.draw(st.lists(st.sampled_from("đề nghị, cấp; sách. cho trường học “xã” 95%".split()), min_size=6))
    document = _document(" ".join(words))
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 3, len(words)))
    text = " ".join(words[start:end])
    (found, *rest), _ = additions.add([_extraction(document)], [document], [_event(text)])
    (opinion,) = found.opinions
    assert not rest and opinion.added_by == "Lan" and document.quote(opinion.spans[0]) == opinion.text
    assert verbatim.words(opinion.text) == verbatim.words(text)
    assert "".join(document.quote(p.span) for p in found.passages) == document.blocks[0].text
    assert len({p.id for p in found.passages}) == len(found.passages)
    said = [p for p in found.passages if p.role == "opinion"]
    assert said and all(p.role in ("opinion", "procedure") for p in found.passages)
    assert verbatim.words(" ".join(document.quote(p.span) for p in said)) == verbatim.words(text)


def test_who_speaks_at_a_place_is_known_only_where_what_stands_around_tells():
    document = _document("Một ý kiến trước.", "Chưa ai nói đến đường vào bản.", "Một ý kiến sau.")
    authors = (Author(organization="Sở A"), Author(organization="Sở B"))

    def opinion(n: int, author: Author) -> Opinion:
        block = document.blocks[n]
        return Opinion(f"{block.id}/o1", "d9", (Span(block.id, 0, 16),), block.text, author, "vi", "add")

    for after, expected in ((authors[0], authors[0]), (authors[1], Author())):
        extraction = _extraction(document, opinion(0, authors[0]), opinion(2, after))
        (found,), _ = additions.add([extraction], [document], [_event("Chưa ai nói đến đường vào bản")])
        assert found.opinions[1].author == expected and found.opinions[0].id.startswith("d9")


def test_the_same_words_of_another_body_are_no_quotation_of_this_one(dossier: Analysis):
    """ "Đề nghị làm rõ nguồn vốn" stands in the letter of Sở A; Xã B asked the same by telephone."""
    words = "Đề nghị làm rõ nguồn vốn"
    sources = additions.Sources(dossier.sources, dossier.extractions)
    assert sources.place(words, Author()).taken == sources.place(words, Author(organization="Sở A")).taken == "d1/b1/o1"
    assert sources.place(words, Author(organization="Xã B")) == additions.Place()
    assert additions.id_of(words, Author(organization="Sở A")) != additions.id_of(words, Author(organization="Xã B"))
    assert additions.id_of("đề nghị LÀM RÕ nguồn vốn.", Author()) == additions.id_of(words, Author())


def test_what_the_program_finds_by_now_stands_there_once(dossier: Analysis):
    kept, notices = additions.add(dossier.extractions, dossier.sources, [_event("Đề nghị làm rõ nguồn vốn")])
    assert kept == dossier.extractions and [n.code for n in notices] == ["added_found"]


def test_what_is_left_out_leaves_no_trace_but_its_own(dossier: Analysis):
    (extraction,) = dossier.extractions
    first, second, third = extraction.opinions
    passages = tuple(Passage(f"{o.spans[0].block_id}/p1", o.spans[0], "opinion", "cue") for o in extraction.opinions)
    sided = replace(extraction, passages=passages, opinions=(first, replace(second, supports=(first.id,)), third))
    (left,) = additions.leave_out([sided], {(first.id, "disposition"): "no_opinion"})
    assert left.left_out == (first,) and [o.id for o in left.opinions] == [second.id, third.id]
    assert left.opinions[0].supports == ()
    assert [(p.role, p.evidence) for p in left.passages] == [
        ("other", "decision"),
        ("opinion", "cue"),
        ("opinion", "cue"),
    ]
    assert additions.leave_out([sided], {(first.id, "disposition"): "accepted"}) == (sided,)
