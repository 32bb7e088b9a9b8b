"""Exports of chats and lists of records (.json): messages with their senders and times, records as a table."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedback_synth.datamodel.document import Cell, Locator
from feedback_synth.documents._chats import ChatMessage, in_order, write
from feedback_synth.documents._column_words import is_question, title_scores
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._words import words as listed
from feedback_synth.documents.readers.txt import write_lines

SUFFIXES = (".json", ".jsonl", ".ndjson")
_ZONE = datetime.timezone(datetime.timedelta(hours=7))  # of the provinces; exports count from 1970 without a zone
_MILLISECONDS = 100_000_000_000  # a count from which it is of milliseconds
_LATEST = 4_102_444_800  # seconds, the year 2100
_LEAST_KNOWN = 0.5  # share of a list whose entries have a sender or an action, and words or an attachment
_LEAST_RECORDS = 2
_MOST_LISTS = 200  # chats of one file
_MAX_DEPTH = 8

_Record = Mapping[str, Any]


def read(source: Source, reading: Reading) -> None:
    """One block per message or per cell of a record; several chats in a file are given as files of their own. What is
    neither is read as lines of text.
    """
    text, encoding = decode(source.data)
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.notice("encoding_guessed", encoding=encoding)
    data = _parsed(text)
    chats = [] if _is_form(data) else list(_chats(data, "", 0))[:_MOST_LISTS]
    if len(chats) > 1:
        for number, (title, entries) in enumerate(chats, start=1):
            content = json.dumps({"title": title, "messages": entries}, ensure_ascii=False).encode("utf-8", "replace")
            reading.attachments.append(Source(f"{source.name}/{number} {title}".strip() + ".json", content))
    elif chats:
        _write_chat(*chats[0], data, reading)
    elif _are_records(data):
        _write_records(data, reading)
    else:
        write_lines(text, reading)


def _parsed(text: str) -> Any:
    """What the text holds, of one document or one a line; None for a broken one."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


# ---- chats -----------------------------------------------------------------------------------------
def _chats(data: Any, title: str, depth: int) -> Iterator[tuple[str, list[_Record]]]:
    """The lists of messages in ``data``, each with the name of its chat."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        title = _first_text(data, "title") or title
        for value in data.values():
            yield from _chats(value, title, depth + 1)
    elif isinstance(data, list):
        entries: list[_Record] = [e for e in data if isinstance(e, dict)]
        known = sum(_is_message(e) for e in entries)
        if known and known >= _LEAST_KNOWN * len(data):
            yield title, entries
        else:
            for value in data:
                yield from _chats(value, title, depth + 1)


def _is_message(entry: _Record) -> bool:
    said = bool(_value(entry, "said") or _value(entry, "attached") or _value(entry, "action"))
    return said and _value(entry, "time") is not None and _value(entry, "sender") is not None


def _write_chat(title: str, entries: Sequence[_Record], data: Any, reading: Reading) -> None:
    reading.add(_text(title), Locator("title"), "navigation")
    for people in (data.get("participants") if isinstance(data, dict) else None) or ():
        name = people.get("name") if isinstance(people, dict) else people
        reading.add(_text(name), Locator("participants"), "navigation")
    write(in_order([_message(e) for e in entries]), reading)


def _message(entry: _Record) -> ChatMessage:
    kind = str(entry.get("type") or "").lower()
    service = kind in listed("chat", "service")
    words = _text(_value(entry, "said"))
    if service:
        words = " ".join(filter(None, [*(_text(entry.get(key)) for key in listed("chat", "action")), words]))
    taken = any(entry.get(key) for key in entry if key.lower() in listed("chat", "unsent"))
    sender = _text(_value(entry, "sender")) or listed("signature", "nobody")[0]
    return ChatMessage(
        "" if service else sender,
        _time(_value(entry, "time")),
        words,
        _text(_value(entry, "forwarded")),
        tuple(key for key in entry if key.lower() in listed("chat", "attached") and entry[key]),
        service or taken,
    )


def _value(entry: _Record, name: str) -> Any:
    """What the first known field of this meaning holds, None where none holds anything."""
    lower = {key.lower(): key for key in entry}
    held = (entry[lower[key]] for key in listed("chat", name) if key in lower)
    return next((v for v in held if v not in (None, "", [], {})), None)


def _first_text(entry: _Record, name: str) -> str:
    found = _value(entry, name)
    return found if isinstance(found, str) else ""


def _text(value: Any, depth: int = 0) -> str:
    """The words of a value: of a text in pieces all together, of a poll its question and choices."""
    if isinstance(value, str):
        return _unmangled(value)
    if depth > _MAX_DEPTH or value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        pieces = [_text(v, depth + 1) for v in value]
        in_line = any(isinstance(v, str) for v in value)
        return "".join(pieces) if in_line else "\n".join(filter(None, pieces))
    asked = _text(value.get("question"), depth + 1) if isinstance(value, dict) else ""
    if asked:
        return "\n".join(filter(None, (asked, _text(value.get("answers"), depth + 1))))
    return _text(_value(value, "said") or _value(value, "sender"), depth + 1)


def _unmangled(text: str) -> str:
    """Words whose UTF-8 bytes stand there as characters, as Messenger keeps them; halves of pairs are gone."""
    if any("\x80" <= c <= "\xff" for c in text):
        try:
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            pass
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _time(value: Any) -> str:
    """A day and time that sorts as words, or what the file shows."""
    if isinstance(value, str) and value.replace(".", "", 1).isdigit() and len(value) >= len("1700000000"):
        value = float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _MILLISECONDS else value
        if not 0 < seconds < _LATEST:
            return ""
        return datetime.datetime.fromtimestamp(seconds, _ZONE).strftime("%Y-%m-%d %H:%M")
    shown = _text(value)
    return shown[:16].replace("T", " ") if shown[4:5] == shown[7:8] == "-" else shown


# ---- records ---------------------------------------------------------------------------------------
def _are_records(data: Any) -> bool:
    if not isinstance(data, list) or len(data) < _LEAST_RECORDS:
        return False
    return all(isinstance(e, dict) and not any(isinstance(v, dict | list) for v in e.values()) for e in data)


def _is_form(data: Any) -> bool:
    """Whether records tell more of people than the messages of a chat do: bodies, places of the draft, answers."""
    if not _are_records(data):
        return False
    names = dict.fromkeys(key for entry in data for key in entry)
    return any(is_question(n) or {"organization", "provision", "question"} & set(title_scores(n)) for n in names)


def _write_records(data: Sequence[_Record], reading: Reading) -> None:
    """A row for each record below the names of the fields."""
    names = list(dict.fromkeys(key for entry in data for key in entry))
    for row, held in enumerate([dict(zip(names, names, strict=True)), *data], start=1):
        for column, name in enumerate(names, start=1):
            words = _text(held.get(name))
            if words:
                reading.add(words, Locator(table=1, row=row, column=column), "cell", cell=Cell(1, row, column))
