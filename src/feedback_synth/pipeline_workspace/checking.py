"""What is missing, stale or in doubt, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.decision import OF_CORRECTIONS, Decision, Event
from feedback_synth.datamodel.document import Notice
from feedback_synth.pipeline_workspace.kept import analysis_of, last_analysis
from feedback_synth.pipeline_workspace.writing import options

if TYPE_CHECKING:
    from feedback_synth.reports.labels import Labels
    from feedback_synth.store.health import Finding
    from feedback_synth.store.sources import Source
    from feedback_synth.store.workspace import Workspace

_TRACED = ("accepted_in_one_draft", "opposite_unnoticed", "provision_gone")  # of the alarms; rules tell the others
_FILE = "file_name"  # of the file that a notice is about; a value that no sentence has a place for
_FINAL = ("rule_", "health_conflict", "health_not_run", "health_reshaped")


def rules(workspace: Workspace, analysis: Analysis, *, final: bool = False) -> tuple[Notice, ...]:
    """Decisions that miss something or contradict the revised draft."""
    from feedback_synth.store.rules import check

    traces = analysis.tracing.traces if analysis.tracing else ()
    current = workspace.decisions.current()
    missing = check(analysis.opinions, current, analysis.duplicate_sets, traces, final=final)
    return (*missing, *_alarms(analysis, current.values()))


def _alarms(analysis: Analysis, decisions: Iterable[Decision]) -> Iterator[Notice]:
    """What the revised drafts show that no rule tells: taken into one draft only, against an opinion, place gone."""
    from feedback_synth.analysis import tracing

    if analysis.tracing:
        _, gone = tracing.carry(analysis.links, analysis.comparisons)
        for notice in tracing.alarms(decisions, analysis.tracing, analysis.links, gone):
            if notice.code in _TRACED:
                yield notice


def examine(workspace: Workspace, *, final: bool = False) -> tuple[Finding, ...]:
    """Everything ``check`` finds; what was decided in an earlier round is history."""
    from feedback_synth.store import health

    analysis = analysis_of(workspace)
    opened = workspace.sources.rounds()[-1].opened_at
    known = {o.id for o in (*analysis.opinions, *analysis.left_out)}
    return health.examine(
        analysis,
        [e for e in workspace.decisions.events() if e.opinion_id in known or e.decided_at >= opened],
        [c for c in workspace.decisions.conflicts() if c.opinion_id in known or c.events[-1].decided_at >= opened],
        silent=_silent(workspace, analysis),
        faults=(*_not_run(workspace, analysis), *_unfit(workspace, analysis), *_faults(analysis)),
        rules=rules(workspace, analysis, final=final),
    )


def unfinished(workspace: Workspace) -> tuple[Notice, ...]:
    """What keeps a document from being final: rules of the trade, conflicts, sources that no run has read."""
    found = examine(workspace, final=True)
    return tuple(f.notice for f in found if f.serious and f.notice.code.startswith(_FINAL))


def _not_run(workspace: Workspace, analysis: Analysis) -> tuple[Notice, ...]:
    """What came or went after the newest run (sources, drafts, opinions, their cuts): its results do not know it."""
    run = workspace.runs.last()
    made_at = run.made_at if run else ""
    names = [s.name for s in workspace.sources.all() if max(s.added_at, s.removed_at) > made_at]
    names += [d.name for d in workspace.sources.drafts() if d.added_at > made_at]
    reshaping = [e for e in workspace.decisions.events() if _reshapes(e) and e.decided_at > made_at]
    notices = [Notice("health_not_run", (("names", ", ".join(dict.fromkeys(names))),))] if names else []
    if reshaping:
        notices.append(Notice("health_reshaped", (("count", str(len(reshaping))),)))
    return tuple(notices)


def _unfit(workspace: Workspace, analysis: Analysis) -> Iterator[Notice]:
    """The corrections that fitted nothing in the newest run and that nobody has decided anew since."""
    run = workspace.runs.last()
    redone = {e.opinion_id for e in workspace.decisions.events() if run and e.decided_at > run.made_at}
    for notice in analysis.notices:
        if notice.code in OF_CORRECTIONS and dict(notice.values).get("opinion") not in redone:
            yield notice


def _reshapes(event: Event) -> bool:
    """Whether an event changes which opinions there are."""
    return event.field in ("split", "merge", "added") or "no_opinion" in (event.old, event.new)


def _silent(workspace: Workspace, analysis: Analysis) -> tuple[str, ...]:
    """The bodies that were asked and have not answered."""
    from feedback_synth.reports.dossier import dossier

    work = dossier(analysis, options(workspace, analysis), workspace.decisions.current().values())
    return tuple(body.name for body in work.participation.silent)


def _faults(analysis: Analysis) -> tuple[Notice, ...]:
    """What the readers, the parser of drafts and the analysis noticed, and what the drafts' indicators lack."""
    from feedback_synth import drafts

    files = {document.id: document.name for document in analysis.sources}
    return (
        *drafts.lint(analysis.revised or analysis.drafts),
        *(_in_file(n, document.name) for document in analysis.sources for n in document.notices),
        *(_in_file(n, draft.name) for draft in (*analysis.drafts, *analysis.revised) for n in draft.notices),
        *(_in_file(n, files.get(e.source_id, "")) for e in analysis.extractions for n in e.notices),
    )


