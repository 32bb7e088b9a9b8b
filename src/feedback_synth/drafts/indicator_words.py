"""The words by which targets are recognised, as patterns of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from feedback_synth import languages
from feedback_synth.languages.words import alternatives, gather, structure

_ARTICLE = r"\s+(?:(?:of|du|des|de|d['’])\s*(?:(?:the|its|their|la|le|les|l['’])\s*)?(?:\w+\s+)?)?"


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns made of the tables [indicators], [measures] and [dates] of a language."""

    situation: re.Pattern[str]
    targets: re.Pattern[str]
    now: re.Pattern[str]
    compared: re.Pattern[str]  # right before a date with which something is compared: "so với", "than in"
    compared_after: re.Pattern[str]  # from which on a clause tells what the number is compared with
    compared_with: re.Pattern[str]  # right before a number that something else is measured against
    from_to: re.Pattern[str]
    not_counted: frozenset[str]
    described: re.Pattern[str]  # up to three words behind a number, of which the last is its plural noun
    linking: re.Pattern[str]  # words that end a group of words about one noun
    durations: frozenset[str]
    lasting: re.Pattern[str]  # what is measured in durations: waiting, life expectancy
    often: re.Pattern[str]  # behind a length of time, that it comes back: " a week", "/tuần", " de stage par an"
    size_units: frozenset[str]  # in which the size of one thing is told: beds of a hospital
    lengths: frozenset[str]
    distance: re.Pattern[str]  # that a length is a way to go, not one to build
    size: re.Pattern[str]  # "capacity of", "diện tích mỗi hồ", right before a number
    sized: re.Pattern[str]  # the same, also where it is a condition: "có quy mô"
    rate: re.Pattern[str]
    effort: re.Pattern[str]
    time: re.Pattern[str]
    comparison: re.Pattern[str]
    comparison_after: re.Pattern[str]
    article: re.Pattern[str]
    range_start: re.Pattern[str]
    reaching: re.Pattern[str]
    condition: re.Pattern[str]
    supposing: re.Pattern[str]  # words behind which a clause says when a rule holds
    having: re.Pattern[str]  # "có vốn điều lệ", "which have a turnover of", right before the number
    exceeding: re.Pattern[str]  # right before the number above which it holds
    plain_measures: re.Pattern[str]  # what has values without a unit: an index, a number of
    group: re.Pattern[str]  # "classes of", "a team of", right before a number
    definite: re.Pattern[str]  # "the roofs of"
    grade: re.Pattern[str]
    support: re.Pattern[str]  # "hỗ trợ", "grant": what is given
    support_last: re.Pattern[str]  # the same as the last word
    of_cost: re.Pattern[str]  # right behind a share: " chi phí", " of the fee"
    for_whom: re.Pattern[str]  # right behind a share: " pour", " đối với"
    paid: re.Pattern[str]  # right before an amount that is a price: "nộp", "a fee of"
    procedure: re.Pattern[str]  # heads what tells which papers go where
    responsible: re.Pattern[str]
    money: re.Pattern[str]
    measured: re.Pattern[str]
    unit_of_money: re.Pattern[str]  # "tỷ đồng", "VND billion" and nothing else
    unit_line: re.Pattern[str]  # "Đơn vị tính: tỷ đồng"
    totals: re.Pattern[str]
    year: re.Pattern[str]  # words beside a year in a header, those of time to come among them
    bare_year: re.Pattern[str]
    columns: dict[str, tuple[str, ...]]


