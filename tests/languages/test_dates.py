"""Dates in all written forms."""

from __future__ import annotations

import pytest

from feedback_synth.languages.dates import dates, end_of

CASES = [
    ("ngày 07 tháng 11 năm 2025", "", ["2025-11-07"]),
    ("trước ngày 18/11/2025", "", ["2025-11-18"]),
    ("22-12-2024 và 22.12.2024", "", ["2024-12-22", "2024-12-22"]),
    ("before November 28, 2025", "", ["2025-11-28"]),
    ("28 novembre 2025", "", ["2025-11-28"]),
    ("du 1er juillet 2025", "", ["2025-07-01"]),
    ("tháng 12/2024", "", ["2024-12"]),
    ("August 2027", "", ["2027-08"]),
    ("trong tháng 10", "2025-09-07", ["2025-10"]),
    ("trong tháng 2", "2025-09-07", ["2026-02"]),
    ("trong tháng 10", "", []),
    ("within two weeks of the workshop", "2025-11-07", ["2025-11-21"]),
    ("dans un délai de trois mois", "2025-11-30", ["2026-02-28"]),
    ("trong 10 ngày làm việc", "2025-11-07", ["2025-11-21"]),
    ("Quý IV/2026", "", ["2026-12"]),
    ("đến năm 2030", "", ["2030"]),
    ("d'ici 2030", "", ["2030"]),
    ("12/25/2025", "", ["2025-12-25"]),
    ("05/06/2025", "", ["2025-06-05"]),
    ("31/2/2025", "", []),
    ("24/7, 3/4 số phiếu, giai đoạn 2026 - 2030", "", []),
]


@pytest.mark.parametrize(("text", "reference", "expected"), CASES, ids=[c[0] for c in CASES])
def test_forms(text: str, reference: str, expected: list[str]) -> None:
    assert [d.iso for d in dates(text, "vi", reference)] == expected


def test_last_day() -> None:
    assert [end_of(x) for x in ("2028-02", "2030", "2025-11-07")] == ["2028-02-29", "2030-12-31", "2025-11-07"]
