"""What must hold of any source whatever it says: nothing lost, nothing invented, the same every time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_synth.datamodel.document import Annotation, Block, BlockKind, Cell, Document, Locator, SourceKind
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.languages.text import clean
from feedback_synth.opinions import extract, judging

PIECES = (
    "Đề nghị bổ sung chỉ tiêu",
    "Ông Lê Văn Tám, Giám đốc Sở Y tế:",
    "Điểm cầu xã Thu Lũm:",
    "nhất trí với dự thảo",
    "III. Ý KIẾN THẢO LUẬN",
    "V. KẾT LUẬN",
    "Tại khoản 2 Điều 5: sửa “có thể” thành “phải”",
    "The target is too low; raise it to 80%",
    "Mr. Dung said that",
    "Dear Sir,",
    "Yours sincerely,",
    "Il faudrait préciser qui paie",
    "à condition que",
    "- ",
    "1) ",
    "a) ",
    "; ",
    " // ",
    ". ",
    "? ",
    ": ",
    "\n",
    " ",
    "«",
    "(",
    ")",
    '"',
    "…",
    "N/A",
    "08:15",
    "./.",
    "Ngoài ra, ",
    "and ",
)
KINDS: tuple[SourceKind, ...] = ("minutes", "letter", "table", "annotated_draft", "news", "notes", "draft")
BLOCK_KINDS: tuple[BlockKind, ...] = ("paragraph", "heading", "list_item", "cell", "comment", "insertion", "deletion")
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), min_size=1, max_size=9).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    blocks = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(BLOCK_KINDS))
        cell = (
            Cell(1, number + 1, 1, role=draw(st.sampled_from(("opinion", "organization", "note"))))
            if kind == "cell"
            else None
        )
        note = Annotation("Trần Mạnh (Sở Tư pháp)") if kind in ("comment", "insertion", "deletion") else None
        text = clean(draw(texts))
        blocks.append(
            Block(f"d/b{number + 1}", text, Locator(), kind, cell=cell, annotation=note, bold=draw(st.booleans()))
        )
    return Document(
        "d", "x", "0" * 64, draw(st.sampled_from(KINDS)), draw(st.sampled_from(("vi", "en", "fr"))), tuple(blocks)
    )


@settings(max_examples=60)
@given(documents())
def test_passages_hold_every_character_once(document: Document) -> None:
    found = extract(document)
    for block in document.blocks:
        held = [0] * len(block.text)
        for passage in found.passages:
            if passage.span.block_id == block.id:
                for place in range(passage.span.start, passage.span.end):
                    held[place] += 1
        assert all(n == 1 for n, c in zip(held, block.text, strict=True) if not c.isspace())
        assert all(n <= 1 for n in held)


@settings(max_examples=60)
@given(documents())
def test_quotations_are_exact_and_apart(document: Document) -> None:
    found = extract(document)
    quoted = [*found.opinions, *found.agreements, *found.directives]
    for one in quoted:
        assert document.quote(one.span) == one.text
        assert one.text == one.text.strip()
        assert one.text
    spans = sorted((o.span.block_id, o.span.start, o.span.end) for o in quoted)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans))


@settings(max_examples=25)
@given(documents())
def test_a_second_run_gives_the_same(document: Document) -> None:
    first: Extraction = extract(document)
    assert extract(document) == first
    ids = [p.id for p in first.passages] + [o.id for o in first.opinions] + [a.id for a in first.agreements]
    assert len(ids) == len(set(ids))


def test_long_words_in_capitals_are_read_in_no_time() -> None:
    assert judging._NAMES_ALONE.fullmatch("Hill Fund, Ann Field and Lake Trust")
    assert not judging._NAMES_ALONE.fullmatch("A" * 5000 + "!")
