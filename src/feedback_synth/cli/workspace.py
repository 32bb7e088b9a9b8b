"""``init add remove set status``: the workspace and what is in it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from feedback_synth.cli.common import EDUCATION, UY, complain, without_locks
from feedback_synth.cli.lists import words_of_list
from feedback_synth.cli.speech import LANGUAGES, tr
from feedback_synth.cli.synthesize import Versions, split_kind
from feedback_synth.cli.wording import draft_name, field_name, in_words, local_time, pair
from feedback_synth.datamodel.document import SourceKind
from feedback_synth.datamodel.report import GroupBy, Profile, Variant
from feedback_synth.errors import FeedbackSynthError, Sentence, StoreError

if TYPE_CHECKING:
    from feedback_synth.datamodel.decision import Conflict
    from feedback_synth.store.sources import Part, Source
    from feedback_synth.store.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

_SHORTEST_ID = 6  # characters of a source's id that may stand for it
_CHOICES: dict[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "profile": get_args(Profile),
    "variant": get_args(Variant),
    "group_by": get_args(GroupBy),
    "uy": UY,
    "education": EDUCATION,
    "silence_is_consent": ("yes", "no"),
}
_KINDS = [kind for kind in get_args(SourceKind) if kind not in ("draft", "absorption_table", "background")]


def in_workspace(command: F) -> F:
    """Open the workspace that the user is in (or names with --workspace) and hand it to the command first.

    What goes wrong is said in a sentence, with exit status 1.
    """

    @click.option(
        "--workspace",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        help="The workspace; without it the one you are in.",
    )
    @functools.wraps(command)
    def run(folder: Path | None, **options: Any) -> None:
        try:
            with open_workspace(folder) as workspace:
                command(workspace, **options)
        except FeedbackSynthError as error:
            complain([error.sentence])
            raise SystemExit(1) from error

    return run  # type: ignore[return-value]


def open_workspace(folder: Path | None) -> Workspace:
    """The workspace in ``folder``, or the one that the current folder lies in."""
    from feedback_synth.store.workspace import Workspace, find

    here = folder or find(Path.cwd())
    if here is None:
        raise StoreError(
            'This folder is in no workspace. Make one with "feedback-synth init DIR", or name it with --workspace.'
        )
    return Workspace(here)


def deciding(workspace: Workspace, named: str | None, editor: str = "") -> str:
    """Who decides: as named, else the workspace's setting, else who saved the file, else who sits at this machine.

    StoreError where nobody can be told.
    """
    from feedback_synth.store.person import full_name

    who = (named or workspace.setting("reviewer") or editor or full_name()).strip()
    if not who:
        raise StoreError(
            'It is not known who decides. Add --reviewer "Name", or type once: feedback-synth set reviewer "Name".'
        )
    return who


def now() -> str:
    """The time that goes into the log of decisions."""
    from feedback_synth.store.clock import now

    return now()


@click.command(short_help="Make a workspace: one folder for weeks of work.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the documents; without it the drafts'.")
@click.option("--profile", type=click.Choice(get_args(Profile)), help="Page layout: Party, administrative or legal.")
@click.option("--variant", type=click.Choice(get_args(Variant)), help="Columns of the absorption table.")
@click.option("--title", help="The name of the drafts as titles use it.")
@click.option(
    "--draft", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The text the opinions are about."
)
def init(folder: Path, draft: Versions, **settings: str | None) -> None:
    """Make a workspace: one folder that keeps sources, drafts, decisions and runs.

    \b
    Example:
      feedback-synth init hoi-thao --draft resolution=nghi-quyet.docx
    """
    from feedback_synth.store.workspace import Workspace

    try:
        with Workspace.create(folder, at=now(), **{k: v for k, v in settings.items() if v}) as workspace:
            for kind, file in draft:
                workspace.sources.add_draft(kind, file, at=now())
    except FeedbackSynthError as error:
        complain([error.sentence])
        raise SystemExit(1) from error
    click.echo(tr("Workspace {folder} is ready.", folder=folder))


@click.command(short_help="Take in letters, drafts, the list of bodies.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(_KINDS), help="What the files are, where the program would not see it.")
@click.option(
    "--draft", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The text the opinions are about."
)
@click.option(
    "--revised", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The next version of that text."
)
@click.option("--supersedes", metavar="SOURCE", help="The earlier letter (id or name) that this one corrects.")
@click.option(
    "--consulted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="List of the bodies that were asked.",
)
@click.option("--new-round", metavar="TITLE", help="Begin a new round of consultation first.")
@in_workspace
def add(
    workspace: Workspace,
    files: tuple[Path, ...],
    kind: str | None,
    draft: Versions,
    revised: Versions,
    supersedes: str | None,
    consulted: Path | None,
    new_round: str | None,
) -> None:
    """Take sources (files or folders), drafts and the list of bodies into the workspace.

    \b
    Examples:
      feedback-synth add inbox/ minutes.docx --draft resolution=draft-1.docx
      feedback-synth add letter-corrected.docx --supersedes letter.docx
      feedback-synth add --revised resolution=draft-2.docx
    """
    from feedback_synth import pipeline_workspace

    old = find_source(workspace, supersedes) if supersedes else None
    if new_round:
        workspace.sources.open_round(new_round, now())
    for kinds, is_revised in ((draft, False), (revised, True)):
        for name, file in kinds:
            version = workspace.sources.add_draft(name, file, at=now(), revised=is_revised)
            click.echo(
                tr(
                    "Draft {kind}, version {version}: {name}",
                    kind=draft_name(name),
                    version=version.version,
                    name=version.name,
                )
            )
    if consulted:
        workspace.set("consulted", words_of_list(consulted))
    given, locks = without_locks(files)
    added, failures = pipeline_workspace.add(workspace, given, at=now(), kind=kind or "", supersedes=old)
    for source, is_new in added:
        click.echo(f"{'+' if is_new else '='} {source.sha256[:12]}  {source.name}{_marks(workspace, source)}")
    if complain([*locks, *failures, *_without_draft(workspace, revised)]):
        raise SystemExit(1)


def _without_draft(workspace: Workspace, revised: Versions) -> Iterator[Sentence]:
    """A sentence for each revised draft that has no first version to be compared with."""
    from feedback_synth import pipeline_workspace

    known = pipeline_workspace.drafts_of(workspace)
    for kind, file in revised:
        if kind not in known:
            yield Sentence(
                "{name} is kept, but there is no first version of the draft {kind} to compare it with. Give it: "
                "feedback-synth add --draft {kind}=FILE. Drafts in this workspace: {known}.",
                name=file.name,
                kind=kind,
                known=", ".join(known) or "–",
            )


@click.command(short_help="Take a letter out.")
@click.argument("source")
@click.option("--yes", is_flag=True, help="Remove it; without this, only say what would go with it.")
@in_workspace
def remove(workspace: Workspace, source: str, yes: bool) -> None:
    """Take a SOURCE (id or name) out of the workspace; says first which opinions and decisions go with it.

    \b
    Example:
      feedback-synth remove letter.docx --yes
    """
    from feedback_synth import pipeline_workspace
    from feedback_synth.store.sources import Part

    found = find_source(workspace, source)
    if isinstance(found, Part):
        raise StoreError(
            "{name} is a letter within {container}. Take the whole file out, or give the letter that corrects it with "
            '"add --supersedes".',
            name=found.name,
            container=found.name.partition("/")[0],
        )
    opinions, decided = pipeline_workspace.goes_with(workspace, found)
    click.echo(
        tr(
            "{name}: {opinions} opinions, {decided} of them decided.",
            name=found.name,
            opinions=len(opinions),
            decided=decided,
        )
    )
    for text in opinions.values():
        click.echo(f"  - {' '.join(text.split())[:100]}")
    if not yes:
        click.echo(tr("Nothing was removed. Add --yes to remove it; decisions stay in the log."))
        return
    workspace.sources.remove(found.sha256, now())
    click.echo(tr("{name} is removed. Run synthesize again.", name=found.name))


@click.command(name="set", short_help="Change a setting.")
@click.argument("name")
@click.argument("value")
@in_workspace
def set_(workspace: Workspace, name: str, value: str) -> None:
    """Change a setting of the workspace: language, profile, variant, title, issuer, reviewer …

    \b
    Example:
      feedback-synth set issuer "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    """
    workspace.set(name, _setting(name, value))
    click.echo(tr("{name} = {value}", name=name, value=value))


