"""Acts cited by symbol or name, with the date that belongs to them."""

from __future__ import annotations

import pytest

from feedback_synth.languages.citations import canonical, citations, same_key

CASES = [
    ("Luật Giáo dục số 43/2019/QH14 ngày 14/6/2019", "43/2019/QH14", "2019-06-14"),
    ("Nghị quyết số 29-NQ/TW, ngày 04/11/2013 của Ban Chấp hành", "29-NQ/TW", "2013-11-04"),
    ("Nghị quyết số 57-NQ/TW của Bộ Chính trị (khóa XIII) ngày 22 tháng 12 năm 2024", "57-NQ/TW", "2024-12-22"),
    ("Law on Organization of Local Government No. 72/2025/QH15 dated June 16, 2025", "72/2025/QH15", "2025-06-16"),
    ("Resolution No. 57-NQ/TW of the Politburo dated December 22, 2024", "57-NQ/TW", "2024-12-22"),
    ("Loi sur l'enseignement professionnel n° 74/2014/QH13 du 27 novembre 2014", "74/2014/QH13", "2014-11-27"),
    ("Résolution n° 57-NQ/TW, en date du 1er juillet 2025", "57-NQ/TW", "2025-07-01"),
    ("Công văn số 2741/SGDĐT-VP ngày 27/10/2025", "2741/SGDĐT-VP", "2025-10-27"),
    ("Quyết định số 12/QĐ-UBND được ban hành và trước ngày 12/12/2025", "12/QĐ-UBND", ""),
    ("Chương trình hành động số 63-CTr/TU", "63-CTr/TU", ""),
]


@pytest.mark.parametrize(("text", "key", "date"), CASES, ids=[c[0] for c in CASES])
def test_key_and_date(text: str, key: str, date: str) -> None:
    assert [(a.key, a.date) for a in citations(text, "vi")] == [(key, date)]


@pytest.mark.parametrize(
    "text", ["2021-2025", "đạt 228/327", "1.234/5.678 hộ", "24/7", "3/4 số phiếu", "ngày 22/12/2024"]
)
def test_figures_are_no_acts(text: str) -> None:
    assert citations(text, "vi") == []


def test_a_date_belongs_to_its_own_act() -> None:
    first, second = citations("Nghị quyết số 57-NQ/TW và Kết luận số 91-KL/TW, ngày 12/8/2024", "vi")
    assert (first.date, second.date) == ("", "2024-08-12")
    assert second.text == "Kết luận số 91-KL/TW, ngày 12/8/2024"


def test_spellings_of_one_symbol() -> None:
    assert canonical("57 - NQ/TƯ") == "57-NQ/TW"
    assert same_key("02-KH/BCĐTW") == same_key("02-KH/BCDTW")


def test_a_law_by_its_name() -> None:
    (act,) = citations("căn cứ Luật Đất đai năm 2024 và các quy định", "vi")
    assert act.text == "Luật Đất đai năm 2024"


@pytest.mark.parametrize(
    ("text", "code", "key", "date"),
    [
        ("la loi n° 94-665 du 4 août 1994 relative à la langue", "fr", "94-665", "1994-08-04"),
        ("Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April 2016", "en",
         "(EU) 2016/679", "2016-04-27"),
        ("le règlement (UE) n° 1379/2013", "fr", "(EU) 1379/2013", ""),
        ("as amended by Public Law 111-148", "en", "Pub. L. 111-148", ""),
    ],
)  # fmt: skip
def test_acts_of_other_countries(text: str, code: str, key: str, date: str) -> None:
    assert [(a.key, a.date) for a in citations(text, code)] == [(key, date)]


def test_a_number_is_no_act_without_its_kind() -> None:
    assert citations("téléphone n° 12-345", "fr") == []
