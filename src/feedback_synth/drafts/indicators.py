"""Measurable targets of a draft, in prose and in tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Indicator, Provision
from feedback_synth.drafts import table_indicators
from feedback_synth.drafts.clauses_of_numbers import bare, clause_after, clause_before
from feedback_synth.drafts.indicator_words import Words, words_of
from feedback_synth.drafts.norms import without_norms
from feedback_synth.drafts.target_numbers import starting_figure, targets
from feedback_synth.languages.dates import Date, dates
from feedback_synth.languages.number_words import spelled
from feedback_synth.languages.numbers import Number
from feedback_synth.languages.sentences import sentences
from feedback_synth.languages.text import tokens
from feedback_synth.languages.words import alternatives, gather

_NAME_WORDS = 14
_SHARE_OF_TARGETS = 50  # one provision in so many must stand under objectives to make a plan of articles
_DIGIT = re.compile(r"\d")
_HEADING_END = re.compile(r"[.:;]\s|\n")


def attach(draft: Draft) -> Draft:
    """The draft with its indicators, in reading order."""
    code = draft.language
    found: list[Indicator] = []
    counts_things = sets_targets(draft)  # laws count copies and days
    rows = table_indicators.by_provision(draft)
    for provision in draft.provisions:
        for text in _told(provision, code, counts_things) if not is_situation(draft, provision) else ():
            read = _in_prose(draft, provision, text)
            found += [i for i in read if counts_things or i.unit in ("%", "‰") or is_money(i, code)]
        found += rows.get(provision.id, ())
    return replace(draft, indicators=tuple(_with_ids(_without_repetitions(draft, found))))


def _told(provision: Provision, code: str, counts_things: bool) -> Iterator[str]:
    """The heading, where it is a sentence about a share or an amount, and the text, where they have figures."""
    measured = words_of(code).measured
    if counts_things and measured.search(provision.heading):
        yield provision.heading
    sought = _DIGIT if counts_things else measured
    if sought.search(provision.text) or next(spelled(provision.text, code), None):
        yield provision.text


def sets_targets(draft: Draft) -> bool:
    """Whether the draft is a plan: without articles, or with a part of some weight about objectives or indicators.

    The numbers of a law are rules (rates, thresholds, fines), of which many have one name and several values; that one
    chapter of a code speaks of objectives does not make a plan of it.
    """
    if not any(p.level == "article" for p in draft.provisions):
        return True
    named, inside = words_of(draft.language).targets, set[str]()
    for provision in draft.provisions:
        if provision.parent_id in inside or named.search(heading_of(provision)):
            inside.add(provision.id)
    return len(inside) * _SHARE_OF_TARGETS >= len(draft.provisions) and bool(inside)


def _without_repetitions(draft: Draft, found: list[Indicator]) -> list[Indicator]:
    """A figure of the targets that a task only repeats ("11 trường nội trú") is not a second target."""
    first: dict[tuple[float | None, str], list[Indicator]] = {}
    for indicator in found:
        if indicator.row_id or is_target(draft, draft.by_id[indicator.provision_id]):
            first.setdefault((indicator.value, indicator.unit.lower()), []).append(indicator)
    return [i for i in found if not any(_repeats(i, target) for target in first.get((i.value, i.unit.lower()), ()))]


def _repeats(indicator: Indicator, target: Indicator) -> bool:
    if indicator is target or indicator.row_id or indicator.provision_id == target.provision_id:
        return False
    a, b = Counter(tokens(indicator.name)), Counter(tokens(target.name))
    return indicator.deadline in ("", target.deadline) and 2 * (a & b).total() >= 1.2 * max(1, a.total(), b.total())


def is_situation(draft: Draft, provision: Provision) -> bool:
    """Whether the provision (or one that holds it) tells how things are, not what shall be; legal bases too."""
    return provision.level == "preamble" or _headed_by(draft, provision, words_of(draft.language).situation)


def is_money(indicator: Indicator, code: str) -> bool:
    """Whether the indicator is an amount of money."""
    return words_of(code).money.search(indicator.unit) is not None


def is_target(draft: Draft, provision: Provision) -> bool:
    """Whether the provision stands under objectives or indicators."""
    return _headed_by(draft, provision, words_of(draft.language).targets)


def _headed_by(draft: Draft, provision: Provision, pattern: re.Pattern[str]) -> bool:
    """Whether the nearest heading that says either names ``pattern``; the start of a text counts as heading."""
    current: Provision | None = provision
    while current is not None:
        if pattern.search(heading_of(current)):
            return True
        current = draft.by_id.get(current.parent_id)
    return False


def heading_of(provision: Provision) -> str:
    """The words that head a provision: its heading, or the start of its text up to the first full stop."""
    return provision.heading or _HEADING_END.split(provision.text, maxsplit=1)[0][:160]


def _with_ids(found: list[Indicator]) -> Iterator[Indicator]:
    counts: Counter[str] = Counter()
    for indicator in found:
        owner = indicator.row_id or indicator.provision_id
        counts[owner] += 1
        yield replace(indicator, id=f"{owner}/i{counts[owner]}")


# ---- prose -----------------------------------------------------------------------------------------
def _in_prose(draft: Draft, provision: Provision, text: str) -> Iterator[Indicator]:
    words = words_of(draft.language)
    under_targets = is_target(draft, provision)
    heads = tuple(heading_of(p) for p in (provision, draft.by_id.get(provision.parent_id)) if p is not None)
    for start, end in sentences(text, draft.language):
        sentence = text[start:end]
        days = dates(sentence, draft.language)
        found = targets(sentence, draft.language, words, under_targets)
        if not under_targets:
            found = without_norms(found, sentence, heads, words)
        yield from _named(_indicator(draft, provision, sentence, number, days) for number in found)


def _named(found: Iterable[Indicator]) -> Iterator[Indicator]:
    """The indicators of a sentence; one that gives a figure alone is about what the next names ("có 70%, … 80% xã")."""
    later = list(found)
    for place, indicator in enumerate(later):
        if indicator.name == indicator.unit:
            same = (i.name for i in later[place + 1 :] if i.unit == indicator.unit)
            indicator = replace(indicator, name=next(same, indicator.name))
        yield indicator


def _indicator(draft: Draft, provision: Provision, sentence: str, number: Number, days: list[Date]) -> Indicator:
    words = words_of(draft.language)
    reached = _reached(sentence, number, words)
    start = starting_figure(sentence, number, draft.language, words)
    known = [d for d in days if not words.compared.search(sentence[: d.start])]
    known = [d for d in known if start is None or not start.end <= d.start < number.start]  # "từ 1,1% năm 2025"
    return Indicator(
        id="",
        provision_id=provision.id,
        label=provision.label,
        text=_quote(sentence, number),
        name=name_of(
            sentence, start if start and (number.measure != "count" or _lasts(number, words)) else number, words
        ),
        value=number.value if reached is None else reached,
        unit=_unit(sentence, number, words),
        comparator=number.comparator,
        deadline=_deadline(draft, provision, sentence, number, known),
        baseline=number.digits
        if reached is not None
        else start.digits
        if start
        else _baseline(sentence, number, words),
        population=_population(sentence, number, words),
        responsible=_responsible(sentence, words),
        upper=None if reached is not None else number.upper,
        span=_span(provision, sentence),
    )


def _reached(sentence: str, number: Number, words: Words) -> float | None:
    """The end of a change written as a range: "tăng 60 - 70%", "passe de 90 à 30 jours"; None where it is a range."""
    before = clause_before(sentence, number)
    if number.fallen is not None and (words.range_start.search(before) or words.from_to.search(before)):
        return number.fallen
    return number.upper if words.from_to.search(before) else None


def _unit(sentence: str, number: Number, words: Words) -> str:
    """The unit, with "per month" and the like ("VND/month", "triệu đồng/năm học"), and nouns without adjectives."""
    rest = sentence[number.end :]
    if number.measure not in ("money", "count") or (per := _per().match(rest)) is None:
        return _noun(sentence, number, words)
    if per["each"]:
        return f"{number.unit}/{per['each']}" if number.measure == "money" else number.unit
    return number.unit + re.sub(r"\s*/\s*", "/", per["slashes"].rstrip())


def _noun(sentence: str, number: Number, words: Words) -> str:
    """The noun that is counted: "schemes" of "48 degraded schemes", whose unit is the word behind the number."""
    start = number.end - len(number.unit)
    if number.measure != "count" or sentence[start : number.end] != number.unit:
        return number.unit
    match = words.described.match(sentence, start)
    return match["noun"] if match and not words.linking.search(match[0]) else number.unit


@cache
def _per() -> re.Pattern[str]:
    """ "/người/tháng", "/dự án", " per month"."""
    word = r"[^\W\d_]+\d?"
    whole = rf"{word}(?: {word}){{1,3}}(?=\s*(?:[/,;:.)]|$))"  # to the next mark: "/vận động viên/năm"
    thing = rf"(?:(?:{alternatives(gather('measures', 'things'))})(?!\w)|{whole}|{word}(?: học(?!\w))?)"
    return re.compile(
        rf"(?P<slashes>(?:\s*/\s*{thing})+)|\s+(?:per|a|par|mỗi|một)\s+(?P<each>[^\W\d_]+)", re.IGNORECASE
    )


def _quote(sentence: str, number: Number) -> str:
    """The draft's words around the number: its clause."""
    before = clause_before(sentence, number)
    start = number.start - len(before)
    return sentence[start : number.end + len(clause_after(sentence, number))].strip(" ;,.:")