def _setting(name: str, value: str) -> str:
    """A value that the setting can have; of the list of bodies also the file. StoreError names those there are."""
    if name == "consulted" and Path(value).is_file():
        return words_of_list(Path(value))
    known = _CHOICES.get(name)
    if known and value and value not in known:
        raise StoreError(
            '"{value}" is no {name}. Choose one of: {known}.', value=value, name=name, known=", ".join(known)
        )
    return value


@click.command(short_help="What is in the workspace.")
@in_workspace
def status(workspace: Workspace) -> None:
    """What is in the workspace: rounds, drafts, sources, runs, decisions, conflicts.

    \b
    Example:
      feedback-synth status
    """
    for round_ in workspace.sources.rounds():
        click.echo(tr("Round {number} {title}", number=round_.number, title=round_.title).rstrip())
        for draft in workspace.sources.drafts():
            if draft.round == round_.number or draft.round == round_.number + 1 > workspace.sources.current_round():
                mark = tr(" (revised)") if draft.round > round_.number else ""
                click.echo(f"  {pair(f'{draft_name(draft.kind)} v{draft.version}', draft.name)}{mark}")
        for source in workspace.sources.all(round_.number):
            click.echo(f"  {source.sha256[:12]}  {source.name}{_marks(workspace, source)}")
            for part in workspace.sources.superseded_parts():
                if part.container == source.sha256:
                    click.echo(f"  {'':<12}  {part.name}{_marks(workspace, part)}")
    _say_state(workspace)


