"""What holds for any words: nothing crashes, scores stay in bounds, sets do not overlap, each opinion is traced."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_synth.analysis import duplicates, links, oppositions, themes, tracing
from feedback_synth.datamodel.analysis import Assignment
from feedback_synth.datamodel.comparison import Change, Comparison, Pair, Segment, Version
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Author, Edit, Opinion

WORDS = (
    "đề nghị nâng 80% khoản 2 Điều 1 năm 2028 học bổng bỏ “nước sạch” 1,2 triệu đồng article 3 alinéa 1 raise to 5.5 "
    "the rate clause 2(b) không mức độ 2 et la moitié, ; ? xã A Biểu 01 tableau phần căn cứ và trang 5 dòng 3"
).split()
texts = st.one_of(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.text(max_size=60))
requests = st.sampled_from(("add", "amend", "delete", "clarify", "consider", "difficulty", "question", "other"))
edits = st.lists(st.builds(Edit, st.sampled_from(("replace", "delete", "insert")), texts, texts), max_size=2)


@st.composite
def opinions(draw: st.DrawFn) -> list[Opinion]:
    found = []
    for n in range(draw(st.integers(0, 6))):
        text, language = draw(texts), draw(st.sampled_from(("vi", "en", "fr")))
        span = Span(f"s/b{n}", 0, len(text))
        author = Author(draw(st.sampled_from(("", "An", "Bình"))))
        given_edits = tuple(draw(edits))
        found.append(
            Opinion(
                f"s/b{n}/o1",
                "s",
                (span,),
                text,
                author,
                language,
                draw(requests),
                context=draw(texts),
                edits=given_edits,
            )
        )
    return found


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    top = [
        Provision(f"{n}", f"Điều {n}", "article", f"{n}", "", draw(texts))
        for n in range(1, draw(st.integers(1, 3)) + 1)
    ]
    inner = [Provision(f"{p.id}/1", f"{p.label} khoản 1", "clause", "1", "", draw(texts), p.id) for p in top]
    return Draft("d", "resolution", "d.docx", "0", draw(st.sampled_from(("vi", "en", "fr"))), (*top, *inner))


@settings(max_examples=60)
@given(opinions(), drafts())
def test_links_point_at_provisions_that_exist(told: list[Opinion], draft: Draft) -> None:
    found = links.link(told, [draft])
    assert all(0 < x.score <= 1 and draft.by_id[x.provision_id].label == x.label for x in found)
    assert len({(x.opinion_id, x.provision_id) for x in found}) == len(found)
    links.check(told, [draft])


@settings(max_examples=60)
@given(opinions(), drafts())
def test_sets_and_themes_do_not_overlap(told: list[Opinion], draft: Draft) -> None:
    found = links.link(told, [draft])
    sets = duplicates.find(told, found)
    members = [i for s in sets for i in s.opinion_ids]
    assert len(members) == len(set(members))
    assert all(len(s.opinion_ids) >= 2 for s in sets)
    named = themes.find(told, [Assignment(o.id, "other") for o in told], sets, found, language="vi")
    members = [i for t in named for i in t.opinion_ids]
    assert len(members) == len(set(members))
    known = {o.id for o in told}
    assert all(set(x.opinion_ids) <= known for x in oppositions.find(told, found))


@settings(max_examples=60)
@given(opinions(), drafts(), texts, texts)
def test_every_opinion_is_traced_once(told: list[Opinion], draft: Draft, old: str, new: str) -> None:
    segments = (Segment("delete", old), Segment("insert", new))
    changes = (
        Change("modified", True, "1/1", "Điều 1 khoản 1", "1/1", "Điều 1 khoản 1", old, new, segments),
        Change("added", True, "", "", "2", "Điều 2", "", new, (Segment("insert", new),)),
        Change("removed", True, "1", "Điều 1", "", "", old, "", (Segment("delete", old),)),
    )
    pairs = (Pair("1/1", "1/1", "Điều 1 khoản 1", "Điều 1 khoản 1"),)
    comparison = Comparison("resolution", Version("a", "0"), Version("b", "1"), changes, pairs=pairs)
    found = tracing.trace(told, (), links.link(told, [draft]), [draft], [draft], [comparison])
    assert [t.opinion_id for t in found.traces] == [o.id for o in told]
    assert all(0 <= t.score <= 1 for t in found.traces)
    absorbed = [t for t in found.traces if t.outcome in ("full", "partial", "opposite")]
    assert all(e.change != "unchanged" for t in absorbed for e in t.evidence)
    assert all(t.evidence for t in absorbed)


def test_nothing_changed_means_nothing_absorbed() -> None:
    draft = Draft(
        "d", "resolution", "d.docx", "0", "vi", (Provision("1", "Điều 1", "article", "1", "", "Nước sạch 65%."),)
    )
    told = [Opinion("s/b1/o1", "s", (Span("s/b1", 0, 1),), "Nâng nước sạch lên 80%", Author(), "vi", "amend")]
    same = Comparison(
        "resolution", Version("a", "0"), Version("b", "1"), (), pairs=(Pair("1", "1", "Điều 1", "Điều 1"),)
    )
    found = tracing.trace(told, (), links.link(told, [draft]), [draft], [draft], [same])
    assert [t.outcome for t in found.traces] == ["none"]
    assert found.changes_without_opinion == ()
