"""The program speaks the user's language: sentences are looked up by their English words.

The language is the one of ``--language``, else of ``FEEDBACK_SYNTH_LANGUAGE``, else of the system, else English.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Sequence
from functools import cache
from inspect import cleandoc
from itertools import pairwise

import click

from feedback_synth.config import load_toml
from feedback_synth.errors import Sentence

LANGUAGES = ("vi", "fr", "en")


def choose(arguments: Sequence[str]) -> str:
    """The language to speak, from the command line, the environment or the system."""
    for here, following in pairwise([*arguments, ""]):
        named = following if here == "--language" else here.removeprefix("--language=") if "=" in here else ""
        if named in LANGUAGES:
            return named
    named = os.environ.get("FEEDBACK_SYNTH_LANGUAGE") or _system_language()
    return next((code for code in LANGUAGES if named.lower().startswith(code)), "en")


def _system_language() -> str:
    """The language of the system as a locale name ("vi_VN"), or ""."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


@cache
def catalogue(language: str) -> dict[str, str]:
    """English sentence -> sentence in ``language``."""
    messages = load_toml("labels/program.toml")["message"] if language != "en" else []
    return {message["en"]: message[language] for message in messages}


class Speaker:
    """Says sentences in one language, once ``language`` is set."""

    language = "en"

    def say(self, sentence: str, **values: object) -> str:
        """``sentence`` (English, with {names}) in the user's language, filled in."""
        if isinstance(sentence, Sentence):
            return self.say(sentence.template, **sentence.values)
        spoken = catalogue(self.language).get(sentence, sentence)
        return spoken.format(**values) if values else spoken


speaker = Speaker()
tr = speaker.say


def localize(command: click.Command) -> None:
    """Put the help of ``command``, of its options and of the commands below it into the user's language."""
    command.help = "\n\n".join(tr(words) for words in paragraphs(command))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = tr(parameter.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            localize(below)


def paragraphs(command: click.Command) -> list[str]:
    """The paragraphs of a command's help, each on one line; those with examples ("\\b") keep their lines."""
    found = cleandoc(command.help or "").split("\n\n")
    return [words if words.startswith("\b") else " ".join(words.split()) for words in found]
