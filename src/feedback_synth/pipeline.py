"""One short function per user verb: read, extract, analyse, compare, trace.

Nothing below walks between the rooms; ``results`` writes what comes out. Rooms are imported when they are needed, so
that the program starts at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.document import Document, Notice, SourceKind
from feedback_synth.errors import FeedbackSynthError, Sentence, UnreadableDocumentError

if TYPE_CHECKING:
    from feedback_synth.analysis.encoders import Encoder
    from feedback_synth.datamodel.comparison import Comparison, Tracing
    from feedback_synth.datamodel.draft import Citation, Draft
    from feedback_synth.datamodel.opinion import Extraction, Opinion

T = TypeVar("T")
Progress = Callable[[str, Sequence[T]], Iterable[T]]
"""Wraps a sequence that is worked through: ``for item in progress("read", items)``."""


def silent(_step: str, items: Sequence[T]) -> Iterable[T]:
    """The progress that shows nothing."""
    return items


Seen = Callable[[Sequence[Document]], None]


def ignore(_documents: Sequence[Document]) -> None:
    """What is done with documents just read where nobody wants to see them."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one ``synthesize`` works on. Drafts are pairs (kind, file)."""

    sources: tuple[Path, ...]
    drafts: tuple[tuple[str, Path], ...] = ()
    revised: tuple[tuple[str, Path], ...] = ()
    kinds: Mapping[str, SourceKind] | None = None  # by file name, where the user knows better
    columns: Mapping[str, str] | None = None  # header, letter or number of a column by its meaning
    encoder: str | None = None  # None: the shipped model; "none": words only
    groups: Path | None = None  # the folder of a content-group model that ``learn`` made
    corpus: bool = False  # also leave a spaCy corpus to train models of one's own on


def synthesize(job: Job, progress: Progress[Any] = silent, seen: Seen = ignore) -> Analysis:
    """Read everything, find the opinions, sort and link them, compare and trace the revised drafts.

    ``seen`` is told the sources as soon as they are read, before anything else is done with them.
    """
    analysis = read(job, progress, seen)
    encode = load_encoder(job.encoder)
    analysis = replace(analysis, extractions=extract(analysis.sources, encode, progress))
    return trace(analyse(analysis, encode, progress, job.groups), encode, progress)


def read(job: Job, progress: Progress[Any] = silent, seen: Seen = ignore) -> Analysis:
    """The sources and drafts of ``job``, the acts they cite and what could not be read; nothing is extracted yet."""
    documents, failures = read_sources(job, progress)
    seen(documents)
    drafts, draft_failures = read_drafts(job.drafts, progress)
    revised, revised_failures = read_drafts(job.revised, progress)
    return Analysis(
        sources=documents,
        drafts=drafts,
        extractions=(),
        revised=revised,
        citations=cite(documents),
        failures=(*failures, *draft_failures, *revised_failures),
    )


def read_sources(job: Job, progress: Progress[Any] = silent) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The documents behind the files and folders of ``job``, each content once, and a sentence for each failure."""
    from feedback_synth import documents

    files, failures = documents.collect(job.sources)
    found: dict[str, Document] = {}
    problems = list(failures)
    kinds = job.kinds or {}
    for file in progress("read", files):
        read, failed = documents.read_all(file, kind=kinds.get(file.name), columns=job.columns)
        problems.extend(failed)
        for document in read:
            if document.id in found:
                first = found[document.id]
                notice = Notice("same_content", (("name", document.name), ("first", first.name)))
                found[document.id] = replace(first, notices=(*first.notices, notice))
            else:
                found[document.id] = document
    return documents.without_repeats(tuple(found.values())), tuple(problems)


def read_drafts(
    files: Sequence[tuple[str, Path]], progress: Progress[Any] = silent
) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The drafts behind pairs (kind, file), and a sentence for each that could not be read."""
    found: list[Draft] = []
    problems: list[str] = []
    for kind, file in progress("parse", files):
        try:
            found.append(read_draft(file, kind))
        except FeedbackSynthError as error:
            problems.append(error.sentence)
        else:
            problems.extend(doubt(found[-1], file))
    return tuple(found), tuple(problems)


