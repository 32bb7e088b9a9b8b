"""What the workspace holds, as people read it: moments, fields, decided values, kinds of draft."""

from __future__ import annotations

from feedback_synth.cli.speech import speaker, tr


def local_time(at: str) -> str:
    """A moment of the log as the clock on the wall shows it: "08:15, 22/11/2026"."""
    from datetime import datetime

    from feedback_synth.reports.labels import Labels

    here = datetime.fromisoformat(at).astimezone()
    return f"{here:%H:%M}, {Labels(speaker.language).date(here.date().isoformat(), 'short_date')}"


def pair(name: str, value: object) -> str:
    """A name and its value: "Author: Lan", "Auteur : Lan"."""
    from feedback_synth.reports.labels import Labels

    return Labels(speaker.language).pair(name, value)


def in_words(field: str, value: str) -> str:
    """A decided value as people read it."""
    from feedback_synth import pipeline_workspace
    from feedback_synth.reports.labels import Labels

    if field in ("split", "merge"):
        return tr("{count} pieces", count=value.count(",") + 2) if value else tr("taken back")
    return pipeline_workspace.value_in_words(field, value, Labels(speaker.language))


def field_name(field: str) -> str:
    """A field of a decision, as the columns of the table are called."""
    from feedback_synth.reports.labels import Labels

    own = {"split": tr("Cut into parts"), "merge": tr("Joined with others"), "added": tr("Added opinion")}
    return own.get(field) or Labels(speaker.language).name("columns", field)


def draft_name(kind: str) -> str:
    """A kind of draft in words, with the key that commands take: "Nghị quyết (resolution)"."""
    from feedback_synth.reports.labels import Labels

    words = Labels(speaker.language).name("draft_kinds", kind)
    return kind if words.casefold() == kind.casefold() else f"{words} ({kind})"


def shortened(text: str, longest: int = 90) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
