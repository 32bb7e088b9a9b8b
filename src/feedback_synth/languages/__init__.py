"""The only place that knows a language's grammar. One file per language fills in the form ``Language``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from feedback_synth.errors import ConfigError
from feedback_synth.languages._form import Language

__all__ = ["Language", "codes", "get"]


@cache
def codes() -> tuple[str, ...]:
    """Codes of the languages that exist: the two-letter modules of this package."""
    return tuple(sorted(m.name for m in iter_modules(__path__) if len(m.name) == 2))


@cache
def get(code: str) -> Language:
    """The language with this ISO 639-1 code. ConfigError names those that exist."""
    if code not in codes():
        raise ConfigError('There is no language "{code}". Choose one of: {known}.', code=code, known=", ".join(codes()))
    language: Language = import_module(f"{__name__}.{code}").LANGUAGE
    return language
