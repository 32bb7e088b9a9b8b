"""The comparison of two versions of a draft: old words, new words, and who asked for the change."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.comparison import Change, Comparison, Gap, IndicatorChange, TraceEvidence
from feedback_synth.datamodel.decision import CHANGE, Decision
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import (
    Column,
    Entry,
    Paragraph,
    Report,
    ReportOptions,
    ReportRow,
    Run,
    Section,
    Table,
    TableCell,
)
from feedback_synth.languages.text import match_key, tokens
from feedback_synth.reports.dossier import Dossier, dossier
from feedback_synth.reports.head import letterhead
from feedback_synth.reports.labels import Labels, distinct
from feedback_synth.reports.numbers import body, figure
from feedback_synth.reports.opinion_rows import opinion_rows
from feedback_synth.reports.proposal import shorten
from feedback_synth.reports.tables import plain_cell

_NOTHING = Analysis((), (), ())
_ANSWERED = ("full", "partial", "opposite")  # outcomes whose evidence is a change that answers the opinion


def build(
    comparison: Comparison, analysis: Analysis | None, options: ReportOptions, decisions: Iterable[Decision] = ()
) -> Report:
    """The table; with an analysis that was traced, each change names the opinions that asked for it."""
    work = dossier(analysis or _NOTHING, options, decisions)
    labels = work.labels
    name = work.draft_name(comparison.draft) if comparison.draft else options.subject or comparison.new.name
    sections = (
        _summary(comparison, work),
        Section("changes", labels("comparison.changes"), 1, _change_tables(comparison, work)),
        _indicator_section(comparison, work),
        _relabelled(comparison, work),
        _gaps(comparison, work),
    )
    return Report(
        key="comparison",
        title=labels("comparison.title", name=name.upper()),
        subtitle=labels("comparison.subtitle", old=comparison.old.name, new=comparison.new.name),
        language=labels.language,
        profile=options.profile,
        landscape=True,
        sections=tuple(s for s in sections if s and s.content),
        letterhead=letterhead(work),
        spelling=options.spelling,
        template=options.template,
    )


def _summary(comparison: Comparison, work: Dossier) -> Section:
    labels = work.labels
    if not comparison.changes:
        return Section("summary", "", 1, (body(labels("comparison.nothing")),))
    kinds = [c.kind for c in comparison.changes]
    counted = labels.listed(labels.pair(labels.name("changes", k), kinds.count(k)) for k in dict.fromkeys(kinds))
    formal = sum(not c.substantive for c in comparison.changes)
    text = labels("comparison.summary", n=len(kinds), kinds=counted, formal=formal, unchanged=len(comparison.unchanged))
    return Section("summary", "", 1, (body(text),))


def _change_tables(comparison: Comparison, work: Dossier) -> tuple[Table, ...]:
    labels = work.labels
    keys = change_keys(comparison)
    keyed = zip(keys, comparison.changes, strict=True)
    shown = [(key, c) for key, c in keyed if c.kind != "renumbered" or c.old_text != c.new_text]
    if not shown:
        return ()
    explained = work.options.for_editing or any(key in work.state for key in keys)
    columns = (
        Column("old_text", labels("comparison.old", name=comparison.old.name), 92),
        Column("new_text", labels("comparison.new", name=comparison.new.name), 92),
        Column("explanation", labels("columns.explanation"), 68, formats=("docx", "html")),
        *([Column("response", labels("columns.explanation"), 60, True, formats=("xlsx",))] if explained else []),
        Column("proposal", labels("columns.basis"), 60, formats=("xlsx",)),
        *([Column("note", labels("columns.note"), 28, True, formats=("xlsx",))] if explained else []),
        Column("change", labels("facets.change"), 24, formats=("xlsx",)),  # to filter by, as the page does
        Column("substance", labels("facets.substance"), 24, formats=("xlsx",)),
    )
    numbers = {o.id: row.number for row in opinion_rows(work) for o in row.opinions}
    askers = _Askers(comparison.draft, work)
    rows = tuple(_row(n, key, c, askers.of(c), comparison, numbers, work) for n, (key, c) in enumerate(shown))
    by_key = [c.key for c in columns]
    kept = tuple(replace(r, cells=tuple(cell for cell in r.cells if cell.key in by_key)) for r in rows)
    return (Table("changes", labels("comparison.changes"), columns, kept),)


def change_keys(comparison: Comparison) -> list[str]:
    """The id of each change, the same while its place keeps its labels: its explanation comes back under it."""
    met: Counter[str] = Counter()
    keys = []
    for change in comparison.changes:
        place = "\n".join((comparison.draft, change.old_label, change.new_label, change.table_row))
        met[place] += 1
        digest = hashlib.sha256(f"{place}\n{met[place]}".encode()).hexdigest()[:12]
        keys.append(f"{CHANGE}{digest}")
    return keys


def _row(
    n: int,
    key: str,
    change: Change,
    askers: list[Opinion],
    comparison: Comparison,
    numbers: dict[str, int],
    work: Dossier,
) -> ReportRow:
    labels = work.labels
    found = _explanation(change, askers, numbers, comparison, work)
    decided = work.state.get(key)
    own = Entry(key, "response", decided.response if decided else "", labels("prompts.explanation"))
    note = Entry(key, "note", decided.note if decided else "", "…")
    shown = (Paragraph((own,)),) if own.value or work.options.for_editing else ()
    kind = labels.name("changes", change.kind)
    substance = labels("comparison.substantive" if change.substantive else "comparison.formal")
    cells = (
        TableCell(_side(change, "old", key, work), "old_text"),
        TableCell(_side(change, "new", key, work), "new_text"),
        TableCell((*shown, *found), "explanation"),
        TableCell((Paragraph((own,)),), "response", editable=True),
        TableCell(found, "proposal"),
        TableCell((Paragraph((note,)),), "note", editable=True),
        replace(plain_cell(kind), key="change"),
        replace(plain_cell(substance), key="substance"),
    )
    facets = [("change", kind), ("substance", substance)]
    facets += [("body", name) for name in distinct(work.body(o) for o in askers)]
    return ReportRow(cells, key, facets=tuple(facets), anchor=f"change-{n}")


def _side(change: Change, side: str, key: str, work: Dossier) -> tuple[Paragraph, ...]:
    """One column: the label, then the words with what went or came marked; or the mark of a missing side."""
    labels = work.labels
    label, other = (change.old_label, change.new_label) if side == "old" else (change.new_label, change.old_label)
    if not label:
        mark = "comparison.added_mark" if side == "old" else "comparison.removed_mark"
        return (Paragraph((Run(labels(mark), "italic"),)),)
    row = f" – {change.table_row}" if change.table_row else ""
    told = Entry(key, "text", f"{label}{row}", bold=True)  # so that import knows the row again
    known_by = work.options.for_editing and (side == "new" or not change.new_label)
    head = Paragraph((told if known_by else Run(f"{label}{row}", "bold"),))
    text = change.old_text if side == "old" else change.new_text
    if not other:
        return (head, *_paragraphs([Run(text, "delete" if side == "old" else "insert")]))
    gone, own = ("insert", "delete") if side == "old" else ("delete", "insert")
    runs = [
        Run(s.text, "plain" if s.op == "equal" else "delete" if own == "delete" else "insert")
        for s in change.segments
        if s.op != gone
    ]
    return (head, *_paragraphs(runs or [Run(text)]))


def _paragraphs(runs: list[Run]) -> tuple[Paragraph, ...]:
    """Runs cut at line breaks into paragraphs."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(Run(first, run.style))
        lines += [[Run(part, run.style)] for part in rest]
    return tuple(Paragraph(kept) for line in lines if (kept := tuple(r for r in line if r.text)))


