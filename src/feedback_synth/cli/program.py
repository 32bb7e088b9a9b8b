"""The program as a whole: its commands in sections, its help and Click's own words in the user's language."""

from __future__ import annotations

import gettext
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

from feedback_synth.cli import speech
from feedback_synth.cli.speech import LANGUAGES, speaker, tr
from feedback_synth.errors import Sentence

HELP_NAMES = ["-h", "--help"]
SECTIONS = (
    (Sentence("Without a workspace"), ("synthesize", "compare", "read")),
    (Sentence("Workspace: what is in it"), ("init", "add", "remove", "set", "status", "diff")),
    (
        Sentence("Opinions: look, decide, correct"),
        ("show", "decide", "correct", "split", "merge", "add-opinion", "check"),
    ),
    (Sentence("Tables and reports, out and back"), ("export", "import", "table", "report")),
    (Sentence("Content groups of your own"), ("learn",)),
)
_LONG_DASH = re.compile(r"[–—]-?(?=[a-z][a-z-]+(?:=|$))")


class Program(click.Group):
    """A group of commands that speaks the user's language."""

    def main(self, *args: Any, **extra: Any) -> Any:
        given = args[0] if args else extra.pop("args", None)
        words = list(as_meant(sys.argv[1:] if given is None else given))
        speaker.language = speech.choose(words)
        _speak_unicode()
        lend_words()
        localize(self)
        if given is None and words == sys.argv[1:]:
            return super().main(**extra)  # Click itself reads them, and expands wildcards on Windows
        return super().main(words, *args[1:], **extra)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Every command takes ``--language``; for those that write documents it is the documents' too."""
        if not any("--language" in parameter.opts for parameter in cmd.params):
            cmd.params.append(language_of_messages())
        super().add_command(cmd, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in sections, each with a few words."""
        limit = formatter.width - 6 - max(map(len, self.commands))
        for title, names in SECTIONS:
            with formatter.section(tr(title)):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(limit)) for name in names])


def as_meant(words: Iterable[str]) -> Iterator[str]:
    """The words of a command line as they were meant, where an office's tools have changed them.

    Word and Zalo make a long dash of "--". Windows PowerShell completes a folder as ".\\Góp ý\\", whose last "\\" takes
    the closing quotation mark with it: the folder, a mark and the words that follow arrive as one.
    """
    for word in words:
        folder, mark, rest = word.partition('"')
        if mark and Path(folder).is_dir():
            yield from (folder, *as_meant(rest.split()))
        else:
            yield _LONG_DASH.sub("--", word, count=1)


def language_of_messages() -> click.Option:
    """The option with which a command that writes no documents is told what language to speak."""
    return click.Option(
        ["--language"], type=click.Choice(LANGUAGES), expose_value=False, help="Language of the program's words."
    )


def _speak_unicode() -> None:
    """Vietnamese goes to files and pipes as UTF-8; a terminal that cannot show a letter shows "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def lend_words() -> None:
    """Click asks ``gettext`` for its words; from now on it asks the speaker."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            for attribute, value in list(vars(module).items()):
                if value is gettext.gettext:
                    setattr(module, attribute, speaker.borrow)
                elif value is gettext.ngettext:
                    setattr(module, attribute, speaker.borrow_form)


_english: dict[tuple[int, str], str] = {}  # commands and options live as long as the program


def localize(command: click.Command) -> None:
    """Put the help of ``command``, of its options and of the commands below it into the user's language."""
    _put(command, "help", _help_text)
    _put(command, "short_help", tr)
    _put(command, "options_metavar", speaker.borrow)
    _put(command, "subcommand_metavar", speaker.borrow)
    context = click.Context(command, help_option_names=HELP_NAMES)
    for parameter in command.get_params(context):
        _put(parameter, "help", _option_text)
        _put(parameter.type, "name", speaker.borrow)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            localize(below)


def _put(thing: object, attribute: str, say: Callable[[str], str]) -> None:
    """Say an attribute's English words in the user's language, where it has any."""
    words = _english.setdefault((id(thing), attribute), getattr(thing, attribute, None) or "")
    if words:
        setattr(thing, attribute, say(words))


def _option_text(words: str) -> str:
    spoken = tr(words)
    return spoken if spoken != words else speaker.borrow(words)


def _help_text(words: str) -> str:
    return "\n\n".join(_paragraph(paragraph) for paragraph in paragraphs(words))


def _paragraph(words: str) -> str:
    """A paragraph in the user's language; of examples ("\\b") only the heading has one."""
    if not words.startswith("\b"):
        return tr(words)
    heading = examples_heading(words)
    return words.replace(heading, tr(heading), 1)


def examples_heading(words: str) -> str:
    """The first line of a paragraph with examples."""
    return words.removeprefix("\b").strip().partition("\n")[0]


def paragraphs(words: str) -> list[str]:
    """The paragraphs of a command's help, each on one line; those with examples ("\\b") keep their lines."""
    found = cleandoc(words).split("\n\n")
    return [words if words.startswith("\b") else " ".join(words.split()) for words in found]


def sentences(command: click.Command) -> Iterator[str]:
    """Every English sentence of a command's help, of its options and of the commands below it."""
    for words in paragraphs(_english.get((id(command), "help"), command.help or "")):
        yield examples_heading(words) if words.startswith("\b") else words
    yield from filter(None, [_english.get((id(command), "short_help"), command.short_help or "")])
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield _english.get((id(parameter), "help"), parameter.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from sentences(below)
