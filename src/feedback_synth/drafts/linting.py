"""What an editor should look at in drafts before they go out; each finding is a notice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.draft import Draft, Indicator
from feedback_synth.drafts import cross_references, sums
from feedback_synth.drafts.indicator_changes import written
from feedback_synth.drafts.indicators import is_money, sets_targets
from feedback_synth.drafts.zones import Zones
from feedback_synth.languages.citations import same_key
from feedback_synth.languages.text import tokens

_SAME_NAME = 0.75  # share of common words from which two indicators measure one thing


def lint(drafts: Sequence[Draft]) -> tuple[Notice, ...]:
    """Findings in each draft, then those between drafts; what ``parse`` noticed stands in ``Draft.notices``."""
    found: list[Notice] = []
    for draft in drafts:
        found += _incomplete(draft)
        found += _two_values(draft)
        found += sums.check(draft)
        found += _bases(draft)
        found += cross_references.dangling(draft)
    found += _acts(drafts)
    found += _not_yet_issued(drafts)
    for a, b in combinations(drafts, 2):
        found += _between_languages(a, b) if a.kind == b.kind and a.language != b.language else _between(a, b)
    return tuple(dict.fromkeys(found))


# ---- indicators ------------------------------------------------------------------------------------
def _incomplete(draft: Draft) -> Iterator[Notice]:
    """Targets without the parts that make them measurable, one notice for each part; money needs but a unit."""
    goals = _goals(draft)
    targets = [i for i in goals if not is_money(i, draft.language)]
    lacking = {
        "unit": [i for i in goals if not i.unit],
        "deadline": [i for i in targets if not i.deadline],
        "baseline": [i for i in targets if i.unit == "%" and not i.baseline],
        "responsible": [i for i in targets if not i.responsible],
    }
    for part, found in lacking.items():
        if found:
            items = "; ".join(f"{i.label}: {i.name} ({written(i)})" for i in found)
            values = (("draft", draft.kind), ("count", str(len(found))), ("items", items))
            yield Notice(f"indicators_without_{part}", values, found[0].span)


def _goals(draft: Draft) -> Sequence[Indicator]:
    """The figures to be reached: all of a plan; of a law only those that a table gives with a time."""
    return draft.indicators if sets_targets(draft) else [i for i in draft.indicators if i.row_id and i.deadline]


def _two_values(draft: Draft) -> Iterator[Notice]:
    """The same thing to be reached by the same time, with two values."""
    goals = _goals(draft)
    for a, b in _same_things(goals, goals):
        if draft.indicators.index(a) < draft.indicators.index(b) and _differ(a, b):
            values = (("draft", draft.kind), ("name", a.name), ("label", a.label), ("value", written(a)))
            yield Notice("indicator_two_values", (*values, ("other", b.label), ("other_value", written(b))), b.span)


def _between(a: Draft, b: Draft) -> Iterator[Notice]:
    """The same target with two values in two drafts."""
    for x, y in _same_things(a.indicators, b.indicators):
        if _differ(x, y):
            values = (("name", x.name), ("draft", a.kind), ("label", x.label), ("value", written(x)))
            more = (("other_draft", b.kind), ("other", y.label), ("other_value", written(y)))
            yield Notice("indicator_differs_between_drafts", values + more, y.span)


def _differ(a: Indicator, b: Indicator) -> bool:
    same_time = not a.deadline or not b.deadline or a.deadline == b.deadline
    return same_time and (a.value, a.upper) != (b.value, b.upper)


def _same_things(old: Sequence[Indicator], new: Sequence[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Pairs of indicators of one unit whose names say the same."""
    by_unit: dict[str, list[tuple[Indicator, frozenset[str]]]] = defaultdict(list)
    for indicator in new:
        by_unit[indicator.unit.lower()].append((indicator, frozenset(tokens(indicator.name))))
    for a in old:
        words = frozenset(tokens(a.name))
        for b, others in by_unit.get(a.unit.lower(), ()):
            if a is not b and len(words) >= 2 and 2 * len(words & others) >= _SAME_NAME * (len(words) + len(others)):
                yield a, b


def _between_languages(a: Draft, b: Draft) -> Iterator[Notice]:
    """Provisions of two language versions of one draft that do not give the same figures."""
    figures = [_figures(a), _figures(b)]
    for name in sorted(figures[0].keys() | figures[1].keys()):
        here, there = figures[0].get(name, []), figures[1].get(name, [])
        if here != there and name in a.by_id and name in b.by_id:
            values = (("draft", a.kind), ("label", a.by_id[name].label), ("value", ", ".join(here)))
            more = (("other", b.by_id[name].label), ("other_value", ", ".join(there)))
            yield Notice("figures_differ_between_languages", values + more)


