"""By when: dates with and without a year, months, spans of time."""

from __future__ import annotations

import pytest

from feedback_synth.opinions.deadlines import deadline
from feedback_synth.opinions.directives import addressee, partners


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("hoàn thành trước ngày 20/11/2025", "vi", "2025-11-20"),
        ("gửi về Sở trước 15/11", "vi", "2025-11-15"),
        ("gửi danh sách trước ngày 10/01", "vi", "2026-01-10"),
        ("hoàn thành trong tháng 12", "vi", "2025-12-31"),
        ("thực hiện Công văn số 12/SGD ngày 03/10/2025", "vi", ""),
        ("submit the list by 28 November 2025", "en", "2025-11-28"),
        ("finish within two weeks", "en", "2025-11-21"),
        ("soumettre le texte avant le 15 décembre 2025", "fr", "2025-12-15"),
        ("transmettre la liste avant fin décembre", "fr", "2025-12-31"),
        ("rà soát lại nguồn vốn", "vi", ""),
    ],
)
def test_deadline(text: str, code: str, expected: str) -> None:
    assert deadline(text, code, "2025-11-07") == expected


@pytest.mark.parametrize(
    ("text", "code", "who", "whom"),
    [
        ("Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính rà soát danh mục.", "vi", "Sở Xây dựng", "Sở Tài chính"),
        ("Tổ biên tập khi hoàn thiện phải chú ý tính khả thi.", "vi", "Tổ biên tập", ""),
        ("Đồng chí yêu cầu UBND xã Bản Bo lập danh sách.", "vi", "UBND xã Bản Bo", ""),
        ("Đề xuất xây dựng một số trường liên cấp.", "vi", "", ""),
        ("The Department of Finance shall recalculate the total.", "en", "Department of Finance", ""),
        (
            "He asked the Department of Health to check the list together with the communes.",
            "en",
            "Department of Health",
            "the communes",
        ),
        ("Le Département des finances vérifiera les totaux.", "fr", "Département des finances", ""),
    ],
)
def test_who_and_with_whom(text: str, code: str, who: str, whom: str) -> None:
    assert (addressee(text, code), partners(text, code)) == (who, whom)
