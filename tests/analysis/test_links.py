"""Links: named places, quoted words, figures, words, and abstention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from feedback_synth.analysis import links
from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.document import Block, Document, Locator, Span
from feedback_synth.datamodel.draft import Draft, Level, Provision, TableRow
from feedback_synth.datamodel.opinion import Author, Extraction, Opinion, Passage, Request


def provision(identity: str, label: str, level: Level, number: str, text: str, parent: str = "") -> Provision:
    return Provision(identity, label, level, number, "", text, parent)


RESOLUTION = Draft(
    "r", "resolution", "nghi-quyet.docx", "0", "vi",
    (
        Provision("preamble", "Căn cứ", "preamble", "", "", "Căn cứ Luật Thủy lợi số 08/2017/QH14;"),
        provision("1", "Điều 1", "article", "1", "Mục tiêu đến năm 2030"),
        provision("1/1", "Điều 1 khoản 1", "clause", "1", "Tỷ lệ hộ dân nông thôn dùng nước sạch đạt 65%.", "1"),
        provision("1/2", "Điều 1 khoản 2", "clause", "2", "100% trạm y tế xã có bác sĩ làm việc.", "1"),
        provision("2", "Điều 2", "article", "2", "Nhiệm vụ và giải pháp"),
        provision("2/1", "Điều 2 khoản 1", "clause", "1", "Nâng cấp các tuyến đường liên xã bị sạt lở.", "2"),
        provision("2/2", "Điều 2 khoản 2", "clause", "2", "Hỗ trợ nông dân trồng cây ăn quả an toàn.", "2"),
        provision("2/2/a", "Điều 2 khoản 2 điểm a", "point", "a", "Cho vay vốn ưu đãi mua cây giống.", "2/2"),
        provision("2/2/đ", "Điều 2 khoản 2 điểm đ", "point", "đ", "Tổ chức hội chợ nông sản hằng năm.", "2/2"),
    ),
)  # fmt: skip
PROJECT = Draft(
    "p", "project", "de-an.docx", "1", "vi",
    (
        provision("I", "Phần I", "part", "I", "THỰC TRẠNG"),
        provision("I.1", "Phần I mục 1", "section", "1", "Công trình cấp nước xuống cấp, mùa khô thiếu nước.", "I"),
        provision("II", "Phần II", "part", "II", "KINH PHÍ"),
        provision("II.1", "Phần II mục 1", "section", "1", "Tổng kinh phí 240 tỷ đồng theo Biểu 02.", "II"),
        provision("II.2", "Phần II mục 2", "section", "2", "Ngân sách tỉnh bảo đảm 90 tỷ đồng.", "II"),
    ),
    (
        TableRow("II.1/t1/r1", "II.1", 1, "Công trình cấp nước", (("TT", "1"), ("Tỷ đồng", "150"))),
        TableRow("II.1/t1/r2", "II.1", 1, "Đường liên xã", (("TT", "2"), ("Tỷ đồng", "90"))),
    ),
)  # fmt: skip
DRAFTS = (RESOLUTION, PROJECT)


def opinion(
    text: str,
    request: Request = "amend",
    language: str = "vi",
    places: tuple[str, ...] = (),
    context: str = "",
    n: int = 1,
) -> Opinion:
    span = Span(f"s/b{n}", 0, len(text))
    return Opinion(
        f"s/b{n}/o1", "s", (span,), text, Author("Lê Văn An"), language, request, places=places, context=context
    )


def labels(*opinions: Opinion, **options: object) -> list[str]:
    return [x.label for x in links.link(opinions, DRAFTS, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("Đề nghị sửa lại điểm đ khoản 2 Điều 2 cho rõ", "vi", "Điều 2 khoản 2 điểm đ"),
        ("Article 2(2)(a) should name the bank that lends", "en", "Điều 2 khoản 2 điểm a"),
        ("à l'article 1, alinéa 2, préciser la date", "fr", "Điều 1 khoản 2"),
        ("Biểu 02 chưa tính trượt giá", "vi", "Phần II mục 1"),
        ("mục 2 phần II của Đề án cần nói rõ năm", "vi", "Phần II mục 2"),
    ],
)
def test_named_place_is_found(text: str, language: str, label: str) -> None:
    found = links.link([opinion(text, language=language)], DRAFTS)
    assert found[0].label == label
    assert found[0].explicit
    assert found[0].score > 0.9


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Điều 2 còn chung, nhất là điểm a khoản 2 Điều 2", "vi"),
        ("Article 2 stays vague, above all point a of clause 2 of Article 2", "en"),
        ("L'article 2 reste vague, surtout le point a de l'alinéa 2 de l'article 2", "fr"),
    ],
)
def test_the_deeper_place_comes_before_the_one_that_holds_it(text: str, language: str) -> None:
    assert labels(opinion(text, language=language))[0] == "Điều 2 khoản 2 điểm a"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tại khoản 2 Điều 5: điểm b nên nêu lãi suất", "vi"),
        ("On clause 2 of Article 5: point b should name the rate", "en"),
        ("À l'alinéa 2 de l'article 5 : le point b doit citer le taux", "fr"),
    ],
)
def test_an_outer_place_before_a_colon_completes_the_inner_one(text: str, language: str) -> None:
    loans = Draft(
        "l", "resolution", "l.docx", "3", language,
        (
            provision("5", "5", "article", "5", "—"),
            provision("5/1", "5.1", "clause", "1", "—", "5"),
            provision("5/1/b", "5.1.b", "point", "b", "—", "5/1"),
            provision("5/2", "5.2", "clause", "2", "—", "5"),
            provision("5/2/b", "5.2.b", "point", "b", "—", "5/2"),
        ),
    )  # fmt: skip
    assert [x.label for x in links.link([opinion(text, language=language)], [loans])] == ["5.2.b"]


@pytest.mark.parametrize(
    ("text", "language", "headings", "found"),
    [
        ("The section on monitoring and reporting names no body", "en", ("Monitoring and reporting", "Costs"), ["I"]),
        ("La partie relative aux coûts des ouvrages reste vide", "fr", ("Suivi annuel", "Coûts des ouvrages"), ["II"]),
        ("Phần tổ chức thực hiện chưa nêu đầu mối", "vi", ("Kinh phí", "Tổ chức thực hiện"), ["II"]),
        ("Phần tổ chức chưa nêu đầu mối", "vi", ("Tổ chức bộ máy", "Tổ chức thực hiện"), []),  # either may be meant
    ],
)
def test_a_part_is_named_by_its_heading(text: str, language: str, headings: tuple[str, str], found: list[str]) -> None:
    parts = tuple(Provision(n, n, "part", n, h, "—") for n, h in zip(("I", "II"), headings, strict=True))
    scheme = Draft("d", "project", "d.docx", "2", language, parts)
    links_found = links.link([opinion(text, language=language)], [scheme])
    assert [x.label for x in links_found if x.explicit] == found


def test_place_of_the_column_comes_before_words() -> None:
    told = opinion("Nước sạch phải đạt 80%", places=("Nghị quyết, Điều 1 khoản 1",))
    assert labels(told)[0] == "Điều 1 khoản 1"


def test_lead_in_completes_an_inner_place() -> None:
    told = opinion("khoản 2 nên ghi thời hạn", context="Tại Điều 1 dự thảo Nghị quyết")
    assert labels(told) == ["Điều 1 khoản 2"]


def test_a_place_that_is_open_follows_the_speaker() -> None:
    first = opinion("Khoản 1 Điều 2 chưa nêu nguồn lực", n=1)
    second = opinion("khoản 2 cũng vậy", n=2)
    assert [x.label for x in links.link([first, second], DRAFTS)] == ["Điều 2 khoản 1", "Điều 2 khoản 2"]


def test_a_place_that_does_not_exist_is_reported() -> None:
    missing = opinion("Đề nghị bỏ khoản 9 Điều 7")
    assert not any(x.explicit for x in links.link([missing], DRAFTS))
    notices = links.check([missing, opinion("khoản 1 Điều 1 là phù hợp", n=2)], DRAFTS)
    assert [n.code for n in notices] == ["reference_not_found"]
    assert dict(notices[0].values)["opinion"] == missing.id


def test_anchor_of_a_comment_is_explicit() -> None:
    told = opinion("Chỗ này chưa rõ ai trả tiền")
    found = links.link([told], DRAFTS, anchors={told.id: ("project", "II.2")})
    assert [(x.provision_id, x.explicit) for x in found] == [("II.2", True)]


def test_quoted_words_find_their_provision() -> None:
    assert labels(opinion('"hội chợ nông sản hằng năm" tốn kém, nên làm trực tuyến'))[0] == "Điều 2 khoản 2 điểm đ"


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("Đường liên xã sạt lở mỗi mùa mưa, phải làm kè trước", "vi", "Điều 2 khoản 1"),
        ("Every commune health station needs a doctor, also at night", "en", "Điều 1 khoản 2"),
        ("L'accès à l'eau potable devrait atteindre 80 % des ménages", "fr", "Điều 1 khoản 1"),
        ("90 tỷ đồng của tỉnh là quá sức, chỉ nên 60 tỷ", "vi", "Phần II mục 2"),
    ],
)
def test_words_and_figures_find_the_provision(text: str, language: str, label: str) -> None:
    assert labels(opinion(text, language=language))[0] == label


def test_words_about_a_table_row_name_the_row() -> None:
    found = links.link([opinion("Biểu 02: công trình cấp nước cần thêm tiền")], DRAFTS)
    assert found[0].table_row == "Công trình cấp nước"


def test_abstains_on_the_whole_draft_and_on_bare_difficulties() -> None:
    layout = opinion("Bố cục hai dự thảo cần gọn hơn, sửa lỗi chính tả", "amend")
    local = opinion("Xe máy của cán bộ xã hay hỏng giữa đường", "difficulty", n=2)
    assert labels(layout, local) == []


def test_a_difficulty_links_to_the_situation_that_tells_it() -> None:
    told = opinion("Công trình cấp nước của bản xuống cấp, mùa khô thiếu nước", "difficulty")
    assert labels(told)[0] == "Phần I mục 1"


def test_legal_basis_links_to_the_preamble() -> None:
    assert labels(opinion("Phần căn cứ còn thiếu Luật Ngân sách nhà nước"))[0] == "Căn cứ"


def test_scores_are_ordered_and_bounded() -> None:
    found = links.link([opinion("Hỗ trợ nông dân vay vốn mua cây giống")], DRAFTS)
    assert all(0 < x.score < 0.9 for x in found)
    assert found[0].label == "Điều 2 khoản 2 điểm a"
    assert found[0].evidence


def test_nothing_in_nothing_out() -> None:
    assert links.link([], DRAFTS) == ()
    assert links.link([opinion("Đề nghị xem lại")], ()) == ()


# ---- with vectors ----------------------------------------------------------------------------------
MEANINGS = {"nước": 0, "water": 0, "eau": 0, "đường": 1, "road": 1, "route": 1, "bác": 2, "doctor": 2, "médecin": 2}
MEANINGS |= {"school": 3, "école": 3}


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """A small encoder that knows three meanings in three languages, and adds what is common to all texts."""
    rows = np.ones((len(texts), 8), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.lower().split():
            if word.strip(".,") in MEANINGS:
                row[MEANINGS[word.strip(".,")]] += 2
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_vectors_find_what_shares_no_word() -> None:
    told = opinion("Pas de médecin, pas de soins", language="fr")
    assert labels(told, encode=encode)[0] == "Điều 1 khoản 2"


def test_equal_input_gives_equal_links_with_vectors() -> None:
    told = [opinion("Nước sạch phải đạt 80%", n=1), opinion("Every road is broken", language="en", n=2)]
    assert links.link(told, DRAFTS, encode=encode) == links.link(told, DRAFTS, encode=encode)


def test_what_is_sorted_as_a_difficulty_needs_a_better_fit() -> None:
    passing, plain = (
        opinion(text, "add", n=n)
        for n, text in enumerate(("Xã hay mất điện, đường thì tắc vào ngày chợ phiên", "Tuyến đường liên xã bị sạt lở"))
    )
    groups = {o.id: "difficulties" for o in (passing, plain)}
    assert labels(passing)
    assert labels(passing, groups=groups) == []
    assert labels(plain, groups=groups)[0] == "Điều 2 khoản 1"


def test_an_opinion_that_names_a_place_vouches_for_it_to_those_that_mean_the_same() -> None:
    naming = opinion("At point đ of clause 2 of Article 2, every school should take part", language="en", n=1)
    alike = opinion("Hội chợ nông sản: école, école, école", "consider", n=2)
    place = "Điều 2 khoản 2 điểm đ"
    alone, beside = (
        next(x for x in links.link(told, DRAFTS, encode=encode) if (x.opinion_id, x.label) == (alike.id, place))
        for told in ([alike], [naming, alike])
    )
    assert not beside.explicit
    assert beside.score > alone.score


# ---- forms of naming a place, on a draft in Party style with dashes --------------------------------
PARTY = Draft(
    "t", "resolution", "nghi-quyet-tu.docx", "2", "vi",
    (
        provision("II", "II", "part", "II", "MỤC TIÊU"),
        provision("II/1", "II mục 1", "section", "1", "Mục tiêu chung", "II"),
        provision("II/2", "II mục 2", "section", "2", "Mục tiêu cụ thể", "II"),
        provision("II/2/1", "II mục 2 gạch đầu dòng 1", "indent", "1", "Sản lượng đạt 200.000 tấn.", "II/2"),
        provision("II/2/2", "II mục 2 gạch đầu dòng 2", "indent", "2", "Xuất khẩu đạt 300 triệu USD.", "II/2"),
        provision("III", "III", "part", "III", "NHIỆM VỤ"),
        provision("III/1", "III mục 1", "section", "1", "Tổ chức lại khai thác", "III"),
        provision("III/1/a", "III mục 1 điểm a", "point", "a", "Giảm tàu ven bờ.", "III/1"),
        provision("III/1/b", "III mục 1 điểm b", "point", "b", "Phát triển nghề câu.", "III/1"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("gạch đầu dòng thứ hai mục II.2 nên bỏ", "vi", ["II mục 2 gạch đầu dòng 2"]),
        ("điểm a, b mục 1 phần III nên gộp", "vi", ["III mục 1 điểm a", "III mục 1 điểm b"]),
        ("từ mục 1 đến mục 2 phần II chưa có cơ quan chủ trì", "vi", ["II mục 1", "II mục 2"]),
        ("khoản 1 mục III viết lại", "vi", ["III mục 1"]),
        ("III.1.b cần nêu vốn", "vi", ["III mục 1 điểm b"]),
        ("Section III, item 1b lacks a budget", "en", ["III mục 1 điểm b"]),
        ("section II, point 2 : trop vague", "fr", ["II mục 2"]),
    ],
)
def test_forms_of_a_place(text: str, language: str, expected: list[str]) -> None:
    found = links.link([opinion(text, language=language)], [PARTY])
    assert [x.label for x in found] == expected
    assert all(x.explicit for x in found)


def test_naming_the_draft_alone_is_no_place() -> None:
    assert links.link([opinion("Nghị quyết này nên có Phụ lục")], [PARTY]) == ()


def test_a_place_is_meant_in_the_draft_that_words_it_so() -> None:
    text = "Giao Sở Y tế chủ trì kiểm tra chất lượng nước."
    numbered = (
        provision("III", "III", "part", "III", "TỔ CHỨC"),
        provision("III.1", "III mục 1", "section", "1", text, "III"),
    )
    worded = (
        provision("III", "Phần III", "part", "III", "TỔ CHỨC"),
        provision("III.1", "Phần III mục 1", "section", "1", text, "III"),
    )
    drafts = (
        Draft("r", "resolution", "nghi-quyet.docx", "0", "vi", numbered),
        Draft("p", "project", "de-an.docx", "1", "vi", worded),
    )
    for place, kind in (("mục 1 phần III", "project"), ("mục 1 Phần III", "project")):
        told = opinion(f"Tại {place} cần nói rõ cơ quan phối hợp.")
        assert links.link([told], drafts)[0].draft == kind


# ---- places told before the opinion ------------------------------------------------------------------
BEFORE = [
    ("vi", "Khoản 2 Điều 2 ghi hỗ trợ nông dân.", "Xã tôi có 17 hộ, mùa nước là mất trắng. Xin nâng lên."),
    ("en", "Clause 2 of Article 2 helps growers.", "None of our members is one; please open it to all."),
    ("fr", "L'alinéa 2 de l'article 2 aide les cultivateurs.", "Nos membres n'en sont pas ; l'ouvrir à tous."),
]


@pytest.mark.parametrize(("language", "told", "text"), BEFORE, ids=[b[0] for b in BEFORE])
def test_a_place_named_right_before_is_meant(language: str, told: str, text: str) -> None:
    one = opinion(text, language=language)
    place = links.named([one], DRAFTS, before={one.id: told}).named[one.id][0]
    assert (place.label, place.explicit) == ("Điều 2 khoản 2", True)


def test_a_count_before_an_opinion_names_no_place() -> None:
    one = opinion("Trợ lý ảo thì hay rồi, nhưng người Dao nghe không hiểu.")
    assert not links.named([one], DRAFTS, before={one.id: "Ý thứ hai."}).named


def _items(*texts: str, gap: int = 9) -> list[Opinion]:
    """Opinions that stand one after the other in a paragraph, the first with a lead-in that names a place."""
    found, at = [], 40
    for n, text in enumerate(texts, start=1):
        span = Span("s/b1", at, at + len(text))
        context = "Về Điều 2, xã có hai ý" if n == 1 else ""
        found.append(Opinion(f"s/b1/o{n}", "s", (span,), text, Author("Lê Văn An"), "vi", "amend", context=context))
        at = span.end + gap
    return found


def test_items_of_one_sentence_stand_under_its_lead_in() -> None:
    found = links.named(_items("nâng mức vay", "để xã tự mua cây giống"), DRAFTS).named
    assert [x[0].label.split(" khoản")[0] for x in found.values()] == ["Điều 2", "Điều 2"]


@pytest.mark.parametrize("first", ["nâng mức vay.", "« nâng mức vay. »"])
def test_a_new_sentence_leaves_the_lead_in(first: str) -> None:
    assert len(links.named(_items(first, "để xã tự mua cây giống"), DRAFTS).named) == 1


def test_what_was_said_before_an_opinion_is_found_in_its_paragraph() -> None:
    text = "Khoản 2 Điều 2 ghi hỗ trợ nông dân. Xin nâng lên."
    cut = text.index("Xin")
    document = Document("s", "thu.docx", "0", "source", "vi", (Block("s/b1", text, Locator(paragraph=1)),))
    passages = (
        Passage("s/b1/p1", Span("s/b1", 0, cut - 1), "other"),
        Passage("s/b1/p2", Span("s/b1", cut, len(text)), "opinion"),
    )
    one = replace(opinion("Xin nâng lên."), spans=(Span("s/b1", cut, len(text)),))
    made = Analysis((document,), (RESOLUTION,), (Extraction("s", passages, (one,), (), ()),))
    assert links.said_before(made) == {one.id: "Khoản 2 Điều 2 ghi hỗ trợ nông dân."}
