"""Chats as programs save them: every message under its sender and time, in order, nothing left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.datamodel.document import Document
from feedback_synth.documents import read, read_all
from feedback_synth.documents._chat_times import sortable
from feedback_synth.documents.readers.json import _unmangled

HOUR = 1776133800000  # 14 April 2026, 09:30 in Hanoi
MINUTE = 60_000


def mangled(text: str) -> str:
    """Text as Messenger writes it: the bytes of UTF-8 as characters."""
    return text.encode("utf-8").decode("latin-1")


def save(folder: Path, name: str, data: Any) -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def said(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind == "paragraph"]


def around(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind == "navigation"]


def messenger(sender: str, minute: int, **held: Any) -> dict[str, Any]:
    return {"sender_name": mangled(sender), "timestamp_ms": HOUR + minute * MINUTE, **held}


def test_messenger_keeps_its_newest_message_first_and_its_letters_as_bytes(tmp_path: Path) -> None:
    data = {
        "participants": [{"name": mangled("Bùi Thị Thơm")}, {"name": mangled("Tổ trưởng tổ 5")}],
        "messages": [
            messenger("Tổ trưởng tổ 5", 9, content=mangled("Đề nghị giảm mức thu ở Điều 4.\nMiễn cho hộ nghèo.")),
            messenger("Bùi Thị Thơm", 6, is_unsent=True, content=mangled("gửi nhầm")),
            messenger("Bùi Thị Thơm", 5, photos=[{"uri": "photos/1.jpg"}]),
            messenger("Bùi Thị Thơm", 2, content=mangled("Chợ họp đến mấy giờ? Dự thảo chưa ghi.")),
            messenger("Bùi Thị Thơm", 0, content=mangled("Bùi Thị Thơm đã đặt tên nhóm là Chợ phiên.")),
        ],
        "title": mangled("Chợ phiên"),
        "thread_path": "inbox/chophien_1",
    }
    found = read(save(tmp_path, "message_1.json", data))
    assert said(found) == [
        "[2026-04-14 09:32] Bùi Thị Thơm: Chợ họp đến mấy giờ? Dự thảo chưa ghi.",
        "[2026-04-14 09:35] Bùi Thị Thơm: [photos]",
        "[2026-04-14 09:39] Tổ trưởng tổ 5: Đề nghị giảm mức thu ở Điều 4.\nMiễn cho hộ nghèo.",
    ]
    assert around(found) == [
        "Chợ phiên",
        "Bùi Thị Thơm",
        "Tổ trưởng tổ 5",
        "[2026-04-14 09:30] Bùi Thị Thơm đã đặt tên nhóm là Chợ phiên.",
        "[2026-04-14 09:36] Bùi Thị Thơm: gửi nhầm",
    ]


def telegram(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "private_supergroup",
        "messages": [
            {"id": 1, "type": "service", "date": "2026-05-02T18:00:00", "actor": "Kofi", "action": "pin_message"},
            {"id": 2, "type": "message", "date": "2026-05-02T18:01:10", "from": "Kofi", "text": "Any comments?"},
            {
                "id": 3,
                "type": "message",
                "date": "2026-05-02T18:04:00",
                "from": "Ama Boateng",
                "text": ["Section 3 is vague, ", {"type": "bold", "text": "define “stall”"}, "."],
            },
            {
                "id": 4,
                "type": "message",
                "date": "2026-05-02T18:05:00",
                "from": "Kofi",
                "forwarded_from": "Market queen",
                "text": "We need a roof.",
            },
            {"id": 5, "type": "message", "date": "2026-05-02T18:06:00", "from": None, "text": "Fees are too high."},
        ],
    }


def test_telegram_writes_texts_in_pieces_and_who_was_forwarded(tmp_path: Path) -> None:
    found = read(save(tmp_path, "result.json", telegram("Market draft")))
    assert said(found) == [
        "[2026-05-02 18:01] Kofi: Any comments?",
        "[2026-05-02 18:04] Ama Boateng: Section 3 is vague, define “stall”.",
        "[2026-05-02 18:05] Kofi: Forwarded from Market queen: We need a roof.",
        "[2026-05-02 18:06] anonymous: Fees are too high.",
    ]
    assert around(found) == ["Market draft", "[2026-05-02 18:00] pin_message Kofi"]


def test_several_chats_in_one_file_are_several_documents(tmp_path: Path) -> None:
    data = {"about": "export", "chats": {"list": [telegram("Market"), telegram("Harbour")]}}
    documents, failures = read_all(save(tmp_path, "result.json", data))
    assert [around(d)[0] for d in documents] == ["Market", "Harbour"]
    assert not failures


def test_records_of_a_form_are_a_table_and_other_json_is_text(tmp_path: Path) -> None:
    rows = [
        {"Họ và tên": "Lê Na", "Đơn vị": "Hội Nông dân", "Ý kiến": "Đề nghị bỏ Điều 2.", "date": "2026-05-01 10:00"},
        {"Họ và tên": "Hồ Sơn", "Đơn vị": "Đoàn xã", "Ý kiến": "Nên lùi thời hạn sang năm 2027."},
    ]
    found = read(save(tmp_path, "form.json", rows))
    assert found.kind == "table"
    assert [b.text for b in found.blocks if b.cell and b.cell.role == "opinion" and not b.cell.is_header] == [
        "Đề nghị bỏ Điều 2.",
        "Nên lùi thời hạn sang năm 2027.",
    ]
    text = read(save(tmp_path, "broken.json", '{"messages": [{"text": "half a fi'))
    assert "half a fi" in text.blocks[0].text


TELEGRAM_PAGE = """<html><head><title>Exported Data</title></head><body><div class="page_wrap">
<div class="page_header"><div class="text bold">Marché couvert</div></div><div class="history">
<div class="message service"><div class="body details">Awa created group «Marché couvert»</div></div>
{messages}</div></div></body></html>"""


def telegram_message(time: str, text: str, name: str = "", inside: str = "") -> str:
    head = f'<div class="from_name">{name}</div>' if name else ""
    initials = f'<div class="userpic"><div class="initials">{name[0]}</div></div>' if name else ""
    return (
        f'<div class="message default clearfix{"" if name else " joined"}">{initials}<div class="body">'
        f'<div class="pull_right date details" title="14.04.2026 {time}:12 UTC+02:00">{time}</div>{head}{inside}'
        f'<div class="text">{text}</div></div></div>'
    )


def test_a_page_of_telegram(tmp_path: Path) -> None:
    handed = (
        '<div class="forwarded body"><div class="from_name">Chef du quartier <span class="date details" '
        'title="13.04.2026 20:00:00"> 13.04.2026 20:00:00</span></div><div class="text">Un second puits.</div></div>'
    )
    messages = [
        telegram_message("09:30", "Voici le projet.", "Awa"),
        telegram_message("09:31", "Article 4 : qui paie ?<br>Et quand ?", "Jean"),
        telegram_message("09:32", "Le tarif est trop élevé."),
        telegram_message("10:00", "", "Awa", handed),
    ]
    found = read(save(tmp_path, "messages.html", TELEGRAM_PAGE.format(messages="".join(messages))))
    assert said(found) == [
        "[2026-04-14 09:30] Awa: Voici le projet.",
        "[2026-04-14 09:31] Jean: Article 4 : qui paie ?\nEt quand ?",
        "[2026-04-14 09:32] Jean: Le tarif est trop élevé.",
        "[2026-04-14 10:00] Awa: Forwarded from Chef du quartier: Un second puits.",
    ]
    assert "Awa created group «Marché couvert»" in around(found)


def test_a_page_of_messenger_whose_classes_say_nothing(tmp_path: Path) -> None:
    record = (
        '<div class="_3-95 _a6-g"><div class="_2ph_ _a6-h">{}</div><div class="_2ph_ _a6-p"><div><div></div>'
        '<div>{}</div></div></div><div class="_3-94 _a6-o"><div class="_a72d">{}</div></div></div>'
    )
    records = [
        ("Vũ Hà", "Đề nghị thêm chỗ để xe ở chợ.", "Tháng 4 14, 2026 1:05 pm"),
        ("Lò Văn Pâng", "Mức phí 20.000 đồng là cao.", "Tháng 4 14, 2026 9:41 am"),
        ("Vũ Hà", "Mọi người xem dự thảo nhé.", "Tháng 4 14, 2026 9:30 am"),
    ]
    page = "".join(record.format(*r) for r in records)
    found = read(save(tmp_path, "message_1.html", f"<html><title>Chợ</title><body><div><div>{page}</div></div></body>"))
    assert said(found) == [
        "[2026-04-14 09:30] Vũ Hà: Mọi người xem dự thảo nhé.",
        "[2026-04-14 09:41] Lò Văn Pâng: Mức phí 20.000 đồng là cao.",
        "[2026-04-14 13:05] Vũ Hà: Đề nghị thêm chỗ để xe ở chợ.",
    ]


def test_a_list_of_news_with_times_is_no_chat(tmp_path: Path) -> None:
    news = "".join(
        f'<div class="item"><h3>Road {n} opens to traffic</h3><span class="t">14/04/2026 09:{n}0</span>'
        f"<p>Road {n} in the valley was opened by the province after two years of work.</p></div>"
        for n in range(1, 5)
    )
    found = read(save(tmp_path, "news.html", f"<html><body><h1>News</h1>{news}</body></html>"))
    assert "Road 1 in the valley was opened by the province after two years of work." in said(found)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Apr 14, 2026, 9:30 PM", "2026-04-14 21:30"),
        ("14 avr. 2026 à 09:30", "2026-04-14 09:30"),
        ("févr. 3, 2026 12:05 am", "2026-02-03 00:05"),
        ("14 tháng 4, 2026 lúc 9:41 CH", "2026-04-14 21:41"),
        ("14.04.2026 09:35:12 UTC+02:00", "2026-04-14 09:35"),
        ("2026-04-14 09:35", "2026-04-14 09:35"),
        ("09:35", ""),
        ("14/04/2026", ""),
    ],
)
def test_times_that_sort(shown: str, expected: str) -> None:
    assert sortable(shown) == expected


@given(st.text())
def test_mangled_letters_come_back_and_others_stay(text: str) -> None:
    assert _unmangled(mangled(text)) == text


@pytest.mark.parametrize("text", ["Đề nghị", "déjà vu", "naïve", "plain", "half \ud83d a pair"])
def test_letters_that_are_right_stay(text: str) -> None:
    assert _unmangled(text) == text.replace("\ud83d", "\ufffd")
