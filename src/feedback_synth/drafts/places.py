"""Where the references inside a draft lead: to which of its own provisions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from feedback_synth.datamodel.draft import Draft, Level, Provision
from feedback_synth.drafts.numbering import is_coded, roman_value
from feedback_synth.languages.references import Reference, references
from feedback_synth.languages.words import alternatives, gather, structure


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference in a provision's text to a place of the same draft; ``target`` is None where there is none."""

    owner: Provision
    words: str
    level: str  # the outermost named
    target: Provision | None


class Places:
    """The provisions of one draft by their numbers."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.by_number: dict[tuple[str, str], list[Provision]] = defaultdict(list)
        for provision in draft.provisions:
            self.by_number[provision.level, plain(provision.number)].append(provision)

    def find(self, reference: Reference, home: Provision | None = None) -> Provision | None:
        """The provision that a reference names; ``home`` is the one that "Điều này" or the nearest list belong to."""
        if not reference.levels:
            return None
        if reference.levels[-1][1] == "last":  # "dernier alinéa de l'article 3"
            whole = self.find(replace(reference, levels=reference.levels[:-1]), home) or home
            inside = self.draft.children.get(whole.id, ()) if whole else ()
            return next((c for c in reversed(inside) if _same_level(reference.levels[-1][0], c)), whole)
        candidates = self._within([home]) if home is not None else self._candidates(reference.levels)
        number = plain(reference.levels[-1][1])
        found = [p for p in candidates if plain(p.number) == number and self._fits(reference, p)]
        return min(found, key=lambda p: len(p.label)) if found else None

    def _candidates(self, levels: tuple[tuple[Level, str], ...]) -> list[Provision]:
        """What bears the innermost number: of items, which all articles have, only those in the outermost named."""
        if len(levels) > 1 and levels[-1][0] in _ITEMS:
            return self._within(self._named(levels[0]))
        return self._named(levels[-1])

    def _named(self, level: tuple[Level, str]) -> list[Provision]:
        number = plain(level[1])
        return [p for name in sorted(_near(level[0])) for p in self.by_number.get((name, number), ())]

    def _within(self, roots: list[Provision]) -> list[Provision]:
        """The provisions and all below them."""
        found, todo = [], list(roots)
        while todo:
            found.append(todo.pop())
            todo += self.draft.children.get(found[-1].id, ())
        return found

    def _fits(self, reference: Reference, provision: Provision) -> bool:
        """Whether the named levels lie in order along the chain of the provision, ending at it."""
        level = reference.levels[-1][0]
        if not _same_level(level, provision):
            return False
        outer = list(reference.levels[:-1])
        for p in self.above(provision):
            if outer and _same_level(outer[-1][0], p) and plain(outer[-1][1]) == plain(p.number):
                outer.pop()
        return not outer

    def above(self, provision: Provision) -> Iterator[Provision]:
        """The provisions that hold this one, nearest first."""
        parent = self.draft.by_id.get(provision.parent_id)
        while parent is not None:
            yield parent
            parent = self.draft.by_id.get(parent.parent_id)

    def pointers(self, provision: Provision) -> Iterator[Pointer]:
        """The references in a provision's text that point into this draft."""
        text = provision.text
        if not _may_mention(text):
            return
        for reference in references(text, self.draft.language):
            if reference.external or not reference.levels or _in_quotes(text, reference.start):
                continue
            words = text[reference.start : reference.end]
            this = _this_unit(text[reference.end : reference.end + 40])
            if this:
                home = next((p for p in (provision, *self.above(provision)) if p.level == this), None)
                if home is not None:
                    yield Pointer(provision, words, reference.levels[0][0], self._target(reference, home))
            elif reference.levels[0][0] in ("article", "part", "chapter", "annex") and not self._elsewhere(reference):
                yield Pointer(provision, words, reference.levels[0][0], self._target(reference))

    def _target(self, reference: Reference, home: Provision | None = None) -> Provision | None:
        """The place named; where French counts every line as an alinéa, and the draft does not, the article."""
        found = self.find(reference, home)
        if found is None and self.draft.language == "fr" and reference.levels[-1][0] == "clause":
            outer = replace(reference, levels=reference.levels[:-1])
            return self.find(outer, home) or home
        return found

    def _elsewhere(self, reference: Reference) -> bool:
        """An article numbered by a chapter that this code does not have ("L. 2131-12") stands in another code."""
        level, number = reference.levels[0]
        return level == "article" and is_coded(number) and _chapter(number) not in self._chapters

    @cached_property
    def _chapters(self) -> frozenset[str]:
        return frozenset(_chapter(p.number) for p in self.draft.provisions if is_coded(p.number))


def _chapter(number: str) -> str:
    """ "L111-1" -> "L111"."""
    return number.partition("-")[0].upper()


@lru_cache(maxsize=65536)
def plain(number: str) -> str:
    """One spelling of a number: Roman as Arabic, "01" as "1", small letters."""
    value = roman_value(number) if number.isupper() else 0
    return str(value) if value else re.sub(r"^0+(?=\d)", "", number.lower())


_NEAR_LEVELS = {
    "article": {"article"},
    "clause": {"clause", "section", "subsection"},
    "point": {"point", "subpoint", "clause", "indent"},
    "section": {"section", "part", "clause", "article"},
    "subsection": {"subsection", "point", "clause"},
    "part": {"part", "section"},
}


_ITEMS = {"clause", "point", "subpoint", "indent"}


def _near(level: str) -> set[str]:
    return _NEAR_LEVELS.get(level, {level})


def _same_level(level: str, provision: Provision) -> bool:
    return provision.level in _near(level)


def _may_mention(text: str) -> bool:
    """A quick look for level words; most texts have none and need no closer one."""
    low = text.lower()
    return any(map(low.__contains__, _level_words()))


@cache
def _level_words() -> tuple[str, ...]:
    words = [w.lower() for level in ("article", "clause", "point", "part", "annex") for w in gather("levels", level)]
    return tuple(w for w in dict.fromkeys(words) if not any(o in w for o in words if o != w))


@cache
def _this() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """ "Điều này", "of this Article", "du présent article", by level."""
    this = alternatives(gather("links", "this"))
    out = []
    for level in ("article", "clause", "section", "part"):
        words = alternatives(gather("levels", level))
        of = r"\s*,?\s*(?:của|of|du|de la|de l['’]|in|to)?\s*"
        pattern = rf"{of}(?:(?:{words})\s+(?:{this})|(?:{this})\s+(?:{words}))(?!\w)"
        out.append((level, re.compile(pattern, re.IGNORECASE)))
    return tuple(out)


def _this_unit(after: str) -> str:
    """The level of "Điều này" right after a reference, "" if none follows."""
    return next((level for level, pattern in _this() if pattern.match(after)), "")


def _in_quotes(text: str, place: int) -> bool:
    """Inside a quotation: new words for another act."""
    return any(text.count(a, 0, place) > text.count(b, 0, place) for a, b in ("“”", "«»"))


@cache
def amending(code: str) -> re.Pattern[str]:
    """Words of provisions that change another act; their references point there."""
    return re.compile(rf"(?<!\w)(?:{alternatives(structure(code)['acts']['amending'])})(?!\w)", re.IGNORECASE)
