"""What comes out of a workspace and back: ``table report export import diff check``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from feedback_synth.cli.common import (
    complain,
    progress_on_terminal,
    say,
    say_confidential,
    say_written,
    without_locks,
    write_results,
)
from feedback_synth.cli.import_summary import say_added, summarize
from feedback_synth.cli.lists import words_of_list
from feedback_synth.cli.speech import LANGUAGES, speaker, tr
from feedback_synth.cli.synthesize import INPUT, preview, read_template
from feedback_synth.cli.wording import pair, shortened
from feedback_synth.cli.workspace import deciding, in_workspace, now
from feedback_synth.datamodel.report import Variant
from feedback_synth.errors import FeedbackSynthError, Sentence

if TYPE_CHECKING:
    from feedback_synth.cli.synthesize import Here
    from feedback_synth.datamodel.document import Notice
    from feedback_synth.datamodel.report import ReportOptions
    from feedback_synth.store.health import Finding
    from feedback_synth.store.run_diff import Moved
    from feedback_synth.store.workspace import Workspace

_RESULTS = "results"
_language = click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the words around the quotations."
)
_variant = click.option("--variant", type=click.Choice(get_args(Variant)), help="Columns of the absorption table.")
_output = click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; without it, results.",
)
_template = click.option("--template", type=INPUT, help="The office's own .docx; it wins over the built-in layout.")
_final = click.option("--final", is_flag=True, help="Refuse while anything is undecided or incomplete.")


def synthesize_here(workspace: Workspace, told: Here) -> None:
    """``synthesize`` without SOURCES: run over the workspace and write every result with the decisions in it."""
    from feedback_synth import pipeline, pipeline_workspace, results

    outcome = pipeline_workspace.synthesize(
        workspace,
        at=now(),
        encoder=told.encoder,
        progress=pipeline.silent if told.quiet else progress_on_terminal,
        seen=say_confidential,
        read_as=pipeline.Job((), kinds=told.kinds, columns=told.columns, groups=told.groups),
    )
    asked = words_of_list(told.consulted) if told.consulted else ""
    chosen = _options(workspace, {**told.layout, "consulted": asked}, told.template)
    files = {
        **results.contract_files(outcome.analysis),
        **pipeline_workspace.tables(workspace, chosen, at=now(), formats=("docx", "xlsx")),
        **pipeline_workspace.reports(workspace, chosen),
        **(pipeline_workspace.corpus(outcome.analysis) if told.corpus else {}),
    }
    if not told.quiet:
        click.echo(preview(outcome.analysis, pipeline_workspace.numbered(workspace, outcome.analysis, chosen)))
    say(tr("Run {number}", number=outcome.run.number), told.quiet)
    if outcome.carried:
        say(tr("Decisions that followed their words into a newer source: {count}", count=outcome.carried), told.quiet)
    _write(workspace, told.output, files, told.quiet)
    problems = [*(_sentence(n, workspace) for n in outcome.notices), *outcome.analysis.failures]
    if complain(problems) and outcome.analysis.failures:
        raise SystemExit(1)


@click.command(short_help="Write the absorption table.")
@_language
@_variant
@_template
@_final
@_output
@in_workspace
def table(workspace: Workspace, output: Path | None, final: bool, template: Path | None, **chosen: str | None) -> None:
    """Write the absorption table (Word, Excel, page) with the decisions in it.

    \b
    Example:
      feedback-synth table --variant B --final
    """
    from feedback_synth import pipeline_workspace

    _refuse_unfinished(workspace, final)
    _write(workspace, output, pipeline_workspace.tables(workspace, _options(workspace, chosen, template), at=now()))


@click.command(short_help="Write the report and the comparison of drafts.")
@_language
@_template
@_final
@_output
@in_workspace
def report(workspace: Workspace, output: Path | None, final: bool, template: Path | None, **chosen: str | None) -> None:
    """Write the synthesized report and the comparison of drafts.

    \b
    Example:
      feedback-synth report --language vi
    """
    from feedback_synth import pipeline_workspace

    _refuse_unfinished(workspace, final)
    _write(workspace, output, pipeline_workspace.reports(workspace, _options(workspace, chosen, template)))


@click.command(short_help="Write tables for editors to fill in.")
@_language
@_variant
@_template
@click.option("--format", "formats", type=click.Choice(["xlsx", "docx"]), multiple=True, help="Only this format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; without it, for-editing.",
)
@in_workspace
def export(
    workspace: Workspace,
    output: Path | None,
    formats: tuple[str, ...],
    template: Path | None,
    **chosen: str | None,
) -> None:
    """Write tables for editors to fill in; import reads them back.

    \b
    Example:
      feedback-synth export --format xlsx --output for-lan
    """
    from feedback_synth import pipeline_workspace

    wanted = formats or pipeline_workspace.EXPORT_FORMATS
    shown = replace(_options(workspace, chosen, template), for_editing=True)
    files = pipeline_workspace.tables(workspace, shown, at=now(), formats=wanted)
    files |= pipeline_workspace.comparisons(workspace, shown, at=now(), formats=wanted)
    _write(workspace, output or workspace.folder / "for-editing", files)


@click.command(name="import", short_help="Read a filled-in table back.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "applied", is_flag=True, help="Take the changes over; without this, only show them.")
@click.option("--reviewer", help="Who decided; without it the setting reviewer, else who saved the file last.")
@in_workspace
def import_(workspace: Workspace, file: Path, applied: bool, reviewer: str | None) -> None:
    """Read an edited table (.xlsx, .docx) back: shows what it would change, and with --apply takes it over.

    Nothing is lost: an empty cell erases nothing, and where somebody decided otherwise meanwhile both are kept.

    \b
    Examples:
      feedback-synth import table-from-lan.xlsx
      feedback-synth import table-from-lan.xlsx --apply --reviewer "Lan"
    """
    from feedback_synth import pipeline_workspace

    _, locks = without_locks([file])
    if locks:
        raise FeedbackSynthError(locks[0])
    back = pipeline_workspace.take_back(workspace, file, at=now())
    for notice in back.notices:
        say(_sentence(notice, workspace))
    say_added(back, workspace)
    summarize(back, {**workspace.rows.known(), **pipeline_workspace.names_of_changes(workspace)})
    if applied:
        who = deciding(workspace, reviewer, back.editor)
        recorded, carried = pipeline_workspace.take_over(workspace, back, reviewer=who, at=now())
        click.echo(tr("Recorded: {count} decisions by {who}.", count=recorded, who=who))
        if any(p.kind == "added" or p.after == "no_opinion" for p in back.proposals):
            click.echo(tr('Run "feedback-synth synthesize" to see it in the tables.'))
        if carried:
            say(tr("Decisions that followed their words into a newer source: {count}", count=carried))
    elif back.proposals:
        click.echo(tr("Nothing was changed yet. Add --apply to take this over."))


@click.command(short_help="What differs between two runs.")
@click.argument("old", type=click.IntRange(min=1))
@click.argument("new", type=click.IntRange(min=1))
@in_workspace
def diff(workspace: Workspace, old: int, new: int) -> None:
    """What differs between two runs: sources, opinions, groups, places, outcomes.

    \b
    Example:
      feedback-synth diff 1 2
    """
    from feedback_synth import pipeline_workspace
    from feedback_synth.reports.labels import Labels

    labels = Labels(speaker.language)
    found = pipeline_workspace.diff(workspace, old, new)
    _list(tr("Sources added"), found.added_sources)
    _list(tr("Sources gone"), found.removed_sources)
    _list(tr("Opinions added"), [shortened(o.text) for o in found.added])
    _list(tr("Opinions gone"), [shortened(o.text) for o in found.removed])
    _list(tr("Other group"), _moved(found.regrouped, labels.group))
    _list(tr("Other place"), _moved(found.relinked, _places_in_words))
    _list(tr("Other outcome"), _moved(found.outcomes, partial(labels.name, "outcomes")))
    if found.is_empty:
        click.echo(tr("The runs do not differ."))


@click.command(short_help="What is missing, in doubt or contradictory.")
@_final
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON on stdout.")
@in_workspace
def check(workspace: Workspace, final: bool, as_json: bool) -> None:
    """Is the material correct, complete, clean and alive? Exit status 1 if something serious is found.

    \b
    Example:
      feedback-synth check --final
    """
    from feedback_synth import pipeline_workspace

    findings = _in_order(pipeline_workspace.examine(workspace, final=final), workspace.rows.known())
    if as_json:
        shown = [
            {**asdict(f.notice), "serious": f.serious, "sentence": _sentence(f.notice, workspace)} for f in findings
        ]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        _list(tr("To settle"), _sentences((f.notice for f in findings if f.serious), workspace))
        _list(tr("To look at"), _sentences((f.notice for f in findings if not f.serious), workspace))
        if not findings:
            click.echo(tr("Nothing found."))
        if any(dict(f.notice.values).get("opinion") for f in findings):
            say(tr('"feedback-synth show ROW" shows an opinion; decide, correct, split and merge put it right.'))
    if any(f.serious for f in findings):
        raise SystemExit(1)


def _in_order(findings: Sequence[Finding], rows: Mapping[str, int]) -> list[Finding]:
    """The findings of each kind by the numbers of their rows."""
    kinds = list(dict.fromkeys(f.notice.code for f in findings))
    return sorted(
        findings, key=lambda f: (kinds.index(f.notice.code), rows.get(dict(f.notice.values).get("opinion", ""), 0))
    )


def _places_in_words(places: str) -> str:
    """The places of a run's links with the drafts in words: "Nghị quyết: Điều 3"."""
    from feedback_synth.reports.labels import Labels

    labels = Labels(speaker.language)
    parts = (place.partition(": ") for place in places.split("; ") if place)
    return "; ".join(labels.pair(labels.name("draft_kinds", kind), label) for kind, _, label in parts)


