"""The outcome of a demand: literal edits, removals and figures are checked, the rest weighed by words and meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback_synth.analysis import _demand
from feedback_synth.analysis._changes import Gain, Gains
from feedback_synth.analysis._demand import Demand
from feedback_synth.analysis._evidence import Evidence, Where
from feedback_synth.analysis._figures import Figure
from feedback_synth.analysis._words import features
from feedback_synth.datamodel.comparison import Outcome

MOST = 4  # changes shown as evidence
_HERE, NEAR = 0.6, 0.25  # place from which a change stands in the linked provision, and in or beside it
PLACE = 0.3  # worth of the place beside that of words and meaning
_TAKEN = 0.26  # content from which a change takes a demand in, wherever it stands
_TAKEN_HERE = 0.14  # the same in the linked provision or beside it
_FULL = 0.3  # content from which it is taken in fully
_OWN_WORDS = 0.3  # likeness in words from which an insertion is the one dictated, in other words or in part
_LEFT = 0.25  # share of the removed words that the demand names
_RESTATES = 0.5  # share of a demand's words in the old text from which it only presses for what is there
_CLEAR = 0.08  # distance from a threshold under which a person should look


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    score: float
    gains: tuple[Gain, ...] = ()
    unsure: bool = False
    reason: str = ""


def judge(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict:
    """The outcome of ``demand`` by the first check that can tell, certain ones first."""
    for check in (_dictated, _removed, _figured, _criticised, _arranged, _struck, _worded, _touched):
        verdict = check(demand, where, gains, evidence)
        if verdict is not None:
            return verdict
    return Verdict(_nothing(demand, where), 0.7, (), bool(where.old) and _near_miss(evidence), "unchanged")


# ---- certain ---------------------------------------------------------------------------------------
def _dictated(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """Words dictated literally: looked for where the opinion belongs, then anywhere."""
    edits = [e for e in demand.edits if len(e.old) > 1 or len(e.new) > 1]
    if not edits:
        return None
    here = _standing(evidence)
    for i in [*here, *(i for i in range(len(gains.all)) if i not in here)]:
        g = gains.all[i]
        found = [_demand.literal(e, g.change.old_text, g.change.new_text) for e in edits]
        if "full" in found:
            whole = all(f == "full" for f in found)
            return Verdict("full" if whole else "partial", 0.97 if whole else 0.8, (g,), False, "edit")
        if i in here and "partial" in found and evidence.content[i] >= _TAKEN:
            return Verdict("partial", 0.6, (g,), True, "edit")
        if i in here and all(e.kind == "insert" for e in edits) and g.gained and evidence.words[i] >= _OWN_WORDS:
            return Verdict("full", 0.6, (g,), True, "edit")
    if here and demand.language not in {gains.all[i].language for i in here}:
        return None  # words dictated in another language than the draft's may stand there in its own
    return Verdict("none", 0.9, (), False, "edit")


def _removed(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """A wish to delete: the provision is gone, or words of the opinion left it."""
    if not demand.removes:
        return None
    here = _standing(evidence)
    gone = [gains.all[i] for i in here if gains.all[i].change.kind == "removed"]
    if gone:
        return Verdict("full", 0.95, tuple(gone[:MOST]), False, "removed")
    struck = [gains.all[i] for i in here if evidence.left[i] >= _LEFT and not gains.all[i].gained]
    if struck:
        return Verdict("full", 0.8, tuple(struck[:MOST]), False, "removed")
    if not demand.deletes or demand.request != "delete" or "remove" not in demand.ways:
        return None
    return Verdict("none", 0.8 if where.old else 0.5, (), not where.old, "removed")


def _figured(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """Figures asked for: written in the new words of the right place, met in part, or gone the other way."""
    if demand.request == "question" or (demand.request == "difficulty" and not where.explicit):
        return None
    places = _standing(evidence) or [i for i in range(len(gains.all)) if evidence.content[i] >= _TAKEN]
    places = [i for i in places if not _another_row(demand, where, gains.all[i])]
    hits = {i: [t for t in demand.targets if _holds(gains.all[i].figures_gained, t)] for i in places}
    met = [t for found in hits.values() for t in found]
    if not any(m.measure != "date" for m in met):
        contrary = [gains.all[i] for i in places if _contrary(demand, gains.all[i], evidence, i)]
        if contrary:
            return Verdict("opposite", 0.85, tuple(contrary[:MOST]), False, "figure")
    if not met:
        return _approached(demand, gains, evidence, places)
    needed = _needed(demand, met)
    whole = all(_holds(met, t) for t in needed)
    shown = tuple(gains.all[i] for i, found in hits.items() if found)[:MOST]
    return Verdict("full" if whole else "partial", 0.9 if whole else 0.7, shown, not whole, "figure")


def _another_row(demand: Demand, where: Where, gain: Gain) -> bool:
    """Whether this is a new row of a table of which the opinion means an old row."""
    new = gain.change.kind == "added" and bool(gain.change.table_row)
    return new and bool(where.rows) and demand.request != "add"


def _needed(demand: Demand, met: Sequence[Figure]) -> list[Figure]:
    """The figures that must be there: amounts; counts where one was met (a year beside it tells when)."""
    exact = [t for t in demand.targets if t.measure not in ("count", "plain")]
    counts = [t for t in demand.targets if t.measure in ("count", "plain")]
    dated = all(t.measure == "date" for t in exact)
    return counts if dated and any(m.measure == "count" for m in met) else exact or counts


def _contrary(demand: Demand, gain: Gain, evidence: Evidence, i: int) -> bool:
    """Whether a figure of the right place went the other way; a row of a table only when the opinion speaks of it."""
    if demand.request == "add" or (gain.change.table_row and evidence.place[i] < _HERE and not evidence.words[i]):
        return False
    about_row = not gain.change.table_row or bool(
        set(features(gain.change.table_row, gain.language)) & set(demand.query)
    )
    return about_row and _demand.against(demand, gain.figures_lost, gain.figures_gained)


def _approached(demand: Demand, gains: Gains, evidence: Evidence, places: Sequence[int]) -> Verdict | None:
    """Another amount of the kind asked for was written where there was none, or the figure went part of the way."""
    for i in places:
        gain = gains.all[i]
        if (
            (evidence.place[i] >= _HERE or _demand.names_lost(demand, gain.figures_lost))
            and not gain.change.table_row
            and _demand.toward(demand, gain.figures_lost, gain.figures_gained)
        ):
            return Verdict("partial", 0.6, (gain,), True, "figure")
    return None


def _arranged(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """A wish to merge or move provisions, against provisions merged or moved."""
    for wish, kinds in ((_demand.joins, ("merged",)), (_demand.moves, ("moved",))):
        if wish(demand):
            done = [gains.all[i] for i in _standing(evidence) if gains.all[i].change.kind in kinds]
            if done:
                return Verdict("full", 0.85, tuple(done[:MOST]), False, "arranged")
    return None


def _criticised(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """A figure that the opinion names, asking for no other, left the linked provision."""
    if demand.targets or len(_demand.weighty(demand.named)) != 1 or demand.request not in ("amend", "other"):
        return None
    here = [gains.all[i] for i in _standing(evidence) if evidence.place[i] >= _HERE]
    gone = [g for g in here if g.figures_gained and _demand.names_lost(demand, g.figures_lost)]
    return Verdict("partial", 0.5, tuple(gone[:MOST]), True, "figure") if gone else None


# ---- by words --------------------------------------------------------------------------------------
def _struck(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """Words that the opinion finds fault with left the linked provision."""
    least = _LEFT
    if demand.request == "difficulty" and where.explicit:
        least = 2 * _LEFT  # it finds fault with the place it names, and asks for no words
    elif demand.request not in ("amend", "delete", "consider", "agree_with_remarks", "other"):
        return None
    found = [i for i in _standing(evidence) if evidence.left[i] >= least and evidence.place[i] >= _HERE]
    best = sorted(found, key=lambda i: -evidence.left[i])
    if not best or (_demand.weighty(demand.targets) and not demand.named):
        return None
    return Verdict("full", 0.7, tuple(gains.all[i] for i in best[:MOST]), evidence.left[best[0]] < 2 * _LEFT, "struck")


def _worded(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """New words that are the demand's own, or mean the same."""
    if not gains.all:
        return None
    content = evidence.content
    order = [int(i) for i in np.argsort(-(content + PLACE * evidence.place), kind="stable")]
    taken = [i for i in order if content[i] >= _least(demand, evidence, i)]
    if not taken:
        return None
    best = float(content[taken[0]] + PLACE * evidence.place[taken[0]])
    shown = [i for i in taken if content[i] + PLACE * evidence.place[i] >= 0.7 * best][:MOST]
    chosen = tuple(gains.all[i] for i in shown)
    full = content[taken[0]] >= _FULL and not _short_of(demand, chosen) and demand.request != "consider"
    return Verdict("full" if full else "partial", min(1.0, best), chosen, content[taken[0]] < _FULL + _CLEAR, "words")


