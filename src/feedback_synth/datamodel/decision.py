"""What people decide. Append-only; the machine never makes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Disposition = Literal[
    "accepted",  # tiếp thu
    "accepted_in_part",  # tiếp thu một phần
    "explained",  # giải trình, giữ nguyên như dự thảo
    "not_accepted",  # không tiếp thu
    "noted",  # ghi nhận, nghiên cứu khi triển khai
    "referred",  # chuyển cơ quan có thẩm quyền
    "awaiting_decision",  # xin ý kiến lãnh đạo
    "duplicate",  # trùng ý kiến
    "pending",  # chưa giải trình
    "no_opinion",  # không phải ý kiến: the next run leaves it out
]
DecidedField = Literal[
    "disposition",
    "response",
    "place",
    "note",
    "group",
    "provision",
    "author_name",
    "author_title",
    "author_organization",
    "split",  # where to cut the opinion: JSON list of offsets in its text
    "merge",  # opinions to join to this one: JSON list of ids
    "added",  # the words of an opinion that nobody found but a person
]
CHANGE = "change/"  # begins the id of a change between two drafts, where a decision is about one and not an opinion
FIELDS: tuple[DecidedField, ...] = get_args(DecidedField)
# Codes of the notices that a run keeps about people's corrections: for the team, no matter of its reports.
OF_CORRECTIONS = frozenset(("correction_no_provision", "correction_stale", "added_found"))


@dataclass(frozen=True, slots=True)
class Decision:
    """One event: who decided what about one opinion, and when. "" leaves a field as it was."""

    opinion_id: str
    reviewer: str
    decided_at: str  # ISO 8601 with zone
    disposition: Disposition | Literal[""] = ""
    response: str = ""
    place: str = ""  # where the revised draft takes it in
    note: str = ""
    group: str = ""
    provision: str = ""
    author_name: str = ""
    author_organization: str = ""
    author_title: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One field of one opinion got a value. Never changed or removed; a later event supersedes those its maker saw.

    Events that nobody superseded are the heads of their field; two heads with different values are a conflict.
    """

    id: str
    opinion_id: str
    field: DecidedField
    old: str  # the value its maker saw
    new: str
    reviewer: str
    decided_at: str  # ISO 8601 with zone
    origin: str = ""  # the file or page it came from
    supersedes: tuple[str, ...] = ()  # ids of the events its maker saw


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people gave one field different values without seeing each other's; the first is shown until one decides."""

    opinion_id: str
    field: DecidedField
    events: tuple[Event, ...]
