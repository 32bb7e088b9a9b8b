"""Annexes: every opinion with its source, what was left unused, what is uncertain, notices, sources in context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from feedback_synth.datamodel.decision import OF_CORRECTIONS
from feedback_synth.datamodel.document import Block, Notice
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.reports import opinion_cells
from feedback_synth.reports.annexes_of_sources import bodies_section, sources_section
from feedback_synth.reports.carried_section import carried_section
from feedback_synth.reports.decision_points import decision_points_annex
from feedback_synth.reports.difficulties import difficulties_annex
from feedback_synth.reports.directives import directives_annex
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.indicators import indicators_annex
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body
from feedback_synth.reports.opinion_rows import OpinionRow, opinion_rows
from feedback_synth.reports.proposal import evidence_text
from feedback_synth.reports.tables import compact, plain_cell
from feedback_synth.reports.themes_annex import themes_annex

_UNUSED_ROLES = ("other", "drafter_answer", "procedure")


def annexes(work: Dossier) -> Iterable[Section]:
    """The annexes that have something in them, numbered."""
    found = (
        _all_opinions(work),
        themes_annex(work),
        difficulties_annex(work),
        directives_annex(work),
        indicators_annex(work),
        decision_points_annex(work),
        sources_section(work),
        bodies_section(work),
        _agreements(work),
        carried_section(work),
        _uncertain(work),
        _unused(work),
        _notices(work),
    )
    for number, section in enumerate((s for s in found if s.content), start=1):
        title = work.labels("annexes.numbered", number=number, title=section.title)
        yield replace(section, title=title, annex=True)
    yield from contexts(work)


def annex_names(sections: Iterable[Section], work: Dossier) -> dict[str, str]:
    """What the main part calls each annex, by the key of its section."""
    numbered = enumerate((s.key for s in sections if s.annex), start=1)
    return {key: work.labels("annexes.name", number=number) for number, key in numbered}


def _columns(work: Dossier, widths: Sequence[tuple[str, float]]) -> tuple[Column, ...]:
    return tuple(Column(key, work.labels(f"columns.{key}"), width) for key, width in widths)


def _cell(text: str, style: str = "plain", href: str = "") -> TableCell:
    if not text:
        return TableCell(())
    run = Run(text, "quote", href) if style == "quote" else Run(text, "plain", href)
    return TableCell((Paragraph((run,)),))


def _all_opinions(work: Dossier) -> Section:
    """One row for each request; the page filters and searches it."""
    labels = work.labels
    widths = (
        ("number", 10),
        ("opinion", 80),
        ("author", 45),
        ("group", 26),
        ("place_in_draft", 38),
        ("outcome", 28),
        ("disposition", 40),
        ("source", 42),
    )
    rows = []
    for row in opinion_rows(work):
        quotations = tuple(
            Paragraph((*([Run(f"({o.context}) ", "muted")] if o.context else []), Run(o.text, "quote", f"#o-{o.id}")))
            for o in row.opinions
        )
        places = "; ".join(distinct(work.link_label(link) for link in row.links[:2]))
        outcome = labels.name("outcomes", row.trace.outcome) if row.trace else ""
        cells = (
            _cell(labels.number(row.number)),
            TableCell(quotations),
            TableCell(tuple(_cell(_author_text(o.id, work)).paragraphs[0] for o in row.opinions)),
            _cell(labels.group(row.group)),
            _cell(row.decision.provision or places),
            TableCell((Paragraph((Run(outcome, "proposal"),)),) if outcome else ()),
            TableCell(_decided(row, work)),
            TableCell(opinion_cells.source(row, work)),
        )
        rows.append(ReportRow(cells, row.key, facets=opinion_cells.facets(row, work), anchor=f"row-{row.first.id}"))
    content = (
        (compact(Table("all_opinions", labels("annexes.opinions"), _columns(work, widths), tuple(rows))),)
        if rows
        else ()
    )
    return Section("all_opinions", labels("annexes.opinions"), 1, content, landscape=True)


def _decided(row: OpinionRow, work: Dossier) -> tuple[Paragraph, ...]:
    """Status, answer and place as people gave them."""
    decision = row.decision
    status = work.labels.name("dispositions", decision.disposition) if decision.disposition else ""
    return tuple(Paragraph((Run(t),)) for t in (status, decision.response, decision.place) if t)


def _author_text(opinion_id: str, work: Dossier) -> str:
    said_by = work.author(work.opinions[opinion_id])
    return ", ".join(t for t in (said_by.organization, said_by.name, said_by.title) if t) or work.labels(
        "unknown_author"
    )


def _agreements(work: Dossier) -> Section:
    """Who agreed, in their own words; agreements are counted apart and are no opinions."""
    rows = []
    for agreement in work.analysis.agreements:
        said_by = agreement.author
        name = work.labels.listed(t for t in (said_by.organization, said_by.name, said_by.title) if t)
        cells = (
            plain_cell(name or work.labels("unknown_author")),
            _cell(agreement.text, "quote", f"#o-{agreement.id}"),
            plain_cell(work.place(agreement.source_id, agreement.span)),
        )
        rows.append(ReportRow(cells, agreement.id))
    title = work.labels("annexes.agreements")
    table = Table("agreements", title, _columns(work, (("author", 50), ("words", 80), ("source", 40))), tuple(rows))
    return Section("agreements", title, 1, (table,) if rows else ())


def _uncertain(work: Dossier) -> Section:
    """What a person should look at again, and why."""
    labels = work.labels
    rows = []
    for opinion in work.analysis.opinions:
        doubts = _doubts(opinion.id, work)
        if doubts:
            cells = (
                _cell(opinion.text, "quote", f"#o-{opinion.id}"),
                _cell("; ".join(doubts)),
                _cell(work.place_of(opinion)),
            )
            rows.append(ReportRow(cells, opinion.id))
    widths = (("opinion", 80), ("doubt", 50), ("source", 36))
    content = (Table("uncertain", labels("annexes.uncertain"), _columns(work, widths), tuple(rows)),) if rows else ()
    return Section("uncertain", labels("annexes.uncertain"), 1, content)


def _doubts(opinion_id: str, work: Dossier) -> list[str]:
    labels = work.labels
    found = []
    assignment, trace = work.assignments.get(opinion_id), work.traces.get(opinion_id)
    decision = work.state.get(opinion_id)
    if assignment and assignment.needs_review and not (decision and decision.group):
        best = sorted(assignment.scores, key=lambda s: -s[1])[:2]
        named = "; ".join(f"{labels.group(g)} {labels.number(s, 2)}" for g, s in best)
        found.append(labels("doubts.group", groups=named or labels.group(assignment.group)))
    if trace and trace.needs_review and not (decision and decision.disposition):
        where = " ".join(evidence_text(e, work) for e in trace.evidence[:1])
        found.append(labels("doubts.outcome", outcome=labels.name("outcomes", trace.outcome), evidence=where).strip())
    if not work.opinions[opinion_id].author.name and not work.opinions[opinion_id].author.organization:
        found.append(labels("doubts.author"))
    return found


def _unused(work: Dossier) -> Section:
    """Passages that became neither opinion nor agreement nor directive: nothing is dropped unseen."""
    labels = work.labels
    rows = []
    for extraction in work.read:
        document = work.documents[extraction.source_id]
        for passage in extraction.passages:
            words = document.quote(passage.span)
            if passage.role in _UNUSED_ROLES and words.strip():
                cells = (
                    _cell(words, "quote"),
                    _cell(labels.name("roles", passage.role)),
                    _cell(work.place(document.id, passage.span)),
                )
                rows.append(ReportRow(cells, passage.id))
    widths = (("passage", 100), ("role", 26), ("source", 40))
    content = (
        body(labels("annexes.unused_intro")),
        Table("unused", labels("annexes.unused"), _columns(work, widths), tuple(rows)),
    )
    return Section("unused", labels("annexes.unused"), 1, content if rows else ())


def _notices(work: Dossier) -> Section:
    """What the reader of the result should know about the files, one bullet each."""
    analysis = work.analysis
    named: list[tuple[str, Notice]] = [(d.name, n) for d in analysis.sources for n in d.notices]
    named += [(work.documents[e.source_id].name, n) for e in work.read for n in e.notices]
    named += [(d.name, n) for d in (*analysis.drafts, *analysis.revised) for n in d.notices]
    named += [("", n) for n in analysis.notices if n.code not in OF_CORRECTIONS]
    failures = map(work.labels.sentence, analysis.failures)
    sentences = [*failures, *(": ".join(filter(None, (name, work.labels.notice(n)))) for name, n in named)]
    bullets = tuple(Paragraph((Run(s),), "bullet") for s in distinct(sentences))
    return Section("notices", work.labels("annexes.notices"), 1, bullets)


def contexts(work: Dossier) -> Iterable[Section]:
    """For the page: every source as it was read, opinions marked and anchored."""
    for extraction in work.read:
        document = work.documents[extraction.source_id]
        marks: dict[str, list[tuple[int, int, str]]] = {}
        said = [(o.id, o.spans) for o in extraction.opinions]
        said += [(a.id, (a.span,)) for a in extraction.agreements]
        said += [(d.id, (d.span,)) for d in extraction.directives]
        for key, spans in said:
            for n, span in enumerate(spans):
                marks.setdefault(span.block_id, []).append((span.start, span.end, "" if n else key))
        content = tuple(_block(b, sorted(marks.get(b.id, ())), work) for b in document.blocks if b.text.strip())
        title = work.labels("annexes.context", name=document.name)
        if content:
            yield Section(f"source-{document.id}", title, 1, content, formats=("html",))


def _block(block: Block, marks: Sequence[tuple[int, int, str]], work: Dossier) -> Paragraph:
    """A block's words with its place before them; overlapping marks are shown one after the other."""
    number = f" {block.number}" if block.number else ""  # as Word shows it; no part of the words
    runs = [Run(f"[{work.labels.locator(block.locator)}]{number} ", "muted")]
    at = 0
    for start, end, said in marks:
        start, end = max(start, at), max(end, at)
        runs += [Run(block.text[at:start])] if start > at else []
        if end > start or said:
            back = f"#row-{work.row_anchors[said]}" if said in work.row_anchors else ""
            runs.append(Run(block.text[start:end], "mark", back, f"o-{said}" if said else ""))
        at = end
    runs += [Run(block.text[at:])] if at < len(block.text) else []
    return Paragraph(tuple(runs))
