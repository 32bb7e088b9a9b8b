"""A small dossier: one letter with three opinions, one draft, built by hand so that every value is in view."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.analysis import Analysis, Assignment, DuplicateSet, Link
from feedback_synth.datamodel.document import Block, Document, Locator, Span
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Author, Extraction, Opinion

LINES = (
    "Đề nghị nâng chỉ tiêu lên 80%; bổ sung kinh phí cho các điểm trường",
    "Đề nghị làm rõ nguồn vốn",
    "Cần bổ sung kinh phí cho điểm trường",
)


def _opinion(document: Document, number: int, organization: str) -> Opinion:
    block = document.blocks[number]
    span = Span(block.id, 0, len(block.text))
    author = Author(organization=organization)
    return Opinion(f"{block.id}/o1", document.id, (span,), block.text, author, "vi", "add")


def _provision(id_: str, label: str, level: str, number: str, parent: str = "") -> Provision:
    return Provision(id_, label, level, number, "", f"Nội dung {label}", parent)  # type: ignore[arg-type]


@pytest.fixture
def dossier() -> Analysis:
    blocks = tuple(Block(f"d1/b{n}", text, Locator(paragraph=n + 1)) for n, text in enumerate(LINES))
    document = Document("d1", "công văn.docx", "d1" * 32, "letter", "vi", blocks)
    opinions = tuple(_opinion(document, n, org) for n, org in enumerate(("Sở A", "Sở A", "Xã B")))
    provisions = (
        _provision("art_3", "Điều 3", "article", "3"),
        _provision("art_3/cl_1", "Điều 3 khoản 1", "clause", "1", "art_3"),
        _provision("art_3/cl_2", "Điều 3 khoản 2", "clause", "2", "art_3"),
        _provision("art_4", "Điều 4", "article", "4"),
        _provision("art_4/cl_2", "Điều 4 khoản 2", "clause", "2", "art_4"),
    )
    resolution = Draft("r1", "resolution", "nghị quyết.docx", "r1" * 32, "vi", provisions)
    project = Draft("p1", "project", "đề án.docx", "p1" * 32, "vi", (_provision("art_4", "Điều 4", "article", "4"),))
    return Analysis(
        sources=(document,),
        drafts=(resolution, project),
        extractions=(Extraction("d1", (), opinions, (), ()),),
        assignments=tuple(Assignment(o.id, "funding") for o in opinions),
        links=(Link("d1/b0/o1", "resolution", "art_3", "Điều 3", False, 0.8),),
        duplicate_sets=(DuplicateSet("s1", ("d1/b1/o1", "d1/b2/o1")),),
    )
