"""Notices as sentences, in the language the program speaks."""

from __future__ import annotations

from functools import cache
from typing import Any

from feedback_synth.config import DATA, load_toml
from feedback_synth.datamodel.document import Notice


def sentence(notice: Notice, language: str) -> str:
    """The sentence of a notice; a code without one is shown with its values, so that nothing is lost."""
    values = dict(notice.values)
    template = _templates(language).get(notice.code)
    if template is None:
        shown = ", ".join(f"{name}: {value}" for name, value in values.items())
        return f"{notice.code} ({shown})" if shown else notice.code
    return template.format_map(_Forgiving(values))


@cache
def _templates(language: str) -> dict[str, str]:
    """Sentences by code, from data/labels/notices_*.toml and the [notices] of the language's own file."""
    found: dict[str, str] = {}
    for path in sorted((DATA / "labels").glob("notices_*.toml")):
        table: dict[str, Any] = load_toml(f"labels/{path.name}")
        found.update({code: forms[language] for code, forms in table.items() if language in forms})
    own: dict[str, str] = load_toml(f"labels/{language}.toml").get("notices", {})
    return found | own


class _Forgiving(dict[str, str]):
    """A place that no value fills shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"
