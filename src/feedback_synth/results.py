"""Every file that a verb leaves: tables and reports for people, JSON for programs.

Renderers are imported when they are needed, so that the program starts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.pipeline import Compared, Job, output_language

if TYPE_CHECKING:
    from feedback_synth.datamodel.comparison import Comparison
    from feedback_synth.datamodel.decision import Decision
    from feedback_synth.datamodel.report import ReportOptions


def options_of(analysis: Analysis | None, chosen: Mapping[str, Any]) -> ReportOptions:
    """How documents for people are made: what the user ``chosen``, in the drafts' language where none is named."""
    from feedback_synth.datamodel.report import ReportOptions, Spelling
    from feedback_synth.reports import consulted

    given = {name: value for name, value in chosen.items() if value}
    given["spelling"] = Spelling(**{name: given.pop(name) for name in ("uy", "education") if name in given})
    asked = given.pop("consulted", None)
    if asked:
        given["consulted"] = consulted.parse(asked)
    given.setdefault("language", output_language(analysis) if analysis else "vi")
    return ReportOptions(**given)


def of_synthesis(analysis: Analysis, options: ReportOptions, job: Job | None = None) -> dict[str, bytes]:
    """Every file that ``synthesize`` leaves, by name; with ``job`` also the tracked changes of each revised draft."""
    from feedback_synth.reports import absorption_table, synthesis
    from feedback_synth.reports.renderers import docx, html, xlsx

    table, report = absorption_table.build(analysis, options), synthesis.build(analysis, options)
    files = {
        **contract_files(analysis),
        "absorption-table.docx": docx.render(table),
        "absorption-table.xlsx": xlsx.render(table),
        "report.docx": docx.render(report),
        "report.html": html.render(report),
    }
    for comparison in analysis.comparisons:
        kind = comparison.draft
        files |= comparison_files(f"comparison-{kind}", comparison, analysis, options)
        if job:
            files |= tracked(f"changes-{kind}.docx", dict(job.drafts)[kind], dict(job.revised)[kind], comparison)
    if job and job.corpus:
        from feedback_synth.reports import training_corpus

        files["corpus.spacy"] = training_corpus.docbin(analysis)
    return files


def contract_files(analysis: Analysis) -> dict[str, bytes]:
    """The JSON files that other programs read."""
    from feedback_synth.reports import contract

    files = {"analysis.json": contract.analysis_json(analysis)}
    files |= {f"comparison-{c.draft}.json": contract.comparison_json(c) for c in analysis.comparisons}
    return files | ({"trace.json": contract.trace_json(analysis.tracing)} if analysis.tracing else {})


def comparison_files(
    name: str,
    comparison: Comparison,
    analysis: Analysis | None,
    options: ReportOptions,
    decisions: Iterable[Decision] = (),
) -> dict[str, bytes]:
    """A comparison as documents for people: ``name``.docx, .xlsx and .html."""
    from feedback_synth.reports import comparison_table
    from feedback_synth.reports.renderers import docx, html, xlsx

    built = comparison_table.build(comparison, analysis, options, decisions)
    return {
        f"{name}.docx": docx.render(built),
        f"{name}.xlsx": xlsx.render(built),
        f"{name}.html": html.render(built),
    }


def tracked(name: str, old: Path, new: Path, comparison: Comparison) -> dict[str, bytes]:
    """The new draft with its changes tracked, where both versions are .docx."""
    from feedback_synth.reports import tracked_changes

    if {old.suffix.lower(), new.suffix.lower()} != {".docx"}:
        return {}
    return {name: tracked_changes.render(old.read_bytes(), new.read_bytes(), comparison)}


def of_compare(found: Iterable[Compared], options: ReportOptions) -> dict[str, bytes]:
    """Every file that ``compare`` leaves, by name."""
    from feedback_synth.reports import contract

    files: dict[str, bytes] = {}
    for one in found:
        place = f"-{one.name}" if one.name else ""
        files[f"comparison{place}.json"] = contract.comparison_json(one.comparison)
        files |= comparison_files(f"comparison{place}", one.comparison, None, options)
        files |= tracked(f"changes{place}.docx", one.old, one.new, one.comparison)
    return files
