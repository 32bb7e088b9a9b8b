"""The user verbs inside a workspace: what the pipeline does, with what people decided put onto it and kept.

Like ``pipeline`` this walks between the rooms; it stands one storey above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from feedback_synth import pipeline
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import DecidedField
from feedback_synth.datamodel.document import Document, Notice
from feedback_synth.errors import StoreError
from feedback_synth.pipeline import Progress, silent

if TYPE_CHECKING:
    from feedback_synth.datamodel.report import Report, ReportOptions
    from feedback_synth.store.health import Finding
    from feedback_synth.store.importing import Import
    from feedback_synth.store.run_diff import RunDiff
    from feedback_synth.store.runs import RunEntry
    from feedback_synth.store.sources import Source
    from feedback_synth.store.workspace import Workspace

VALUES = "values.json"  # the whole analysis, for the commands that need no new run
TABLE_FORMATS = ("docx", "xlsx", "html")
REPORT_FORMATS = ("docx", "html")
EXPORT_FORMATS = ("xlsx", "docx")  # those that come back


@dataclass(frozen=True)
class Outcome:
    """What one run in a workspace gave. ``carried``: decisions that followed their words into a corrected letter."""

    analysis: Analysis
    run: RunEntry
    notices: tuple[Notice, ...]
    carried: int


def add(
    workspace: Workspace, paths: Sequence[Path], *, at: str, kind: str = "", supersedes: str = ""
) -> tuple[tuple[tuple[Source, bool], ...], tuple[str, ...]]:
    """Take files and folders into the current round: pairs (source, new), and a sentence for each that failed."""
    from feedback_synth import documents

    files, failures = documents.collect(paths)
    if supersedes and len(files) != 1:
        raise StoreError("Give one file for the letter that is corrected; {count} were found.", count=len(files))
    found = [workspace.sources.add(file, at=at, kind=kind, supersedes=supersedes) for file in files]
    return tuple(found), tuple(failures)


def synthesize(
    workspace: Workspace,
    *,
    at: str,
    encoder: str | None = None,
    progress: Progress[Any] = silent,
    seen: pipeline.Seen = pipeline.ignore,
) -> Outcome:
    """Run over the sources of the current round, put corrections onto what was found, and keep the run."""
    from feedback_synth.store import corrections
    from feedback_synth.store import events as log

    job = _job(workspace)
    encode = pipeline.load_encoder(encoder, workspace.vectors)
    values = log.values(workspace.decisions.events())
    analysis = pipeline.read(job, progress, seen)
    documents = _marked(workspace, analysis.sources)
    extractions, reshaped = corrections.reshape(pipeline.extract(documents, encode, progress), documents, values)
    analysis = replace(analysis, sources=documents, extractions=extractions)
    analysis = pipeline.analyse(analysis, encode, progress, _learnt(workspace))
    analysis, overridden = corrections.override(analysis, values)
    analysis = pipeline.trace(analysis, encode, progress)
    workspace.vectors.flush()
    run, carried = _keep(workspace, analysis, at)
    return Outcome(analysis, run, (*reshaped, *overridden), carried)


def groups_folder(folder: Path) -> Path:
    """Where a workspace keeps the content-group model that ``learn`` made."""
    return folder / "models" / "groups"


def _learnt(workspace: Workspace) -> Path | None:
    """The workspace's own content-group model, if it has one."""
    folder = groups_folder(workspace.folder)
    return folder if folder.is_dir() else None


