"""A content group as people name it: by its key, its name in any language, or a part of a name that is its alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from feedback_synth import languages
from feedback_synth.config import content_groups
from feedback_synth.languages.text import match_key, strip_marks

_PARTS = re.compile(r"\s*[,;/&]\s*|\s+(?:và|and|et)\s+")  # between the parts of a name: "Tâches et solutions"


def group_names(used: Iterable[str] = ()) -> Mapping[str, str]:
    """Group keys by everything a group is called, folded for matching.

    ``used`` are the keys of a run: a team's own model may have taught groups that data/groups.toml does not have.
    "Kinh phí, nguồn vốn" is also called "kinh phí" and "nguồn vốn", as long as no other group is.
    """
    whole = {match_key(name): key for key, name in (*((key, key) for key in used), *_names())}
    meant: dict[str, set[str]] = {}
    for name, key in whole.items():
        for part in filter(None, _PARTS.split(name)):
            meant.setdefault(part, set()).add(key)
    return {**{part: keys.pop() for part, keys in meant.items() if len(keys) == 1}, **whole}


def named(words: str, names: Mapping[str, str]) -> str:
    """The key of the group that ``words`` name, also typed without diacritics where that can mean one only; else ""."""
    folded = {key for name, key in names.items() if strip_marks(name) == strip_marks(words)}
    return names.get(match_key(words)) or (folded.pop() if len(folded) == 1 else "")


def _names() -> Iterator[tuple[str, str]]:
    """(key, name) of each group in data/groups.toml: first all keys, then the names by language."""
    yield from ((str(group["key"]), str(group["key"])) for group in content_groups())
    for group in content_groups():
        names = group["names"]
        yield from ((str(group["key"]), str(names[code])) for code in languages.codes() if code in names)
