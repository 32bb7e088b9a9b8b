"""Tables and reports with the decisions in them, and tables that come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_synth import pipeline, results
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import CHANGE
from feedback_synth.pipeline_workspace.kept import analysis_of

if TYPE_CHECKING:
    from feedback_synth.datamodel.comparison import Comparison
    from feedback_synth.datamodel.draft import Draft
    from feedback_synth.datamodel.report import Report, ReportOptions
    from feedback_synth.store.additions import Place
    from feedback_synth.store.importing import Import
    from feedback_synth.store.typed_rows import TypedRow
    from feedback_synth.store.workspace import Workspace

TABLE_FORMATS = ("docx", "xlsx", "html")
REPORT_FORMATS = ("docx", "html")
EXPORT_FORMATS = ("xlsx", "docx")  # those that come back


def rows_of(analysis: Analysis, chosen: ReportOptions) -> list[tuple[str, ...]]:
    """The opinions of each row of the absorption table, in its order."""
    from feedback_synth.reports.dossier import dossier
    from feedback_synth.reports.opinion_rows import opinion_rows

    return [tuple(o.id for o in row.opinions) for row in opinion_rows(dossier(analysis, chosen))]


def options(workspace: Workspace, analysis: Analysis, **chosen: str) -> ReportOptions:
    """How documents are made here: the workspace's settings, and what the user ``chosen`` for this time."""
    from feedback_synth.datamodel.report import Letterhead, ReportOptions, Spelling
    from feedback_synth.reports import consulted

    def setting(name: str) -> Any:
        return chosen.get(name) or workspace.setting(name)

    head = {name: setting(name) for name in ("superior", "issuer", "signer_title", "signer")}
    return ReportOptions(
        language=setting("language") or pipeline.output_language(analysis),
        profile=setting("profile"),
        variant=setting("variant"),
        group_by=setting("group_by"),
        spelling=Spelling(setting("uy"), setting("education")),
        letterhead=Letterhead(place_and_date=setting("place"), **head),
        subject=setting("title"),
        date=chosen.get("date", ""),
        form=setting("form"),
        consulted=consulted.parse(setting("consulted")),
        silence_is_consent=setting("silence_is_consent") == "yes",
    )


def numbered(workspace: Workspace, analysis: Analysis, chosen: ReportOptions) -> ReportOptions:
    """The same options with the numbers that the rows were given."""
    numbers = workspace.rows.assign(rows_of(analysis, chosen))
    return replace(chosen, numbers=tuple((id_, number) for row, number in numbers.items() for id_ in row))


def tables(
    workspace: Workspace, chosen: ReportOptions, *, at: str, formats: Iterable[str] = TABLE_FORMATS
) -> dict[str, bytes]:
    """The absorption table with the decisions in it, by file name.

    Whoever edits one of them can give it back: the workspace remembers what each showed.
    """
    from feedback_synth.store import exchange
    from feedback_synth.store.importing import hand_out

    files = _rendered("absorption-table", _table(workspace, analysis_of(workspace), chosen), formats)
    for name, content in files.items():
        format_ = name.rpartition(".")[2]
        if format_ in exchange.formats():
            files[name] = hand_out(workspace, content, format_, name, at=at)
    return files


def comparisons(
    workspace: Workspace, chosen: ReportOptions, *, at: str, formats: Iterable[str] = EXPORT_FORMATS
) -> dict[str, bytes]:
    """The comparison of each revised draft, by file name, with places for explanations that come back."""
    from feedback_synth.reports import comparison_table
    from feedback_synth.store.importing import hand_out

    analysis = analysis_of(workspace)
    chosen = replace(numbered(workspace, analysis, chosen), for_editing=True)
    decisions = tuple(workspace.decisions.current().values())
    files: dict[str, bytes] = {}
    for comparison in analysis.comparisons:
        if comparison.changes:
            built = comparison_table.build(comparison, analysis, chosen, decisions)
            files |= _rendered(f"comparison-{comparison.draft}", built, formats)
    return {name: hand_out(workspace, made, name.rpartition(".")[2], name, at=at) for name, made in files.items()}


def _table(workspace: Workspace, analysis: Analysis, chosen: ReportOptions) -> Report:
    from feedback_synth.reports import absorption_table

    decisions = workspace.decisions.current().values()
    return absorption_table.build(analysis, numbered(workspace, analysis, chosen), decisions)


