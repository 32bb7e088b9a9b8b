"""The program speaks the user's language: sentences are looked up by their English words.

The language is the one of ``--language``, else of ``FEEDBACK_SYNTH_LANGUAGE``, else the workspace's setting, else that
of the system, else English.
"""

from __future__ import annotations

import gettext
import locale
import os
import sys
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from feedback_synth import languages
from feedback_synth.config import catalogue, load_toml
from feedback_synth.errors import Sentence

LANGUAGES = ("vi", "fr", "en")
_REASONS = frozenset({"why", "reason", "error"})  # values that the system or a library worded


def choose(arguments: Sequence[str]) -> str:
    """The language to speak, from the command line, the environment, the workspace or the system."""
    asked = _given(arguments, "--language")
    named = asked if asked in LANGUAGES else os.environ.get("FEEDBACK_SYNTH_LANGUAGE")
    named = named or _workspace_language(arguments) or _system_language()
    return next((code for code in LANGUAGES if named.lower().startswith(code)), "en")


def _given(arguments: Sequence[str], option: str) -> str:
    """The value of an option on the command line, before Click reads it; "" without one."""
    for here, following in pairwise([*arguments, ""]):
        if here == option:
            return following
        if here.startswith(f"{option}="):
            return here.removeprefix(f"{option}=")
    return ""


def _workspace_language(arguments: Sequence[str]) -> str:
    """The setting of the workspace the user is in or names, "" without one."""
    from feedback_synth.store.workspace import language_of

    return language_of(Path(_given(arguments, "--workspace") or "."))


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
def borrowed(language: str) -> dict[str, str]:
    """What Click and the system say in English -> the same in ``language``."""
    messages = load_toml("labels/terminal.toml")["message"] if language != "en" else []
    return {message["said"]: message[language] for message in messages}


class Speaker:
    """Says sentences in one language, once ``language`` is set."""

    language = "en"

    def say(self, sentence: str, **values: object) -> str:
        """``sentence`` (English, with {names}) in the user's language, filled in."""
        if isinstance(sentence, Sentence):
            return self.say(sentence.template, **sentence.values)
        spoken = catalogue(self.language).get(sentence, sentence)
        return spoken.format(**{name: self._shown(name, value) for name, value in values.items()}) if values else spoken

    def borrow(self, message: str) -> str:
        """Words of Click or the system in the user's language; takes the place of ``gettext`` there."""
        return borrowed(self.language).get(message) or gettext.gettext(message)

    def borrow_form(self, one: str, several: str, count: int) -> str:
        """The same for words with two forms; takes the place of ``ngettext``."""
        return self.borrow(one if count == 1 else several)

    def number(self, value: int) -> str:
        """A whole number the local way: 1.234, 1 234, 1,234."""
        return f"{value:,}".replace(",", languages.get(self.language).thousands[0])

    def _shown(self, name: str, value: object) -> object:
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, Sentence):
            return self.say(value)
        return self.borrow(str(value)) if name in _REASONS and str(value) else value


speaker = Speaker()
tr = speaker.say