class _Askers:
    """Which opinions' traces show which change as what answers them, looked up by draft and place."""

    def __init__(self, draft: str, work: Dossier) -> None:
        self._by_place: dict[tuple[str, str], list[tuple[Opinion, TraceEvidence]]] = {}
        for trace in work.traces.values():
            opinion = work.opinions.get(trace.opinion_id) if trace.outcome in _ANSWERED else None
            for evidence in trace.evidence:
                if opinion and evidence.draft == draft and evidence.change != "unchanged":
                    place = match_key(evidence.old_label), match_key(evidence.new_label)
                    self._by_place.setdefault(place, []).append((opinion, evidence))

    def of(self, change: Change) -> list[Opinion]:
        """The opinions, each once, whose evidence has this place and words of this change."""
        place = match_key(change.old_label), match_key(change.new_label)
        found = {o.id: o for o, evidence in self._by_place.get(place, ()) if _same_words(change, evidence)}
        return list(found.values())


def _same_words(change: Change, evidence: TraceEvidence) -> bool:
    """Several rows of a table change under one label: the words tell them apart."""
    own = set(tokens(f"{change.inserted} {change.deleted}"))
    shown = set(tokens(f"{evidence.inserted} {evidence.deleted}"))
    return not own or not shown or bool(own & shown)


