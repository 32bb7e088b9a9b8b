"""The synthesized absorption report: numbers, themes, what the revised draft did, what is left to decide."""

from __future__ import annotations

from collections import Counter
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
from feedback_synth.reports.numbers import body, numbers_in_short, participation_table
from feedback_synth.reports.opinion_rows import opinion_rows
from feedback_synth.reports.proposal import evidence_text
from feedback_synth.reports.tables import compact, plain_cell
from feedback_synth.reports.theme_sections import group_section


def build(analysis: Analysis, options: ReportOptions, decisions: Iterable[Decision] = ()) -> Report:
    """The report. Sentences are composed from data and quotations; nothing is added to what was said."""
    work = dossier(analysis, options, decisions)
    labels = work.labels
    main = [
        _occasion(work),
        Section(
            "numbers", labels("numbers.title"), 1, (*numbers_in_short(work), *participation_table(work), *charts(work))
        ),
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
        template=options.template,
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
    labels = work.labels
    kinds = Counter(d.kind for d in work.analysis.sources)
    named = labels.listed(labels.pair(labels.name("source_kinds", k), n) for k, n in kinds.most_common())
    content = [body(labels(f"synthesis.occasion.{work.options.profile}", subject=work.subject()))]
    if named:
        content.append(body(labels.count("synthesis.sources", kinds.total(), kinds=named)))
    return Section("occasion", labels("synthesis.sections.occasion"), 1, tuple(content))


def _content(work: Dossier) -> list[Section | None]:
    numbers = {o.id: row.number for row in opinion_rows(work) for o in row.opinions}
    groups = [group_section(group, work, numbers) for group in work.group_order if group != "difficulties"]
    if not groups:
        return []
    head = Section("content", work.labels("synthesis.sections.content"), 1, ())
    return [head, *groups]


def _difficulties(work: Dossier) -> Section | None:
    """Difficulties in the words of those who have them, by place."""
    labels = work.labels
    by_body: dict[str, list[Run]] = {}
    for opinion in work.analysis.opinions:
        if work.groups[opinion.id] == "difficulties":
            words = Run(labels.quote(opinion.text), "quote", f"#o-{opinion.id}")
            by_body.setdefault(work.body(opinion), []).append(words)
    if not by_body:
        return None
    total = sum(map(len, by_body.values()))
    content: list[Paragraph] = [
        body(
            labels(
                "synthesis.difficulties",
                n=labels.count("synthesis.reported", total),
                bodies=labels.count("synthesis.bodies", len(by_body)),
            )
        )
    ]
    for name, quotations in by_body.items():
        between = [run for words in quotations for run in (Run("; "), words)][1:]
        end = Run(labels.stop(quotations[-1].text))
        content.append(Paragraph((Run(labels.pair(name, ""), "bold"), *between, end), "bullet"))
    return Section("difficulties", labels("synthesis.sections.difficulties"), 1, tuple(content))


def _directives(work: Dossier) -> Section | None:
    """What the chair ordered, to whom, by when, and what the revised draft shows of it."""
    labels = work.labels
    if not work.analysis.directives:
        return None
    columns = tuple(
        Column(key, labels(f"columns.{key}"), width)
        for key, width in (("number", 10), ("directive", 56), ("addressee", 31), ("deadline", 28), ("state", 46))
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
