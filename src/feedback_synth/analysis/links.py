"""Which provisions an opinion is about: named, quoted or found by words; nothing where it is about none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from feedback_synth.analysis import _corpus, _places, _search
from feedback_synth.analysis._corpus import Entry, chain
from feedback_synth.analysis._directions import says
from feedback_synth.analysis._places import Named, Target
from feedback_synth.analysis._search import Fits, Search
from feedback_synth.analysis._vectors import Encode
from feedback_synth.analysis._words import features
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

_MILD = ("other", "add", "consider", "clarify", "question")  # requests that a bare difficulty is mistaken for
MOST = 4  # links of one opinion that are not explicit
_LEAST = 0.1  # fit under which an opinion is about no provision
_LEAST_WORDS = 0.28  # fit in words alone that a difficulty needs
_LEAST_DIFFICULTY = 0.4  # the same for a difficulty, which rarely speaks of the draft's words
_LEAST_GENERAL = 0.6  # the same for remarks on the whole draft
_NEAR, _NEAR_OTHER = 0.6, 0.7  # share of the best fit that a further link must reach, and the other draft's twin
_TWIN = 0.5  # worth of saying the same as the provision found first, for a link to another draft
_SETTLED = 0.18  # lead by which a provision inside a named one is taken to be meant
_SETTLED_LEAD_IN = 0.1  # the same when the place heads several points
_SETTLED_ADD = 0.35  # the same when something is to be added, which the inner provisions need not speak of


def link(
    opinions: Sequence[Opinion],
    drafts: Sequence[Draft],
    *,
    anchors: Mapping[str, tuple[str, str]] | None = None,
    encode: Encode | None = None,
    groups: Mapping[str, str] | None = None,
) -> tuple[Link, ...]:
    """Links of each opinion, best first, scores in 0..1; opinions about no provision have none.

    ``anchors`` names the draft kind and provision id of annotated words by opinion id; ``groups`` the content group
    where it is known: what is sorted as a difficulty is linked as one.
    """
    search = _search.prepare(_corpus.build(drafts), encode)
    vectors = _search.opinion_vectors(opinions, encode)
    befores = [_before(opinions, i) for i in range(len(opinions))]

    def fits(found: Search, i: int, opinion: Opinion) -> Fits:
        return found.fits(opinion, vectors[i] if vectors is not None else None, befores[i])

    links = _named(opinions, search, fits, anchors or {})
    said = _said(opinions, links)
    rich = replace(search, corpus=_corpus.enrich(search.corpus, said)) if said else search
    out: list[Link] = []
    for i, opinion in enumerate(opinions):
        told = _as_difficulty(opinion, groups or {})
        out += links.get(opinion.id) or _found(told, rich, fits(rich, i, told))
    return tuple(out)


def _as_difficulty(opinion: Opinion, groups: Mapping[str, str]) -> Opinion:
    """The opinion as a difficulty, where it is sorted as one and its request is a mild or doubtful one."""
    if groups.get(opinion.id) == "difficulties" and opinion.request in _MILD:
        return replace(opinion, request="difficulty")
    return opinion


def _named(
    opinions: Sequence[Opinion],
    search: Search,
    fits: Callable[[Search, int, Opinion], Fits],
    anchors: Mapping[str, tuple[str, str]],
) -> dict[str, list[Link]]:
    """The explicit links by opinion id; an open place ("khoản 2") follows what the speaker named last."""
    links: dict[str, list[Link]] = {}
    last: dict[tuple[str, str, str], Link] = {}
    for i, opinion in enumerate(opinions):
        places = _places.named_places(opinion)
        if opinion.id not in anchors and not places:
            continue
        speaker = (opinion.source_id, opinion.author.name, opinion.author.organization)
        own = _anchored(opinion, search, anchors.get(opinion.id))
        own = own or _explicit(opinion, places, search, fits(search, i, opinion), last.get(speaker))
        if own:
            links[opinion.id], last[speaker] = own, own[0]
    return links


def _said(opinions: Sequence[Opinion], links: Mapping[str, list[Link]]) -> dict[tuple[str, str], list[str]]:
    """The features of the opinions that name each provision."""
    said: dict[tuple[str, str], list[str]] = {}
    for opinion in opinions:
        for x in links.get(opinion.id, ())[:1]:
            said.setdefault((x.draft, x.provision_id), []).extend(features(opinion.text, opinion.language))
    return said


def _before(opinions: Sequence[Opinion], i: int) -> Opinion | None:
    before = opinions[i - 1] if i else None
    return before if _search.goes_on(opinions[i], before) else None


def check(opinions: Iterable[Opinion], drafts: Sequence[Draft]) -> tuple[Notice, ...]:
    """A notice "reference_not_found" for each place that an opinion names and no draft has."""
    notices = []
    for opinion in opinions:
        for place in _places.named_places(opinion):
            if (place.reference.levels or place.reference.table) and not _places.targets(place, drafts):
                values = (("opinion", opinion.id), ("place", place.words), ("draft", place.draft))
                notices.append(Notice("reference_not_found", values, opinion.span))
    return tuple(notices)


def _found(opinion: Opinion, search: Search, fits: Fits) -> list[Link]:
    if says("bases", opinion.text, opinion.language):
        return _preambles(opinion, search)
    return _implicit(opinion, search, fits)


# ---- named places ----------------------------------------------------------------------------------
def _anchored(opinion: Opinion, search: Search, anchor: tuple[str, str] | None) -> list[Link]:
    """The provision of the annotated words; the one above it when one more of its kind is asked for."""
    if anchor is None:
        return []
    for _, entry in search.corpus.of(anchor[0]):
        if entry.provision.id == anchor[1] and entry.row is None:
            above = entry.draft.by_id.get(entry.provision.parent_id)
            if above is not None and opinion.request == "add" and _one_more(opinion, _corpus.heading_of(above)):
                entry = next(e for _, e in search.corpus.of(anchor[0]) if e.provision is above and e.row is None)
            return [_link(opinion, entry, True, 1.0, "")]
    return []


def _one_more(opinion: Opinion, heading: str) -> bool:
    """Whether the opinion begins by asking for one more of what ``heading`` announces ("Thêm một quan điểm …")."""
    begin, name = match_key(" ".join(opinion.text.split()[:6])), match_key(heading)
    return bool(name) and name in begin


def _explicit(
    opinion: Opinion, places: Sequence[Named], search: Search, fits: Fits, previous: Link | None
) -> list[Link]:
    best: dict[tuple[str, str], Link] = {}
    for place in places:
        target = _choose(place, search, fits, previous)
        if target is None:
            continue
        made = _settle(opinion, target, place, search, fits)
        best.setdefault((made.draft, made.provision_id), made)
    return sorted(best.values(), key=lambda x: -x.score)


def _choose(place: Named, search: Search, fits: Fits, previous: Link | None) -> Target | None:
    """The provision meant by a place: numbers first, then the opinion's words, then where the speaker just was."""
    candidates = _places.targets(place, search.corpus.drafts)
    if not candidates:
        return None
    totals = _totals(search, fits)

    def merit(t: Target) -> float:
        near = previous is not None and previous.draft == t.draft.kind
        beside = near and _siblings(t.draft, previous.provision_id, t.provision) if previous else False
        inside = max((totals.get((t.draft.kind, p.id), 0.0) for p in _below(t.draft, t.provision)), default=0.0)
        return 2 * t.fit + inside + (0.1 if near else 0.0) + (0.3 if beside else 0.0)

    return max(candidates, key=merit)


