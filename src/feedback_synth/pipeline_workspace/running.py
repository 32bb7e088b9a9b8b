"""Sources come in, a run goes over them, and what it found is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from feedback_synth import pipeline
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import Event
from feedback_synth.datamodel.document import Document, Notice
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.errors import StoreError
from feedback_synth.pipeline import Progress, silent
from feedback_synth.pipeline_workspace.kept import analysis_of, files_of
from feedback_synth.pipeline_workspace.writing import options, rows_of

if TYPE_CHECKING:
    from feedback_synth.analysis.encoders import Encoder
    from feedback_synth.store.runs import RunEntry
    from feedback_synth.store.sources import Part, Source
    from feedback_synth.store.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What one run in a workspace gave. ``carried``: decisions that followed their words into a corrected letter."""

    analysis: Analysis
    run: RunEntry
    notices: tuple[Notice, ...]
    carried: int


def add(
    workspace: Workspace, paths: Sequence[Path], *, at: str, kind: str = "", supersedes: Source | Part | None = None
) -> tuple[tuple[tuple[Source, bool], ...], tuple[str, ...]]:
    """Take files and folders into the current round: pairs (source, new), and a sentence for each that failed."""
    from feedback_synth import documents

    files, failures = documents.collect(paths)
    if supersedes and len(files) != 1:
        raise StoreError("Give one file for the letter that is corrected; {count} were found.", count=len(files))
    found: list[tuple[Source, bool]] = []
    problems = list(failures)
    with workspace.writing():
        for file in files:
            try:
                found.append(workspace.sources.add(file, at=at, kind=kind))
            except StoreError as error:
                problems.append(error.sentence)
        if supersedes and found:
            _supersede(workspace, supersedes, found[0][0])
    return tuple((workspace.sources.get(source.sha256), new) for source, new in found), tuple(problems)


def _supersede(workspace: Workspace, old: Source | Part, new: Source) -> None:
    from feedback_synth.store.sources import Part

    if isinstance(old, Part):
        workspace.sources.supersede_part(old, new.sha256)
    else:
        workspace.sources.supersede(old.sha256, new.sha256)


def find_part(workspace: Workspace, words: str) -> Part:
    """The letter within an archive or a message of the workspace that has this name. StoreError if none or several."""
    from feedback_synth import documents
    from feedback_synth.store.sources import Part

    found = []
    for source in workspace.sources.all():
        if source.counts:
            inside, _ = documents.read_all(workspace.sources.files.path(source.sha256, source.name))
            found += [Part(d.sha256, source.sha256, d.name) for d in inside if d.sha256 != source.sha256]
    name = words.replace("\\", "/")
    fits = [p for p in found if p.name == name] or [p for p in found if Path(p.name).name == name]
    if len(fits) != 1:
        raise StoreError(
            'The name or id "{id}" fits {count} sources. "feedback-synth status" lists them; write a letter within an '
            "archive as ARCHIVE/LETTER.",
            id=words,
            count=len(fits),
        )
    return fits[0]


def synthesize(
    workspace: Workspace,
    *,
    at: str,
    encoder: str | None = None,
    progress: Progress[Any] = silent,
    seen: pipeline.Seen = pipeline.ignore,
    read_as: pipeline.Job | None = None,
) -> Outcome:
    """Run over the sources of the current round, put corrections onto what was found, and keep the run.

    ``read_as`` says for this run alone what files and columns are, and whose content groups are used.
    """
    from feedback_synth.store import additions, corrections
    from feedback_synth.store import events as log

    job = _as_told(_job(workspace), read_as)
    encode = pipeline.load_encoder(encoder, workspace.vectors)
    analysis = pipeline.read(job, progress, seen)
    documents = _marked(workspace, _counting(workspace, analysis.sources))
    extractions = pipeline.extract(documents, encode, progress)
    carried = _carried(workspace, extractions, documents)
    events = (*workspace.decisions.events(), *carried)
    values = log.values(events)
    extractions, found = additions.add(extractions, documents, events)
    extractions, reshaped = corrections.reshape(extractions, documents, values)
    extractions = additions.leave_out(_understood(extractions), values)
    analysis = replace(analysis, sources=documents, extractions=extractions)
    analysis = pipeline.analyse(analysis, encode, progress, job.groups or _learnt(workspace))
    analysis = replace(analysis, notices=(*analysis.notices, *additions.told(analysis)))
    sorted_by_program, (analysis, overridden) = analysis, corrections.override(analysis, values)
    analysis = _bundled(sorted_by_program, analysis, encode)
    told = (*found, *reshaped, *overridden)
    analysis = replace(analysis, notices=(*analysis.notices, *told))
    analysis = pipeline.trace(analysis, encode, progress)
    workspace.vectors.flush()
    run = _keep(workspace, analysis, carried, at)
    return Outcome(analysis, run, (*_without_draft(job), *told), len(carried))


