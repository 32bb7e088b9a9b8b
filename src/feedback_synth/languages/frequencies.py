"""How often something happens: "6 tháng/lần", "twice a year", "tous les six mois", "quarterly"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from feedback_synth.languages.words import alternatives, single_spaced, structure

_GAP = 6  # words between "mỗi năm" and "một lần" in which stands what happens


@dataclass(frozen=True, slots=True)
class Frequency:
    """A frequency at ``start:end``, in times a year; ``counted`` where a number says how often or in how many years.

    Without a number ("hằng năm", "monthly") it may as well be the period of an amount: "an allowance each month".
    """

    start: int
    end: int
    per_year: float
    counted: bool


def frequencies(text: str, code: str) -> list[Frequency]:
    """The frequencies of ``text`` in order."""
    plain = text.lower()
    if len(plain) != len(text) or not _sign(code).search(plain):
        return []
    return [_frequency(match, code) for match in _pattern(code).finditer(plain)]


def _frequency(match: re.Match[str], code: str) -> Frequency:
    words = structure(code)["frequency"]
    found = {name.partition("_")[0]: single_spaced(value) for name, value in match.groupdict().items() if value}
    if "adverb" in found:
        return Frequency(match.start(), match.end(), float(words["adverbs"][found["adverb"]]), counted=False)
    times = float(words["once"][found["once"]]) if "once" in found else _number(found.get("times", ""), code)
    periods = 2.0 if "other" in found else _number(found.get("periods", ""), code)
    counted = not found.keys().isdisjoint({"once", "times", "per", "periods", "other"})
    return Frequency(match.start(), match.end(), times / periods * float(words["periods"][found["period"]]), counted)


def _number(words: str, code: str) -> float:
    """The value of a small number in digits or words; 1 for none."""
    if not words:
        return 1.0
    return float(words) if words.isdigit() else float(_small(code)[words])


@cache
def _small(code: str) -> dict[str, int]:
    small = structure(code)["counting"]["small"]
    extra = {"une": 1} if code == "fr" else {}
    return {word: place + 1 for place, word in enumerate(small)} | extra


@cache
def _sign(code: str) -> re.Pattern[str]:
    """Words of which one must be in the text: a quick look before the pattern."""
    words = structure(code)["frequency"]
    return re.compile(rf"(?<!\w)(?:{alternatives([*words['periods'], *words['adverbs']])})(?!\w)")


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words = structure(code)["frequency"]
    number = rf"0?[1-9]\d?|{alternatives(w for w in _small(code) if w not in words['periods'])}"
    period = alternatives(words["periods"])
    once = rf"(?P<once#>{alternatives(words['once'])})|(?P<times#>{number})\s*(?:{alternatives(words['times'])})"
    lone = rf"/\s?(?P<per#>{alternatives(words['times'])})"  # "6 tháng/lần"
    every, join = alternatives(words["every"]), alternatives(words["join"])
    in_period = rf"(?:(?P<periods#>{number})\s*)?(?P<period#>{period})(?!\w)"
    other = rf"(?P<other#>{alternatives(words['other'])})\s+(?P<period#b>{period})(?!\w)"
    gap = rf"(?:\s+[^\W\d_][^\s,.;:!?()]*){{0,{_GAP}}}?\s+"
    forms = (
        rf"(?:{once})\s*(?:{join})\s*{in_period}",
        rf"(?:{every})\s+{in_period}(?:{gap}(?:{once})(?!\w)|\s*{lone}(?!\w))",
        rf"(?:(?P<periods#c>{number})\s*)(?P<period#c>{period})\s*(?:(?:{once})(?!\w)|{lone}(?!\w))",
        rf"(?P<period#d>{period})\s*(?:{once}(?!\w)|{lone}(?!\w))",
        rf"(?:{every})\s+(?:{other}|{in_period})",
        rf"(?P<adverb#>{alternatives(words['adverbs'])})(?!\w)",
    )
    named = (re.sub(r"#(\w?)", rf"_{n}\1", form) for n, form in enumerate(forms))
    return re.compile(rf"(?<![\w])(?:{'|'.join(named)})")
