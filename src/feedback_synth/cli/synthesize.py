"""``feedback-synth synthesize``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

import click

from feedback_synth.cli.common import (
    complain,
    output_options,
    progress_on_terminal,
    say_confidential,
    say_written,
    spelling_options,
    without_locks,
    write_results,
)
from feedback_synth.cli.lists import words_of_list
from feedback_synth.cli.speech import speaker, tr
from feedback_synth.cli.wording import shortened
from feedback_synth.datamodel.document import ColumnRole, SourceKind
from feedback_synth.datamodel.report import GroupBy, Profile, Variant
from feedback_synth.errors import FeedbackSynthError, UnreadableDocumentError

if TYPE_CHECKING:
    from feedback_synth.datamodel.analysis import Analysis
    from feedback_synth.datamodel.report import ReportOptions

Versions = tuple[tuple[str, Path], ...]
KINDS = ", ".join(get_args(SourceKind))
INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def split_kind(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> Versions:
    """``KIND=FILE`` as pairs; BadParameter says how it is written, or that a kind was given twice."""
    pairs: dict[str, Path] = {}
    for value in values:
        kind, equals, file = value.partition("=")
        if not (equals and kind.strip() and file.strip()):
            raise click.BadParameter(
                tr(
                    '"{value}" is not KIND=FILE. Write for example --{option} project=project.docx.',
                    value=value,
                    option=parameter.name,
                )
            )
        if kind.strip() in pairs:
            raise click.BadParameter(tr('"{kind}" was given twice. Give each kind of draft one file.', kind=kind))
        pairs[kind.strip()] = Path(file.strip())
    return tuple(pairs.items())


def kinds_of(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """``FILE=KIND`` as pairs; BadParameter names the kinds there are."""
    pairs = dict(words.rpartition("=")[::2] for words in given)
    for file, kind in pairs.items():
        if not file or kind not in get_args(SourceKind):
            _refuse(f"{file}={kind}", "FILE=KIND", get_args(SourceKind))
    return pairs


def columns_of(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """``MEANING=HEADER`` as pairs; BadParameter names the meanings there are."""
    pairs = dict(words.partition("=")[::2] for words in given)
    for meaning, header in pairs.items():
        if not header or meaning not in get_args(ColumnRole):
            _refuse(f"{meaning}={header}", "MEANING=HEADER", get_args(ColumnRole))
    return pairs


def _refuse(words: str, form: str, known: tuple[str, ...]) -> NoReturn:
    listed = ", ".join(known)
    raise click.BadParameter(tr('"{words}" is not {form} with one of: {known}.', words=words, form=form, known=listed))


def read_template(file: Path | None) -> bytes:
    """The office's own .docx, or b"" for none. UnreadableDocumentError if it cannot be opened."""
    try:
        return file.read_bytes() if file else b""
    except OSError as error:
        raise UnreadableDocumentError(
            "{path} cannot be read ({why}). Close it in Office, try again.", path=file, why=error.strerror
        ) from error


@click.command(short_help="Find, sort and link the opinions; write table and report.")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--draft", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The text the opinions are about."
)
@click.option(
    "--revised", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The next version of that text."
)
@click.option("--kind", "kinds", metavar="FILE=KIND", multiple=True, callback=kinds_of, help=f"What FILE is: {KINDS}.")
@click.option(
    "--columns",
    metavar="MEANING=HEADER",
    multiple=True,
    callback=columns_of,
    help=f"The header of the column that holds: {', '.join(get_args(ColumnRole))}.",
)
@click.option("--profile", type=click.Choice(get_args(Profile)), help="Page layout: Party, administrative or legal.")
@click.option("--variant", type=click.Choice(get_args(Variant)), help="Columns of the absorption table.")
@click.option("--group-by", type=click.Choice(get_args(GroupBy)), help="Order of the absorption table.")
@click.option("--consulted", type=INPUT, help="List of the bodies that were asked.")
@click.option("--template", type=INPUT, help="The office's own .docx; it wins over the built-in layout.")
@click.option("--corpus", is_flag=True, help="Also write corpus.spacy: passages and opinions to train spaCy models on.")
@click.option("--model", "groups", type=FOLDER, help="Content groups that learn made.")
@click.option("--encoder", metavar="PATH_OR_NAME", help='Another Sentence-Transformers model; "none" for words only.')
@spelling_options
@output_options(required=False)
def synthesize(
    sources: tuple[Path, ...],
    draft: Versions,
    revised: Versions,
    output: Path | None,
    language: str | None,
    quiet: bool,
    consulted: Path | None,
    profile: str | None,
    variant: str | None,
    group_by: str | None,
    uy: str | None,
    education: str | None,
    encoder: str | None,
    template: Path | None,
    **settings: Any,
) -> None:
    """Find and sort the opinions in SOURCES (files or folders of minutes, letters, tables, annotated drafts).

    KIND is "project" or "resolution"; any other word is kept as it is. With --revised the drafts are compared and each
    opinion is traced to the change that took it in.

    In a workspace (see init) it needs no SOURCES: it runs over what was added there.

    \b
    Example:
      feedback-synth synthesize inbox --draft resolution=nq-1.docx -o results
    """
    from feedback_synth import pipeline, results

    layout = {"language": language, "profile": profile, "variant": variant, "group_by": group_by}
    layout |= {"uy": uy, "education": education}
    if not sources:
        if draft or revised or find_here() is None:
            raise click.MissingParameter(param_hint="'SOURCES...'", param_type="argument")
        _synthesize_workspace(Here(output, quiet, encoder, layout, consulted, template, **settings))
        return
    _refuse_without_draft(draft, revised)
    if output is None:
        raise click.MissingParameter(param_hint="'-o' / '--output'", param_type="option")
    given, locks = without_locks(sources)
    job = pipeline.Job(given, draft, revised, encoder=encoder, **settings)
    try:
        chosen = {**layout, "template": read_template(template)}
        analysis = pipeline.synthesize(job, pipeline.silent if quiet else progress_on_terminal, say_confidential)
        if not analysis.sources:
            complain((*locks, *analysis.failures, tr("No source could be read, so nothing was written.")))
            raise SystemExit(1)
        asked = words_of_list(consulted) if consulted else ""
        options = results.options_of(analysis, {**chosen, "consulted": asked})
        files = write_results(output, results.of_synthesis(analysis, options, job))
    except FeedbackSynthError as error:
        complain([error.sentence])
        raise SystemExit(1) from error
    if not quiet:
        click.echo(preview(analysis, options))
    say_written(files, quiet)
    if complain([*locks, *analysis.failures]):
        raise SystemExit(1)


