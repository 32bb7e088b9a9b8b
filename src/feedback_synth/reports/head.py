"""The head and foot of an official document."""

from __future__ import annotations

from dataclasses import replace

from feedback_synth.datamodel.report import Letterhead
from feedback_synth.reports.dossier import Dossier


def letterhead(work: Dossier) -> Letterhead:
    """The office's own letterhead, with the day of the document where the office did not write it."""
    head = work.options.letterhead
    if head.place_and_date:
        return head
    day = work.labels.date(work.options.date) if work.options.date else work.labels("blank_date")
    return replace(head, place_and_date=work.labels("place_and_date", date=day))