def _settle(opinion: Opinion, target: Target, place: Named, search: Search, fits: Fits) -> Link:
    """The named provision, or the one inside it (or the table row) that the opinion's words single out."""
    inner = {p.id for p in _below(target.draft, target.provision)}
    rows = [(i, e) for i, e in search.corpus.of(target.draft.kind) if e.provision.id in inner]
    own = next((fits.total[i] for i, e in rows if e.provision is target.provision and e.row is None), 0.0)
    quoted = [(i, e) for i, e in rows if fits.quotes[i] and e.row is None]
    score = 0.9 + 0.09 * target.fit
    if len(quoted) == 1:
        return _link(opinion, quoted[0][1], True, score, place.words)
    deeper = sorted(
        ((float(fits.total[i]), e) for i, e in rows if e.row is None and not e.container), key=lambda x: -x[0]
    )
    lead = deeper[0][0] - max(own, deeper[1][0] if len(deeper) > 1 else 0.0) if deeper else 0.0
    if deeper and deeper[0][1].provision is not target.provision and lead >= _lead(opinion, place):
        return _link(opinion, deeper[0][1], True, score - 0.03, place.words)
    entry = next(e for _, e in rows if e.provision is target.provision and e.row is None)
    row = _row(target, rows, fits) if target.table or any(e.row for _, e in rows) else ""
    return _link(opinion, entry, True, score, place.words, row)


