"""The commands people type. Only this package prints and exits."""

from __future__ import annotations

import sys
from typing import Any

import click

from feedback_synth import __version__
from feedback_synth.cli import speech
from feedback_synth.cli.compare import compare
from feedback_synth.cli.learn import learn
from feedback_synth.cli.read import read
from feedback_synth.cli.synthesize import synthesize
from feedback_synth.cli.workspace import add, init, remove, set_, status
from feedback_synth.cli.workspace_results import check, decide, diff, export, import_, report, table


class Program(click.Group):
    """A group of commands that speaks the user's language."""

    def main(self, *args: Any, **extra: Any) -> Any:
        given = args[0] if args else extra.get("args")
        speech.speaker.language = speech.choose(sys.argv[1:] if given is None else given)
        if speech.speaker.language != "en":
            speech.localize(self)
        return super().main(*args, **extra)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "-V", "--version", prog_name="feedback-synth")
def main() -> None:
    """Find every opinion on a draft, sort it, link it, and show what the next draft made of it.

    Works on this machine alone: nothing is sent anywhere.

    \b
    Examples:
      feedback-synth synthesize minutes.docx letters/ --draft project=project.docx \\
          --draft resolution=resolution.docx --output results
      feedback-synth compare draft-1.docx draft-2.docx --output results
      feedback-synth read letter.docx
    """


main.add_command(synthesize)
main.add_command(compare)
main.add_command(read)
main.add_command(learn)
for command in (init, add, remove, set_, status, table, report, export, import_, decide, diff, check):
    main.add_command(command)