def names_of_changes(workspace: Workspace) -> dict[str, str]:
    """What a table calls each change between drafts, by the id under which its explanation comes back."""
    from feedback_synth.reports import comparison_table
    from feedback_synth.reports.labels import Labels

    analysis = analysis_of(workspace)
    labels = Labels(options(workspace, analysis).language)
    return {
        key: labels.pair(labels.name("draft_kinds", comparison.draft), change.new_label or change.old_label)
        for comparison in analysis.comparisons
        for key, change in zip(comparison_table.change_keys(comparison), comparison.changes, strict=True)
    }


def reports(workspace: Workspace, chosen: ReportOptions, formats: Iterable[str] = REPORT_FORMATS) -> dict[str, bytes]:
    """The synthesized report and, for each revised draft, the comparison as ``synthesize`` makes it elsewhere."""
    from feedback_synth.reports import synthesis

    analysis = analysis_of(workspace)
    chosen = numbered(workspace, analysis, chosen)
    decisions = tuple(workspace.decisions.current().values())
    files = _rendered("report", synthesis.build(analysis, chosen, decisions), formats)
    for comparison in analysis.comparisons:
        files |= results.comparison_files(f"comparison-{comparison.draft}", comparison, analysis, chosen, decisions)
        files |= _tracked(workspace, analysis, comparison)
    return files


def corpus(analysis: Analysis) -> dict[str, bytes]:
    """The passages and opinions of a run to train spaCy models on, by file name."""
    from feedback_synth.reports import training_corpus

    return {"corpus.spacy": training_corpus.docbin(analysis)}


def _tracked(workspace: Workspace, analysis: Analysis, comparison: Comparison) -> dict[str, bytes]:
    kind = comparison.draft
    old, new = ({d.kind: d for d in drafts}[kind] for drafts in (analysis.drafts, analysis.revised))
    paths = [_path(workspace, draft) for draft in (old, new)]
    return results.tracked(f"changes-{kind}.docx", paths[0], paths[1], comparison)


def _path(workspace: Workspace, draft: Draft) -> Path:
    """Where the file of a draft lies that a run has read."""
    kept = next((d.name for d in workspace.sources.drafts() if d.sha256 == draft.sha256), draft.name)
    return workspace.sources.files.path(draft.sha256, kept)


def _rendered(name: str, report: Report, formats: Iterable[str]) -> dict[str, bytes]:
    from feedback_synth import plugins
    from feedback_synth.reports import renderers

    return {f"{name}.{f}": plugins.load(renderers, f).render(report) for f in formats}


def take_back(workspace: Workspace, file: Path, *, at: str) -> Import:
    """What an edited table would change; one from elsewhere is compared with the table of this moment."""
    from feedback_synth import opinions
    from feedback_synth.store import exchange, importing

    analysis = analysis_of(workspace)
    if not importing.is_ours(workspace, file):
        shown = replace(options(workspace, analysis), for_editing=True)
        for hand_out in (tables, comparisons):
            hand_out(workspace, shown, at=at, formats=[exchange.went_out_as(file)])
    return importing.take_back(workspace, file, analysis, opinions.author)


def places_of(workspace: Workspace, back: Import) -> list[tuple[TypedRow, Place]]:
    """Where the words of each typed row stand in the sources of the newest run."""
    from feedback_synth.store.additions import Sources

    analysis = analysis_of(workspace)
    sources = Sources(analysis.sources, analysis.extractions)
    return [(row, sources.place(row.text, row.author)) for row in back.typed]


def take_over(workspace: Workspace, back: Import, *, reviewer: str, at: str) -> tuple[int, int]:
    """Record what an edited table decides; gives (new events, events that followed their words into a newer source).

    A table may be older than a corrected letter: what it decides on words that are still said is carried over.
    """
    from feedback_synth.store.carrying import carry
    from feedback_synth.store.importing import apply

    now = analysis_of(workspace)
    gone = {id_ for p in back.proposals for id_ in p.opinions if not id_.startswith(CHANGE)}
    gone -= {o.id for o in (*now.opinions, *now.left_out)} | {row.id for row in back.typed}
    with workspace.writing():
        recorded = apply(workspace, back, reviewer=reviewer, at=at)
        carried = 0
        *earlier, newest = workspace.runs.all()
        for run in reversed([run for run in earlier if run.round == newest.round] if gone else []):
            before = [o for o in analysis_of(workspace, run.number).opinions if o.id in gone]
            carried += workspace.decisions.append(carry(before, now.opinions, workspace.decisions.events()))
            gone -= {o.id for o in before}
            if not gone:
                break
    return recorded, carried
