"""The commands people type. Only this package prints and exits."""

from __future__ import annotations

import click

from feedback_synth import __version__
from feedback_synth.cli.compare import compare
from feedback_synth.cli.learn import learn
from feedback_synth.cli.program import HELP_NAMES, Program, language_of_messages
from feedback_synth.cli.read import read
from feedback_synth.cli.synthesize import synthesize
from feedback_synth.cli.workspace import add, init, remove, set_, status
from feedback_synth.cli.workspace_opinions import add_opinion, correct, decide, merge, show, split
from feedback_synth.cli.workspace_results import check, diff, export, import_, report, table


@click.group(cls=Program, context_settings={"help_option_names": HELP_NAMES, "max_content_width": 80})
@click.version_option(__version__, "-V", "--version", prog_name="feedback-synth", message="%(prog)s %(version)s")
def main() -> None:
    """Find every opinion on a draft, sort it, link it, and show what the next draft made of it.

    Works on this machine alone: nothing is sent anywhere.

    \b
    Examples:
      feedback-synth synthesize inbox --draft resolution=nq-1.docx -o results
      feedback-synth compare nq-1.docx nq-2.docx -o results
      feedback-synth read letter.docx
    """


for command in (
    *(synthesize, compare, read, learn),
    *(init, add, remove, set_, status, diff),
    *(show, decide, correct, split, merge, add_opinion, check),
    *(export, import_, table, report),
):
    main.add_command(command)
main.params.append(language_of_messages())
