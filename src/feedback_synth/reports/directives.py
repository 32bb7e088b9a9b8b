"""What the chair ordered, to whom, by when, and what the revised draft shows of it."""

from __future__ import annotations

from collections.abc import Mapping

from feedback_synth.datamodel.comparison import Trace
from feedback_synth.datamodel.opinion import Directive
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.numbers import body
from feedback_synth.reports.proposal import evidence_place, evidence_text
from feedback_synth.reports.quotations import excerpt
from feedback_synth.reports.tables import compact, in_full, plain_cell

MOST_DIRECTIVES = 10
LONGEST = 130
_WIDTHS = (("number", 10), ("directive", 76), ("addressee", 32), ("deadline", 31), ("state_found", 44))
_WIDTHS_IN_FULL = (("number", 10), ("directive", 56), ("addressee", 31), ("deadline", 28), ("state", 46))


def directives_section(work: Dossier, annex: Mapping[str, str]) -> Section | None:
    """The directives in short: the first clauses of each, who leads, its state and where the draft shows it."""
    labels, directives = work.labels, work.analysis.directives
    if not directives:
        return None
    rows = tuple(
        _row(n, d, excerpt(d.text, LONGEST), d.addressee, _state(work.directive_traces.get(d.id), work), work)
        for n, d in enumerate(directives[:MOST_DIRECTIVES], start=1)
    )
    title = labels("synthesis.sections.directives")
    lead = labels.count("synthesis.directives", len(directives), in_full=in_full("directives_all", annex, work))
    table = compact(Table("directives", title, _columns(_WIDTHS, work), rows))
    return Section("directives", title, 1, (body(lead), table))


def directives_annex(work: Dossier) -> Section:
    """Every directive in full with the words of the draft that show it; nothing where the main part has all this."""
    labels, directives = work.labels, work.analysis.directives
    everything = len(directives) <= MOST_DIRECTIVES and not any(
        d.partners or excerpt(d.text, LONGEST) != d.text for d in directives
    )
    evidence = any(work.directive_traces[d.id].evidence for d in directives if d.id in work.directive_traces)
    title = labels("annexes.directives")
    if everything and not evidence:
        return Section("directives_all", title, 1, ())
    rows = tuple(
        _row(n, d, d.text, _whom(d, work), _state_in_full(work.directive_traces.get(d.id), work), work)
        for n, d in enumerate(directives, start=1)
    )
    table = compact(Table("directives_all", title, _columns(_WIDTHS_IN_FULL, work), rows))
    return Section("directives_all", title, 1, (table,))


def _columns(widths: tuple[tuple[str, int], ...], work: Dossier) -> tuple[Column, ...]:
    return tuple(Column(key, work.labels(f"columns.{key}"), width) for key, width in widths)


def _state(trace: Trace | None, work: Dossier) -> str:
    if trace is None:
        return ""
    where = f" ({evidence_place(trace.evidence[0], work)})" if trace.evidence else ""
    return work.labels.name("outcomes", trace.outcome) + where


def _state_in_full(trace: Trace | None, work: Dossier) -> str:
    if trace is None:
        return ""
    told = [work.labels.name("outcomes", trace.outcome), *(evidence_text(e, work) for e in trace.evidence[:1])]
    return work.labels("proposal.state", text=". ".join(told))


def _whom(directive: Directive, work: Dossier) -> str:
    return work.labels.listed(t for t in (directive.addressee, directive.partners) if t)


def _row(number: int, directive: Directive, words: str, whom: str, state: str, work: Dossier) -> ReportRow:
    labels = work.labels
    cells = (
        plain_cell(labels.number(number)),
        TableCell((Paragraph((Run(words, "quote", f"#o-{directive.id}"),)),)),
        plain_cell(whom),
        plain_cell(labels.date(directive.deadline, "short_date")),
        TableCell((Paragraph((Run(state, "proposal"),)),) if state else ()),
    )
    return ReportRow(cells, directive.id)
