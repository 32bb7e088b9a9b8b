"""``feedback-synth learn``: teach the content groups."""

from __future__ import annotations

from pathlib import Path

import click

from feedback_synth.cli.common import complain, say
from feedback_synth.cli.speech import tr
from feedback_synth.errors import FeedbackSynthError


@click.command(short_help="Learn groups from opinions that people sorted.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--model",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for what was learnt; without it, the workspace you are in.",
)
@click.option("--alone", is_flag=True, help="Learn from these opinions only, not from the product's own examples too.")
@click.option("--encoder", metavar="PATH_OR_NAME", help='Another Sentence-Transformers model; "none" for words only.')
def learn(files: tuple[Path, ...], model: Path | None, alone: bool, encoder: str | None) -> None:
    """Learn content groups from labelled opinions: FILES with a column text and a column group (.xlsx, .csv, .jsonl).

    A new group needs a few examples. In a workspace the groups that editors corrected are learnt too, with or without
    FILES, and later runs there use what was learnt. Elsewhere give synthesize the same --model.

    \b
    Examples:
      feedback-synth learn labelled.xlsx --model my-groups
      feedback-synth learn
    """
    from feedback_synth import learning

    try:
        learnt = learning.learn(files, model, with_product=not alone, encoder=encoder)
    except FeedbackSynthError as error:
        complain([error.sentence])
        raise SystemExit(1) from error
    say(
        tr(
            "Learnt {groups} groups from {own} opinions of yours, kept in {folder}.",
            groups=len(learnt.groups),
            own=learnt.own,
            folder=learnt.folder,
        )
    )
