"""Named places that exist only in part, point back, or are counted."""

from __future__ import annotations

from feedback_synth.analysis import links
from feedback_synth.analysis._places import named_places
from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Author, Opinion

SUPPORT = Draft(
    "r", "resolution", "r.docx", "v1", "vi",
    (
        Provision("4", "Điều 4", "article", "4", "Chính sách hỗ trợ", ""),
        Provision("4.1", "Điều 4 khoản 1", "clause", "1", "", "Hỗ trợ học phí cho học sinh hộ nghèo.", "4"),
        Provision("4.2", "Điều 4 khoản 2", "clause", "2", "", "Vận chuyển nước ngọt bằng xe bồn.", "4"),
        Provision("6", "Điều 6", "article", "6", "Tổ chức thực hiện", ""),
    ),
)  # fmt: skip


def told(text: str, *, n: int = 1, places: tuple[str, ...] = (), request: str = "amend") -> Opinion:
    span = Span(f"s/b{n}", 0, len(text))
    return Opinion(f"s/b{n}/o1", "s", (span,), text, Author("An"), "vi", request, places=places)  # type: ignore[arg-type]


def labels(*opinions: Opinion) -> list[str]:
    return [x.label for x in links.link(opinions, [SUPPORT]) if x.explicit]


def test_a_wrong_number_leads_to_what_fits_around_it() -> None:
    assert labels(told("Giá chở nước ngọt bằng xe bồn còn thấp", places=("Điều 4 khoản 5",))) == ["Điều 4 khoản 2"]


def test_a_clause_to_be_added_leads_to_what_will_hold_it() -> None:
    assert labels(told("Bổ sung khoản 5 Điều 4 về xe bồn chở nước ngọt", request="add")) == ["Điều 4"]


def test_the_last_clause_is_counted() -> None:
    assert labels(told("khoản cuối Điều 4 nên viết lại")) == ["Điều 4 khoản 2"]


def test_an_inner_place_follows_the_outer_one_of_its_sentence() -> None:
    assert labels(told("Ở Điều 4, tôi thấy khoản 2 ghi chưa rõ")) == ["Điều 4 khoản 2"]


def test_pointing_back_in_words_and_in_a_cell() -> None:
    first = told("khoản 2 Điều 4 nên nâng lên")
    assert labels(first, told("Cùng Điều này cần chế tài", n=2)) == ["Điều 4 khoản 2", "Điều 4"]
    assert labels(first, told("Cần chế tài", n=2, places=("nt",))) == ["Điều 4 khoản 2", "Điều 4 khoản 2"]


def test_an_annex_that_no_draft_has_is_nothing_else() -> None:
    assert labels(told("Phụ lục 4 thiếu bảng")) == []


def test_a_cell_names_its_draft_in_short() -> None:
    assert labels(told("Xe bồn chở nước ngọt", places=("NQ, Điều 4, 2",))) == ["Điều 4 khoản 2"]
    (place,) = named_places(told("Xe bồn chở nước ngọt", places=("ĐA, mục 2",)))
    assert place.draft == "project"
