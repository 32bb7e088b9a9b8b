"""Annexes about where the opinions come from: files with what is in them, bodies by name with charts."""

from __future__ import annotations

from feedback_synth.datamodel.report import Chart, Column, Paragraph, ReportRow, Section, Table
from feedback_synth.reports.charts import charts, charts_of_bodies
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.numbers import body, lists_of_bodies, participation_table
from feedback_synth.reports.opinion_cells import letter_name
from feedback_synth.reports.tables import compact, plain_cell


def sources_section(work: Dossier) -> Section:
    """The drafts that were asked about, then every source with what it holds."""
    labels, analysis = work.labels, work.analysis
    content: list[Paragraph | Table] = []
    for key, drafts in (("drafts", analysis.drafts), ("revised", analysis.revised)):
        named = labels.listed(f"{work.draft_name(d.kind)} ({d.name})" for d in drafts)
        content += [body(labels(f"synthesis.{key}", drafts=named))] if named else []
    if work.read:
        content.append(_source_table(work))
    return Section("sources", labels("synthesis.source_table"), 1, tuple(content))


def bodies_section(work: Dossier) -> Section:
    """Who agreed, who had opinions, who is silent, by kind and by name; charts of what became of it and of who said
    how much."""
    content: tuple[Paragraph | Table | Chart, ...] = (
        *participation_table(work),
        *lists_of_bodies(work),
        *charts(work),
        *charts_of_bodies(work),
    )
    return Section("bodies", work.labels("annexes.bodies"), 1, content)


def _source_table(work: Dossier) -> Table:
    labels = work.labels
    columns = tuple(
        Column(key, labels(f"columns.{key}"), width)
        for key, width in (
            ("number", 10),
            ("source", 70),
            ("source_kind", 28),
            ("language", 22),
            ("opinions", 22),
            ("agreements", 22),
        )
    )
    rows = []
    for n, extraction in enumerate(work.read, start=1):
        document = work.documents[extraction.source_id]
        facts = [document.name, letter_name(document.id, work), document.field("sender")]
        texts = (
            labels.number(n),
            " – ".join(f for f in facts if f),
            labels.name("source_kinds", document.kind),
            labels.name("languages", document.language),
            labels.number(len(extraction.opinions)),
            labels.number(len(extraction.agreements)),
        )
        rows.append(ReportRow(tuple(plain_cell(t) for t in texts)))
    return compact(Table("sources", labels("synthesis.source_table"), columns, tuple(rows)))