def _bundled(before: Analysis, after: Analysis, encode: Encoder | None) -> Analysis:
    """Themes and oppositions of the groups and places that people put right, where they put any right."""
    from feedback_synth.analysis import oppositions, themes

    if (before.assignments, before.links) == (after.assignments, after.links):
        return after
    opinions, links = after.opinions, after.links
    language = pipeline.output_language(after)
    same = after.duplicate_sets
    found = themes.find(opinions, after.assignments, same, links, encode, language, after.drafts)
    return replace(after, themes=found, oppositions=oppositions.find(opinions, links))


def _understood(extractions: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """The extractions with what people added read like any other opinion."""
    from feedback_synth import opinions

    return tuple(
        replace(e, opinions=tuple(opinions.understood(o) if o.added_by else o for o in e.opinions)) for e in extractions
    )


def _as_told(job: pipeline.Job, told: pipeline.Job | None) -> pipeline.Job:
    if told is None:
        return job
    kinds = {**(job.kinds or {}), **(told.kinds or {})}
    return replace(job, kinds=kinds, columns=told.columns or job.columns, groups=told.groups)


def _without_draft(job: pipeline.Job) -> tuple[Notice, ...]:
    """The revised drafts whose first version nobody gave: they are compared with nothing."""
    kinds = {kind for kind, _ in job.drafts}
    return tuple(
        Notice("revised_without_draft", (("draft", kind), ("kind", kind), ("name", file.name)))
        for kind, file in job.revised
        if kind not in kinds
    )


def groups_folder(folder: Path) -> Path:
    """Where a workspace keeps the content-group model that ``learn`` made."""
    return folder / "models" / "groups"


def _learnt(workspace: Workspace) -> Path | None:
    """The workspace's own content-group model, if it has one."""
    folder = groups_folder(workspace.folder)
    return folder if folder.is_dir() else None


def _counting(workspace: Workspace, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents without the letters within archives and messages that a later letter corrects."""
    replaced = {part.sha256 for part in workspace.sources.superseded_parts()}
    return tuple(document for document in documents if document.sha256 not in replaced)


def _marked(workspace: Workspace, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents with a notice on those that came late or correct an earlier letter."""
    sources = {s.name: s for s in workspace.sources.all() if s.counts}
    corrected = workspace.sources.corrected()
    return tuple(_with_marks(document, sources, corrected) for document in documents)


def _with_marks(document: Document, sources: Mapping[str, Source], corrected: Mapping[str, Sequence[str]]) -> Document:
    source = sources.get(document.name) or sources.get(document.name.partition("/")[0])  # within an archive
    if source is None:
        return document
    notices = [Notice("source_late", (("name", document.name),))] if source.late else []
    olds = corrected.get(source.sha256, ())
    corrects = [Notice("source_corrects", (("name", document.name), ("old", old))) for old in olds]
    return replace(document, notices=(*document.notices, *notices, *corrects))


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


def _carried(workspace: Workspace, extractions: Sequence[Extraction], documents: Sequence[Document]) -> Sequence[Event]:
    """Decisions that follow their words into a corrected letter: first splits and merges, then what is about pieces."""
    from feedback_synth.store import corrections
    from feedback_synth.store import events as log
    from feedback_synth.store.carrying import carry, carry_shapes

    runs = [run for run in workspace.runs.all() if run.round == workspace.sources.current_round()]
    if not runs:
        return ()  # the first run of a round: what was decided in an earlier one was about another text
    before = analysis_of(workspace, runs[-1].number)
    events = workspace.decisions.events()
    shapes = carry_shapes(before, extractions, documents, events)
    events = (*events, *shapes)
    shaped, _ = corrections.reshape(extractions, documents, log.values(events))
    told = [o for o in (*before.opinions, *before.left_out) if not o.added_by]
    return (*shapes, *carry(told, [o for e in shaped for o in e.opinions], events))


def _keep(workspace: Workspace, analysis: Analysis, carried: Sequence[Event], at: str) -> RunEntry:
    """Keep the run, the decisions carried into corrected letters and the numbers of rows, all of it or nothing."""
    with workspace.writing():
        run = workspace.runs.save(files_of(analysis), round_=workspace.sources.current_round(), at=at)
        workspace.decisions.append(carried)
        workspace.rows.assign(rows_of(analysis, options(workspace, analysis)))
    return run
