"""What people decide about one opinion by a command: an answer, a correction, a split, a merge. All of it is events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from feedback_synth.datamodel.decision import DecidedField, Event
from feedback_synth.datamodel.opinion import Author
from feedback_synth.errors import StoreError
from feedback_synth.pipeline_workspace.kept import analysis_of

if TYPE_CHECKING:
    from feedback_synth.datamodel.analysis import Analysis
    from feedback_synth.datamodel.document import Document
    from feedback_synth.datamodel.draft import Draft
    from feedback_synth.datamodel.opinion import Opinion
    from feedback_synth.store.additions import Place
    from feedback_synth.store.workspace import Workspace

_OWN = ("author_name", "author_title", "author_organization", "split", "merge")  # of one opinion, not of a whole row


def named(workspace: Workspace, words: str) -> tuple[Opinion, ...]:
    """The opinions of the newest run that a person means: "12" a row, "12.2" one of it, or an id."""
    from feedback_synth.store.pointing import point

    analysis = analysis_of(workspace)
    _refuse_joined(workspace, words, analysis)
    return point(words, _known(analysis), workspace.rows.known())


def _refuse_joined(workspace: Workspace, words: str, analysis: Analysis) -> None:
    """StoreError if ``words`` are the number of a row whose opinion was joined to another: says to which."""
    from feedback_synth.store import events as log
    from feedback_synth.store.corrections import list_of

    numbers = workspace.rows.known()
    there = {o.id for o in _known(analysis)}
    row = {id_ for id_, number in numbers.items() if str(number) == words.strip().removeprefix("#")}
    if not row or row & there:
        return
    for (whole, field), value in log.values(workspace.decisions.events()).items():
        if field == "merge" and whole in there and row & set(list_of(value, str)):
            raise StoreError(
                "The opinion of row {row} was joined to row {whole}: look there. To part them again: feedback-synth "
                "merge {whole} --undo.",
                row=words,
                whole=numbers.get(whole, whole),
            )


def _known(analysis: Analysis) -> tuple[Opinion, ...]:
    """The opinions that a person may mean: those of the run, and those left out of it, which may be taken in again."""
    return (*analysis.opinions, *analysis.left_out)


def decide(
    workspace: Workspace, words: str, field: DecidedField, value: str, *, reviewer: str, at: str, origin: str = ""
) -> int:
    """Record one value, for all opinions that ask the same and share a row; gives how many were new.

    ``words`` name an opinion or a row. A status and a group are read in any language, a place must be one of the
    drafts; "" takes a value back. An author, a split and a merge are one opinion's own. StoreError if the newest run
    has no such opinion, or the value is no status, group or place.
    """
    return correct(workspace, words, {field: value}, reviewer=reviewer, at=at, origin=origin)


def correct(
    workspace: Workspace, words: str, values: Mapping[DecidedField, str], *, reviewer: str, at: str, origin: str = ""
) -> int:
    """Record several values about one opinion, all of them or (if one cannot be read) none; gives how many were new."""
    from feedback_synth.store.importing import together
    from feedback_synth.store.pointing import point, point_at_one

    analysis = analysis_of(workspace)
    _refuse_joined(workspace, words, analysis)
    numbers = workspace.rows.known()
    same = together(analysis)
    events: list[Event | None] = []
    read = {field: _read(field, value, analysis) for field, value in values.items()}
    with workspace.writing():
        for field, value in read.items():
            find = point_at_one if field in _OWN else lambda *given: point(*given)[0]
            opinion = find(words, _known(analysis), numbers)
            ids = (opinion.id,) if field in _OWN else same.get(opinion.id, (opinion.id,))
            events += [
                workspace.decisions.decide(i, field, value, reviewer=reviewer, at=at, origin=origin) for i in ids
            ]
    return sum(event is not None for event in events)


def _read(field: DecidedField, words: str, analysis: Analysis) -> str:
    """The value that words mean: a key for a status or a group, the words themselves for a place that exists."""
    from feedback_synth.store.dispositions import parse
    from feedback_synth.store.group_names import group_names, named

    if not words:
        return ""
    if field == "disposition":
        if not parse(words).disposition:
            raise StoreError(
                '"{value}" is no status that is known. Write for example: {known}.', value=words, known=_STATUSES
            )
        return parse(words).disposition
    if field == "group":
        found = named(words, group_names(analysis.groups))
        if not found:
            raise StoreError(
                '"{value}" is no content group. Choose one of: {known}.', value=words, known=_groups(analysis)
            )
        return found
    if field == "provision":
        _check_places(words, analysis.drafts)
    return words


_STATUSES = (
    "Tiếp thu, Tiếp thu một phần, Giải trình, Không tiếp thu, Ghi nhận; Retenu, Non retenu; Accepted, Not accepted"
)


def _groups(analysis: Analysis) -> str:
    """The content groups there are, by the names that the tables print."""
    from feedback_synth import pipeline
    from feedback_synth.reports.labels import Labels
    from feedback_synth.store.group_names import group_names

    labels = Labels(pipeline.output_language(analysis))
    keys = dict.fromkeys(group_names(analysis.groups).values())
    return "; ".join(labels.group(key) for key in keys)


def _check_places(words: str, drafts: Sequence[Draft]) -> None:
    from feedback_synth.store.places import find

    _, unknown = find(words, drafts)
    if unknown:
        raise StoreError(
            'No draft has the place "{place}", or several places are called so. Write it as the draft does, for '
            'example "{example}"; with two drafts name the draft too: "{kind}: {example}".',
            place="; ".join(unknown),
            example=next((p.label for d in drafts for p in d.provisions if p.parent_id), "Điều 3 khoản 2"),
            kind=next((d.kind for d in drafts), "resolution"),
        )


def add_opinion(
    workspace: Workspace, text: str, values: Mapping[DecidedField, str], *, reviewer: str, at: str
) -> tuple[int, Place]:
    """Add an opinion that the program missed, with its author, group and place in ``values``.

    Gives (new events, where the words stand). StoreError if the words are too few or are an opinion of the
    newest run already, or a value cannot be read.
    """
    from feedback_synth.store import additions

    analysis = analysis_of(workspace)
    text = additions.checked(text)
    author = Author(*(values.get(field, "") for field in ("author_name", "author_title", "author_organization")))
    place = additions.Sources(analysis.sources, analysis.extractions).place(text, author)
    if place.taken:
        raise StoreError(
            "These words are an opinion already: row {row}. To cut it: feedback-synth split.",
            row=workspace.rows.known().get(place.taken, place.taken),
        )
    id_ = additions.id_of(text, author)
    told: dict[DecidedField, str] = {"added": text}
    told |= {field: _read(field, value, analysis) for field, value in values.items() if value}
    with workspace.writing():
        made = [
            workspace.decisions.decide(id_, field, value, reviewer=reviewer, at=at, origin="add-opinion")
            for field, value in told.items()
        ]
    return sum(event is not None for event in made), place


def split(
    workspace: Workspace, words: str, beginnings: Sequence[str], *, reviewer: str, at: str
) -> tuple[int, tuple[str, ...]]:
    """Cut an opinion before each of ``beginnings``, or with none of them take its cuts back.

    Gives (new events, the texts it falls into). It takes effect with the next run.
    """
    from feedback_synth.store.cutting import as_value, cuts, whole_id
    from feedback_synth.store.pointing import point, point_at_one

    analysis = analysis_of(workspace)
    find = point_at_one if beginnings else lambda *given: point(*given)[0]
    opinion = find(words, analysis.opinions, workspace.rows.known())
    document = _source_of(opinion, analysis)
    places = cuts(opinion, beginnings, analysis.opinions, document) if beginnings else []
    event = workspace.decisions.decide(
        whole_id(opinion.id), "split", as_value(places), reviewer=reviewer, at=at, origin="split"
    )
    return int(event is not None), _pieces(opinion, analysis, places)


def _source_of(opinion: Opinion, analysis: Analysis) -> Document:
    """The source that an opinion stands in. StoreError if it stands in none."""
    for document in analysis.sources:
        if document.id == opinion.source_id:
            return document
    raise StoreError(
        "This opinion was added by hand and stands in no source, so it cannot be cut or joined. Say that it is no "
        'opinion (decide ROW disposition "no opinion") and add it anew as it should be.'
    )


def _pieces(opinion: Opinion, analysis: Analysis, places: Sequence[int]) -> tuple[str, ...]:
    """What the whole falls into, as the next run will have it."""
    from feedback_synth.store.corrections import joined
    from feedback_synth.store.cutting import whole_id

    document = _source_of(opinion, analysis)
    parts = [o for o in analysis.opinions if whole_id(o.id) == whole_id(opinion.id)]
    text = joined(parts, document).text
    bounds = [0, *places, len(text)]
    return tuple(text[a:b].strip(" \n;,") for a, b in pairwise(bounds))


def merge(workspace: Workspace, words: Sequence[str], *, reviewer: str, at: str) -> int:
    """Join opinions of one source to the first of them, with one of them alone take its merge back.

    Neighbouring parts of an opinion that was split become one again. Gives the number of new events; it takes effect
    with the next run. StoreError if they cannot be one opinion.
    """
    from feedback_synth.store import events as log
    from feedback_synth.store.cutting import as_value, cuts_without, to_merge, whole_id
    from feedback_synth.store.pointing import point_at_one

    analysis = analysis_of(workspace)
    numbers = workspace.rows.known()
    opinions = list(dict.fromkeys(point_at_one(w, analysis.opinions, numbers) for w in words))
    first = opinions[0]
    document = _source_of(first, analysis)
    field: DecidedField = "merge"
    value = ""
    if len(opinions) > 1 and len({whole_id(o.id) for o in opinions}) == 1:
        field, value = "split", as_value(cuts_without(opinions, analysis.opinions, document))
    elif len(words) > 1:
        value = as_value(to_merge(opinions, log.values(workspace.decisions.events())))
    event = workspace.decisions.decide(whole_id(first.id), field, value, reviewer=reviewer, at=at, origin="merge")
    return int(event is not None)


def drafts_of(workspace: Workspace) -> tuple[str, ...]:
    """The kinds of draft that the workspace has a first version of in its current round."""
    sources = workspace.sources
    return tuple(d.kind for d in sources.drafts_of_round(sources.current_round()))
