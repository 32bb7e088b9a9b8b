"""The words by which targets are recognised, as patterns of one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from feedback_synth.languages.words import alternatives, gather, structure


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns made of the tables [indicators], [measures] and [dates] of a language."""

    situation: re.Pattern[str]
    targets: re.Pattern[str]
    now: re.Pattern[str]
    from_to: re.Pattern[str]
    not_counted: frozenset[str]
    rate: re.Pattern[str]
    effort: re.Pattern[str]
    time: re.Pattern[str]
    comparison: re.Pattern[str]
    comparison_after: re.Pattern[str]
    article: re.Pattern[str]
    range_start: re.Pattern[str]
    reaching: re.Pattern[str]
    condition: re.Pattern[str]
    grade: re.Pattern[str]
    responsible: re.Pattern[str]
    money: re.Pattern[str]
    measured: re.Pattern[str]
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
        now=_anywhere(table["now"]),
        from_to=_anywhere(table["from_to"]),
        not_counted=frozenset(table["not_counted"]),
        rate=re.compile(rf"(?:{alternatives(table['rate_words'])})(?!\w)", re.IGNORECASE),
        effort=re.compile(rf"^(?:{alternatives(lead)})(?!\w)\s*|(?<!\w)(?:{alternatives(lead)})$", re.IGNORECASE),
        time=re.compile(rf"(?<!\w)(?:{when})\s*(?=\s\s|$|[,;])", re.IGNORECASE),
        comparison=re.compile(rf"(?<!\w)(?:{alternatives(comparing)})\s*$", re.IGNORECASE),
        comparison_after=re.compile(
            rf"^\s*(?:{alternatives([*measures['at_least_after'], *measures['at_most_after']])})(?!\w)", re.IGNORECASE
        ),
        article=re.compile(r"^\s*(?:of the|of|de la|de l['’]|des|du|de|d['’])\s+", re.IGNORECASE),
        range_start=re.compile(rf"(?<!\w)(?:{alternatives(measures['range_start'])})\s*$", re.IGNORECASE),
        reaching=_anywhere([*measures["range_middle"], *table["reaching"]]),
        condition=_before_number(table["condition"], comparing),
        grade=re.compile(
            r"(?<!\w)(?:lớp|khối|khóa|quý|thứ|kỳ|lần|grade|class|phase|classe|lot|tổ|bậc|loại|hạng)\s*$", re.IGNORECASE
        ),
        responsible=_responsible(table["responsible"]),
        money=_anywhere(gather("measures", "currencies")),
        measured=re.compile(rf"[%‰]|{alternatives(gather('measures', 'percent') + gather('measures', 'currencies'))}"),
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


def _before_number(words: list[str], comparing: list[str]) -> re.Pattern[str]:
    """A word of condition right before a number, with or without a comparison: "có dưới", "who … for at least"."""
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})(?:\s+(?:{alternatives(comparing)}))?\s*$", re.IGNORECASE)


def _responsible(words: list[str]) -> re.Pattern[str]:
    """ "do Sở Tài chính chủ trì"."""
    body = r"(?P<who>[A-ZÀ-ỴĐ][\w-]*(?:[ ,]+(?:và |and |et |of |de |the |la )*[\wÀ-ỹ-]+){0,10}?)"
    return re.compile(rf"(?<!\w)(?:do|giao|by|par)\s+{body}\s+(?:{alternatives(words)})(?!\w)")