def _refuse_without_draft(draft: Versions, revised: Versions) -> None:
    """A revised draft is compared with its first version. BadParameter if that was not given."""
    known = dict(draft)
    for kind in dict(revised):
        if kind not in known:
            raise click.BadParameter(
                tr(
                    'there is no first version of "{kind}" to compare with. Give it too: --draft {kind}=FILE.',
                    kind=kind,
                ),
                param_hint="--revised",
            )


def find_here() -> Path | None:
    """The workspace that the user is in, or None."""
    from feedback_synth.store.workspace import find

    return find(Path.cwd())


@dataclass(frozen=True)
class Here:
    """What ``synthesize`` was told for a run in a workspace; what it was not told is the workspace's."""

    output: Path | None
    quiet: bool
    encoder: str | None
    layout: Mapping[str, str | None]
    consulted: Path | None
    template: Path | None
    kinds: Mapping[str, SourceKind]
    columns: Mapping[str, str]
    corpus: bool
    groups: Path | None


def _synthesize_workspace(told: Here) -> None:
    """Run over the workspace the user is in."""
    from feedback_synth.cli.workspace import open_workspace
    from feedback_synth.cli.workspace_results import synthesize_here

    try:
        with open_workspace(None) as workspace:
            synthesize_here(workspace, told)
    except FeedbackSynthError as error:
        complain([error.sentence])
        raise SystemExit(1) from error


def preview(analysis: Analysis, options: ReportOptions, rows: int = 5, width: int = 100) -> str:
    """Counts, and the first rows of the table as lines of text, under the numbers they have there."""
    from feedback_synth.reports.dossier import dossier
    from feedback_synth.reports.labels import Labels
    from feedback_synth.reports.opinion_rows import opinion_rows

    words_of = Labels(speaker.language)
    groups = {a.opinion_id: words_of.group(a.group) for a in analysis.assignments}
    labels = {link.opinion_id: link.label for link in reversed(analysis.links)}
    traces = analysis.tracing.traces if analysis.tracing else ()
    outcomes = {t.opinion_id: words_of.name("outcomes", t.outcome) for t in traces}
    counts = tr(
        "Sources: {sources}, opinions: {opinions}, agreements: {agreements}, directives: {directives}, "
        "sets of equal requests: {sets}",
        sources=len(analysis.sources),
        opinions=len(analysis.opinions),
        agreements=len(analysis.agreements),
        directives=len(analysis.directives),
        sets=len(analysis.duplicate_sets),
    )
    lines = [counts, ""]
    first = opinion_rows(dossier(analysis, options))[:rows]
    for row in first:
        opinion = row.first
        who = ", ".join(part for part in (opinion.author.name, opinion.author.organization) if part) or "?"
        facts = [groups.get(opinion.id, ""), labels.get(opinion.id, ""), outcomes.get(opinion.id, "")]
        lines += [f"{row.number}. {who}", f"   {shortened(opinion.text, width)}"]
        lines += ["   -> " + " · ".join(fact for fact in facts if fact)]
    shown = sum(len(row.opinions) for row in first)
    if len(analysis.opinions) > shown:
        lines.append(tr("… and {more} more in the table.", more=len(analysis.opinions) - shown))
    return "\n".join(lines)