def _marked(workspace: Workspace, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents with a notice on those that came late or correct an earlier letter."""
    sources = workspace.sources.all()
    late = {s.sha256 for s in sources if s.late}
    corrected = {s.superseded_by: s.name for s in sources if s.superseded_by}
    marked = []
    for document in documents:
        notices = [Notice("source_late", (("name", document.name),))] if document.sha256 in late else []
        if document.sha256 in corrected:
            values = (("name", document.name), ("old", corrected[document.sha256]))
            notices.append(Notice("source_corrects", values))
        marked.append(replace(document, notices=(*document.notices, *notices)))
    return tuple(marked)


def _job(workspace: Workspace) -> pipeline.Job:
    """The sources that count in the current round, and its drafts. StoreError if there are none."""
    sources = workspace.sources
    round_ = sources.current_round()
    counted = [s for s in sources.all(round_) if s.counts]
    if not counted:
        raise StoreError('This round has no sources yet. Add some with "feedback-synth add FILE...".')
    return pipeline.Job(
        sources=tuple(sources.files.path(s.sha256, s.name) for s in counted),
        drafts=tuple((d.kind, sources.files.path(d.sha256, d.name)) for d in sources.drafts_of_round(round_)),
        revised=tuple((d.kind, sources.files.path(d.sha256, d.name)) for d in sources.revised_of_round(round_)),
        kinds={s.name: cast(Any, s.kind) for s in counted if s.kind},
    )


def _keep(workspace: Workspace, analysis: Analysis, at: str) -> tuple[RunEntry, int]:
    """Keep the run, carry decisions into corrected letters and number the rows, all of it or nothing."""
    from feedback_synth.store.carrying import carry

    before = last_analysis(workspace)
    with workspace.writing():
        run = workspace.runs.save(_files(analysis), round_=workspace.sources.current_round(), at=at)
        events = workspace.decisions.events()
        carried = carry(before.opinions, analysis.opinions, events) if before else []
        workspace.decisions.append(carried)
        workspace.rows.assign(_rows(analysis, options(workspace, analysis)))
    return run, len(carried)


def _files(analysis: Analysis) -> dict[str, bytes]:
    """The JSON files of the contract, and the analysis as it is."""
    from feedback_synth.store.values import dump

    return {**pipeline.contract_files(analysis), VALUES: dump(analysis)}


def _rows(analysis: Analysis, chosen: ReportOptions) -> list[tuple[str, ...]]:
    """The opinions of each row of the absorption table, in its order."""
    from feedback_synth.reports.dossier import dossier
    from feedback_synth.reports.opinion_rows import opinion_rows

    return [tuple(o.id for o in row.opinions) for row in opinion_rows(dossier(analysis, chosen))]


def last_analysis(workspace: Workspace) -> Analysis | None:
    """What the newest run found, or None before the first."""
    run = workspace.runs.last()
    return analysis_of(workspace, run.number) if run else None


def analysis_of(workspace: Workspace, run: int | None = None) -> Analysis:
    """What a run found (default: the newest). StoreError if there is none."""
    from feedback_synth.store.values import load

    number = run or (workspace.runs.last() or workspace.runs.get(0)).number
    return load(Analysis, workspace.runs.content(workspace.runs.get(number).number, VALUES))


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
    numbers = workspace.rows.assign(_rows(analysis, chosen))
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


def _table(workspace: Workspace, analysis: Analysis, chosen: ReportOptions) -> Report:
    from feedback_synth.reports import absorption_table

    decisions = workspace.decisions.current().values()
    return absorption_table.build(analysis, numbered(workspace, analysis, chosen), decisions)


def reports(workspace: Workspace, chosen: ReportOptions, formats: Iterable[str] = REPORT_FORMATS) -> dict[str, bytes]:
    """The synthesized report and the comparisons of drafts, by file name."""
    from feedback_synth.reports import comparison_table, synthesis

    analysis = analysis_of(workspace)
    chosen = numbered(workspace, analysis, chosen)
    decisions = tuple(workspace.decisions.current().values())
    files = _rendered("report", synthesis.build(analysis, chosen, decisions), formats)
    for comparison in analysis.comparisons:
        built = comparison_table.build(comparison, analysis, chosen)
        files |= _rendered(f"comparison-{comparison.draft}", built, [f for f in formats if f == "docx"])
    return files


def _rendered(name: str, report: Report, formats: Iterable[str]) -> dict[str, bytes]:
    from feedback_synth import plugins
    from feedback_synth.reports import renderers

    return {f"{name}.{f}": plugins.load(renderers, f).render(report) for f in formats}


def take_back(workspace: Workspace, file: Path, *, at: str) -> Import:
    """What an edited table would change; one from elsewhere is compared with the table of this moment."""
    from feedback_synth.store import importing

    analysis = analysis_of(workspace)
    if not importing.is_ours(workspace, file):
        shown = replace(options(workspace, analysis), working_annex=True)
        tables(workspace, shown, at=at, formats=[file.suffix.lower().removeprefix(".")])
    return importing.take_back(workspace, file, analysis)


def decide(
    workspace: Workspace, named: str, field: DecidedField, words: str, *, reviewer: str, at: str, origin: str = ""
) -> int:
    """Record one value, for all opinions that ask the same and share a row; gives how many were new.

    ``named`` is an opinion's id or the number of its row. A status and a group are read in any language; "" takes a
    value back. An author, a split and a merge are one opinion's own. StoreError if the newest run has no such
    opinion, or the words are no status or group.
    """
    from feedback_synth.store.importing import together

    analysis = analysis_of(workspace)
    numbers = workspace.rows.known()
    fits = [o.id for o in analysis.opinions if named in (o.id, str(numbers.get(o.id, "")))]
    if not fits:
        raise StoreError('The newest run has no opinion "{id}".', id=named)
    opinion_id, value = fits[0], _read(field, words)
    alone = field.startswith("author_") or field in ("split", "merge")
    ids = (opinion_id,) if alone else together(analysis).get(opinion_id, (opinion_id,))
    with workspace.writing():
        made = [workspace.decisions.decide(i, field, value, reviewer=reviewer, at=at, origin=origin) for i in ids]
    return sum(event is not None for event in made)


def _read(field: DecidedField, words: str) -> str:
    """The value that words mean: a key for a status or a group."""
    from feedback_synth.languages.text import match_key
    from feedback_synth.store.dispositions import parse
    from feedback_synth.store.importing import group_names

    if field == "disposition" and words and not parse(words).disposition:
        raise StoreError('"{value}" is no status that is known.', value=words)
    if field == "group" and words and match_key(words) not in group_names():
        raise StoreError('"{value}" is no content group.', value=words)
    if field == "disposition":
        return parse(words).disposition
    return group_names().get(match_key(words), "") if field == "group" else words


def take_over(workspace: Workspace, back: Import, *, reviewer: str, at: str) -> tuple[int, int]:
    """Record what an edited table decides; gives (new events, events that followed their words into a newer source).

    A table may be older than a corrected letter: what it decides on words that are still said is carried over.
    """
    from feedback_synth.store.carrying import carry
    from feedback_synth.store.importing import apply

    now = analysis_of(workspace)
    gone = {id_ for p in back.proposals for id_ in p.opinions} - {o.id for o in now.opinions}
    with workspace.writing():
        recorded = apply(workspace, back, reviewer=reviewer, at=at)
        carried = 0
        for run in reversed(workspace.runs.all()[:-1] if gone else ()):
            before = [o for o in analysis_of(workspace, run.number).opinions if o.id in gone]
            carried += workspace.decisions.append(carry(before, now.opinions, workspace.decisions.events()))
            gone -= {o.id for o in before}
            if not gone:
                break
    return recorded, carried


def diff(workspace: Workspace, old: int, new: int) -> RunDiff:
    """What differs between two runs."""
    from feedback_synth.store.run_diff import compare_runs

    return compare_runs(analysis_of(workspace, old), analysis_of(workspace, new))


def rules(workspace: Workspace, analysis: Analysis, *, final: bool = False) -> tuple[Notice, ...]:
    """Decisions that miss something or contradict the revised draft."""
    from feedback_synth.store.rules import check

    traces = analysis.tracing.traces if analysis.tracing else ()
    current = workspace.decisions.current()
    return check(analysis.opinions, current, analysis.duplicate_sets, traces, final=final)


def examine(workspace: Workspace, *, final: bool = False) -> tuple[Finding, ...]:
    """Everything ``check`` finds."""
    from feedback_synth.store import health

    analysis = analysis_of(workspace)
    return health.examine(
        analysis,
        workspace.decisions.events(),
        workspace.decisions.conflicts(),
        silent=_silent(workspace, analysis),
        faults=_faults(analysis),
        rules=rules(workspace, analysis, final=final),
    )


def _silent(workspace: Workspace, analysis: Analysis) -> tuple[str, ...]:
    """The bodies that were asked and have not answered."""
    from feedback_synth.reports.dossier import dossier

    work = dossier(analysis, options(workspace, analysis), workspace.decisions.current().values())
    return tuple(body.name for body in work.participation.silent)


def _faults(analysis: Analysis) -> tuple[Notice, ...]:
    """What the readers, the parser of drafts and the analysis noticed, and what the drafts' indicators lack."""
    from feedback_synth import drafts

    return (
        *drafts.lint(analysis.revised or analysis.drafts),
        *(n for document in analysis.sources for n in document.notices),
        *(n for draft in (*analysis.drafts, *analysis.revised) for n in draft.notices),
        *(n for extraction in analysis.extractions for n in extraction.notices),
    )


def sentence(notice: Notice, language: str) -> str:
    """A notice in words."""
    from feedback_synth.reports.labels import Labels

    return Labels(language).notice(notice)


def goes_with(workspace: Workspace, source: Source) -> tuple[Mapping[str, str], int]:
    """What the newest run has from a source: its opinions by id, and how many of them people decided about."""
    analysis = last_analysis(workspace)
    ids = {s.id for s in analysis.sources if s.sha256 == source.sha256} if analysis else set()
    opinions = {o.id: o.text for o in analysis.opinions if o.source_id in ids} if analysis else {}
    return opinions, len(opinions.keys() & workspace.decisions.current().keys())
