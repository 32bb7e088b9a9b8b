"""What people look up and decide about one opinion: ``show decide correct split merge add-opinion``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedback_synth.cli.speech import speaker, tr
from feedback_synth.cli.wording import field_name, in_words, local_time, pair
from feedback_synth.cli.workspace import deciding, in_workspace, now
from feedback_synth.datamodel.decision import FIELDS
from feedback_synth.errors import StoreError

if TYPE_CHECKING:
    from feedback_synth.datamodel.analysis import Analysis
    from feedback_synth.datamodel.decision import Event
    from feedback_synth.datamodel.opinion import Opinion
    from feedback_synth.store.additions import Place
    from feedback_synth.store.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

_PLAIN = tuple(field for field in FIELDS if field not in ("split", "merge", "added"))
_reviewer = click.option(
    "--reviewer", help="Who decides; without it the setting reviewer, else the user of this computer."
)


@click.command(short_help="Show an opinion: its words, author, place, answers.")
@click.argument("opinion")
@in_workspace
def show(workspace: Workspace, opinion: str) -> None:
    """Show an OPINION (the number of its row, or its id): words, author, source, group, place, and who decided what.

    \b
    Example:
      feedback-synth show 12
    """
    from feedback_synth import pipeline_workspace

    found = pipeline_workspace.named(workspace, opinion)
    analysis = pipeline_workspace.analysis_of(workspace)
    numbers = workspace.rows.known()
    for n, one in enumerate(found, start=1):
        row = numbers.get(one.id)
        name = f"{row}.{n}" if row and len(found) > 1 else str(row or one.id)
        click.echo(f"{name}  {' '.join(one.text.split())}")
        for title, words in _facts(one, analysis):
            click.echo(f"    {pair(title, words)}")
        for event in workspace.decisions.events(one.id):
            click.echo(f"    {_said(event)}")


def _facts(opinion: Opinion, analysis: Analysis) -> Iterator[tuple[str, str]]:
    """What is known about an opinion: pairs (title, words)."""
    from feedback_synth.reports.labels import Labels

    labels = Labels(speaker.language)
    author = opinion.author
    links = [
        labels.pair(labels.name("draft_kinds", k.draft), k.label) for k in analysis.links if k.opinion_id == opinion.id
    ]
    group = next((a.group for a in analysis.assignments if a.opinion_id == opinion.id), "")
    traces = analysis.tracing.traces if analysis.tracing else ()
    outcome = next((t.outcome for t in traces if t.opinion_id == opinion.id), "")
    yield tr("Said by"), ", ".join(part for part in (author.name, author.title, author.organization) if part) or "?"
    yield tr("Stands in"), place_in_words(opinion, analysis)
    if opinion.added_by:
        yield tr("Added by"), opinion.added_by
    yield field_name("group"), labels.group(group) if group else "?"
    yield field_name("provision"), "; ".join(links[:2]) or "–"
    if outcome:
        yield tr("In the revised draft"), labels.name("outcomes", outcome)
    yield "id", opinion.id


def place_in_words(quoted: Opinion | Place, analysis: Analysis) -> str:
    """File and place of an opinion."""
    from feedback_synth.reports.labels import Labels

    source = next((s for s in analysis.sources if s.id == quoted.source_id), None)
    if source is None or not quoted.spans:
        return tr("no source")
    place = Labels(speaker.language).locator(source.by_id[quoted.spans[0].block_id].locator)
    return f"{source.name}, {place}" if place else source.name


def _said(event: Event) -> str:
    """One event as a line: when, who, field, old and new value."""
    new, before = (" / ".join(in_words(event.field, v).split("\n")) for v in (event.new, event.old))
    old = f"“{before}” → " if event.old else ""
    return f"{local_time(event.decided_at)}  {event.reviewer}  {pair(field_name(event.field), f'{old}“{new}”')}"


@click.command(short_help="Record a status, an answer, a place, a note.")
@click.argument("opinion")
@click.argument("field", type=click.Choice(_PLAIN), metavar="FIELD")
@click.argument("value")
@_reviewer
@in_workspace
def decide(workspace: Workspace, opinion: str, field: Any, value: str, reviewer: str | None) -> None:
    """Record one decision about an OPINION (the number of its row, or its id) and those that ask the same.

    FIELD is disposition (the status), response (the answer), place (in the new draft), note, group, provision,
    author_name, author_title or author_organization. An empty VALUE ("") takes a value back. This settles a conflict
    of that FIELD. What has the status "no opinion" is left out from the next run on.

    \b
    Examples:
      feedback-synth decide 12 disposition "tiếp thu" --reviewer "Nguyễn Thị Lan"
      feedback-synth decide 12 disposition "không phải ý kiến"
    """
    from feedback_synth import pipeline_workspace

    who = deciding(workspace, reviewer)
    before = _left_out(workspace)
    count = pipeline_workspace.decide(workspace, opinion, field, value, reviewer=who, at=now(), origin="decide")
    _recorded(count, who, again=_left_out(workspace) != before)


def _left_out(workspace: Workspace) -> set[str]:
    """The opinions that people said are none."""
    return {id_ for id_, decision in workspace.decisions.current().items() if decision.disposition == "no_opinion"}


@click.command(short_help="Correct group, place or author of an opinion.")
@click.argument("opinion")
@click.option("--group", help="The content group, by its name in any language.")
@click.option("--place", "provision", help="The provision it is about, as the draft writes it.")
@click.option("--author", "author_name", metavar="NAME", help="Who said it.")
@click.option("--title", "author_title", help="The author's title or office.")
@click.option("--organization", "author_organization", metavar="BODY", help="The body the author speaks for.")
@_reviewer
@in_workspace
def correct(workspace: Workspace, opinion: str, reviewer: str | None, **given: str | None) -> None:
    """Correct what the program found about an OPINION (the number of its row, or its id); later runs keep it.

    \b
    Example:
      feedback-synth correct 12 --group "kinh phí" --place "Điều 3 khoản 2"
    """
    from feedback_synth import pipeline_workspace

    values: dict[Any, str] = {field: value for field, value in given.items() if value is not None}
    if not values:
        raise StoreError("Say what to correct: --group, --place, --author, --title or --organization.")
    who = deciding(workspace, reviewer)
    _recorded(pipeline_workspace.correct(workspace, opinion, values, reviewer=who, at=now(), origin="correct"), who)


@click.command(short_help="Cut an opinion that holds several requests.")
@click.argument("opinion")
@click.argument("words", nargs=-1)
@click.option("--undo", is_flag=True, help="Make it one opinion again.")
@_reviewer
@in_workspace
def split(workspace: Workspace, opinion: str, words: tuple[str, ...], undo: bool, reviewer: str | None) -> None:
    """Cut an OPINION (the number of its row, or its id) before each of these WORDS: those a new opinion begins with.

    Copy the words from the opinion. The next run sorts and links the parts, and later runs keep them.

    \b
    Example:
      feedback-synth split 12 "đề nghị làm rõ nguồn vốn"
    """
    from feedback_synth import pipeline_workspace

    if bool(words) == undo:
        raise StoreError("Give the words with which the next opinion begins, or --undo.")
    who = deciding(workspace, reviewer)
    count, pieces = pipeline_workspace.split(workspace, opinion, words, reviewer=who, at=now())
    for piece in pieces:
        click.echo(f"  - {' '.join(piece.split())}")
    _recorded(count, who, again=True)


@click.command(short_help="Make one opinion of several.")
@click.argument("opinions", nargs=-1, required=True, metavar="OPINION...")
@click.option("--undo", is_flag=True, help="Take back what was joined to this opinion.")
@_reviewer
@in_workspace
def merge(workspace: Workspace, opinions: tuple[str, ...], undo: bool, reviewer: str | None) -> None:
    """Make one opinion of several of the same source (numbers of their rows, or ids); the first keeps its number.

    The next run sorts and links it, and later runs keep it.

    \b
    Example:
      feedback-synth merge 12 13
    """
    from feedback_synth import pipeline_workspace

    if undo != (len(opinions) == 1):
        raise StoreError("Name two or more opinions, or one with --undo.")
    who = deciding(workspace, reviewer)
    _recorded(pipeline_workspace.merge(workspace, opinions, reviewer=who, at=now()), who, again=True)


@click.command(name="add-opinion", short_help="Add an opinion the program missed.")
@click.argument("words")
@click.option("--author", "author_name", metavar="NAME", help="Who said it.")
@click.option("--title", "author_title", help="The author's title or office.")
@click.option("--organization", "author_organization", metavar="BODY", help="The body the author speaks for.")
@click.option("--group", help="The content group, by its name in any language.")
@click.option("--place", "provision", help="The provision it is about, as the draft writes it.")
@_reviewer
@in_workspace
def add_opinion(workspace: Workspace, words: str, reviewer: str | None, **given: str | None) -> None:
    """Add an opinion that the program missed: its WORDS, copied from the source.

    Where the words stand in a source the opinion is quoted from there; else the tables say who added it. The next run
    sorts and links it, and later runs keep it.

    \b
    Example:
      feedback-synth add-opinion "Đề nghị làm rõ nguồn vốn" --author "Lò Văn An"
    """
    from feedback_synth import pipeline_workspace

    values: dict[Any, str] = {field: value for field, value in given.items() if value}
    who = deciding(workspace, reviewer)
    count, place = pipeline_workspace.add_opinion(workspace, words, values, reviewer=who, at=now())
    click.echo(pair(tr("Stands in"), place_in_words(place, pipeline_workspace.analysis_of(workspace))))
    _recorded(count, who, again=True)


def _recorded(count: int, who: str, *, again: bool = False) -> None:
    if not count:
        click.echo(tr("Nothing new: this was decided already."))
        return
    click.echo(tr("Recorded: {count} decisions by {who}.", count=count, who=who))
    if again:
        click.echo(tr('Run "feedback-synth synthesize" to see it in the tables.'))