def _lead(opinion: Opinion, place: Named) -> float:
    """The lead that an inner provision needs: little under a lead-in, which heads many points."""
    if place.source == "lead_in":
        return _SETTLED_LEAD_IN
    return _SETTLED_ADD if opinion.request == "add" else _SETTLED


def _row(target: Target, rows: Sequence[tuple[int, Entry]], fits: Fits) -> str:
    """The name of the table row that the opinion's words fit best, "" if none stands out."""
    scored = sorted(
        ((float(fits.total[i]), e.row.name) for i, e in rows if e.row and e.provision is target.provision), reverse=True
    )
    if not scored or scored[0][0] < _LEAST:
        return ""
    return scored[0][1]


def _below(draft: Draft, provision: Provision) -> list[Provision]:
    found = [provision]
    for p in found:
        found.extend(draft.children.get(p.id, ()))
    return found


def _siblings(draft: Draft, one: str, other: Provision) -> bool:
    """Whether a provision stands in the same outermost unit as ``one`` or right beside it."""
    if one not in draft.by_id:
        return False
    a, b = chain(draft, draft.by_id[one]), chain(draft, other)
    return a[0].id == b[0].id or draft.by_id[one].parent_id == other.parent_id


def _totals(search: Search, fits: Fits) -> dict[tuple[str, str], float]:
    out: dict[tuple[str, str], float] = {}
    for i, e in enumerate(search.corpus.entries):
        key = (e.draft.kind, e.provision.id)
        out[key] = max(out.get(key, 0.0), float(fits.total[i]))
    return out


# ---- found by words --------------------------------------------------------------------------------
def _preambles(opinion: Opinion, search: Search) -> list[Link]:
    named = _search.named_drafts(opinion)
    entries = [e for e in search.corpus.entries if e.provision.level == "preamble"]
    chosen = [e for e in entries if e.draft.kind in named] or entries
    return [_link(opinion, e, False, 0.8, "") for e in chosen]


def _implicit(opinion: Opinion, search: Search, fits: Fits) -> list[Link]:
    """The provisions that fit best, the first of each draft before the others."""
    allowed = _allowed(opinion, search, fits)
    if not allowed:
        return []
    best = allowed[0]
    twin = _twin(best, allowed, search, fits)
    near = [i for i in allowed[1:] if fits.total[i] >= _NEAR * fits.total[best] and i != twin]
    chosen: dict[tuple[str, str], Link] = {}
    for i in [best, *([twin] if twin is not None else []), *near]:
        entry = search.corpus.entries[i]
        row = entry.row.name if entry.row else ""
        made = _link(opinion, entry, False, _confidence(float(fits.total[i])), fits.evidence(search.corpus, i), row)
        chosen.setdefault((made.draft, made.provision_id), made)
    return list(chosen.values())[:MOST]


def _allowed(opinion: Opinion, search: Search, fits: Fits) -> list[int]:
    """The entries an opinion may be about, best first; none when it is about no provision."""
    order = [int(i) for i in np.argsort(-fits.total, kind="stable")]
    if opinion.request == "difficulty":
        order = [i for i in order if "situation" in search.corpus.entries[i].parts and fits.words[i] >= _LEAST_WORDS]
    return order if order and fits.total[order[0]] >= _threshold(opinion) else []


def _twin(best: int, allowed: Sequence[int], search: Search, fits: Fits) -> int | None:
    """The entry of another draft on the same matter: near to the opinion, and to what was found first."""
    twins = search.twins(best)
    others = [i for i in allowed if twins[i] > 0]
    if not others:
        return None
    found = max(others, key=lambda i: float(fits.total[i] + _TWIN * twins[i]))
    return found if fits.total[found] + _TWIN * twins[found] >= _NEAR_OTHER * fits.total[best] else None


def _threshold(opinion: Opinion) -> float:
    if _search.is_general(opinion):
        return _LEAST_GENERAL
    return _LEAST_DIFFICULTY if opinion.request == "difficulty" else _LEAST


def _confidence(fit: float) -> float:
    """A fit as a score that stays under those of named places."""
    return round(min(0.89, fit / (fit + 0.35)), 4)


def _link(opinion: Opinion, entry: Entry, explicit: bool, score: float, evidence: str, row: str = "") -> Link:
    provision = entry.provision
    return Link(opinion.id, entry.draft.kind, provision.id, provision.label, explicit, round(score, 4), evidence, row)
