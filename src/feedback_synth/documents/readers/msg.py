"""Outlook messages (.msg): head, words, attached files."""

from __future__ import annotations

from feedback_synth.datamodel.document import Field, Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._threads import write_mail
from feedback_synth.documents.ole.container import Container
from feedback_synth.documents.readers import html
from feedback_synth.errors import UnreadableDocumentError

SUFFIXES = (".msg",)
_HEADS = (("From", "0c1a", "sender"), ("To", "0e04", "addressee"), ("Cc", "0e03", ""), ("Subject", "0037", "subject"))
_MAX_ATTACHMENTS = 200


def read(source: Source, reading: Reading) -> None:
    """The head lines as "header" blocks, then the words; attachments are attached."""
    try:
        container = Container(source.data)
    except ValueError as error:
        raise UnreadableDocumentError(
            "{name}: the message is damaged. In Outlook, save it anew as text or HTML and give that.", name=source.name
        ) from error
    for name, code, field in _HEADS:
        value = _string(container, code)
        if value:
            reading.add(f"{name}: {value}", Locator("header"), "header")
            if field:
                reading.fields.append(Field(field, value.strip()))
    _write_words(container, source, reading)
    for i in range(_MAX_ATTACHMENTS):
        folder = f"__attach_version1.0_#{i:08x}/"
        data = container.read(f"{folder}__substg1.0_37010102")
        name = _string(container, "3707", folder) or _string(container, "3704", folder)
        if data:
            reading.attachments.append(Source(f"{source.name}/{name.strip() or 'attachment'}", data))


def _write_words(container: Container, source: Source, reading: Reading) -> None:
    text = _string(container, "1000")
    if text.strip():
        write_mail(text, reading)
        return
    page = container.read("__substg1.0_10130102") or _string(container, "1013").encode("utf-8")
    if page:
        html.read_mail(Source(source.name, page), reading)


def _string(container: Container, code: str, folder: str = "") -> str:
    wide = container.read(f"{folder}__substg1.0_{code}001F")
    if wide:
        return wide.decode("utf-16-le", errors="replace").rstrip("\x00")
    return decode(container.read(f"{folder}__substg1.0_{code}001E"))[0].rstrip("\x00")
