"""Clauses of the speakers, judged by rules and, where words give no cue, by the trained model."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from feedback_synth import languages
from feedback_synth.languages.references import references
from feedback_synth.opinions import lexicon, role_model
from feedback_synth.opinions.asking import strong_request
from feedback_synth.opinions.clauses import clauses
from feedback_synth.opinions.grouping import Judged
from feedback_synth.opinions.kinds import Judgement, is_about_draft, judge
from feedback_synth.opinions.role_model import Advice, Encoder, Example
from feedback_synth.opinions.stretch import OPENING, Stretch

_OPINION = 0.7  # least probability that makes a clause without cue an opinion of a speech
_AGREEMENT = 0.6  # … that makes it consent
_ASIDE = 0.12  # probability below which a cue word makes no opinion
_NOTE_ASIDE = 0.25  # … and a cell or comment is none
_LEAD_WORDS = 16  # of the words before a list in a sentence
_LEAST_LISTED = 3  # parts of a list between semicolons
_LEAST_WORDS = 5  # fewer make no opinion by themselves
_NAMES_ALONE = re.compile(  # a line of names; each ends at a separator, so that capitals are tried once
    r"(?:[A-ZĐÀ-Ỹ][\w'’.-]*(?:[,\s]+|$)|(?:of|and|for|the|with|de|du|des|et|la|les|pour)\s)+"
)
HEADING_FORM = re.compile(r"[^\W\d_][^\s.;:?!,\d]*(?: [^\s.;:?!,\d]+){0,4}\.")  # of a paragraph, in its first line
_REFERRED = re.compile(r"\([^()]*\d[^()]*\)\.?\s*$")  # "About the burial grant (clause 5, Article 4)."
_CITES = re.compile(  # the draft, a verb, and a quotation up to the end
    r"(?P<head>[^:“”\"«»]{4,60}?)\s?:\s*(?:«[^»]{12,}»|“[^”]{12,}”|\"[^\"]{12,}\")\s*[.;]?\s*$"
)
HEADING = "structure:heading of a paragraph"
_WEAK = ("request", "critique", "difficulty")
_UNASKED = ("neutral", "critique", "difficulty")


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch with its language and its judged clauses."""

    stretch: Stretch
    code: str
    judged: list[Judged]


def judged_by_rules(stretch: Stretch, text: str, code: str) -> Reading:
    """The clauses of one stretch of a speech or note; ``text`` is its block's."""
    found = [
        Judged(c, text[c.start : c.end], _judge(text[c.start : c.end], code, stretch, c.asks))
        for c in clauses(text, stretch.start, stretch.end, code, governed=bool(stretch.asks))
    ]
    found = _headed(_governed(found, stretch, code), code)
    found = _enumerated(_repeated(_parallel(found, code), code), text, stretch.start)
    return Reading(stretch, code, _listed_below(_cited(found, code), code))


def advised(readings: list[Reading], encode: Encoder | None) -> list[Reading]:
    """The readings with the model's advice on clauses that the rules are unsure of; all encoded at once."""
    unsure = [(r, i) for r in readings for i, j in enumerate(r.judged) if not r.stretch.listed and _unsure(j, r.code)]
    examples = [Example(r.judged[i].text, r.code, r.judged[i].judgement.kind) for r, i in unsure]
    for (reading, i), advice in zip(unsure, role_model.advise(examples, encode), strict=True):
        one = reading.judged[i]
        item = one.clause.joint == "item" and len(one.text.split()) > _LEAST_WORDS
        note = reading.stretch.zone == "note" or item
        weighed = _weighed(one, reading.code, advice, note=note)
        opens = weighed.kind == "remark" and reading.stretch.evidence == OPENING
        if opens and not is_about_draft(one.text, reading.code):
            weighed = Judgement("aside", OPENING)
        reading.judged[i] = replace(one, judgement=weighed)
    for reading in readings:
        reading.judged[:] = _consenting(reading.judged, reading.code)
    return readings


def _consenting(judged: list[Judged], code: str) -> list[Judged]:
    """ "We support the idea; the families have waited for it": a remark that gives the reason of consent."""
    found: list[Judged] = []
    for one in judged:
        reason = one.judgement.kind == "remark" and one.clause.joint == "part" and found != []
        if reason and found[-1].judgement.kind == "agreement" and lexicon.starts(code, "joint.reason", one.text):
            one = replace(one, judgement=Judgement("aside", found[-1].judgement.evidence))
        found.append(one)
    return found


