"""The annex of all themes: every body, every row, every place, every finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback_synth.datamodel.report import Column, Paragraph, ReportRow, Run, Section, Table, TableCell
from feedback_synth.reports.bundles import Bundle, bundles, row_ranges
from feedback_synth.reports.contrary import Contrary, by_home, opposition_paragraph
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.findings import decided, outcomes
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.opinion_rows import opinion_rows
from feedback_synth.reports.tables import compact, plain_cell
from feedback_synth.reports.theme_sections import APART, LONGEST_CONTRARY, numbered

LONGEST_EVIDENCE = 160


def themes_annex(work: Dossier) -> Section:
    """All themes of all groups: every body, the rows of the first annex, every place, every finding."""
    labels = work.labels
    rows_of = {o.id: row.number for row in opinion_rows(work) for o in row.opinions}
    homes, found = by_home(work), bundles(work)
    main = {group: n for n, (group, _) in numbered({g: b for g, b in found.items() if g not in APART})}
    rows: list[ReportRow] = []
    for group, of_group in found.items():
        named = f"{main[group]}. {labels.group(group)}" if group in main else labels.group(group)
        rows.append(ReportRow((TableCell((Paragraph((Run(named, "bold"),)),)),), heading=True))
        for n, bundle in enumerate(of_group, start=1):
            number = f"{main[group]}.{n}" if group in main and bundle.theme else ""
            rows.append(_annex_row(number, bundle, rows_of, homes.get(bundle.home, ()), work))
    widths = (
        ("number", 12),
        ("theme", 38),
        ("opinions", 14),
        ("bodies", 58),
        ("rows", 28),
        ("place_in_draft", 46),
        ("result", 66),
    )
    columns = tuple(Column(key, labels(f"columns.{key}"), width) for key, width in widths)
    title = labels("annexes.themes")
    table = compact(Table("themes_all", title, columns, tuple(rows)))
    return Section("themes_all", title, 1, (table,) if rows else (), landscape=True)


def _annex_row(
    number: str, bundle: Bundle, rows_of: Mapping[str, int], contrary: Sequence[Contrary], work: Dossier
) -> ReportRow:
    by_people = decided(bundle.opinions, work, len(bundle.opinions))
    by_machine = outcomes(bundle.opinions, work, len(bundle.opinions), LONGEST_EVIDENCE)
    findings = [Paragraph((run,)) for run in (Run(by_people), Run(by_machine, "proposal")) if run.text]
    against = [opposition_paragraph(one, work, LONGEST_CONTRARY) for one in contrary]
    places = distinct(work.link_label(k) for o in bundle.opinions for k in work.links.get(o.id, ())[:1])
    cells = (
        plain_cell(number),
        plain_cell(bundle.title(work)),
        plain_cell(work.labels.number(len(bundle.opinions))),
        plain_cell(work.labels.listed(bundle.bodies(work))),
        plain_cell(row_ranges(rows_of[o.id] for o in bundle.opinions)),
        plain_cell(work.labels.listed(places)),
        TableCell((*findings, *against)),
    )
    return ReportRow(cells, bundle.home[1])
