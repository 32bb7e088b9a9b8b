"""One name for each organisation: aliases in three languages, communes and wards as their People's Committees."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from feedback_synth import config
from feedback_synth.languages.text import strip_marks

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_PROVINCE = re.compile(
    r"(?:\s+tỉnh\s+(?!ủy|uỷ)[A-ZĐÀ-Ỹ]\S*(?:\s+[A-ZĐÀ-Ỹ]\S*)*|,?\s+(?:of\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?\s+province"
    r"|\s+de\s+la\s+province\s+(?:de\s+|d['’]).+)$",
    re.IGNORECASE,
)
_NAMED_PROVINCE = re.compile(r"\s+(?P<kind>tỉnh)\s+(?!ủy|uỷ)[A-ZĐÀ-Ỹ].*$", re.IGNORECASE)  # "… tỉnh Sơn La" -> "… tỉnh"
_PLACES = frozenset("tinh province provincial provinciale provinciaux".split())  # words for the province in a name
_SMALL = frozenset("va of the and for de du des la le les et l d s".split())
_FULL = 0.6  # of the words of a listed name that a wording with its province has
_ARTICLE = re.compile(r"^(?:the|le|la|les|l['’]|du|de la|des|de l['’])\s*", re.IGNORECASE)
_COMMITTEE = re.compile(r"committee|council|comité|conseil|school|école|\bof\b|\bde l", re.IGNORECASE)
_FRENCH = frozenset("de du la le des les et comité conseil département direction quartier mairie syndicat".split())
_ENGLISH = frozenset(
    "of the and for commune ward department committee council association union university school office fund".split()
)
_COMMUNES = {
    "vi": (re.compile(r"^(?P<kind>xã|phường|đặc khu)\s+(?P<name>.+)$", re.IGNORECASE), "UBND {kind} {name}"),
    "en": (
        re.compile(r"^(?P<name>.+?)\s+(?P<kind>commune|ward)$", re.IGNORECASE),
        "People's Committee of {name} {kind}",
    ),
    "fr": (
        re.compile(r"^(?P<kind>commune|quartier)\s+(?:de\s+|d['’]|du\s+)(?P<name>.+)$", re.IGNORECASE),
        "Comité populaire {article} {kind} de {name}",
    ),
}


def canonical(text: str, code: str) -> str:
    """The name under which ``text`` is listed, in language ``code``; ``text`` itself, trimmed, if no list has it."""
    trimmed = re.sub(r"\s+", " ", text).strip(" .,;:-–()")
    return shortened(_listed(trimmed, code)) if trimmed else ""


def _listed(trimmed: str, code: str) -> str:
    named = _ARTICLE.sub("", trimmed)
    province = _NAMED_PROVINCE.sub(r" \g<kind>", named)
    for candidate in (trimmed, province, _PROVINCE.sub("", trimmed), named):
        known = _names().get(_key(candidate))
        if known:
            listed = known.get(code) or known["vi"]
            own = province if _content(listed) & _PLACES else _PROVINCE.sub("", named)
            return own[:1].upper() + own[1:] if _is_as_full(own, listed, code) else listed
    return commune(trimmed, code) or trimmed


def shortened(name: str) -> str:
    """A body's name with the usual short forms of the organs of the state: "Ủy ban nhân dân xã A" -> "UBND xã A"."""
    for long, short in _short_forms():
        name = long.sub(short, name)
    return name


def _is_as_full(own: str, listed: str, code: str) -> bool:
    """Whether a paper's own wording of a listed name stays: other words, none short, and as many of them.

    "Hội Phụ nữ tỉnh" and "Union des femmes de la province" say which body as well as the list does; "Sở GD&ĐT", "Sở
    Nông nghiệp", "Mặt trận tỉnh" do not.
    """
    said, full = _content(own), _content(listed)
    if own.istitle() or own.isupper() or said == full or _is_short(own, full) or language_of(own, code) != code:
        return False
    if not full & _PLACES:
        return len(said) >= len(full)
    return bool(said & _PLACES) and len(said) >= _FULL * len(full)


def _content(name: str) -> set[str]:
    return {w for w in _key(name).split() if w not in _SMALL}