def _figures(draft: Draft) -> dict[str, list[str]]:
    """The values of each provision, as numbers alone, in order of size."""
    out: dict[str, list[str]] = defaultdict(list)
    for i in draft.indicators:
        if i.value is not None:
            out[i.provision_id].append(f"{i.value:g}{'%' if i.unit == '%' else ''}")
    return {name: sorted(values) for name, values in out.items()}


# ---- citations -------------------------------------------------------------------------------------
def _acts(drafts: Sequence[Draft]) -> Iterator[Notice]:
    """Acts cited with two dates, in two spellings, or dated before the year in their symbol."""
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    keys: dict[str, dict[str, str]] = defaultdict(dict)
    for draft in drafts:
        for c in draft.citations:
            place = draft.by_id[c.owner_id].label if c.owner_id in draft.by_id else ""
            keys[same_key(c.key)].setdefault(c.key, place)
            if c.date:
                dates[same_key(c.key)].setdefault(c.date, place)
    for key, found in dates.items():
        written_key = next(iter(keys[key]))
        if len(found) > 1:
            yield Notice("act_with_two_dates", (("key", written_key), ("dates", ", ".join(found))))
        year = _year_of(written_key)
        for date, label in found.items():
            if year and date[:4] != year:
                yield Notice("act_date_against_symbol", (("key", written_key), ("date", date), ("label", label)))
    for spellings in keys.values():
        if len(spellings) > 1:
            yield Notice("act_in_two_spellings", (("keys", ", ".join(spellings)),))


def _not_yet_issued(drafts: Sequence[Draft]) -> Iterator[Notice]:
    """Acts whose day, given anywhere, lies after that of the draft that cites them; by year where no day is known."""
    issued: dict[str, str] = {}
    for citation in (c for draft in drafts for c in draft.citations):
        if len(citation.date) > len(issued.get(same_key(citation.key), "")):
            issued[same_key(citation.key)] = citation.date
    for draft in drafts:
        told = set()
        for citation in draft.citations if draft.date else ():
            key = same_key(citation.key)
            day = issued.get(key) or _year_of(citation.key)
            if key not in told and day > draft.date[: len(day)] and day[:4].isdigit():
                told.add(key)
                owner = draft.by_id.get(citation.owner_id)
                values = (("draft", draft.kind), ("key", citation.key), ("label", owner.label if owner else ""))
                yield Notice("act_cited_before_issued", (*values, ("date", day), ("day", draft.date)))


def _year_of(key: str) -> str:
    year = re.search(r"/((?:19|20)\d\d)/", key)
    return year[1] if year else ""


def _basis_lines(draft: Draft) -> str:
    """The lines of the preamble that name a basis, and the items of a list of bases; not the words of enactment."""
    zones, found = Zones(draft.language), list[str]()
    for line in draft.by_id["pre"].text.split("\n") if "pre" in draft.by_id else ():
        if zones.is_basis(line) or (found and re.match(r"\s*(?:[-–+•*]|\d+[.)])", line)):
            found.append(line)
    return "\n".join(found)


def _bases(draft: Draft) -> Iterator[Notice]:
    """Acts used in the text that the legal bases do not name, where the draft names its bases by their numbers.

    A law that rests on the constitution or a treaty names none of the acts that it touches.
    """
    preamble = {p.id for p in draft.provisions if p.level == "preamble"}
    bases = _basis_lines(draft)
    cited = [c for c in draft.citations if c.owner_id == "pre" and c.text in bases]
    named = {same_key(c.key) for c in cited}
    if not any(char.isdigit() for c in cited for char in c.key):
        return
    for citation in draft.citations:
        by_symbol = any(c.isdigit() for c in citation.key)
        if citation.owner_id not in preamble and by_symbol and same_key(citation.key) not in named:
            values = (("draft", draft.kind), ("key", citation.key), ("label", draft.by_id[citation.owner_id].label))
            yield Notice("act_not_among_bases", values)
    used = {same_key(c.key) for c in draft.citations if c.owner_id not in preamble}
    unused = [c.key for c in cited if same_key(c.key) not in used]
    if unused:
        yield Notice("bases_never_used", (("draft", draft.kind), ("keys", ", ".join(dict.fromkeys(unused)))))
