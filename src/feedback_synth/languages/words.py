"""The words of draft structure (data/structure/<code>.toml) as tables and pattern parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from feedback_synth import config, languages


def structure(code: str) -> dict[str, Any]:
    """The structure words of one language: tables "levels", "places", "ordinals", "links", "drafts", "acts", …"""
    return config.load_toml(f"structure/{code}.toml")


def gather(table: str, key: str) -> list[str]:
    """The words of every language under ``[table] key``: a text in one language may cite a draft in another."""
    return [w for code in languages.codes() for w in structure(code).get(table, {}).get(key, ())]


def alternatives(words: Iterable[str]) -> str:
    """A pattern part that matches any of ``words``, the longest first, with any white space between their parts."""
    longest = sorted(dict.fromkeys(words), key=lambda w: (-len(w), w))
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in longest) or r"(?!)"


def single_spaced(words: str) -> str:
    """``words`` with one blank wherever white space stands, as the tables have them."""
    return re.sub(r"\s+", " ", words)
