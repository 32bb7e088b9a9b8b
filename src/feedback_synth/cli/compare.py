"""``feedback-synth compare``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback_synth.cli.common import complain, output_options, say_written, spelling_options, write_results
from feedback_synth.cli.speech import speaker, tr
from feedback_synth.cli.synthesize import INPUT, read_template
from feedback_synth.errors import FeedbackSynthError

if TYPE_CHECKING:
    from feedback_synth.datamodel.comparison import Comparison


@click.command(short_help="Compare two or more versions of a draft.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("newer", nargs=-1, type=click.Path(path_type=Path))
@click.option("--template", type=INPUT, help="The office's own .docx; it wins over the built-in layout.")
@spelling_options
@output_options()
def compare(
    old: Path,
    new: Path,
    newer: tuple[Path, ...],
    template: Path | None,
    uy: str | None,
    education: str | None,
    output: Path,
    language: str | None,
    quiet: bool,
) -> None:
    """Compare two versions of a draft by article, clause, point and indicator.

    With more versions the first is compared with the last, and each with the next.

    \b
    Examples:
      feedback-synth compare draft-1.docx draft-2.docx --output results
      feedback-synth compare draft-1.docx draft-2.docx draft-3.pdf -o results
    """
    from feedback_synth import pipeline, results

    try:
        found, spoken, doubts = pipeline.compare((old, new, *newer))
        chosen = {"language": language or spoken, "uy": uy, "education": education}
        options = results.options_of(None, {**chosen, "template": read_template(template)})
        files = write_results(output, results.of_compare(found, options))
    except FeedbackSynthError as error:
        complain([error.sentence])
        raise SystemExit(1) from error
    if not quiet:
        for one in found:
            click.echo(f"{one.old.name} -> {one.new.name}: {_told(one.comparison)}")
    say_written(files, quiet)
    if complain(doubts):
        raise SystemExit(1)


def _told(comparison: Comparison) -> str:
    """The changes by kind, and that pictures differ, which nobody compares."""
    pictures = next((n for n in comparison.notices if n.code == "pictures_differ"), None)
    kinds = Counter(change.kind for change in comparison.changes)
    counts = ", ".join(f"{count} {tr(kind)}" for kind, count in sorted(kinds.items()))
    if pictures is None:
        return counts or tr("No difference.")
    from feedback_synth.pipeline_workspace import sentence

    words = f"{counts}." if counts else tr("No difference in the words.")
    return f"{words} {sentence(pictures, speaker.language)}"
