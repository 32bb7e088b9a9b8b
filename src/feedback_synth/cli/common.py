"""What commands share: options, progress, messages, and files that appear only when they are complete."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedback_synth.cli.speech import LANGUAGES, speaker, tr
from feedback_synth.errors import FeedbackSynthError, Sentence

if TYPE_CHECKING:
    from feedback_synth.datamodel.document import Document

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

_LOCKS = ("~$", ".~lock.")
STEPS = {
    "read": "Reading sources",
    "parse": "Reading drafts",
    "extract": "Finding opinions",
    "analyse": "Sorting and linking",
    "compare": "Comparing drafts",
}
UY, EDUCATION = ("Ủy", "Uỷ"), ("GD&ĐT", "GDĐT")


def output_options(*, required: bool = True) -> Callable[[F], F]:
    """The options every command that writes results has."""
    return lambda command: _with_output(command, required)


def _with_output(command: F, required: bool) -> F:
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems."),
        click.option("--language", type=click.Choice(LANGUAGES), help="Language of the words around the quotations."),
        click.option(
            "-o",
            "--output",
            required=required,
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for the results; made if missing.",
        ),
    ):
        command = option(command)
    return command


def spelling_options(command: F) -> F:
    """How our own words are written; quotations are never touched."""
    for option in (
        click.option(
            "--education", type=click.Choice(EDUCATION), help="Short name of the education sector in our words."
        ),
        click.option("--uy", type=click.Choice(UY), help="Where the tone mark stands in our own words."),
    ):
        command = option(command)
    return command


def progress_on_terminal(step: str, items: Sequence[T]) -> Iterable[T]:
    """A progress bar on stderr, on a terminal only."""
    if not sys.stderr.isatty() or not items:
        return items
    return _bar(step, items)


def _bar(step: str, items: Sequence[T]) -> Iterable[T]:
    label = tr(STEPS.get(step, step)).ljust(max(len(tr(words)) for words in STEPS.values()))
    with click.progressbar(items, label=label, file=sys.stderr, show_eta=len(items) > 3) as bar:
        yield from bar


def say(message: str, quiet: bool = False) -> None:
    """Talk: on stderr, unless the user wants quiet."""
    if not quiet:
        click.echo(tr(message), err=True)


def say_written(files: Iterable[Path], quiet: bool = False) -> None:
    """Name the files that were written."""
    say("\n".join(["", tr("Written:"), *(f"  {file}" for file in files)]), quiet)


def complain(sentences: Iterable[str]) -> bool:
    """Say what went wrong, one line each; true if anything did."""
    found = list(sentences)
    for sentence in found:
        click.secho(tr(sentence), err=True, fg="red" if sys.stderr.isatty() and "NO_COLOR" not in os.environ else None)
    return bool(found)


def say_confidential(documents: Iterable[Document]) -> None:
    """Say at once, even to those who want quiet, which files bear a mark of confidentiality."""
    marked = [(d.name, n) for d in documents for n in d.notices if n.code == "confidential"]
    if marked:
        from feedback_synth.pipeline_workspace import sentence

        complain(f"{name}: {sentence(notice, speaker.language)}" for name, notice in marked)


def without_locks(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Sentence, ...]]:
    """The paths without the lock files that Word and LibreOffice keep beside an open file, and a sentence for each."""
    given: list[Path] = []
    left_out: list[Sentence] = []
    for path in paths:
        if path.name.startswith(_LOCKS):
            left_out.append(
                Sentence(
                    "{file} is no document: it marks that somebody has one open. Close Word, so that the last changes "
                    "are saved, and give the document itself.",
                    file=path,
                )
            )
        else:
            given.append(path)
    return tuple(given), tuple(left_out)


def _check_free(files: Iterable[Path]) -> None:
    """OSError if a file that is there cannot be written: Windows refuses what Word has open."""
    for file in files:
        if file.exists():
            with file.open("r+b"):
                pass


def write_results(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write all ``files`` beside ``folder``'s old ones, then put each in its place: never half a result.

    FeedbackSynthError names the folder or the file that cannot be written (open in Word, for example); then none is.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as scratch:
            for name, content in files.items():
                (Path(scratch) / name).write_bytes(content)
            _check_free(folder / name for name in files)
            for name in files:
                (Path(scratch) / name).replace(folder / name)
                written.append(folder / name)
    except OSError as error:
        raise FeedbackSynthError(
            "{file} cannot be written ({reason}). Close it in Word or Excel, or choose another folder with --output.",
            file=error.filename2 or error.filename or folder,
            reason=error.strerror,
        ) from error
    return written