def _explanation(
    change: Change, askers: list[Opinion], numbers: dict[str, int], comparison: Comparison, work: Dossier
) -> tuple[Paragraph, ...]:
    labels = work.labels
    kind = labels.name("changes", change.kind)
    words = [kind] if change.substantive else [kind, labels("comparison.formal")]
    if change.strength:
        words.append(labels.name("strengths", change.strength))
    found = [Paragraph((Run(labels.listed(words).capitalize() + "."),))]
    for indicator in change.indicators:
        moved = indicator.old_deadline != indicator.new_deadline
        old, new = _old_and_new(indicator if moved else replace(indicator, old_deadline="", new_deadline=""), labels)
        found.append(body(labels("comparison.indicator", name=indicator.name, old=old, new=new)))
    for opinion in askers:
        key = "comparison.against" if work.traces[opinion.id].outcome == "opposite" else "comparison.asked_by"
        lead = labels(key, number=numbers[opinion.id], body=work.body(opinion))
        found.append(Paragraph((Run(f"{lead} "), Run(labels.quote(shorten(opinion.text)), "quote"))))
    if not askers and change.substantive and work.analysis.tracing and comparison.draft:
        found.append(Paragraph((Run(labels("comparison.asked_by_nobody"), "proposal"),)))
    return tuple(found)


def _old_and_new(change: IndicatorChange, labels: Labels) -> tuple[str, str]:
    """Value and deadline before and after; a value that stays may have got another deadline."""
    sides = ((change.old, change.old_deadline), (change.new, change.new_deadline))
    old, new = (", ".join(t for t in (figure(value, labels), day) if t) or "–" for value, day in sides)
    return old, new


def _indicator_section(comparison: Comparison, work: Dossier) -> Section:
    labels = work.labels
    widths = (("indicator", 92), ("old_value", 40), ("new_value", 40), ("place_in_draft", 80))
    columns = tuple(Column(key, labels(f"columns.{key}"), width) for key, width in widths)
    rows = []
    for change in comparison.indicator_changes:
        places = " → ".join(dict.fromkeys(p for p in (change.old_label, change.new_label) if p))
        texts = (change.name, *_old_and_new(change, labels), places)
        rows.append(ReportRow(tuple(TableCell((Paragraph((Run(t),)),)) for t in texts)))
    title = labels("comparison.indicators")
    return Section("indicators", title, 1, (Table("indicator_changes", title, columns, tuple(rows)),) if rows else ())


def _relabelled(comparison: Comparison, work: Dossier) -> Section:
    """Provisions that only got another number."""
    pairs = [
        f"{c.old_label} → {c.new_label}"
        for c in comparison.changes
        if c.kind == "renumbered" and c.old_text == c.new_text
    ]
    content = (body(work.labels.listed(pairs) + "."),) if pairs else ()
    return Section("renumbered", work.labels("comparison.renumbered"), 1, content)


def _gaps(comparison: Comparison, work: Dossier) -> Section:
    """What was not compared and why (``why`` may be the code of a notice), and what to look at in the new text."""
    sentences = [_gap(gap, work) for gap in comparison.not_compared]
    sentences = distinct([*sentences, *(work.labels.notice(n) for n in comparison.notices)])
    bullets = tuple(Paragraph((Run(s),), "bullet") for s in sentences)
    return Section("not_compared", work.labels("comparison.not_compared"), 1, bullets)


def _gap(gap: Gap, work: Dossier) -> str:
    if not work.labels.has_notice(gap.why):
        return f"{gap.where}: {gap.why}"
    name, _, part = gap.where.partition(": ")
    return work.labels.notice(Notice(gap.why, (("name", name), ("where", gap.where), ("part", part))))
