"""Difficulties in the words of those who have them, by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.numbers import body
from feedback_synth.reports.quotations import excerpt, one_of_each_set, quoted
from feedback_synth.reports.tables import in_full, plain_cell

MOST_PLACES = 6
MOST_AT_A_PLACE = 2
LONGEST = 120


def difficulties_section(work: Dossier, annex: Mapping[str, str]) -> Section | None:
    """The places with most difficulties, in short; the annex has all where this is not all."""
    labels = work.labels
    reported = _reported(work)
    if not reported:
        return None
    n = labels.count("synthesis.reported", sum(map(len, reported.values())))
    bodies = labels.count("synthesis.bodies", len(reported))
    shown = _heaviest(reported)
    title = labels("synthesis.sections.difficulties")
    lead = labels("synthesis.difficulties", n=n, bodies=bodies, in_full=in_full("difficulties_all", annex, work))
    table = _table(title, {name: reported[name] for name in shown}, work, MOST_AT_A_PLACE, LONGEST)
    return Section("difficulties", title, 1, (body(lead), table))


def difficulties_annex(work: Dossier) -> Section:
    """Every difficulty by place in full; nothing where the main part has all of them."""
    reported = _reported(work)
    everything = (
        len(reported) <= MOST_PLACES
        and all(len(one_of_each_set(said, work)) <= MOST_AT_A_PLACE for said in reported.values())
        and all(excerpt(o.text, LONGEST) == o.text for said in reported.values() for o in said)
    )
    title = work.labels("annexes.difficulties")
    content = () if everything else (_table(title, reported, work),)
    return Section("difficulties_all", title, 1, content)


def _reported(work: Dossier) -> dict[str, list[Opinion]]:
    """The difficulties of each body, in the order of the sources."""
    found: dict[str, list[Opinion]] = {}
    for opinion in work.analysis.opinions:
        if work.groups[opinion.id] == "difficulties":
            found.setdefault(work.body(opinion), []).append(opinion)
    return found


def _heaviest(reported: Mapping[str, Sequence[Opinion]]) -> list[str]:
    """The bodies with most difficulties, as many as the main part shows, in their order."""
    by_weight = sorted(reported, key=lambda name: -len(reported[name]))[:MOST_PLACES]
    return [name for name in reported if name in by_weight]


def _table(
    title: str, reported: Mapping[str, Sequence[Opinion]], work: Dossier, most: int = 0, longest: int = 0
) -> Table:
    labels = work.labels
    columns = (Column("body", labels("columns.author_organization"), 45), Column("words", labels("columns.words"), 125))
    rows = tuple(
        ReportRow((plain_cell(name), TableCell(tuple(_said(opinions, work, most, longest))))) for name, opinions in
        reported.items()
    )  # fmt: skip
    return Table("difficulties_all" if not most else "difficulties", title, columns, rows)


def _said(opinions: Sequence[Opinion], work: Dossier, most: int, longest: int) -> Iterable[Paragraph]:
    different = one_of_each_set(opinions, work) if most else list(opinions)
    for opinion in different[: most or None]:
        yield Paragraph((quoted(opinion, work, longest or len(opinion.text)),))
    left = len(different) - most
    if most and left > 0:
        yield Paragraph((Run(work.labels.count("synthesis.more", left), "muted"),))