def _in_file(notice: Notice, name: str) -> Notice:
    """The notice with the name of the file it is about."""
    return replace(notice, values=(*notice.values, (_FILE, name))) if name else notice


def sentence(notice: Notice, language: str, names: Mapping[str, str] | None = None) -> str:
    """A notice in words, and first which opinion or file it is about; ``names`` are what opinions are called, by id."""
    from feedback_synth.reports.labels import Labels

    labels = Labels(language)
    values = [(name, _worded(name, value, labels, names or {})) for name, value in notice.values]
    if notice.code == "health_conflict":
        values.append(("values", _both(notice, labels)))
    if notice.code == "health_joined_answer":
        given = dict(notice.values)
        values.append(("value", value_in_words(given["field"], given["value"], labels)))
    words = labels.notice(replace(notice, values=tuple(values)))
    given = dict(notice.values)
    about = (names or {}).get(given.get("opinion", ""), "") or given.get(_FILE, "")
    return words if about in words else labels.pair(about, words)


def _worded(name: str, value: str, labels: Labels, names: Mapping[str, str]) -> str:
    if name == "opinion":
        return names.get(value, value)
    if name == "part":
        return labels.name("parts", value)
    return labels.date(value, "short_date") if name == "when" else value


def _both(notice: Notice, labels: Labels) -> str:
    """Who gave which value, the values of closed lists in words."""
    field = dict(notice.values)["field"]
    said = [(name, value) for name, value in notice.values if name in ("reviewer", "value")]
    pairs = zip(said[::2], said[1::2], strict=True)
    return " ≠ ".join(f"{who}: {labels.quote(value_in_words(field, value, labels))}" for (_, who), (_, value) in pairs)


def value_in_words(field: str, value: str, labels: Labels) -> str:
    """A decided value as people read it: the name of a status or a group, other words as they are."""
    if field == "disposition":
        return labels.name("dispositions", value)
    return labels.group(value) if field == "group" else value


def goes_with(workspace: Workspace, source: Source) -> tuple[Mapping[str, str], int]:
    """What the newest run has from a source: its opinions by id, and how many of them people decided about."""
    analysis = last_analysis(workspace)
    inside = f"{source.name}/"
    ids = (
        {s.id for s in analysis.sources if s.sha256 == source.sha256 or s.name.startswith(inside)}
        if analysis
        else set()
    )
    opinions = {o.id: o.text for o in analysis.opinions if o.source_id in ids} if analysis else {}
    return opinions, len(opinions.keys() & workspace.decisions.current().keys())