def _unsure(one: Judged, code: str) -> bool:
    if one.judgement.kind == "request" and strong_request(one.text, code):
        return False
    return one.judgement.kind == "neutral" or one.judgement.kind in _WEAK


def _weighed(one: Judged, code: str, advice: Advice | None, *, note: bool) -> Judgement:
    """What remains of a judgement after advice. Without advice a note without cue is a remark, speech is none."""
    kind = one.judgement.kind
    if kind == "neutral" and note and not re.search(r"[^\W\d_]{2}", one.text):
        return Judgement("nothing", one.text)
    if advice is None:
        return Judgement("remark", "structure:a note") if kind == "neutral" and note else one.judgement
    evidence = f"model:{advice.best} {advice.of(advice.best):.2f}"
    if kind != "neutral":
        return Judgement("aside", evidence) if advice.of("opinion") < _ASIDE and not note else one.judgement
    denied = lexicon.find(code, "agreement.negated", one.text) is not None
    if advice.of("agreement") >= _AGREEMENT and one.clause.joint != "part" and not denied:
        return Judgement("agreement", evidence)
    if not note and len(one.text.split()) < _LEAST_WORDS:
        return one.judgement
    if not note and _NAMES_ALONE.fullmatch(one.text.strip()):
        return one.judgement
    if advice.of("opinion") >= (_NOTE_ASIDE if note else _OPINION):
        return Judgement("remark", evidence)
    return one.judgement


def _headed(judged: list[Judged], code: str) -> list[Judged]:
    """ "3. Housing. The rent ceiling …", "First, eligibility. Clause 2 …": a few words of no verb before the sentences
    of an item are its heading.
    """
    if len(judged) < 2 or judged[0].judgement.kind != "neutral" or judged[1].clause.joint != "sentence":
        return judged
    text, clause = judged[0].text, judged[0].clause
    numbered = clause.joint == "item" or clause.start > clause.lead
    named = _names_place(text, code)
    heads = HEADING_FORM.fullmatch(text) and not lexicon.starts(code, "speech.self", text)
    titled = len(text.split()) <= _LEAD_WORDS and _REFERRED.search(text) and lexicon.starts(code, "joint.topic", text)
    if not numbered or clause.topic or not (named or heads or titled):
        return judged
    return [replace(judged[0], judgement=Judgement("procedure", HEADING)), *judged[1:]]


def _names_place(text: str, code: str) -> bool:
    """Whether words name a place of the draft and do little else: "Article 5.", "Part II, point 3 of the Project."."""
    places = references(text, code)
    besides = text
    for place in reversed(places):
        besides = f"{besides[: place.start]} {besides[place.end :]}"
    return bool(places) and len(besides.split()) < _LEAST_WORDS


def _governed(judged: list[Judged], stretch: Stretch, code: str) -> list[Judged]:
    """The first clause behind "asked why", "proposed that" asks, whatever its own words."""
    if not stretch.asks or not judged or judged[0].judgement.kind not in _UNASKED:
        return judged
    return [replace(judged[0], judgement=_asked(stretch.asks, code)), *judged[1:]]


def _asked(verb: str, code: str) -> Judgement:
    """What the verb of speech makes of its object: "proposed" a request, "feared" a criticism."""
    return Judgement("critique" if lexicon.equals(code, "speech.worrying", verb) else "request", verb)


def _parallel(judged: list[Judged], code: str) -> list[Judged]:
    """ "We ask that …; that …": members of a list that one verb governs ask as its first member does."""
    found: list[Judged] = []
    asking = False
    for one in judged:
        asking = (asking and one.clause.joint == "part") or one.asks
        that = lexicon.starts(code, "speech.that", one.text)
        if asking and not one.asks and one.clause.joint == "part" and that and one.judgement.kind != "agreement":
            one = replace(one, judgement=Judgement("request", that.words))
        found.append(one)
    return found