def _touched(demand: Demand, where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """The provision named was changed in substance, in a way that words cannot tell: unsure, in part at the most."""
    if demand.only_asks:
        return _answered(where, gains, evidence)
    if demand.request not in ("amend", "consider", "add") or _demand.weighty(demand.targets):
        return None
    least = {"amend": 0.9, "consider": _HERE}.get(demand.request, 2.0)
    found = [
        i
        for i in _standing(evidence)
        if gains.all[i].gained
        and not _only_more_columns(gains.all[i])
        and (evidence.place[i] >= least or (evidence.place[i] >= _HERE and evidence.known[i] >= _RESTATES))
    ]
    if not found:
        return None
    return Verdict("partial", 0.4, tuple(gains.all[i] for i in found[:MOST]), True, "touched")


def _answered(where: Where, gains: Gains, evidence: Evidence) -> Verdict | None:
    """A question on a named provision that got words and lost none: an answer, perhaps not the whole."""
    found = [i for i in _standing(evidence) if evidence.place[i] >= _HERE and where.explicit]
    added = [
        g
        for g in (gains.all[i] for i in found)
        if g.gained and not (g.change.deleted or g.change.table_row or g.change.inserted.startswith(";"))
    ]  # what stands behind a semicolon is a matter of its own
    return Verdict("partial", 0.4, tuple(added[:MOST]), True, "touched") if added else None


def _only_more_columns(gain: Gain) -> bool:
    """Whether a row of a table only got further cells: the change is one of the whole table."""
    return bool(gain.change.table_row) and gain.change.kind == "modified" and not gain.change.deleted


def _least(demand: Demand, evidence: Evidence, i: int) -> float:
    """The content that a change must have; more for questions and difficulties, which ask for no words."""
    least = _TAKEN_HERE if evidence.place[i] >= NEAR else _TAKEN
    if demand.only_asks:
        return least + 0.1
    return least + 0.08 if demand.request == "difficulty" else least


def _short_of(demand: Demand, chosen: Sequence[Gain]) -> bool:
    """Whether the opinion asks for figures that none of the changes has, or lists things of which some are missing."""
    needed = _demand.weighty(demand.targets)
    if needed and not any(_holds(g.figures_gained, t) for t in needed for g in chosen):
        return True
    held = {f for g in chosen for f in features(g.change.new_text, g.language)}
    kinds = [bool(set(features(item, demand.language)) & held) for item in _items(demand.text)]
    return len(kinds) >= 2 and any(kinds) and not all(kinds)


def _items(text: str) -> list[str]:
    """The short members of an enumeration ("chè, dược liệu, máy nông nghiệp"); [] where there is none."""
    parts = re.split(r"[,;:]|\s(?:và|and|et)\s", text)
    short = [p.strip() for p in parts[1:] if p.strip() and len(p.split()) <= 5]
    return short if len(short) >= 2 else []


def _standing(evidence: Evidence) -> list[int]:
    """The changes in or beside the linked provisions, the surest first."""
    return [int(i) for i in np.argsort(-evidence.place, kind="stable") if evidence.place[i] >= NEAR]


def _holds(figures: Sequence[Figure], wanted: Figure) -> bool:
    return any(wanted.same(f) for f in figures)


def _near_miss(evidence: Evidence) -> bool:
    return bool(len(evidence.content)) and float(np.max(evidence.content)) >= _TAKEN_HERE - _CLEAR / 2


def _nothing(demand: Demand, where: Where) -> Outcome:
    """Nothing changed for it: not taken in, or nothing in the drafts could answer it."""
    return "not_applicable" if demand.request == "difficulty" and not where.explicit else "none"