def name_of(sentence: str, number: Number, words: Words) -> str:
    """What is measured: the words after the number, else those before it, without verbs of effort and dates."""
    things = number.measure in ("count", "plain")
    rest = re.sub(r"^(?:\s*/\s*[^\W\d_]+)+", "", clause_after(sentence, number))  # "/hộ": of the unit
    rest = words.compared_after.split(rest, maxsplit=1)[0]
    after = bare(rest, words, article=not things)
    whole = bare(re.split(r"[;:.]\s", sentence[: number.start])[-1], words)
    before = whole if words.rate.match(whole) else bare(clause_before(sentence, number), words)
    if (
        words.rate.match(before)
        or not re.search(r"\w{2}", after)
        or number.measure in ("money", "level")
        or _lasts(number, words)
    ):
        name = before if re.search(r"\w{2}", before) else after
        counted = number.measure == "count" and not (words.rate.match(before) or _lasts(number, words))
        name += f" {number.unit}" if counted else ""
    else:
        noun = "" if number.measure in ("percent", "points", "level") else number.unit
        name = f"{noun} {after}"
    if not re.search(r"\w{2}", name) or name.strip() == number.unit:
        name = bare(_heading_before(sentence, number), words) or number.unit
    return " ".join(name.split()[:_NAME_WORDS]).strip(" ,;.:-")