def doubt(draft: Draft, file: Path) -> tuple[str, ...]:
    """A sentence if ``draft`` has no structure and only its paragraphs could be taken as provisions."""
    if all(notice.code != "draft_without_structure" for notice in draft.notices):
        return ()
    return (
        Sentence(
            "{file} holds no provision that could be found (article, clause, section or numbered item), so each of its "
            "paragraphs was taken as one. Check that this is the draft.",
            file=file,
        ),
    )


def read_draft(file: Path, kind: str) -> Draft:
    """One draft. UnreadableDocumentError if the file holds no provision at all."""
    from feedback_synth import documents, drafts

    draft = drafts.parse(documents.read(file, kind="draft"), kind)
    if not draft.provisions:
        raise UnreadableDocumentError(
            "{file} holds no provision and no paragraph that could be one. "
            "Check that this is the draft and not a letter or a form.",
            file=file,
        )
    return draft


def extract(
    documents: Sequence[Document], encode: Encoder | None = None, progress: Progress[Any] = silent
) -> tuple[Extraction, ...]:
    """What was said in each document; who is known by name alone in one has the body that another tells."""
    from feedback_synth import opinions

    found = [opinions.extract(document, encode=encode) for document in progress("extract", documents)]
    return opinions.complete(documents, found)


def analyse(
    analysis: Analysis, encode: Encoder | None = None, progress: Progress[Any] = silent, head: Path | None = None
) -> Analysis:
    """Requests, groups, links, duplicates, themes and oppositions of the opinions found.

    ``head`` is the folder of a team's own content-group model.
    """
    from feedback_synth import drafts
    from feedback_synth import opinions as heard
    from feedback_synth.analysis import duplicates, groups, links, oppositions, requests, themes

    for _step in progress("analyse", ["analyse"]):
        analysis = replace(analysis, extractions=_refined(analysis, requests.refine(analysis.opinions, encode)))
        opinions, told = analysis.opinions, links.said_before(analysis)
        places = links.named(opinions, analysis.drafts, anchors=anchors(analysis), before=told, encode=encode)
        by_words = groups.assign(opinions, encode, head=head)
        found = links.completed(places, {a.opinion_id: a.group for a in by_words if not a.needs_review})
        assignments = groups.placed(opinions, by_words, places.of(found), encode, head=head)
        same = duplicates.find(opinions, found, encode)
        analysis = replace(
            analysis,
            assignments=assignments,
            links=found,
            duplicate_sets=same,
            themes=themes.find(opinions, assignments, same, found, encode, output_language(analysis), analysis.drafts),
            oppositions=oppositions.find(opinions, found),
            notices=(
                *heard.unheard(analysis.sources, analysis.extractions),
                *drafts.lint(analysis.drafts),
                *links.check(opinions, analysis.drafts),
            ),
        )
    return analysis


def _refined(analysis: Analysis, opinions: Sequence[Opinion]) -> tuple[Extraction, ...]:
    by_id = {o.id: o for o in opinions}
    return tuple(replace(e, opinions=tuple(by_id[o.id] for o in e.opinions)) for e in analysis.extractions)


def anchors(analysis: Analysis) -> dict[str, tuple[str, str]]:
    """For each annotation of an annotated draft: (kind, provision id) of the provision that its words stand in."""
    from feedback_synth import drafts

    places: dict[str, tuple[str, str]] = {}
    extractions = {e.source_id: e for e in analysis.extractions}
    for document in analysis.sources:
        annotations = [o for o in extractions[document.id].opinions if o.anchor]
        if not annotations or not analysis.drafts:
            continue
        annotated = drafts.parse(document, "")
        draft = max(analysis.drafts, key=lambda d: _likeness(annotated, d))
        labels = {p.label: p.id for p in draft.provisions}
        for opinion in annotations:
            provision = annotated.by_block.get(opinion.anchor.block_id) if opinion.anchor else None
            if provision and provision.label in labels:
                places[opinion.id] = (draft.kind, labels[provision.label])
    return places


