"""What people decide. Append-only; the machine never makes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
]


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
