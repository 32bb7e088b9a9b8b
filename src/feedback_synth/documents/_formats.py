"""What format a file is in, by its content; its name only decides between kinds of plain text."""

from __future__ import annotations

import re
from pathlib import PurePath

from feedback_synth.documents._archive import Archive
from feedback_synth.documents._encodings import looks_like_text
from feedback_synth.documents._reading import Source
from feedback_synth.errors import UnreadableDocumentError, UnsupportedFormatError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|table|div|p)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:^|\n)(?:from|to|subject|date|received|return-path|mime-version|message-id):[ \t]", re.IGNORECASE
)
_ARCHIVED = re.compile(rb"(?:^|\n)content-type:\s*multipart/", re.IGNORECASE)  # below "MIME-Version", whoever sent it
_ENVELOPE = re.compile(rb"From \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n[A-Za-z-]{2,40}:")  # of a mail in a box of them
_CUES = re.compile(rb"^\s*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]+-->[ \t]", re.MULTILINE)
_JSON = re.compile(rb'\{\s*"|\[\s*\{\s*"')
_LEAST_CUES = 2
_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "md",
    ".markdown": "md",
    ".eml": "eml",
    ".vtt": "vtt",
    ".srt": "vtt",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")


def find_format(source: Source) -> str:
    """The name of the reader for this file. A FeedbackSynthError tells why there is none, and what to do."""
    data = source.data
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocumentError("{name}: the file is empty. Ask the sender for it again.", name=source.name)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_format(source)
    if data[:8] == _OLE:
        return _ole_format(source)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:5] == b"{\\rtf":
        return "rtf"
    return _text_format(source)


def _text_format(source: Source) -> str:
    suffix = PurePath(source.name).suffix.lower()
    if source.data.startswith(_PICTURES):
        raise UnsupportedFormatError(
            "{name}: this is a picture. Scan it to PDF with text recognition, or type the opinions into a Word "
            "or text file.",
            name=source.name,
        )
    if not looks_like_text(source.data):
        if suffix in (".docx", ".xlsx", ".docm", ".xlsm", ".odt"):
            raise UnreadableDocumentError(
                "{name}: the file is not a {suffix} document (it is no zip container). It may be damaged or "
                "renamed; ask for it again.",
                name=source.name,
                suffix=suffix,
            )
        raise _unknown(source.name)
    head = source.data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in (".docx", ".xlsx", ".docm", ".xlsm", ".odt", ".pdf") and not (
        _HTML.search(head) or head[:5] == b"<?xml"
    ):
        raise UnreadableDocumentError(
            "{name}: the file is not a {suffix} document, its content is plain text. It may be damaged or "
            "renamed; ask for it again, or give it with the ending .txt.",
            name=source.name,
            suffix=suffix,
        )
    if head[:5] == b"<?xml" and not _PAGE.search(head):
        return "xml"
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if _ENVELOPE.match(head) or (b"mime-version:" in head.lower() and _ARCHIVED.search(head)):
        return "eml"
    if suffix == ".xls" and head[:1] != b"<":
        return "csv"  # an export that only calls itself a workbook
    if head[:1] == b"<" and _HTML.search(head):
        return "html"
    if _JSON.match(head):
        return "json"
    if len(_CUES.findall(head)) >= _LEAST_CUES:
        return "vtt"
    if len({m.lower() for m in _MAIL.findall(head)}) >= 3:
        return "eml"
    return "txt"


def _zip_format(source: Source) -> str:
    archive = Archive(source.name, source.data)
    names = {n.replace("\\", "/").lower() for n in archive.names()}
    kind = archive.read("mimetype", 200) if "mimetype" in names and archive.size("mimetype") <= 200 else b""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return "odt"
    types = archive.read("[Content_Types].xml", 5_000_000) if "[content_types].xml" in names else b""
    if b"wordprocessingml" in types or any(n.startswith("word/document") for n in names):
        return "docx"
    if b"sheet.binary" in types:
        return "xls"
    if b"spreadsheetml" in types or any(n.startswith("xl/workbook") for n in names):
        return "xlsx"
    if b"presentationml" in types:
        raise UnsupportedFormatError(
            "{name}: presentations are not read. Save its text as a Word or PDF file and give that.", name=source.name
        )
    if not names:
        raise UnreadableDocumentError("{name}: the file is empty. Ask the sender for it again.", name=source.name)
    return "zip"


def _ole_format(source: Source) -> str:
    """Old Office containers, told apart by the names of their streams (UTF-16 in the directory)."""
    data = source.data

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise UnreadableDocumentError(
            "{name}: the file is protected by a password. Open it, remove the password and save it again.",
            name=source.name,
        )
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book"):
        return "xls"
    if has("__substg1.0_"):
        return "msg"
    raise _unknown(source.name)


def _unknown(name: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(
        "{name}: files of this kind are not read. Save it as .docx, .xlsx, .pdf, .odt, .rtf, .html, .csv or .txt and "
        "give that.",
        name=name,
    )
