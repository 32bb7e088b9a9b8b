"""The head and foot of an official document."""

from __future__ import annotations

from dataclasses import replace

from feedback_synth.datamodel.report import Letterhead
from feedback_synth.reports.dossier import Dossier


def letterhead(work: Dossier) -> Letterhead:
    """The office's own letterhead; where its line of place and day names the place only, the day is added."""
    head = work.options.letterhead
    if any(c.isdigit() or c == "…" for c in head.place_and_date):
        return head
    day = work.labels.date(work.options.date) if work.options.date else work.labels("blank_date")
    place = head.place_and_date.strip(" ,") or work.labels("blank_place")
    return replace(head, place_and_date=work.labels("place_and_date", place=place, date=day))
