"""``feedback-synth compare``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from feedback_synth.cli.common import complain, output_options, say_written, write_results
from feedback_synth.cli.speech import tr
from feedback_synth.errors import FeedbackSynthError


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@output_options()
def compare(old: Path, new: Path, output: Path, language: str | None, quiet: bool) -> None:
    """Compare two versions of a draft by article, clause, point and indicator.

    \b
    Example:
      feedback-synth compare draft-1.docx draft-2.docx --output results
    """
    from feedback_synth import pipeline

    try:
        comparison, spoken, doubts = pipeline.compare(old, new)
        options = pipeline.report_options(None, {"language": language or spoken})
        files = write_results(output, pipeline.comparison_results(old, new, comparison, options))
    except FeedbackSynthError as error:
        complain([error.sentence])
        raise SystemExit(1) from error
    if not quiet:
        kinds = Counter(change.kind for change in comparison.changes)
        click.echo(", ".join(f"{count} {tr(kind)}" for kind, count in sorted(kinds.items())) or tr("No difference."))
    say_written(files, quiet)
    if complain(doubts):
        raise SystemExit(1)
