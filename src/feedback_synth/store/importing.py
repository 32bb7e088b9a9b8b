"""Hand a table out, take it back: the two doors between the workspace and files that people edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.document import Notice
from feedback_synth.store import exchange
from feedback_synth.store.additions import Sources
from feedback_synth.store.exchange._table import addressed
from feedback_synth.store.exports import Export
from feedback_synth.store.exports import identify as identify_export
from feedback_synth.store.group_names import group_names
from feedback_synth.store.identity import identify
from feedback_synth.store.proposals import Known, Proposal, events_of, propose
from feedback_synth.store.typed_rows import ReadAuthor, TypedRow, adopt
from feedback_synth.store.workspace import Workspace


@dataclass(frozen=True)
class Import:
    """A file that came back: what it would change. Nothing is changed until ``apply``."""

    name: str
    editor: str  # who saved it last, by the file's properties
    proposals: tuple[Proposal, ...]
    notices: tuple[Notice, ...] = ()
    typed: tuple[TypedRow, ...] = ()  # rows that the editor typed into the table


def hand_out(workspace: Workspace, content: bytes, format_: str, name: str, *, at: str) -> bytes:
    """The file to give to editors: the same with a stamp, and what it shows remembered in the workspace."""
    table = addressed(exchange.read_content(content, format_, name))
    with workspace.writing():
        export = identify_export(
            Export("", name, format_, at, workspace.decisions.last_serial(), table.cells, table.lines)
        )
        workspace.exports.save(export)
    return exchange.stamp(content, format_, export.id)


def is_ours(workspace: Workspace, path: Path) -> bool:
    """The file says that it came from this workspace."""
    return workspace.exports.get(exchange.read(path).stamp) is not None


def take_back(workspace: Workspace, path: Path, analysis: Analysis, read_author: ReadAuthor | None = None) -> Import:
    """Read an edited file and say what it would change; ``read_author`` reads who speaks in a typed row."""
    table = exchange.read(path)
    export = workspace.exports.get(table.stamp) if table.stamp else None
    earlier = workspace.exports.all()
    table = addressed(identify(table, [export] if export else earlier))
    table, typed = adopt(table, Sources(analysis.sources, analysis.extractions), earlier, read_author)
    known = Known(
        opinions=frozenset(o.id for o in analysis.opinions),
        events=workspace.decisions.events(),
        export=export,
        earlier=earlier,
        groups=group_names(analysis.groups),
        drafts=analysis.drafts,
        together=together(analysis),
        typed=typed,
    )
    notices = (*_about_stamp(table.stamp, export, path), *table.notices)
    return Import(table.name, table.editor, propose(table, known), notices, typed)


def apply(workspace: Workspace, back: Import, *, reviewer: str, at: str) -> int:
    """Record what can be taken over, all of it or (if it is interrupted) nothing; gives the number of new events."""
    events = events_of(back.proposals, reviewer=reviewer or back.editor, at=at, origin=back.name)
    return workspace.decisions.append(events)


def together(analysis: Analysis) -> dict[str, tuple[str, ...]]:
    """For each opinion, all that ask the same."""
    return {i: one.opinion_ids for one in analysis.duplicate_sets for i in one.opinion_ids}


def _about_stamp(stamp: str, export: Export | None, path: Path) -> Sequence[Notice]:
    if export is not None:
        return ()
    return (Notice("exchange_unknown_stamp" if stamp else "exchange_no_stamp", (("file", path.name),)),)