def _repeated(judged: list[Judged], code: str) -> list[Judged]:
    """ "Free tickets for pupils; for pregnant women as well": a part that repeats the request before it asks, too."""
    found: list[Judged] = []
    for one in judged:
        ends = [c for c in lexicon.find_all(code, "joint.likewise", one.text) if c.end >= len(one.text.rstrip(" .;"))]
        if ends and one.clause.joint == "part" and found and found[-1].asks and one.judgement.kind == "neutral":
            one = replace(one, judgement=Judgement("request", ends[0].words))
        found.append(one)
    return found


def _cited(judged: list[Judged], code: str) -> list[Judged]:
    """ "The text says: “…”.": the words of a draft and nothing else, of which the sentence behind asks nothing."""
    found: list[Judged] = []
    for one, following in zip_longest(judged, judged[1:]):
        cites = _CITES.match(one.text) if one.judgement.kind in _UNASKED else None
        said = lexicon.find(code, "draft.says", cites["head"]) if cites else None
        taken_up = following is not None and (following.asks or following.tells)
        plain = cites is not None and judge(cites["head"], code).kind == "neutral"  # the words quoted judge nothing
        if cites and plain and said and lexicon.find(code, "draft.words", cites["head"]) and not taken_up:
            one = replace(one, judgement=Judgement("draft_summary", said.words))
        found.append(one)
    return found


def _enumerated(judged: list[Judged], text: str, start: int) -> list[Judged]:
    """ "But: more prostheses; the stands, to be removed; nothing for the deaf": three parts or more between semicolons
    behind a colon of the speech, one of which asks; each is asked for by itself, but not the reason of what
    stands behind it ("forty is little; sixty would do").
    """
    found = list(judged)
    for first in range(len(found)):
        last = first + 1
        while last < len(found) and found[last].clause.joint == "part":
            last += 1
        run = found[first:last]
        marks = (text[a.clause.end : b.clause.start].strip() == ";" for a, b in pairwise(run))
        behind = text[start : found[first].clause.start].rstrip().endswith(":")  # not the one behind a speaker
        if len(run) < _LEAST_LISTED or not behind or not any(j.asks for j in run) or not all(marks):
            continue
        for i, one in enumerate(run, start=first):
            reason = one.judgement.kind != "neutral" and i + 1 < last and judged[i + 1].asks
            if one.judgement.kind in _UNASKED and not reason and len(one.text.split()) > _LEAST_WORDS:
                found[i] = replace(one, judgement=Judgement("request", "structure:list behind a colon"))
    return found


def _listed_below(judged: list[Judged], code: str) -> list[Judged]:
    """ "The mission recommends: a) …; b) …": the words before the list announce it, and its members ask."""
    found: list[Judged] = []
    asks = ""
    for one, following in zip_longest(judged, judged[1:]):
        leads = one.text.rstrip().endswith(":") and following is not None and following.clause.joint == "item"
        cue = strong_request(one.text, code) if leads and len(one.text.split()) <= _LEAD_WORDS else None
        if cue:
            asks = cue.words
            one = replace(one, judgement=Judgement("procedure", cue.words))
        elif one.clause.joint != "item":
            asks = ""
        elif asks and one.judgement.kind in _UNASKED:
            one = replace(one, judgement=Judgement("request", asks))
        found.append(one)
    return found


def _judge(text: str, code: str, stretch: Stretch, asks: str) -> Judgement:
    found = judge(text, code)
    if asks and found.kind in _UNASKED:
        return _asked(asks, code)
    blank = any(lexicon.equals(c, "agreement.blank", text) for c in dict.fromkeys((code, *languages.codes())))
    surveyed = stretch.zone == "note" and stretch.context and (blank or _knows_nothing(text, code))
    if surveyed:
        return Judgement("nothing", text)
    if found.kind == "neutral" and text.rstrip().endswith(":") and stretch.zone == "speech":
        return Judgement("procedure", "structure:lead-in")  # "She spoke at length, in short:"
    if stretch.listed and found.kind != "nothing":
        return Judgement("request", stretch.evidence)
    return found


def _knows_nothing(text: str, code: str) -> bool:
    """ "I am not from here, so I don't know": an answer in which somebody says of himself that he has none."""
    said = text.rstrip(" .!…")
    ends = [c for c in lexicon.find_all(code, "agreement.unknowing", said) if c.end == len(said)]
    own = lexicon.starts(code, "speech.self", text) is not None
    return own and bool(ends) and len(text.split()) <= _LEAD_WORDS