def _lasts(number: Number, words: Words) -> bool:
    """Whether the number is a length of time, which its clause names before it: "thời gian chờ 15 phút"."""
    return number.measure == "plain" or number.unit.lower() in words.durations


def _heading_before(sentence: str, number: Number) -> str:
    """ "Tổng kinh phí dự kiến" of "Tổng kinh phí dự kiến: 3.250 tỷ đồng"."""
    return re.split(r"[;.]\s", sentence[: number.start].rstrip(" :"))[-1]


def _deadline(draft: Draft, provision: Provision, sentence: str, number: Number, days: list[Date]) -> str:
    """The date nearest before the number in its sentence, else after it, else one a heading above names."""
    before = [d for d in days if d.end <= number.start]
    after = [d for d in days if d.start >= number.end]
    near = before[-1:] or after[:1]
    if near:
        return near[0].iso
    current: Provision | None = provision
    while current is not None:
        found = dates(heading_of(current), draft.language)
        if found and current is not provision:
            return found[-1].iso
        current = draft.by_id.get(current.parent_id)
    return ""


def _baseline(sentence: str, number: Number, words: Words) -> str:
    """The present value given beside the target: "(hiện nay 41%)", "up from 58.3%", "against 6% in 2025"."""
    rest = sentence[number.end :]
    for pattern, between in ((words.now, r"[^.;]{0,40}?"), (words.compared_after, r"\s+")):
        told = pattern.search(rest)
        match = re.match(between + r"(\d+(?:[.,]\d+)*\s?%?)", rest[told.end() :]) if told else None
        if match:
            return match[1].strip()
    return ""


def _population(sentence: str, number: Number, words: Words) -> str:
    """Of what the percentage is taken: the first words after it ("of the labour force")."""
    if number.measure != "percent":
        return ""
    after = bare(clause_after(sentence, number), words)
    match = re.match(r"(?:of |de |des |du |d['’])?(?:the |la |le |les |l['’])?(\w+(?: \w+){0,4})", after)
    return match[1] if match else ""


def _responsible(sentence: str, words: Words) -> str:
    """The body a sentence names as responsible: "do Sở Tài chính chủ trì"."""
    match = words.responsible.search(sentence)
    return match["who"].strip() if match else ""


def _span(provision: Provision, sentence: str) -> Span | None:
    """The block of the sentence: the provision's first whose length can hold it (its own lines stand one to a span)."""
    lines = provision.text.split("\n")
    place = next((i for i, line in enumerate(lines) if sentence[:40] in line), None)
    spans = provision.spans[-len(lines) :] if len(provision.spans) >= len(lines) else provision.spans
    return spans[place] if place is not None and place < len(spans) else None
