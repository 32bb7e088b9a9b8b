"""The word lists of this room (data/lexicons/kinds.toml), lower case."""

from __future__ import annotations

from functools import cache

from feedback_synth import config
from feedback_synth.languages.text import strip_marks


@cache
def words(table: str, key: str) -> tuple[str, ...]:
    """The words under ``[table] key`` as they are written there."""
    return tuple(config.load_toml("lexicons/kinds.toml")[table][key])


@cache
def folded(table: str, key: str) -> tuple[str, ...]:
    """The same words without diacritics."""
    return tuple(strip_marks(w) for w in words(table, key))
