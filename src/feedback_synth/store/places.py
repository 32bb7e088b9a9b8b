"""A provision as an editor names it ("Nghị quyết: Điều 3 khoản 2"), found in the drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback_synth import languages
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.languages.references import references
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import gather, structure

Place = tuple[Draft, Provision]

_ALTERNATIVES = re.compile(r"\s*[;\n]\s*")
_TABLE_ROW = re.compile(r"\s*\([^()]*\)\s*$")


def find(words: str, drafts: Sequence[Draft]) -> tuple[list[Place], list[str]]:
    """The provisions that ``words`` name, separated by ";", and the parts that name none or more than one."""
    places: list[Place] = []
    unknown: list[str] = []
    for part in filter(None, _ALTERNATIVES.split(words.strip())):
        found = _one(part, drafts)
        if found is None:
            unknown.append(part)
        elif found not in places:
            places.append(found)
    return places, unknown


def _one(part: str, drafts: Sequence[Draft]) -> Place | None:
    """The only provision that ``part`` can mean, by id, by label, or by any other wording; else None."""
    kind, rest = _draft_and_rest(part, drafts)
    wanted = [d for d in drafts if d.kind == kind] if kind else drafts
    for find_in in (_by_id, _by_label, _by_reference):
        found = list(find_in(rest, wanted))
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _draft_and_rest(part: str, drafts: Sequence[Draft]) -> tuple[str, str]:
    """(kind of draft, what follows) of "Nghị quyết: Điều 3" and "resolution:art_3"; ("", part) without such a lead."""
    lead, colon, rest = part.partition(":")
    key = match_key(lead)
    for draft in drafts:
        if colon and key in {draft.kind, *_names(draft.kind)}:
            return draft.kind, rest.strip()
    return "", part


def _names(kind: str) -> set[str]:
    known = {k for code in languages.codes() for k in structure(code)["drafts"]}
    names = {match_key(word) for word in gather("drafts", kind)} if kind in known else set()
    return names | {match_key(_TABLE_ROW.sub("", name)) for name in _label_names(kind)}


def _label_names(kind: str) -> Iterator[str]:
    """What our own tables call this kind of draft."""
    from feedback_synth.config import DATA, load_toml

    for code in languages.codes():
        if (DATA / "labels" / f"{code}.toml").is_file():
            yield str(load_toml(f"labels/{code}.toml").get("draft_kinds", {}).get(kind, kind))


def _by_id(part: str, drafts: Sequence[Draft]) -> Iterator[Place]:
    return ((d, d.by_id[part]) for d in drafts if part in d.by_id)


def _by_label(part: str, drafts: Sequence[Draft]) -> Iterator[Place]:
    """The label as the table prints it, with or without the name of a table's row."""
    key = match_key(_TABLE_ROW.sub("", part))
    return ((d, p) for d in drafts for p in d.provisions if match_key(p.label) == key)


def _by_reference(part: str, drafts: Sequence[Draft]) -> Iterator[Place]:
    """The place in any order and wording: "khoản 2, Điều 3", "clause 2 of article 3"."""
    for draft in drafts:
        places = [r for r in references(part, draft.language) if r.levels and not r.external]
        if len(places) == 1 and places[0].draft in ("", draft.kind):
            levels = [(level, number.casefold()) for level, number in places[0].levels]
            yield from ((draft, p) for p in draft.provisions if _fits(p, levels, draft))


def _fits(provision: Provision, levels: Sequence[tuple[str, str]], draft: Draft) -> bool:
    """The provision has the innermost number, and those above it have the others."""
    chain = list(_chain(provision, draft))
    return chain[0] == levels[-1] and set(levels) <= set(chain)


def _chain(provision: Provision, draft: Draft) -> Iterator[tuple[str, str]]:
    here: Provision | None = provision
    while here is not None:
        yield here.level, here.number.strip(" .)").casefold()
        here = draft.by_id.get(here.parent_id)
