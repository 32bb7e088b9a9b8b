"""The words of reports in one language: sentences with places to fill, numbers and dates written the local way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from feedback_synth import languages
from feedback_synth.config import DATA, catalogue, content_groups, load_toml
from feedback_synth.datamodel.document import Locator, Notice
from feedback_synth.datamodel.report import Spelling
from feedback_synth.errors import ConfigError, Sentence

FALLBACK = "vi"
_SPELLING = Spelling()
_LOCATOR_PARTS = ("sheet", "cell", "page", "paragraph", "line", "table", "row", "column")
_LISTS = {  # the closed lists that values of notices are keys of
    "draft": "draft_kinds",
    "other_draft": "draft_kinds",
    "open": "draft_kinds",
    "done": "draft_kinds",
    "disposition": "dispositions",
    "field": "columns",
    "part": "parts",
}
_ISO_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Labels:
    """Sentences of data/labels/<language>.toml by dotted key. ConfigError names a key that is missing."""

    def __init__(self, language: str, spelling: Spelling = _SPELLING) -> None:
        self.language = language if (DATA / "labels" / f"{language}.toml").is_file() else FALLBACK
        self._spelling = spelling
        self._table = load_toml(f"labels/{self.language}.toml")

    def __call__(self, key: str, **values: object) -> str:
        """The sentence ``key`` with its places filled; values are put in as they are."""
        found = self.find(key)
        if found is None:
            raise ConfigError(
                'data/labels/{language}.toml has no sentence "{key}". Add it there.', language=self.language, key=key
            )
        return self._spell(found).format_map({name: self.show(value) for name, value in values.items()})

    def find(self, key: str) -> str | None:
        """The raw sentence ``key``, or None."""
        here: Any = self._table
        for part in key.split("."):
            here = here.get(part) if isinstance(here, dict) else None
        return here if isinstance(here, str) else None

    def count(self, key: str, n: int, **values: object) -> str:
        """The form of ``key`` for ``n`` things: ``key.one`` or ``key.other``, with ``{n}`` filled."""
        few = n == 1 or (n == 0 and self.language == "fr")
        return self(f"{key}.{'one' if few else 'other'}", n=n, **values)

    def name(self, table: str, key: str) -> str:
        """A name of a closed list (``table.key``), or ``key`` itself where the list does not know it."""
        return self._spell(self.find(f"{table}.{key}") or key)

    def group(self, key: str) -> str:
        """Name of a content group, from data/groups.toml."""
        for group in content_groups():
            if group["key"] == key:
                names: dict[str, str] = group["names"]
                return self._spell(names.get(self.language) or next(iter(names.values())))
        return key

    def _spell(self, text: str) -> str:
        if self._spelling.uy == "Uỷ":
            text = text.replace("Ủy", "Uỷ").replace("ủy", "uỷ").replace("ỦY", "UỶ")
        return text.replace("GD&ĐT", self._spelling.education)

    def show(self, value: object) -> str:
        """Numbers the local way, anything else as it is."""
        return self.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)

    def number(self, value: float, digits: int = 0) -> str:
        """``1234.5`` as ``1.234,5``, ``1,234.5`` or ``1 234,5``."""
        written = f"{value:,.{digits}f}"
        language = languages.get(self.language)
        thousands = language.thousands[0]
        return written.replace(",", "\0").replace(".", language.decimal).replace("\0", thousands)

    def percent(self, part: int, whole: int) -> str:
        """A share with one decimal, or "" of nothing."""
        return f"{self.number(100 * part / whole, 1)}{self('percent_mark')}" if whole else ""

    def date(self, iso: str, key: str = "date") -> str:
        """An ISO 8601 day in words (``key`` "date") or figures ("short_date"); other text as it is."""
        match = _ISO_DAY.match(iso)
        if not match:
            return iso
        year, month, day = match[1], match[2], match[3]
        if not month:
            return year
        values = {"year": year, "month": self._month(int(month)), "number": month}
        if not day:
            return self(f"{key}.month", **values)
        return self(f"{key}.day", day=self._day(int(day)), two=day, **values)

    def _month(self, month: int) -> str:
        names = languages.get(self.language).months
        return names[month - 1].capitalize() if names and self.language == "en" else self._plain_month(month, names)

    def _plain_month(self, month: int, names: tuple[str, ...]) -> str:
        """Vietnamese documents write months 1 and 2 with a zero and the others without."""
        return names[month - 1] if names else f"{month:02d}" if month < 3 else str(month)

    def _day(self, day: int) -> str:
        if self.language == "vi":
            return f"{day:02d}"
        return "1er" if self.language == "fr" and day == 1 else str(day)

    def listed(self, items: Iterable[str]) -> str:
        """Items one after the other, with this language's mark between them."""
        return self("list_mark").join(items)

    def pair(self, name: str, value: object) -> str:
        """A name and its value: "Tiếp thu: 3", "Retenu : 3"."""
        return self("pair", name=name, value=value)

    def quote(self, text: str) -> str:
        """``text`` in the quotation marks of this language."""
        return self("quotation").replace("…", text, 1)

    def stop(self, words: str) -> str:
        """The full stop after ``words``, unless they end with a mark of their own."""
        return "" if words.rstrip('”»" \u00a0\u202f').endswith((".", "!", "?", "…")) else "."

    def locator(self, locator: Locator) -> str:
        """Where something stands, in words: "trang 3, đoạn 17"."""
        words = [] if locator.part == "body" else [self.name("parts", locator.part)]
        parts = ("sheet", "cell") if locator.cell else _LOCATOR_PARTS  # "D5" says row and column already
        for part in parts:
            value = getattr(locator, part)
            if value:
                words.append(self(f"places.{part}", value=str(value)))
        return ", ".join(words)

    def _value(self, name: str, value: str) -> str:
        """A value of a notice in the words of this language, where it is a key of a closed list."""
        if name == "group":
            return self.group(value)
        return self.name(_LISTS[name], value) if name in _LISTS else value

    def has_notice(self, code: str) -> bool:
        """Is there a sentence for this code."""
        return self.find(f"notices.{code}") is not None or code in _room_notices()

    def sentence(self, said: str) -> str:
        """What the program says of a failure, in this language; other text as it is."""
        if not isinstance(said, Sentence):
            return said
        template = catalogue(self.language).get(said.template, said.template)
        values = {n: self.sentence(v) if isinstance(v, str) else v for n, v in said.values.items()}
        return template.format(**values) if values else template

    def notice(self, notice: Notice) -> str:
        """The sentence of a notice; a code without a sentence is shown with its values, so that nothing is lost."""
        values = {name: self._value(name, value) for name, value in notice.values}
        template = self.find(f"notices.{notice.code}") or _room_notices().get(notice.code, {}).get(self.language)
        if template is None:
            return f"{notice.code} ({', '.join(f'{k}: {v}' for k, v in values.items())})" if values else notice.code
        return self._spell(template).format_map(_Forgiving(values))


@cache
def _room_notices() -> dict[str, dict[str, str]]:
    """Sentences that the rooms keep themselves: data/labels/notices_<room>.toml, by code and language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / "labels").glob("notices_*.toml")):
        found |= load_toml(f"labels/{path.name}")
    return found


class _Forgiving(dict[str, str]):
    """Values for a sentence: a place nobody filled shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def distinct(items: Iterable[str]) -> list[str]:
    """The items in order, each once, empty ones left out."""
    return list(dict.fromkeys(item for item in items if item))
