"""``feedback-synth synthesize``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback_synth.cli.common import complain, output_options, progress_on_terminal, say, write_results
from feedback_synth.errors import FeedbackSynthError

if TYPE_CHECKING:
    from feedback_synth.datamodel.analysis import Analysis

Versions = tuple[tuple[str, Path], ...]


def split_kind(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> Versions:
    """``KIND=FILE`` as pairs; BadParameter says how it is written, or that a kind was given twice."""
    pairs: dict[str, Path] = {}
    for value in values:
        kind, equals, file = value.partition("=")
        if not (equals and kind.strip() and file.strip()):
            raise click.BadParameter(
                f'"{value}" is not KIND=FILE. Write for example --{parameter.name} project=project.docx.'
            )
        if kind.strip() in pairs:
            raise click.BadParameter(f'"{kind}" was given twice. Give each kind of draft one file.')
        pairs[kind.strip()] = Path(file.strip())
    return tuple(pairs.items())


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--draft", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The text the opinions are about."
)
@click.option(
    "--revised", metavar="KIND=FILE", multiple=True, callback=split_kind, help="The next version of that text."
)
@click.option("--encoder", metavar="PATH_OR_NAME", help='Another Sentence-Transformers model; "none" for words only.')
@output_options
def synthesize(
    sources: tuple[Path, ...],
    draft: Versions,
    revised: Versions,
    encoder: str | None,
    output: Path,
    language: str | None,
    quiet: bool,
) -> None:
    """Find and sort the opinions in SOURCES (files or folders of minutes, letters, tables, annotated drafts).

    KIND is "project" or "resolution"; any other word is kept as it is. With --revised the drafts are compared and each
    opinion is traced to the change that took it in.

    \b
    Examples:
      feedback-synth synthesize inbox/ --draft resolution=draft-1.docx --output results
      feedback-synth synthesize minutes.docx comments.xlsx --draft project=p1.docx --revised project=p2.docx -o results
    """
    from feedback_synth import pipeline

    job = pipeline.Job(sources, draft, revised, encoder=encoder)
    try:
        analysis = pipeline.synthesize(job, pipeline.silent if quiet else progress_on_terminal)
        if not analysis.sources:
            complain((*analysis.failures, "No source could be read, so nothing was written."))
            raise SystemExit(1)
        files = write_results(output, pipeline.results(analysis, pipeline.report_options(analysis, language)))
    except FeedbackSynthError as error:
        complain([str(error)])
        raise SystemExit(1) from error
    if not quiet:
        click.echo(preview(analysis))
    say("\n".join(["", "Written:", *(f"  {file}" for file in files)]), quiet)
    if complain(analysis.failures):
        raise SystemExit(1)


def preview(analysis: Analysis, rows: int = 5, width: int = 100) -> str:
    """Counts, and the first rows of the table as lines of text."""
    groups = {a.opinion_id: a.group for a in analysis.assignments}
    labels = {link.opinion_id: link.label for link in reversed(analysis.links)}
    outcomes = {t.opinion_id: t.outcome for t in analysis.tracing.traces} if analysis.tracing else {}
    lines = [
        f"{len(analysis.sources)} sources, {len(analysis.opinions)} opinions, {len(analysis.agreements)} agreements, "
        f"{len(analysis.directives)} directives, {len(analysis.duplicate_sets)} sets of equal requests",
        "",
    ]
    for number, opinion in enumerate(analysis.opinions[:rows], 1):
        words = " ".join(opinion.text.split())
        who = ", ".join(part for part in (opinion.author.name, opinion.author.organization) if part) or "?"
        facts = [groups.get(opinion.id, ""), labels.get(opinion.id, ""), outcomes.get(opinion.id, "")]
        lines += [f"{number}. {who}", f"   {words if len(words) <= width else words[: width - 1] + '…'}"]
        lines += ["   -> " + " · ".join(fact for fact in facts if fact)]
    if len(analysis.opinions) > rows:
        lines.append(f"… and {len(analysis.opinions) - rows} more in the table.")
    return "\n".join(lines)
