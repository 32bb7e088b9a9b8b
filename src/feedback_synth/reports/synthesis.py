"""The synthesized absorption report: numbers, themes, what the revised draft did, what is left to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from feedback_synth.config import load_toml
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.report import Paragraph, Report, ReportOptions, Section, Table
from feedback_synth.reports.annexes import annex_names, annexes
from feedback_synth.reports.by_group import group_table
from feedback_synth.reports.decision_points import decision_points
from feedback_synth.reports.difficulties import difficulties_section
from feedback_synth.reports.directives import directives_section
from feedback_synth.reports.dossier import Dossier, dossier
from feedback_synth.reports.head import letterhead
from feedback_synth.reports.indicators import indicator_section
from feedback_synth.reports.numbers import body, numbers_in_short
from feedback_synth.reports.theme_sections import content_sections


def build(analysis: Analysis, options: ReportOptions, decisions: Iterable[Decision] = ()) -> Report:
    """The report. Sentences are composed from data and quotations; nothing is added to what was said.

    The main part is short however much was said; whatever it leaves out stands in an annex that it names.
    """
    work = dossier(analysis, options, decisions)
    labels = work.labels
    behind = tuple(annexes(work))
    annex = annex_names(behind, work)
    main = [
        _occasion(work, annex),
        _numbers(work, annex),
        *content_sections(work, annex),
        difficulties_section(work, annex),
        directives_section(work, annex),
        indicator_section(work, annex),
        decision_points(work, annex),
        _closing(work),
    ]
    return Report(
        key="synthesis",
        title=labels("synthesis.title"),
        subtitle=labels("synthesis.subtitle", subject=work.subject()),
        language=labels.language,
        profile=options.profile,
        landscape=False,
        sections=(*_numbered(main, _profile(work)["heading"]["mark"]), *behind),
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


def _occasion(work: Dossier, annex: Mapping[str, str]) -> Section:
    labels = work.labels
    kinds = Counter(d.kind for d in work.analysis.sources)
    named = labels.listed(labels.pair(labels.name("source_kinds", k), n) for k, n in kinds.most_common())
    content = [body(labels(f"synthesis.occasion.{work.options.profile}", subject=work.subject()))]
    if "sources" in annex:
        content.append(body(labels.count("synthesis.sources", kinds.total(), kinds=named, annex=annex["sources"])))
    return Section("occasion", labels("synthesis.sections.occasion"), 1, tuple(content))


def _numbers(work: Dossier, annex: Mapping[str, str]) -> Section:
    """Who answered, how much, what became of it; names, kinds of bodies and charts stand in the annex."""
    content: list[Paragraph | Table] = [*numbers_in_short(work, annex)]
    if work.analysis.opinions:
        content.append(group_table(work))
    return Section("numbers", work.labels("numbers.title"), 1, tuple(content))
