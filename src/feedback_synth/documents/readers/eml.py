"""Mail messages (.eml): head, words with the messages they quote, attached files."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from feedback_synth.datamodel.document import Field, Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._threads import write_mail
from feedback_synth.documents.readers import html

SUFFIXES = (".eml",)
_HEADS = (
    ("From", "sender"),
    ("To", "addressee"),
    ("Cc", ""),
    ("Subject", "subject"),
    ("Date", "date"),
    ("Organization", "organization"),
)
_MAX_PARTS = 500
_WORDS = ("text/plain", "text/html")
_WORDLESS = frozenset(
    "application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature text/calendar".split()
)
_FULL = 0.5  # of the words of the fullest alternative, from which one says what the message says
_UNSEEN = re.compile(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->|<[a-z/!][^<>]*>|&nbsp;")
_CHARSET = re.compile(
    r"""(?i)(<meta\b[^<>]*?)charset\s*=\s*["']?[\w-]+"""
)  # of a page that was decoded by what its part declares
_ENVELOPE = re.compile(rb"\r?\n\r?\nFrom [^\r\n]*\d{4}[^\r\n]*\r?\n(?=[A-Za-z-]{2,40}:)")  # between the mails of a box


def read(source: Source, reading: Reading) -> None:
    """The head lines as "header" blocks, then the words; attachments are attached."""
    data = _as_ascii(source.data)
    if data.startswith(b"From "):
        messages = _ENVELOPE.split(b"\n\n" + data)[1:]
        if len(messages) > 1:
            reading.attachments += [Source(f"{source.name}/{n}.eml", m) for n, m in enumerate(messages, start=1)]
            return
    message = email.message_from_bytes(data, policy=email.policy.default)
    is_page = _is_page(message)
    if not is_page:
        _write_head(message, reading)
    for kind, text in _bodies(message, source, reading):
        if kind == "text/html":
            page = Source(source.name, _CHARSET.sub(r"\1", text).encode("utf-8"))
            html.read(page, reading) if is_page else html.read_mail(page, reading)
        else:
            write_mail(text, reading)


def _is_page(message: Message) -> bool:
    """A web page or a text saved in one file by a browser or by Word: nobody sent it."""
    saved = "saved by" in _header(message, "From").lower() or message.get("Snapshot-Content-Location")
    return bool(saved) or not any(message.get(name) for name in ("From", "To", "Received"))


def _as_ascii(data: bytes) -> bytes:
    """A message that was saved in UTF-16 is made readable again."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:200]:
        return decode(data)[0].encode("utf-8")
    return data


def _write_head(message: Message, reading: Reading) -> None:
    for name, field in _HEADS:
        value = _header(message, name)
        if not value:
            continue
        reading.add(f"{name}: {value}", Locator("header"), "header")
        if field == "sender":
            value = parseaddr(value)[0] or value
        elif field == "date":
            value = _iso_date(value)
        if field and value:
            reading.fields.append(Field(field, value))


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "").strip()
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""  # a head line that the standard library cannot take apart


def _iso_date(value: str) -> str:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _bodies(message: Message, source: Source, reading: Reading) -> list[tuple[str, str]]:
    """(content type, text) of the parts that are shown; the others are attached."""
    found: list[tuple[str, str]] = []
    for count, part in enumerate(_shown(message)):
        if count > _MAX_PARTS:
            reading.notice("parts_left_out")
            break
        kind = part.get_content_type()
        if kind in _WORDLESS or (part.get("Content-Location") and kind not in _WORDS):
            continue  # signatures; what a saved page needs to look as it does
        name = _file_name(part)
        if kind == "message/rfc822":
            inner = part.get_payload()
            inner = inner[0] if isinstance(inner, list) and inner else None
            if isinstance(inner, Message):
                reading.attachments.append(Source(f"{source.name}/{name or 'message.eml'}", inner.as_bytes()))
        elif name or part.get_content_disposition() == "attachment":
            _attach(part, name or "attachment", source, reading)
        elif kind in _WORDS:
            found.append((kind, _text(part)))
    return found


def _shown(message: Message) -> list[Message]:
    """The parts of a message in order; of alternatives the plain words, unless another has far more of them."""
    parts = _parts(message)
    if parts is None:
        return [message]
    if message.get_content_type() != "multipart/alternative":
        return [leaf for part in parts for leaf in _shown(part)]
    leaves = [_leaves(part) for part in parts]
    said = [max((_size(leaf) for leaf in found if leaf.get_content_type() in _WORDS), default=0) for found in leaves]
    chosen = next((n for n, size in enumerate(said) if size and size >= _FULL * max(said)), 0)
    rest = [leaf for n, found in enumerate(leaves) if n != chosen for leaf in found]
    return [*leaves[chosen], *(leaf for leaf in rest if leaf.get_content_type() not in _WORDS)] if leaves else []


def _size(part: Message) -> int:
    """How many words a part shows."""
    return len(_UNSEEN.sub(" ", _text(part)).split())


def _leaves(message: Message) -> list[Message]:
    parts = _parts(message)
    return [message] if parts is None else [leaf for part in parts for leaf in _leaves(part)]


def _parts(message: Message) -> list[Message] | None:
    """What a message is made of; None for one that is a single part, or another message as a whole."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        return None
    payload = message.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _file_name(part: Message) -> str:
    try:
        return re.sub(r"[\\/:\x00-\x1f]", "_", part.get_filename() or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    data = _payload(part)
    charset = part.get_content_charset() or ""
    try:
        return data.decode(charset) if charset else decode(data)[0]
    except (LookupError, UnicodeDecodeError):
        return decode(data)[0]


def _attach(part: Message, name: str, source: Source, reading: Reading) -> None:
    data = _payload(part)
    if part.get_content_maintype() in ("image", "audio", "video"):
        reading.notice("attachment_left_out", name=name)
    elif data:
        reading.attachments.append(Source(f"{source.name}/{name}", data))
