"""What a table that came back would change, as ``import`` tells it before anything is taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from feedback_synth.cli.speech import tr
from feedback_synth.cli.wording import field_name, in_words, pair, shortened
from feedback_synth.cli.workspace_opinions import place_in_words
from feedback_synth.errors import Sentence

if TYPE_CHECKING:
    from feedback_synth.store.importing import Import
    from feedback_synth.store.workspace import Workspace

_LISTED = 12  # lines of each kind that a summary shows
_CUT_SHORT = ("new", "changed", "edited_quotation")  # what somebody must do something about is listed in full
_BEFORE_DIFFERENCE = 30  # characters
_REMEDIES = {
    "disposition": Sentence(
        "A status is one of the list, or begins with one: Tiếp thu, Tiếp thu một phần, Giải trình, Không tiếp thu, "
        "Ghi nhận; Retenu, Non retenu; Accepted, Not accepted."
    ),
    "group": Sentence("A group is one of the list in the cell; a new one is taught by learn."),
    "provision": Sentence(
        "A place is written as the draft does, for example Điều 3 khoản 2; with two drafts begin with which: "
        "Nghị quyết: Điều 3 khoản 2."
    ),
}
_AUTHORS = Sentence("A row of several opinions needs one line for each in the cell, in their order, empty ones too.")
IMPORT_KINDS = {
    "added": Sentence("Added"),
    "new": Sentence("New"),
    "changed": Sentence("Changed"),
    "conflicting": Sentence("Conflicting with a newer decision, both kept"),
    "emptied": Sentence("Empty now, the value stays"),
    "unclear": Sentence("Not understood, not taken over"),
    "typed_outside": Sentence("Written beside the field, not taken over"),
    "edited_quotation": Sentence("Quotation edited, printed again as it was"),
    "missing": Sentence("Not in the file, nothing lost"),
    "unknown_row": Sentence("Of an opinion this workspace does not have"),
    "inserted_row": Sentence("Inserted row, belongs to no opinion"),
    "already_there": Sentence("Typed row whose words stand in the table already, not added"),
}


def say_added(back: Import, workspace: Workspace) -> None:
    """The opinions that an editor typed into the table: who says what, and where the words stand."""
    from feedback_synth import pipeline_workspace

    new = {p.row for p in back.proposals if p.kind == "added"}
    if not new:
        return
    analysis = pipeline_workspace.analysis_of(workspace)
    names = _names_of_added(back)
    click.echo(pair(tr(IMPORT_KINDS["added"]), len(new)))
    for row, place in pipeline_workspace.places_of(workspace, back):
        if row.id in new:
            author = row.author if row.author.name or row.author.organization else place.author
            who = ", ".join(part for part in (author.name, author.title, author.organization) if part) or "?"
            click.echo(f"  {names[row.id]}  “{shortened(row.text)}” – {who} ({place_in_words(place, analysis)})")


def _names_of_added(back: Import) -> dict[str, str]:
    """What a summary calls the opinions that an editor typed: they get their rows with the next run."""
    return {row.id: f"+{number}" for number, row in enumerate(back.typed, start=1)}


def summarize(back: Import, numbers: Mapping[str, int | str]) -> None:
    """What a file would change, by kind of change."""
    numbers = {**numbers, **_names_of_added(back)}
    kinds: dict[str, list[str]] = {}
    for p in back.proposals:
        if p.kind in ("added", "missing"):
            continue
        row = numbers.get(p.row.partition("+")[0], p.row)
        old, after = _told_apart(in_words(p.column, p.before), in_words(p.column, p.after))
        before = f"“{old}” → " if p.before else ""
        words = pair(field_name(p.column), f"{before}“{after}”") if p.column else f"“{after}”"
        kinds.setdefault(p.kind, []).append(f"  {row}  {words}")
    for kind, lines in kinds.items():
        click.echo(pair(tr(IMPORT_KINDS[kind]), len(lines)))
        listed = _LISTED if kind in _CUT_SHORT else len(lines)
        for line in lines[:listed]:
            click.echo(line)
        if len(lines) > listed:
            click.echo(tr("  … and {count} more", count=len(lines) - listed))
        if kind == "unclear":
            for remedy in dict.fromkeys(_remedy(p.column) for p in back.proposals if p.kind == kind):
                click.echo(f"  {tr(remedy)}")
    _say_missing(back, numbers)
    if not back.proposals:
        click.echo(tr("Nothing differs from what the workspace knows."))


def _told_apart(old: str, new: str) -> tuple[str, str]:
    """Both in short; where that hides what differs, without the words before it."""
    if shortened(old) != shortened(new):
        return shortened(old), shortened(new)
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = old.rfind(" ", 0, max(0, same - _BEFORE_DIFFERENCE)) + 1
    return (f"…{shortened(old[start:])}", f"…{shortened(new[start:])}") if start else (shortened(old), shortened(new))


def _say_missing(back: Import, numbers: Mapping[str, int | str]) -> None:
    """What did not come back: whole rows, and cells by their column."""
    from feedback_synth.reports.bundles import row_ranges

    gone: dict[str, list[str]] = {}
    for p in back.proposals:
        if p.kind == "missing":
            gone.setdefault(p.column, []).append(p.row)
    if gone:
        click.echo(pair(tr(IMPORT_KINDS["missing"]), sum(len(rows) for rows in gone.values())))
    for column, rows in gone.items():
        known = [numbers.get(row.partition("+")[0], row) for row in rows]
        counted = row_ranges(n for n in known if isinstance(n, int))
        named = [str(n) for n in known if not isinstance(n, int)]
        where = tr("rows {rows}", rows=", ".join(filter(None, [counted, *named])))
        click.echo(f"  {pair(field_name(column), where) if column else where}")


def _remedy(column: str) -> Sentence:
    return _REMEDIES.get(column, _AUTHORS)