@cache
def words_of(code: str) -> Words:
    table: dict[str, Any] = structure(code)["indicators"]
    measures: dict[str, Any] = structure(code)["measures"]
    times = structure(code)["dates"]
    comparing = [
        w for key in ("at_least", "at_most", "about", "at_least_after", "at_most_after") for w in measures[key]
    ]
    comparing += [*measures["range_start"]]
    until = ["đến", "trước", "vào", "by", "before", "in", "d'ici", "d’ici", "avant", "en", "à l'horizon", "à l’horizon"]
    when = rf"(?:{alternatives(until)})(?:\s+(?:{alternatives([*times['day'], *times['month'], *times['year']])}))?"
    lead = [*table["effort_words"], *table["from_to"]]
    return Words(
        situation=_heading(table["situation"]),
        targets=_heading(table["targets"]),
        now=_words_but(table["now"], table["now_not"]),
        compared=_compared(table["compared_with"], table["compared_dates"]),
        compared_after=_anywhere(table["compared_with"]),
        compared_with=_before_number(table["compared_with"], comparing),
        from_to=_anywhere(table["from_to"]),
        not_counted=frozenset(table["not_counted"]),
        described=_described(table["plural_endings"]),
        linking=_anywhere([*languages.get(code).stop_words, *table["relative"]]),
        durations=frozenset(table["durations"]),
        lasting=_words_but(table["lasting"], table["lasting_not"]),
        often=_often(table["per_time"], table["durations"]),
        size_units=frozenset(w.lower() for w in table["size_units"]),
        lengths=frozenset(table["lengths"]),
        distance=_anywhere(table["distance"]),
        size=_size(table["size"], table["condition"], comparing),
        sized=_size(table["size"], [], comparing),
        rate=_words_but(table["rate_words"], table["rate_words_not"]),
        effort=re.compile(rf"^(?:{alternatives(lead)})(?!\w)\s*|(?<!\w)(?:{alternatives(lead)})$", re.IGNORECASE),
        time=re.compile(rf"(?<!\w)(?:{when})\s*(?=\s\s|$|[,;])", re.IGNORECASE),
        comparison=re.compile(rf"(?<!\w)(?:{alternatives(comparing)})\s*$", re.IGNORECASE),
        comparison_after=re.compile(
            rf"^\s*(?:{alternatives([*measures['at_least_after'], *measures['at_most_after']])})(?!\w)", re.IGNORECASE
        ),
        article=re.compile(r"^\s*(?:of the|of|de la|de l['’]|des|du|de|d['’])\s+", re.IGNORECASE),
        range_start=re.compile(rf"(?<!\w)(?:{alternatives(measures['range_start'])})\s*$", re.IGNORECASE),
        reaching=_anywhere([*measures["range_middle"], *table["reaching"]]),
        condition=_before_number([*table["condition"], *table["relative"]], comparing, table["relative"]),
        supposing=_anywhere(table["supposing"]),
        having=_size([*table["condition"], *table["relative"]], [], comparing, within=5),
        exceeding=_before_number(table["exceeding"], comparing),
        plain_measures=_anywhere(table["plain_measures"]),
        group=_group(table["made_up_of"], table["one_of_many"], comparing),
        definite=_near_end(table["definite"]),
        grade=_words_but(table["grades"], table["grades_not"], end=True),
        support=_anywhere(table["support"]),
        support_last=re.compile(rf"(?<!\w)(?:{alternatives(table['support'])})$", re.IGNORECASE),
        of_cost=re.compile(rf"{_ARTICLE}(?:{alternatives(table['costs'])})(?!\w)", re.IGNORECASE),
        for_whom=re.compile(rf"\s+(?:{alternatives(table['for_whom'])})(?!\w)", re.IGNORECASE),
        paid=_before_number(table["paid"], comparing),
        procedure=_heading(table["procedure"]),
        responsible=_responsible(table["responsible"]),
        money=_anywhere(gather("measures", "currencies")),
        measured=re.compile(rf"[%‰]|{alternatives(gather('measures', 'percent') + gather('measures', 'currencies'))}"),
        unit_of_money=_unit_of_money(),
        unit_line=re.compile(rf"(?<!\w)(?:{alternatives(table['columns_unit'])})\s*:\s*([^:]{{1,40}})$", re.IGNORECASE),
        totals=re.compile(rf"(?:{alternatives(table['totals'])})(?!\w)", re.IGNORECASE),
        year=_anywhere([*times["year"], *until]),
        bare_year=_anywhere(times["year"]),
        columns={key.removeprefix("columns_"): tuple(v) for key, v in table.items() if key.startswith("columns_")},
    )


def _heading(words: list[str]) -> re.Pattern[str]:
    """The words near the start of a heading: "2. Mục tiêu cụ thể", "Specific indicators:"."""
    return re.compile(rf"^\W*(?:\w+\W+){{0,3}}?(?:{alternatives(words)})(?!\w)", re.IGNORECASE)


def _anywhere(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})(?!\w)", re.IGNORECASE)


