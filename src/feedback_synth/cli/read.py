"""``feedback-synth read``: what the product sees in a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from feedback_synth.cli.common import complain, say_confidential, without_locks
from feedback_synth.cli.speech import speaker, tr
from feedback_synth.datamodel.opinion import Role
from feedback_synth.errors import Sentence

if TYPE_CHECKING:
    from feedback_synth.datamodel.document import Document
    from feedback_synth.datamodel.opinion import Extraction

FIELDS = {
    "sender": Sentence("Sender"),
    "superior": Sentence("Superior body"),
    "signer": Sentence("Signed by"),
    "signer_title": Sentence("Title of who signed"),
    "number": Sentence("Number"),
    "date": Sentence("Date"),
    "subject": Sentence("Subject"),
    "addressee": Sentence("Addressee"),
    "time": Sentence("Time"),
    "place": Sentence("Place"),
    "chair": Sentence("Chair"),
    "chair_title": Sentence("Title of the chair"),
    "secretary": Sentence("Secretary"),
    "secretary_title": Sentence("Title of the secretary"),
    "attendance": Sentence("Attendance"),
}


@click.command(short_help="Show what the program sees in a file.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable: one JSON array.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Show what the product sees in FILES: kind, language, fields, blocks with their place and role, notices.

    \b
    Example:
      feedback-synth read letter.docx
    """
    from feedback_synth import pipeline

    given, locks = without_locks(files)
    documents, failures = pipeline.read_sources(pipeline.Job(given))
    say_confidential(documents)
    extractions = pipeline.extract(documents)
    if as_json:
        rows = [as_row(d, e) for d, e in zip(documents, extractions, strict=True)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for document, extraction in zip(documents, extractions, strict=True):
            click.echo(as_text(document, extraction))
    if complain([*locks, *failures]):
        raise SystemExit(1)


def as_text(document: Document, extraction: Extraction) -> str:
    """A page for people."""
    from feedback_synth.pipeline_workspace import sentence
    from feedback_synth.reports.labels import Labels

    labels = Labels(speaker.language)
    kind = f"{labels.name('source_kinds', document.kind)} ({document.kind})"
    language = labels.name("languages", document.language or "?")
    lines = [f"{document.name}: {kind}, {language}, {tr('blocks: {count}', count=len(document.blocks))}"]
    for field in document.fields:
        value = labels.date(field.value) if field.name == "date" else field.value
        lines.append(f"  {labels.pair(tr(FIELDS.get(field.name, field.name)), value)}")
    lines += [f"  ! {sentence(notice, speaker.language)}" for notice in document.notices]
    roles = {role: labels.name("roles", role) for role in get_args(Role)}
    width = max(map(len, roles.values()))
    for passage in extraction.passages:
        block = document.by_id[passage.span.block_id]
        words = " ".join(document.quote(passage.span).split())
        number = f"{block.number} " if block.number and passage.span.start == 0 else ""
        lines.append(f"  {block.locator!s:<14} {roles[passage.role]:<{width}}  {number}{words}")
    return "\n".join(lines)


def as_row(document: Document, extraction: Extraction) -> dict[str, Any]:
    """The same for machines."""
    roles: dict[str, list[dict[str, Any]]] = {}
    for passage in extraction.passages:
        row = {"start": passage.span.start, "end": passage.span.end, "role": passage.role, "evidence": passage.evidence}
        roles.setdefault(passage.span.block_id, []).append(row)
    return {
        "name": document.name,
        "kind": document.kind,
        "language": document.language,
        "fields": [{"name": f.name, "value": f.value} for f in document.fields],
        "notices": [{"code": n.code, **dict(n.values)} for n in document.notices],
        "blocks": [
            {**asdict(block), "locator": str(block.locator), "passages": roles.get(block.id, [])}
            for block in document.blocks
        ],
    }
