"""Which body is which: names in their many spellings, kinds of body, and who answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from feedback_synth.config import load_toml
from feedback_synth.datamodel.opinion import Author
from feedback_synth.datamodel.report import ConsultedBody
from feedback_synth.languages.text import strip_marks

_WORD = re.compile(r"[a-z0-9]+")
_PROVINCES = (
    re.compile(r"(?<=\w) (?:tinh(?: \w+){1,3}|province(?: \w+){0,3})$"),  # "union femmes province"
    re.compile(r"(?<=\w) (?:\w+ ){1,3}province$"),
)
_COMMITTEE = "uy ban nhan dan"
_COMMUNES = ("xa ", "phuong ", "dac khu ")
OTHER_KIND = "other"


@cache
def body_key(name: str) -> str:
    """A key equal for the spellings of one body: no case, no marks, short forms written out, one language."""
    key = _plain_key(name)
    known = _known_bodies()
    names = (key, *(province.sub("", key) for province in _PROVINCES))
    return next((known[name] for name in names if name in known), key)


@cache
def _known_bodies() -> dict[str, str]:
    """From every spelling in data/organizations.toml to the key of its Vietnamese name."""
    spellings: dict[str, str] = {}
    for body in load_toml("organizations.toml")["body"]:
        for name in (body["vi"], body["en"], body["fr"], *body["aliases"]):
            spellings.setdefault(_plain_key(name), _plain_key(body["vi"]))
    return spellings


def _plain_key(name: str) -> str:
    table = load_toml("bodies.toml")
    text = f" {' '.join(_WORD.findall(strip_marks(name)))} "
    for short, long in table["short_forms"].items():
        text = text.replace(f" {short} ", f" {long} ")
    for filler in table["fillers"]:
        text = text.replace(f" {filler} ", " ")
    return " ".join(text.split()) or strip_marks(name).strip()


@cache
def body_kind(name: str) -> str:
    """The kind of body by the words of its name: "commune", "department", "party", … or "other"."""
    table = load_toml("bodies.toml")
    text = f" {body_key(name)} "
    for phrase in table["no_kind"]:
        text = text.replace(f" {phrase} ", " ")
    for kind, cues in table["kinds"].items():
        if any(f" {cue} " in text for cue in cues):
            return str(kind)
    return OTHER_KIND


def body_kinds() -> tuple[str, ...]:
    """Every kind of body, in the order of tables."""
    return (*load_toml("bodies.toml")["order"], OTHER_KIND)


def speaker_body(author: Author) -> str:
    """The body an author speaks for, or their own name where the source names no body."""
    return author.organization or author.name


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the report shows it: its name, its kind, and what came from it."""

    name: str
    kind: str
    opinions: int = 0
    agreements: int = 0
    asked: bool = False

    @property
    def answered(self) -> bool:
        return self.opinions + self.agreements > 0

    @property
    def only_agrees(self) -> bool:
        return self.agreements > 0 and not self.opinions


def bodies(
    opinions: Iterable[str], agreements: Iterable[str], consulted: Sequence[ConsultedBody] = ()
) -> tuple[Body, ...]:
    """Every body that was asked or spoke, asked ones first in their order, then the others as they come.

    ``opinions`` and ``agreements`` hold one name each, "" where nobody knows who spoke; those count for no body.
    """
    said, agreed = list(opinions), list(agreements)
    shown = shown_names([*said, *agreed], consulted)
    kinds = {b.name: b.kind for b in reversed(consulted)}
    asked = dict.fromkeys(shown_names([b.name for b in consulted], consulted).values())
    spoke, consented = Counter(shown[n] for n in said if n), Counter(shown[n] for n in agreed if n)
    return tuple(
        Body(name, kinds.get(name) or body_kind(name), spoke[name], consented[name], name in asked)
        for name in dict.fromkeys([*asked, *(shown[n] for n in [*said, *agreed] if n)])
    )


def shown_names(names: Iterable[str], consulted: Sequence[ConsultedBody] = ()) -> dict[str, str]:
    """For each name the one spelling that stands for its body: the list's, else the first that was met."""
    asked: dict[str, str] = {}
    for body in consulted:
        asked.setdefault(body_key(body.name), body.name)
    met = dict(asked)
    return {name: met.setdefault(matching(body_key(name), asked), name) for name in names if name}


def matching(key: str, asked: Iterable[str]) -> str:
    """The asked body that ``key`` names: the same key, or one whose words all end the other's; else ``key``.

    So "xã X" on the list stands for any body of the commune. Off the list the bare name of a commune stands for its
    People's Committee, as letters use it.
    """
    known = list(asked)
    if key in known:
        return key
    longer = [a for a in known if _ends(key, a) or _ends(a, key)]
    if len(longer) == 1:
        return longer[0]
    return f"{_COMMITTEE} {key}" if key.startswith(_COMMUNES) else key


def _ends(long: str, short: str) -> bool:
    return len(short.split()) >= 2 and long.endswith(" " + short)