def _moved(moved: Sequence[Moved], say: Callable[[str], str]) -> list[str]:
    return [f"{shortened(m.opinion.text, 60)}: {say(m.old) or '–'} → {say(m.new) or '–'}" for m in moved]


def _list(title: str, lines: Any) -> None:
    if lines:
        click.echo(pair(title, len(lines)))
        for line in lines:
            click.echo(f"  - {line}")


def _refuse_unfinished(workspace: Workspace, final: bool) -> None:
    """A final document has nothing pending; exit status 1 with what is missing."""
    from feedback_synth import pipeline_workspace

    if not final:
        return
    found = pipeline_workspace.unfinished(workspace)
    if complain(_sentences(found, workspace)):
        complain([tr("Not written: a final document has nothing undecided or incomplete.")])
        raise SystemExit(1)


def _options(workspace: Workspace, chosen: Mapping[str, str | None], template: Path | None = None) -> ReportOptions:
    from feedback_synth import pipeline_workspace

    analysis = pipeline_workspace.analysis_of(workspace)
    options = pipeline_workspace.options(workspace, analysis, **{k: v for k, v in chosen.items() if v})
    return replace(options, template=read_template(template))


def _write(workspace: Workspace, output: Path | None, files: Mapping[str, bytes], quiet: bool = False) -> None:
    written = write_results(output or workspace.folder / _RESULTS, files)
    say_written(written, quiet)


def _sentences(notices: Iterable[Notice], workspace: Workspace) -> list[str]:
    """Each sentence once: what is said of a row is said of every opinion in it."""
    return list(dict.fromkeys(_sentence(notice, workspace) for notice in notices))


def _sentence(notice: Notice, workspace: Workspace) -> str:
    """A notice in the user's words; a sentence within it, such as why a file was not read, too."""
    from feedback_synth import pipeline_workspace
    from feedback_synth.reports.bundles import row_ranges

    numbers = workspace.rows.known()
    values = tuple((name, tr(value) if isinstance(value, Sentence) else value) for name, value in notice.values)
    if notice.code == "exchange_key_restored":
        ids = [row.partition("+")[0] for name, row in notice.values if name == "row"]
        values += (("rows", row_ranges(numbers[id_] for id_ in ids if id_ in numbers) or "–"),)
    rows = {id_: tr("Row {number}", number=number) for id_, number in numbers.items()}
    return pipeline_workspace.sentence(replace(notice, values=values), speaker.language, rows)