def _likeness(one: Draft, other: Draft) -> float:
    """Share of words that two drafts have in common: which draft a copy was annotated from."""
    from feedback_synth.languages.text import tokens

    bags = [Counter(t for p in d.provisions for t in tokens(f"{p.label} {p.heading} {p.text}")) for d in (one, other)]
    return 2 * (bags[0] & bags[1]).total() / max(1, bags[0].total() + bags[1].total())


def cite(documents: Sequence[Document]) -> tuple[Citation, ...]:
    """The acts that the sources cite."""
    from feedback_synth.datamodel.document import Span
    from feedback_synth.datamodel.draft import Citation
    from feedback_synth.languages.citations import citations

    return tuple(
        Citation(act.text, act.key, act.date, document.id, Span(block.id, act.start, act.end))
        for document in documents
        for block in document.blocks
        for act in citations(block.text, document.language)
    )


def trace(analysis: Analysis, encode: Encoder | None = None, progress: Progress[Any] = silent) -> Analysis:
    """Compare each revised draft with its first version and say what became of each opinion."""
    comparisons = tuple(_compare_versions(analysis, progress))
    if not comparisons:
        return analysis
    from feedback_synth.analysis import tracing

    found: Tracing = tracing.trace(
        analysis.opinions,
        analysis.directives,
        analysis.links,
        analysis.drafts,
        analysis.revised,
        comparisons,
        encode,
    )
    return replace(analysis, comparisons=comparisons, tracing=found)


def _compare_versions(analysis: Analysis, progress: Progress[Any]) -> Iterable[Comparison]:
    from feedback_synth import drafts

    first = {d.kind: d for d in analysis.drafts}
    for revised in progress("compare", analysis.revised):
        if revised.kind in first:
            yield drafts.compare(first[revised.kind], revised, revised.kind)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two of the versions compared; ``name`` is "" for the first against the last, else their places ("1-2")."""

    name: str
    old: Path
    new: Path
    comparison: Comparison


def compare(versions: Sequence[Path]) -> tuple[tuple[Compared, ...], str, tuple[str, ...]]:
    """Compare the first of ``versions`` (two or more files) with the last, and each with the next where there are more.

    Gives the comparisons, the language of the last version, and sentences of doubt.
    """
    from feedback_synth import drafts

    read = [read_draft(file, "") for file in versions]
    steps = [(i, i + 1) for i in range(len(read) - 1)] if len(read) > 2 else []
    found = tuple(
        Compared(name, versions[old], versions[new], drafts.compare(read[old], read[new]))
        for name, old, new in (("", 0, len(read) - 1), *((f"{o + 1}-{n + 1}", o, n) for o, n in steps))
    )
    doubts = tuple(words for draft, file in zip(read, versions, strict=True) for words in doubt(draft, file))
    return found, read[-1].language, doubts


def load_encoder(name: str | None, memory: MutableMapping[str, bytes] | None = None) -> Encoder | None:
    """The encoder called ``name``, which keeps vectors of texts it has seen in ``memory``.

    None is the shipped model, "none" is no encoder: words without vectors.
    """
    from feedback_synth.analysis import encoders

    return None if name == "none" else encoders.remembering(encoders.load(name), {} if memory is None else memory)


def output_language(analysis: Analysis) -> str:
    """The language of the drafts, else of most sources, else Vietnamese."""
    languages = [d.language for d in analysis.drafts] or [s.language for s in analysis.sources]
    counted = Counter(code for code in languages if code)
    return max(counted, key=lambda code: (counted[code], code == "vi"), default="vi")