def _is_short(own: str, full: set[str]) -> bool:
    """Whether letters stand for words that the list writes out ("MTTQ" does not where the list has it, too)."""
    words = re.findall(r"[^\W\d_][\w&.-]*", own)
    return any(len(w) > 1 and (w.isupper() or "&" in w or "." in w[:-1]) and not _content(w) <= full for w in words)


def commune(text: str, code: str) -> str:
    """The People's Committee of a commune or ward named by ``text`` ("xã Thu Lũm", "Thu Lũm"), or ""."""
    plain = _ARTICLE.sub("", text.strip(" .,;:"))
    for language in dict.fromkeys((code, *_COMMUNES)):
        pattern, form = _COMMUNES[language]
        match = pattern.match(plain)
        if match and match["name"][:1].isupper() and not _COMMITTEE.search(match["name"]):
            return _committee(form, match["kind"].lower(), match["name"])
    kind = _bare_communes().get(_key(plain))
    if not kind:
        return ""
    words = {
        "vi": kind,
        "en": {"xã": "commune", "phường": "ward"}[kind],
        "fr": {"xã": "commune", "phường": "quartier"}[kind],
    }
    return _committee(_COMMUNES[code][1], words[code], plain)


def identity(text: str) -> str:
    """A key equal for the listed names of one body in all their wordings; of a body on no list for its name alone."""
    for candidate in (text, _PROVINCE.sub("", text), _ARTICLE.sub("", text)):
        known = _names().get(_key(candidate))
        if known:
            return _key(known["vi"])
    return _key(shortened(text))


def is_known(text: str) -> bool:
    """Whether a list of bodies or communes has this name."""
    named = _ARTICLE.sub("", text.strip(" .,;:"))
    keys = (_key(named), _key(_PROVINCE.sub("", named)))
    return any(key in _names() or key in _bare_communes() for key in keys)


def is_vietnamese(text: str) -> bool:
    """Whether letters stand in ``text`` that only Vietnamese has."""
    return any((ord(c) > 0x2FF and c.isalpha()) or c in "ơưđăƠƯĐĂ" for c in text)


def language_of(text: str, default: str) -> str:
    """The language a body's name is written in, by its letters and words; ``default`` for abbreviations."""
    if is_vietnamese(text):
        return "vi"
    known = _written().get(_key(text))
    if known:
        return known
    words = re.findall(r"[^\W\d_]+", text.lower())
    if any(w in _FRENCH for w in words) or re.search("[éèêçàùôî]", text):
        return "fr"
    return "en" if any(w in _ENGLISH for w in words) else default


def _committee(form: str, kind: str, name: str) -> str:
    return form.format(kind=kind, name=name, article="du" if kind == "quartier" else "de la").replace(
        "du quartier", "du quartier"
    )


def _key(text: str) -> str:
    return _NOT_LETTERS.sub(" ", strip_marks(text)).strip()


@cache
def _names() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for body in _data().get("body", []):
        names = {code: body[code] for code in ("vi", "en", "fr")}
        for alias in (*names.values(), *body["aliases"]):
            table.setdefault(_key(alias), names)
    return table


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs: dict[str, str] = _data()["short"]
    return tuple((re.compile(rf"(?<!\w){re.escape(long)}(?!\w)", re.IGNORECASE), s) for long, s in pairs.items())


@cache
def _bare_communes() -> dict[str, str]:
    found: dict[str, str] = {}
    for province in _data().get("province", []):
        found.update({_key(name): "phường" for name in province["wards"]})
        found.update({_key(name): "xã" for name in province["communes"]})
    return found


@cache
def _written() -> dict[str, str]:
    """The language of each listed name of two words or more; names without marks that Vietnamese shares are its."""
    found: dict[str, str] = {}
    for body in _data().get("body", []):
        names = [("vi", body["vi"]), ("en", body["en"]), ("fr", body["fr"])]
        names += [(_language_of_alias(alias), alias) for alias in body["aliases"] if " " in alias]
        for code, name in names:
            found.setdefault(_key(name), code)
    return found


def _language_of_alias(alias: str) -> str:
    if is_vietnamese(alias):
        return "vi"
    words = re.findall(r"[^\W\d_]+", alias.lower())
    french = any(w in _FRENCH for w in words) or re.search("[éèêç]", alias)
    return "fr" if french else "en"


def _data() -> dict[str, Any]:
    return config.load_toml("organizations.toml")
