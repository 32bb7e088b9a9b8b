"""The block of numbers: who was asked, who answered, how many opinions, what was decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table
from feedback_synth.reports.bodies import Body, body_kinds, speaker_body
from feedback_synth.reports.dispositions import disposition_of
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import Labels
from feedback_synth.reports.opinion_rows import opinion_rows
from feedback_synth.reports.statistics import OUTCOMES, by_disposition
from feedback_synth.reports.tables import plain_cell, without


def numbers_section(work: Dossier) -> Section:
    """The numbers as sentences, bullets and a table by kind of body."""
    return Section("numbers", work.labels("numbers.title"), 1, (*numbers(work), *participation_table(work)))


def numbers(work: Dossier) -> Iterable[Paragraph]:
    """Every sentence of the block; each list of bodies has as many names as its number says."""
    yield from _participation(work)
    yield from lists_of_bodies(work)
    yield from _opinions(work)
    yield from _statuses(work)


def numbers_in_short(work: Dossier, annex: Mapping[str, str]) -> Iterable[Paragraph]:
    """The same without the names of bodies, for which an annex is named, and without what a table by group says."""
    *before, last = _participation(work)
    see = f" {work.labels('numbers.bodies', annex=annex['bodies'])}" if "bodies" in annex else ""
    yield from (*before, Paragraph((*last.runs, Run(see))) if see else last)
    if work.analysis.opinions:
        yield _total(work)
        yield _decided(work)


_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def body(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def figure(value: str, labels: Labels) -> str:
    """An indicator's value (">=0.5%", as comparisons write it) with the signs that people read, the local way."""
    written = _PLAIN.sub(lambda m: labels.number(float(m[0]), len(m[0].partition(".")[2])), value)
    return written.replace(">=", "≥ ").replace("<=", "≤ ").replace("~", "≈ ").replace("%", labels("percent_mark"))


def bullet(text: str) -> Paragraph:
    return Paragraph((Run(text),), "bullet")


def _participation(work: Dossier) -> Iterable[Paragraph]:
    labels, took_part = work.labels, work.participation
    if took_part.asked:
        answered = len(took_part.asked) - len(took_part.silent)
        yield body(labels("numbers.asked", asked=len(took_part.asked), answered=answered, silent=len(took_part.silent)))
        if took_part.silent and work.options.silence_is_consent:
            yield body(labels("numbers.silence_is_consent"))
    yield body(
        labels(
            "numbers.answered",
            answered=len(took_part.answered),
            consent=len(took_part.consent_only),
            opinions=len(took_part.with_opinions),
        )
    )


def lists_of_bodies(work: Dossier) -> Iterable[Paragraph]:
    """The bodies by name: who agreed, who had opinions, who was not asked, who is silent."""
    took_part = work.participation
    yield from _named("numbers.silent", took_part.silent, work)
    yield from _named("numbers.unasked", took_part.unasked, work)
    yield from _named("numbers.consent_only", took_part.consent_only, work)
    yield from _named("numbers.with_opinions", took_part.with_opinions, work)


def participation_table(work: Dossier) -> Iterable[Table]:
    """Bodies asked, answered, silent, agreeing and with opinions by kind of body, with a line of sums."""
    took_part = work.participation
    everyone = [*took_part.asked, *(b for b in took_part.answered if not b.asked)]
    kinds = [k for k in body_kinds() if any(b.kind == k for b in everyone)]
    if len(kinds) < 2:
        return
    lines = [(work.labels.name("body_kinds", k), _counts([b for b in everyone if b.kind == k])) for k in kinds]
    unnamed = sum(not speaker_body(work.author(o)) for o in work.analysis.opinions)
    if unnamed:
        lines.append((work.labels("numbers.unnamed"), (0, 0, 0, 0, 0, unnamed)))
    lines.append((work.labels("numbers.sum"), (*_counts(everyone)[:-1], len(work.analysis.opinions))))
    keys = ("asked", "answered", "silent", "consent_only", "with_opinions", "opinions")
    columns = [Column("body_kind", work.labels("columns.body_kind"), 54)]
    titles = {"answered": "answered_on_or_off_list"} if took_part.asked else {}
    columns += [Column(key, work.labels(f"columns.{titles.get(key, key)}"), 25) for key in keys]
    rows = tuple(ReportRow(tuple(plain_cell(t) for t in (name, *map(work.labels.number, n)))) for name, n in lines)
    table = Table("participation", work.labels("numbers.by_kind"), tuple(columns), rows)
    hidden = () if took_part.asked else ("asked", "silent")  # nobody knows who was asked
    yield without(table, hidden)


def _counts(bodies: Sequence[Body]) -> tuple[int, ...]:
    """In the order of the columns; asked = answered of those asked + silent."""
    return (
        sum(b.asked for b in bodies),
        sum(b.answered for b in bodies),
        sum(b.asked and not b.answered for b in bodies),
        sum(b.only_agrees for b in bodies),
        sum(b.opinions > 0 for b in bodies),
        sum(b.opinions for b in bodies),
    )


def _named(key: str, bodies: Sequence[Body], work: Dossier) -> Iterable[Paragraph]:
    if bodies:
        lead = Run(work.labels(key, n=len(bodies)) + " ", "bold")
        yield Paragraph((lead, *_by_kind(bodies, work), Run(".")), "bullet")


def _by_kind(bodies: Sequence[Body], work: Dossier) -> Iterable[Run]:
    """The names, kind by kind where there is more than one."""
    kinds = [k for k in body_kinds() if any(b.kind == k for b in bodies)]
    for number, kind in enumerate(kinds):
        names = [b.name for b in bodies if b.kind == kind]
        if number:
            yield Run(work.labels("list_mark"))
        if len(kinds) > 1:
            counted = f"{work.labels.name('body_kinds', kind)} ({work.labels.number(len(names))})"
            yield Run(work.labels.pair(counted, ""), "italic")
        yield Run((", " if len(kinds) > 1 else work.labels("list_mark")).join(names))


def _total(work: Dossier) -> Paragraph:
    analysis = work.analysis
    rows = len(opinion_rows(work))
    return body(
        work.labels("numbers.opinions", n=len(analysis.opinions), rows=rows, agreements=len(analysis.agreements))
    )


def _opinions(work: Dossier) -> Iterable[Paragraph]:
    labels = work.labels
    yield _total(work)
    counted = Counter(work.groups.values())
    for group in work.group_order:
        share = labels.percent(counted[group], len(work.analysis.opinions))
        stop = "." if group == work.group_order[-1] else labels("list_mark").rstrip()
        yield bullet(labels("numbers.group", group=labels.group(group), n=counted[group], share=share) + stop)


def _decided(work: Dossier) -> Paragraph:
    labels = work.labels
    statuses = by_disposition(work.analysis, work.decisions)
    named = [labels.pair(labels.name("dispositions", s), n) for s, n in statuses.items() if n]
    return body(labels("numbers.statuses", statuses=labels.listed(named)))


def _statuses(work: Dossier) -> Iterable[Paragraph]:
    """What people decided; then, apart and marked, what the machine found for those that nobody decided yet."""
    labels = work.labels
    if not work.analysis.opinions:
        return
    yield _decided(work)
    still_open = (t for t in work.traces.values() if disposition_of(t.opinion_id, work.state) == "pending")
    outcomes = Counter(t.outcome for t in still_open)
    if outcomes:
        found = [labels.pair(labels.name("outcomes", o), outcomes[o]) for o in OUTCOMES if outcomes[o]]
        yield Paragraph((Run(labels("numbers.outcomes", outcomes=labels.listed(found)), "proposal"),))
