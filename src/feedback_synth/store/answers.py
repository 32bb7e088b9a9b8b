"""What an editor's words say beyond the cell they stand in: a status in an answer, a place in a status."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from feedback_synth.datamodel.decision import DecidedField
from feedback_synth.languages import detection
from feedback_synth.languages.references import references
from feedback_synth.store.dispositions import parse

Words = Callable[[DecidedField], str]  # the words of a field of the row, "" where nobody filled it in

_TAKEN_IN = ("accepted", "accepted_in_part")


def implied(edited: DecidedField, words: Words) -> Iterator[tuple[DecidedField, str]]:
    """(field, words) that an edited field of a row says about fields that are empty.

    "Tiếp thu, đã sửa tại khoản 2 Điều 3" in the cell of the status is the answer and names the place; in the cell of
    the answer it is the status too.
    """
    text = words(edited)
    if edited not in ("disposition", "response") or not text:
        return
    status = parse(text)
    if edited == "disposition" and status.says_more and not words("response"):
        yield "response", text
    if edited == "response" and status.disposition and not words("disposition"):
        yield "disposition", text
    place = _place(text)
    if place and not words("place") and (status.disposition or parse(words("disposition")).disposition) in _TAKEN_IN:
        yield "place", place


def _place(text: str) -> str:
    """The only place that the words name, in these words; "" for none or several."""
    found = [r for r in references(text, detection.detect(text, "vi")) if r.levels and not r.external]
    return text[found[0].start : found[0].end] if len(found) == 1 else ""
