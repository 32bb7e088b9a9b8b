"""A small dossier built by hand: three languages, duplicates, agreements, directives, links, traces."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from feedback_synth.datamodel.analysis import Analysis, Assignment, DuplicateSet, Link, Opposition, Theme
from feedback_synth.datamodel.comparison import (
    Change,
    Comparison,
    Gap,
    IndicatorChange,
    Pair,
    Segment,
    Trace,
    TraceEvidence,
    Tracing,
    UnaskedChange,
    Version,
)
from feedback_synth.datamodel.document import Block, Document, Field, Locator, Notice, Span
from feedback_synth.datamodel.draft import Citation, Draft, Indicator, Provision
from feedback_synth.datamodel.opinion import Agreement, Author, Directive, Extraction, Opinion, Passage

NOBODY = Author()
GROUPS = ("indicators", "tasks_solutions", "funding", "difficulties", "other")


@dataclass(frozen=True)
class Said:
    """One block of a source: its words, its role, and for an opinion what the machine made of it."""

    text: str
    role: str = "opinion"
    author: Author = NOBODY
    group: str = "tasks_solutions"
    request: str = "add"
    links: tuple[tuple[str, str], ...] = ()  # (draft, provision id)
    outcome: str = ""
    theme: str = ""
    same: str = ""
    unsure: bool = False
    context: str = ""


MINUTES = (
    Said("Tham dự hội thảo có đại diện các sở, ban, ngành tỉnh và 38 xã, phường.", "attendance"),
    Said("Dự thảo Đề án gồm 3 phần, dự thảo Nghị quyết gồm 4 mục.", "draft_summary"),
    Said(
        "đề nghị nâng tỷ lệ trường học có hạ tầng số từ 70% lên 80% vào năm 2030",
        author=Author("Lò Thị Mai", "Phó Giám đốc", "Sở Khoa học và Công nghệ"),
        group="indicators",
        request="amend",
        links=(("resolution", "II/3/a"), ("project", "2/1")),
        outcome="full",
        theme="Tỷ lệ trường có hạ tầng số",
        same="digital",
    ),
    Said(
        "Giữ chỉ tiêu 70% trường có hạ tầng số, không nên nâng vì chưa có nguồn lực",
        author=Author("Vàng A Páo", "Chủ tịch", "UBND xã Bản Thảo"),
        group="indicators",
        request="consider",
        links=(("resolution", "II/3/a"),),
        outcome="opposite",
        theme="Tỷ lệ trường có hạ tầng số",
    ),
    Said(
        "cần làm rõ nguồn kinh phí và cơ chế phân bổ 250 tỷ đồng cho trường liên cấp",
        author=Author("Nguyễn Văn Hòa", "Trưởng phòng", "Sở Tài chính"),
        group="funding",
        request="clarify",
        links=(("project", "3/1"),),
        outcome="partial",
        theme="Nguồn vốn",
    ),
    Said("UBND xã Bản Cuối nhất trí với nội dung các dự thảo.", "agreement", Author(organization="UBND xã Bản Cuối")),
    Said("Ban soạn thảo xin tiếp thu ý kiến của Sở Tài chính.", "drafter_answer"),
    Said(
        "Giao Sở GD&ĐT chủ trì, phối hợp với Tổ biên tập hoàn thiện dự thảo trước ngày 15/10/2026.",
        "directive",
        Author("Trần Quốc Bình", "Phó Chủ tịch UBND tỉnh"),
    ),
    Said("Hội thảo kết thúc hồi 17 giờ cùng ngày.", "procedure"),
)
LETTER = (
    Said("Sau khi nghiên cứu dự thảo, UBND xã Nậm Khao có ý kiến như sau:", "procedure"),
    Said(
        "nâng tỷ lệ trường có hạ tầng số lên 80%",
        author=Author("", "", "UBND xã Nậm Khao"),
        group="indicators",
        request="amend",
        links=(("resolution", "II/3/a"),),
        outcome="full",
        theme="Tỷ lệ trường có hạ tầng số",
        same="digital",
        context="Đề nghị",
    ),
    Said(
        "Xã còn thiếu 12 giáo viên tiếng Anh, sóng Internet ở 3 bản không ổn định.",
        author=Author("", "", "UBND xã Nậm Khao"),
        group="difficulties",
        request="difficulty",
        outcome="none",
    ),
    Said("Một câu không rõ ý <script>alert('x')</script> & còn lại.", "other"),
)
FRENCH = (
    Said("Nous remercions la province de nous avoir consultés.", "procedure"),
    Said(
        "Il conviendrait de préciser les critères d’attribution des bourses aux élèves des communes frontalières.",
        author=Author("Claire Martin", "directrice", "ONG Écoles des Montagnes"),
        request="clarify",
        links=(("project", "2/2"),),
        outcome="none",
        theme="Học bổng",
        unsure=True,
    ),
    Said(
        "L’ONG est favorable à l’ensemble du projet.",
        "agreement",
        Author("Claire Martin", "", "ONG Écoles des Montagnes"),
    ),
)
ENGLISH = (
    Said(
        "We suggest adding a scholarship scheme for boarding students in remote communes.",
        author=Author("John Reed", "", "Highland Education Foundation"),
        links=(("project", "2/2"),),
        outcome="partial",
        theme="Học bổng",
    ),
    Said("Please use consistent wording for “digital infrastructure”.", group="other", request="amend"),
)
LETTER_FIELDS = (("sender", "UBND xã Nậm Khao"), ("number", "45/UBND-VX"), ("date", "2026-09-11"))
SOURCES = (
    ("bien-ban-hoi-thao.docx", "minutes", "vi", MINUTES, (("date", "2026-09-05"), ("place", "Hội trường A"))),
    ("cong-van-nam-khao.docx", "letter", "vi", LETTER, LETTER_FIELDS),
    ("lettre-ong.docx", "letter", "fr", FRENCH, ()),
    ("letter.txt", "letter", "en", ENGLISH, ()),
)


def sample(*, traced: bool = True) -> Analysis:
    """The dossier; ``traced=False`` is one without revised drafts."""
    documents, extractions, said = [], [], []
    for name, kind, language, blocks, fields in SOURCES:
        document, extraction, opinions = _source(name, kind, language, blocks, fields)
        documents.append(document)
        extractions.append(extraction)
        said += opinions
    themes: dict[str, list[str]] = {}
    sets: dict[str, list[str]] = {}
    for opinion, one in said:
        themes.setdefault(one.theme, []).append(opinion.id)
        sets.setdefault(one.same, []).append(opinion.id)
    drafts = (_resolution("70%"), _project())
    labels = {(d.kind, p.id): p.label for d in drafts for p in d.provisions}
    digital = [o.id for o, one in said if one.theme.startswith("Tỷ lệ")]
    return Analysis(
        sources=tuple(documents),
        drafts=drafts,
        extractions=tuple(extractions),
        assignments=tuple(_assignment(o, one) for o, one in said),
        links=tuple(
            Link(o.id, d, p, labels[d, p], n == 0, 0.9 - n / 10)
            for o, one in said
            for n, (d, p) in enumerate(one.links)
        ),
        themes=tuple(
            Theme(f"t{n}", next(one.group for o, one in said if o.id == ids[0]), label, tuple(ids), ids[0])
            for n, (label, ids) in enumerate(themes.items())
            if label
        ),
        duplicate_sets=tuple(DuplicateSet(f"d-{key}", tuple(ids)) for key, ids in sets.items() if key),
        oppositions=(Opposition("resolution", "II/3/a", tuple(digital[:2])),),
        citations=(Citation("Nghị quyết số 71-NQ/TW", "71-NQ/TW", "2025-08-22", documents[0].id),),
        revised=(_resolution("80%"),) if traced else (),
        comparisons=(comparison(),) if traced else (),
        tracing=_tracing(said, extractions[0].directives[0].id) if traced else None,
        failures=("anh-chup.jpg: ảnh chụp không đọc được; hãy nhập lại nội dung.",),
    )


def _source(name, kind, language, blocks, fields):
    digest = sha256(name.encode()).hexdigest()
    key = digest[:12]
    made, passages, opinions, agreements, directives, said = [], [], [], [], [], []
    for n, one in enumerate(blocks, start=1):
        block = Block(f"{key}/b{n}", one.text, Locator(paragraph=n))
        span = Span(block.id, 0, len(one.text))
        made.append(block)
        passages.append(Passage(f"{block.id}/p1", span, one.role))
        if one.role == "opinion":
            opinion = Opinion(
                f"{block.id}/o1", key, (span,), one.text, one.author, language, one.request, context=one.context
            )
            opinions.append(opinion)
            said.append((opinion, one))
        elif one.role == "agreement":
            agreements.append(Agreement(f"{block.id}/a1", key, span, one.text, one.author))
        elif one.role == "directive":
            directives.append(
                Directive(
                    f"{block.id}/d1", key, span, one.text, one.author, "Sở GD&ĐT", "Tổ biên tập", "2026-10-15", language
                )
            )
    notices = (Notice("same_content", (("name", f"ban-sao-{name}"), ("first", name))),) if kind == "minutes" else ()
    document = Document(key, name, digest, kind, language, tuple(made), tuple(Field(*f) for f in fields), notices)
    extraction = Extraction(key, tuple(passages), tuple(opinions), tuple(agreements), tuple(directives))
    return document, extraction, said


def _assignment(opinion, one):
    rest = [g for g in GROUPS if g != one.group]
    return Assignment(opinion.id, one.group, (), ((one.group, 0.55 if one.unsure else 0.9), (rest[0], 0.4)), one.unsure)


def _resolution(rate: str) -> Draft:
    provisions = (
        Provision("II", "II", "part", "II", "QUAN ĐIỂM, MỤC TIÊU", ""),
        Provision("II/3", "II mục 3", "clause", "3", "Mục tiêu cụ thể", "", "II"),
        Provision(
            "II/3/a", "II mục 3 điểm a", "point", "a", "", f"Đến năm 2030, {rate} trường học có hạ tầng số.", "II/3"
        ),
        Provision("III", "III", "part", "III", "NHIỆM VỤ, GIẢI PHÁP", "Tăng cường lãnh đạo, chỉ đạo."),
    )
    digest = sha256(f"resolution{rate}".encode()).hexdigest()
    indicator = Indicator(
        "i1",
        "II/3/a",
        "II mục 3 điểm a",
        provisions[2].text,
        "trường học có hạ tầng số",
        float(rate[:-1]),
        "%",
        deadline="2030",
    )
    name = f"nghi-quyet-{'v1' if rate == '70%' else 'v2'}.docx"
    return Draft(digest[:12], "resolution", name, digest, "vi", provisions, (), (indicator,))


def _project() -> Draft:
    provisions = (
        Provision("2", "Phần II", "part", "II", "MỤC TIÊU, NHIỆM VỤ", ""),
        Provision(
            "2/1", "Phần II mục 1", "section", "1", "Mục tiêu", "70% trường học có hạ tầng số vào năm 2030.", "2"
        ),
        Provision("2/2", "Phần II mục 2", "section", "2", "Học bổng", "Xây dựng cơ chế học bổng cho học sinh.", "2"),
        Provision("3", "Phần III", "part", "III", "KINH PHÍ", ""),
        Provision("3/1", "Phần III mục 1", "section", "1", "Nguồn vốn", "Bố trí 250 tỷ đồng từ ngân sách tỉnh.", "3"),
    )
    digest = sha256(b"project").hexdigest()
    citations = (Citation("Nghị quyết số 71-NQ/TW", "71-NQ/TW", "2025-08-22", "2"),)
    return Draft(digest[:12], "project", "de-an-v1.docx", digest, "vi", provisions, (), (), citations)


def comparison() -> Comparison:
    segments = (
        Segment("equal", "Đến năm 2030, "),
        Segment("delete", "70%"),
        Segment("insert", "80%"),
        Segment("equal", " trường học có hạ tầng số."),
    )
    place = "II mục 3 điểm a"
    old, new = "Đến năm 2030, 70% trường học có hạ tầng số.", "Đến năm 2030, 80% trường học có hạ tầng số."
    indicator = IndicatorChange("trường học có hạ tầng số", "70%", "80%", "2030", "2030", place, place)
    return Comparison(
        "resolution",
        Version("nghi-quyet-v1.docx", "a" * 64),
        Version("nghi-quyet-v2.docx", "b" * 64),
        (
            Change("modified", True, "II/3/a", place, "II/3/a", place, old, new, segments, (indicator,)),
            Change("added", True, "", "", "III/2", "III mục 2", "", "Có chính sách học bổng cho học sinh nội trú."),
            Change("removed", False, "IV/2", "IV mục 2", "", "", "Tổ chức sơ kết.", ""),
            Change("renumbered", False, "IV/3", "IV mục 3", "IV/2", "IV mục 2", "Giữ nguyên.", "Giữ nguyên."),
        ),
        (Pair("III", "III", "III", "III"),),
        indicator_changes=(indicator,),
        not_compared=(Gap("Phụ lục 1", "là ảnh chụp"),),
    )


def _tracing(said, directive_id: str) -> Tracing:
    place = "II mục 3 điểm a"
    changed = TraceEvidence("resolution", place, place, "modified", "80%", "70%")
    added = TraceEvidence("resolution", "", "III mục 2", "added", "Có chính sách học bổng cho học sinh nội trú.")
    traces = []
    for opinion, one in said:
        if one.outcome:
            evidence = () if one.outcome == "none" else (changed,) if one.group == "indicators" else (added,)
            traces.append(Trace(opinion.id, one.outcome, 0.8, evidence, one.outcome == "partial"))
    unasked = (UnaskedChange("resolution", "removed", "IV mục 2", ""),)
    return Tracing(tuple(traces), unasked, (Trace(directive_id, "partial", 0.6, (added,)),))
