"""Plain text: paragraphs, with lines that were wrapped at a margin joined again."""

from __future__ import annotations

from feedback_synth.datamodel.document import Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._threads import quotes, write_mail
from feedback_synth.documents._wrapping import join_wrapped

SUFFIXES = (".txt", ".text", ".log")


def read(source: Source, reading: Reading) -> None:
    """One block per paragraph; the locator counts lines from 1."""
    text, encoding = decode(source.data)
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.notice("encoding_guessed", encoding=encoding)
    if quotes(text):
        write_mail(text, reading)  # a message pasted with the words it answers
    else:
        write_lines(text, reading)


def write_lines(text: str, reading: Reading, part: str = "body") -> None:
    """Blocks of a text; each keeps the number of its first line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    for number, paragraph in join_wrapped(lines):
        reading.add(paragraph, Locator(part, line=number))