def _words_but(words: list[str], others: list[str], end: bool = False) -> re.Pattern[str]:
    """Any of the words, but not inside ``others``: "hiện" is now, "thực hiện" and "hiện đại" are not."""
    parts = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        behind = "".join(rf"(?<!{re.escape(o.removesuffix(word))})" for o in others if o.endswith(f" {word}"))
        ahead = "".join(rf"(?!{re.escape(o.removeprefix(word))}(?!\w))" for o in others if o.startswith(f"{word} "))
        parts.append(f"{behind}{alternatives([word])}{ahead}")
    after = r"\s*$" if end else r"(?!\w)"
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)}){after}", re.IGNORECASE)


def _before_number(words: list[str], comparing: list[str], relative: Iterable[str] = ()) -> re.Pattern[str]:
    """A word right before a number, with or without a comparison: "có dưới"; ``relative`` ones with a verb behind."""
    verbs = rf"|(?:{alternatives(relative)})(?:\s+\w+){{1,2}}?"
    return re.compile(
        rf"(?<!\w)(?:{alternatives(words)}{verbs})(?:\s+(?:{alternatives(comparing)}))?\s*$", re.IGNORECASE
    )


def _compared(words: list[str], of_dates: list[str]) -> re.Pattern[str]:
    """ "against 6% in", "so với", "than in": a figure may stand between the word and the date."""
    return re.compile(
        rf"(?<!\w)(?:(?:{alternatives(words)})(?:\s+[\w.,%]+){{0,4}}|(?:{alternatives(of_dates)}))\s*$", re.IGNORECASE
    )


def _size(words: list[str], conditions: list[str], comparing: list[str], within: int = 3) -> re.Pattern[str]:
    """A word of size before a number, ``within`` so many words, with none of a condition right before it."""
    behind = "".join(rf"(?<!{re.escape(word)} )" for word in conditions)
    return re.compile(
        rf"(?<!\w){behind}(?:{alternatives(words)})(?:\s+\w+){{0,{within}}}?(?:\s+(?:{alternatives(comparing)}))?\s*$",
        re.IGNORECASE,
    )


def _often(words: list[str], durations: list[str]) -> re.Pattern[str]:
    """Up to four words and "a week", "/tuần", "par an"."""
    time = alternatives(durations)
    return re.compile(
        rf"(?:\s+[^\W\d]+){{0,4}}?(?:\s*/\s*|\s+(?:{alternatives(words)})\s+)(?:{time})(?!\w)", re.IGNORECASE
    )


def _near_end(words: list[str]) -> re.Pattern[str]:
    """An article with at most three words behind it; one that ends in an apostrophe stands before its noun."""
    parts = [re.escape(w) + ("" if w[-1] in "'’" else r"\s+") for w in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?:[\w-]+\s+){{1,3}}$", re.IGNORECASE)


def _group(words: list[str], articles: list[str], comparing: list[str]) -> re.Pattern[str]:
    """A noun and "of" before a number; the article that makes it one of many is ``article``."""
    return re.compile(
        rf"(?:(?<!\w)(?P<article>{alternatives(articles)})\s+(?:[\w-]+\s+){{0,2}}?)?(?P<noun>[\w-]+)\s+"
        rf"(?:{alternatives(words)})(?:\s+(?:{alternatives(comparing)}))?\s*$",
        re.IGNORECASE,
    )


def _described(endings: list[str]) -> re.Pattern[str]:
    """ "degraded schemes": words that do not end like a plural, then the noun, which does."""
    if not endings:
        return re.compile(r"(?!)")
    end = alternatives(endings)
    return re.compile(rf"(?:[^\W\d_][\w-]*(?<!{end})\s+){{1,3}}(?P<noun>[^\W\d_][\w-]*(?:{end}))(?!\w)", re.IGNORECASE)


def _unit_of_money() -> re.Pattern[str]:
    currency = alternatives(gather("measures", "currencies"))
    scale = alternatives(w for code in languages.codes() for w in structure(code)["measures"]["scales"])
    return re.compile(
        rf"(?:{scale})?\s*(?:de\s+|of\s+)?(?:{currency})(?:\s+(?:{scale}))?|(?:{scale})(?:\s+(?:{scale}))?",
        re.IGNORECASE,
    )


def _responsible(words: list[str]) -> re.Pattern[str]:
    """ "do Sở Tài chính chủ trì"."""
    body = r"(?P<who>[A-ZÀ-ỴĐ][\w-]*(?:[ ,]+(?:và |and |et |of |de |the |la )*[\wÀ-ỹ-]+){0,10}?)"
    return re.compile(rf"(?<!\w)(?:do|giao|by|par)\s+{body}\s+(?:{alternatives(words)})(?!\w)")
