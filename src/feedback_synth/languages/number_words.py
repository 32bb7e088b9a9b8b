"""Numbers written in words: "hai mươi phần trăm", "two thirds", "niveau trois", "six millions et demi"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from feedback_synth.languages.words import alternatives, single_spaced, structure


@dataclass(frozen=True, slots=True)
class Spelled:
    """A figure in words at ``start:end``; a fraction is given in percent. ``unit`` as the language writes it."""

    start: int
    end: int
    value: float
    measure: Literal["percent", "level"]
    unit: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a hundred and more in words at ``start:end``; ``scale`` is its last word of size ("triệu"), or ""."""

    start: int
    end: int
    value: float
    scale: str


def amounts(text: str, code: str) -> Iterator[Amount]:
    """The numbers of ``text`` in words that name a hundred or more: "hai triệu rưỡi", "three hundred", "trăm tư"."""
    plain = text.lower()
    if len(plain) != len(text):
        return
    for match in _amount(code).finditer(plain):
        if match["hundred"] or match["scale"]:
            yield Amount(match.start(), match.end(), _value(match, code), match["scale"] or "")


def _value(match: re.Match[str], code: str) -> float:
    counting = structure(code)["counting"]
    values = _values(code) | {word: float(n) for word, n in counting["units"].items()}
    if match["hundred"]:
        rest = values[single_spaced(match["rest"])] if match["rest"] else 50.0 if match["half"] else 0.0
        if match["rest"] and rest < 10 and not match["and"] and counting["short_tens"]:
            rest *= 10  # "một trăm hai" is 120; 102 has a word between
        value = 100.0 * (values[single_spaced(match["times"])] if match["times"] else 1.0) + rest
    else:
        value = values[single_spaced(match["ones"])]
    scale = structure(code)["measures"]["scales"][single_spaced(match["scale"])] if match["scale"] else 1.0
    return (value + (0.5 if match["and_half"] else 0.0)) * scale


def spelled(text: str, code: str) -> Iterator[Spelled]:
    """The percentages, fractions and levels of ``text`` that are written in words, in order.

    Other numbers in words ("hai cấp", "two parties") hardly ever set a target and are left alone.
    """
    plain = text.lower()
    if len(plain) != len(text) or not any(map(plain.__contains__, _signs(code))):
        return
    for match in _pattern(code).finditer(plain):
        if match["fraction"] and _counts(match, plain, code):
            value = _fractions(code)[single_spaced(match["fraction"])]
            yield Spelled(match.start(), match.end(), value, "percent", "%")
        elif match["fraction"]:
            continue
        elif match["percent"]:
            yield Spelled(match.start(), match.end(), _values(code)[single_spaced(match["percent"])], "percent", "%")
        else:
            word = text[match.start() : match.start("level")].strip()
            yield Spelled(match.start(), match.end(), _values(code)[single_spaced(match["level"])], "level", word)


def _counts(match: re.Match[str], text: str, code: str) -> bool:
    """Whether "a third" is a share, not "a third party": alone or before a word that may follow a share."""
    table = structure(code)["counting"]
    if single_spaced(match["fraction"]) not in table.get("ambiguous", ()):
        return True
    following = re.match(r"\s+([^\W\d_]+['’]?)", text[match.end() :])
    return following is None or following[1] in table["after_share"]


@cache
def _values(code: str) -> dict[str, float]:
    """The numbers from one to a hundred in words."""
    table = structure(code)["counting"]
    small = {word: float(n) for n, word in enumerate(table["small"], start=1)}
    units = {**{w: n for w, n in small.items() if n < 10}, **table["units"]}
    found = dict(small) | {word: float(n) for word, n in table["tens"].items()} | dict.fromkeys(table["hundred"], 100.0)
    for tens, following in ((table["tens"], units), (table["long_tens"], small)):
        for ten, value in tens.items():
            found |= {f"{ten}{joint}{w}": value + n for w, n in following.items() for joint in table["joints"]}
    return found


@cache
def _fractions(code: str) -> dict[str, float]:
    return {word: float(value) for word, value in structure(code)["counting"]["fractions"].items()}


@cache
def _signs(code: str) -> tuple[str, ...]:
    """Words of which one must be in the text: a quick look before the pattern."""
    measures = structure(code)["measures"]
    ends = {re.split(r"[ -]", word)[-1] for word in _fractions(code)}
    words = [*measures["percent"], *measures["level"], *(("phần",) if code == "vi" else sorted(ends))]
    return tuple(w for w in words if not any(o in w for o in words if o != w))


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words, percent = alternatives(_values(code)), alternatives(structure(code)["measures"]["percent"])
    levels = alternatives(structure(code)["measures"]["level"])
    small = alternatives(structure(code)["counting"]["small"][:10])
    return re.compile(
        rf"(?<![\w-])(?:(?P<percent>{words})\s+(?:{percent})(?!\w)"
        rf"|(?P<fraction>{alternatives(_fractions(code))})(?![\w-])|(?:{levels})\s+(?P<level>{small})(?![\w-]))"
    )


@cache
def _amount(code: str) -> re.Pattern[str]:
    """A number below a thousand in words, with the word of size behind it; a bare hundred only where more of the
    number stands behind it ("trăm tư triệu", not "hàng trăm triệu")."""
    counting = structure(code)["counting"]
    words = alternatives([*(w for w, n in _values(code).items() if n < 100), *counting["units"]])
    small = alternatives(w for w, n in _values(code).items() if n < 10)
    hundreds, half = alternatives(counting["hundreds"]), alternatives(counting["half"])
    linked, scales = alternatives(counting["after_hundred"]), alternatives(structure(code)["measures"]["scales"])
    rest = rf"(?P<half>{half})|(?P<and>(?:{linked})\s+)?(?P<rest>{words})"
    bare = rf"(?=(?:{hundreds})\s+(?:(?:{linked})\s+(?:{words})|(?:{words})\s+(?:{scales}))(?!\w))"
    return re.compile(
        rf"(?<![\w-])(?:(?:(?P<times>{small})\s+|{bare})(?P<hundred>{hundreds})(?:[\s-]+(?:{rest})(?!\w))?"
        rf"|(?P<ones>{words}))(?:\s+(?P<scale>{scales})(?:\s+(?P<and_half>{half}))?)?(?![\w-])"
    )
