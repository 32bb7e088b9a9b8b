"""What the columns of our tables are called, in every language, and what they mean in a row that somebody typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from feedback_synth import languages
from feedback_synth.config import DATA, load_toml
from feedback_synth.datamodel.decision import FIELDS
from feedback_synth.languages.text import match_key
from feedback_synth.store.exchange._table import AUTHOR_CELL, QUOTED_CELL, SUBJECT_CELL

_FIELDS: tuple[str, ...] = (*FIELDS, "opinion")
_MEANS: Mapping[str, str] = {
    **{field: field for field in _FIELDS},
    "opinion": QUOTED_CELL,
    "author": AUTHOR_CELL,
    "author_document": AUTHOR_CELL,
    "delegate": AUTHOR_CELL,
    "subject": SUBJECT_CELL,
    "absorption": "response",
    "direction": "response",
    "explained": "response",
    "accepted": "disposition",
}


@cache
def titles() -> Mapping[str, str]:
    """The keys of columns by the titles that our tables print, folded for matching."""
    found: dict[str, str] = {}
    for code in languages.codes():
        if (DATA / "labels" / f"{code}.toml").is_file():
            names: Mapping[str, str] = load_toml(f"labels/{code}.toml").get("columns", {})
            keys = [*sorted(_MEANS, key=lambda key: key not in _FIELDS), *names]  # two columns may be called the same
            for key in keys:
                found.setdefault(match_key(str(names.get(key, ""))), key)
    return {title: key for title, key in found.items() if title}


def meaning(title: str) -> str:
    """The field that a cell under ``title`` is about, "" for none."""
    return _MEANS.get(titles().get(match_key(title), ""), "")
