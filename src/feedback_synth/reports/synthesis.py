"""The synthesized absorption report: numbers, themes, what the revised draft did, what is left to decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedback_synth.config import load_toml
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.report import (
    Column,
    Paragraph,
    Report,
    ReportOptions,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.reports.annexes import annexes
from feedback_synth.reports.charts import charts
from feedback_synth.reports.decision_points import decision_points
from feedback_synth.reports.dossier import Dossier, dossier
from feedback_synth.reports.head import letterhead
from feedback_synth.reports.indicators import indicator_section
from feedback_synth.reports.numbers import body, numbers, participation_table
from feedback_synth.reports.opinion_cells import letter_name
from feedback_synth.reports.proposal import evidence_text
from feedback_synth.reports.tables import compact, plain_cell
from feedback_synth.reports.theme_sections import group_section


def build(analysis: Analysis, options: ReportOptions, decisions: Iterable[Decision] = ()) -> Report:
    """The report. Sentences are composed from data and quotations; nothing is added to what was said."""
    work = dossier(analysis, options, decisions)
    labels = work.labels
    main = [
        _occasion(work),
        Section("numbers", labels("numbers.title"), 1, (*numbers(work), *participation_table(work), *charts(work))),
        *_content(work),
        _difficulties(work),
        _directives(work),
        indicator_section(work),
        decision_points(work),
        _closing(work),
    ]
    return Report(
        key="synthesis",
        title=labels("synthesis.title"),
        subtitle=labels("synthesis.subtitle", subject=work.subject()),
        language=labels.language,
        profile=options.profile,
        landscape=False,
        sections=tuple(
            s
            for s in (
                *_numbered(main, _profile(work)["heading"]["mark"]),
                *annexes(work),
            )
            if s is not None
        ),
        letterhead=letterhead(work),
        spelling=options.spelling,
    )


def _numbered(sections: Iterable[Section | None], mark: str) -> Iterable[Section]:
    """Roman numbers before the titles of the first level: "I- " in Party documents, "I. " elsewhere."""
    numerals = iter(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"))
    for section in sections:
        if section:
            counted = section.level == 1 and section.title
            title = f"{next(numerals)}{mark}{section.title}" if counted else section.title
            yield Section(section.key, title, section.level, section.content, section.formats, section.landscape)


def _profile(work: Dossier) -> dict[str, Any]:
    return load_toml(f"templates/{work.options.profile}.toml")


def _closing(work: Dossier) -> Section:
    """The sentence that ends the main part, with the full stop of the profile."""
    issuer = work.options.letterhead.issuer or work.labels("to_fill")
    text = work.labels("synthesis.closing", subject=work.subject(), issuer=issuer)
    return Section("closing", "", 1, (body(text + _profile(work)["end"]),), formats=("docx",))


def _occasion(work: Dossier) -> Section:
    labels, analysis = work.labels, work.analysis
    drafts = labels.listed(f"{work.draft_name(d.kind)} ({d.name})" for d in analysis.drafts)
    revised = labels.listed(f"{work.draft_name(d.kind)} ({d.name})" for d in analysis.revised)
    content: list[Paragraph | Table] = [
        body(labels(f"synthesis.occasion.{work.options.profile}", subject=work.subject()))
    ]
    if drafts:
        content.append(body(labels("synthesis.drafts", drafts=drafts)))
    if revised:
        content.append(body(labels("synthesis.revised", drafts=revised)))
    content.append(body(labels.count("synthesis.sources", len(analysis.sources))))
    content.append(_source_table(work))
    return Section("occasion", labels("synthesis.sections.occasion"), 1, tuple(content))


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
    for n, extraction in enumerate(work.analysis.extractions, start=1):
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


def _content(work: Dossier) -> list[Section | None]:
    groups = [group_section(group, work) for group in work.group_order if group != "difficulties"]
    if not groups:
        return []
    head = Section("content", work.labels("synthesis.sections.content"), 1, ())
    return [head, *groups]


def _difficulties(work: Dossier) -> Section | None:
    """Difficulties in the words of those who have them, by place."""
    labels = work.labels
    by_body: dict[str, list[Paragraph]] = {}
    for opinion in work.analysis.opinions:
        if work.groups[opinion.id] == "difficulties":
            words = Paragraph((Run(labels.quote(opinion.text), "quote", f"#o-{opinion.id}"),), "bullet")
            by_body.setdefault(work.body(opinion), []).append(words)
    if not by_body:
        return None
    total = sum(map(len, by_body.values()))
    content: list[Paragraph] = [body(labels("synthesis.difficulties", n=total, bodies=len(by_body)))]
    for name, quotations in by_body.items():
        content.append(Paragraph((Run(f"{name} ({labels.number(len(quotations))})", "bold"),)))
        content.extend(quotations)
    return Section("difficulties", labels("synthesis.sections.difficulties"), 1, tuple(content))


def _directives(work: Dossier) -> Section | None:
    """What the chair ordered, to whom, by when, and what the revised draft shows of it."""
    labels = work.labels
    if not work.analysis.directives:
        return None
    columns = tuple(
        Column(key, labels(f"columns.{key}"), width)
        for key, width in (("number", 10), ("directive", 66), ("addressee", 30), ("deadline", 25), ("state", 38))
    )
    rows = []
    for n, directive in enumerate(work.analysis.directives, start=1):
        trace = work.directive_traces.get(directive.id)
        state = (
            [labels.name("outcomes", trace.outcome), *(evidence_text(e, work) for e in trace.evidence[:1])]
            if trace
            else []
        )
        whom = labels.listed(t for t in (directive.addressee, directive.partners) if t)
        cells = (
            plain_cell(labels.number(n)),
            TableCell((Paragraph((Run(directive.text, "quote", f"#o-{directive.id}"),)),)),
            plain_cell(whom),
            plain_cell(labels.date(directive.deadline, "short_date")),
            TableCell(
                (Paragraph((Run(labels("proposal.state", text=". ".join(state)), "proposal"),)),) if state else ()
            ),
        )
        rows.append(ReportRow(cells, directive.id))
    table = compact(Table("directives", labels("synthesis.sections.directives"), columns, tuple(rows)))
    intro = body(labels.count("synthesis.directives", len(rows)))
    return Section("directives", labels("synthesis.sections.directives"), 1, (intro, table))