def _say_state(workspace: Workspace) -> None:
    run = workspace.runs.last()
    if run:
        click.echo(tr("Last run: {number}, {at}", number=run.number, at=local_time(run.made_at)))
    decided = [d for d in workspace.decisions.current().values() if d.disposition not in ("", "pending")]
    click.echo(tr("Opinions decided: {count}", count=len(decided)))
    conflicts = workspace.decisions.conflicts()
    if conflicts:
        lines = dict.fromkeys(_conflict(one, workspace.rows.known()) for one in conflicts)  # once for a whole row
        click.echo(tr("Conflicts to settle: {count}", count=len(lines)))
        for line in lines:
            click.echo(f"  {line}")


def _conflict(conflict: Conflict, numbers: Mapping[str, int]) -> str:
    words = [f"{e.reviewer}: “{in_words(e.field, e.new)}”" for e in conflict.events]
    row = numbers.get(conflict.opinion_id, conflict.opinion_id)
    return f"{row}  {pair(field_name(conflict.field), ' ≠ '.join(words))}"


def find_source(workspace: Workspace, words: str) -> Source | Part:
    """The source with this name or (beginning of an) id, or a letter within one. StoreError if none or several."""
    from feedback_synth import pipeline_workspace

    sources = workspace.sources.all()
    named = [s for s in sources if s.name == words and not s.removed_at]
    named = named or [s for s in sources if s.name == Path(words).name and "/" not in words and not s.removed_at]
    named = named or [s for s in sources if len(words) >= _SHORTEST_ID and s.sha256.startswith(words)]
    return named[0] if len(named) == 1 else pipeline_workspace.find_part(workspace, words)


def _marks(workspace: Workspace, source: Source | Part) -> str:
    """What is particular about a source, in brackets."""
    from feedback_synth.store.sources import Source

    marks = []
    if isinstance(source, Source) and source.late:
        marks.append(tr("late"))
    if source.superseded_by:
        marks.append(tr("replaced by {name}", name=workspace.sources.get(source.superseded_by).name))
    marks += [tr("corrects {name}", name=name) for name in workspace.sources.corrected().get(source.sha256, ())]
    if isinstance(source, Source) and source.removed_at:
        marks.append(tr("removed"))
    return f"  [{', '.join(marks)}]" if marks else ""
