"""Who signs an official paper, and for which body: letterheads and signature blocks as offices lay them out."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from feedback_synth import documents
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import extract, organizations
from feedback_synth.reports.bodies import body_key

STATE = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 45/CV\nĐắk Minh, ngày 5 tháng 3 năm 2026\n"
)
ASKED = "1. Đề nghị nâng mức hỗ trợ tại khoản 2 Điều 3 lên 50 triệu đồng.\n"
BODY = f"Kính gửi: Sở Xây dựng\nPhúc đáp Công văn số 12/SXD, đơn vị có ý kiến như sau:\n{ASKED}"
ASKED_EN = "1. Article 3 should say who maintains the canals.\n"
ASKED_FR = "1. L'article 3 devrait préciser qui entretient les canaux.\n"
PAPERS = {
    "columns printed side by side": (
        "UBND TỈNH ĐẮK MINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ Độc lập - Tự do - Hạnh phúc\nSố: 45/SYT-KH\n"
        + BODY
        + "Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT, KHTC. Bs. CKII Đỗ Thị Hoa Mai\n",
        Author("Đỗ Thị Hoa Mai", "Phó Giám đốc", "Sở Y tế"),
    ),
    "name in capitals": (
        f"ỦY BAN NHÂN DÂN\nXÃ CƯ MTA\n{STATE}{BODY}"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nY BLĂM NIÊ\n",
        Author("Y Blăm Niê", "Phó Chủ tịch", "UBND xã Cư Mta"),
    ),
    "office of a committee": (
        f"UBND TỈNH ĐẮK MINH\nVĂN PHÒNG\n{STATE}{BODY}TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n..........\nThS. Trần Quốc Bảo\n",
        Author("Trần Quốc Bảo", "Chánh văn phòng", "Văn phòng UBND tỉnh"),
    ),
    "a committee below its council": (
        "HỘI ĐỒNG NHÂN DÂN XÃ CƯ MTA\nBAN KINH TẾ - NGÂN SÁCH\n"
        f"{STATE}{BODY}TM. BAN KINH TẾ - NGÂN SÁCH\nTRƯỞNG BAN\nH'Nga Mlô\n",
        Author("H'Nga Mlô", "Trưởng ban", "Ban Kinh tế - Ngân sách HĐND xã Cư Mta"),
    ),
    "standing organ, no letter": (
        "ỦY BAN MTTQ VIỆT NAM\nTỈNH ĐẮK MINH\nBAN THƯỜNG TRỰC\n__________\n"
        f"{STATE}BÁO CÁO\nkết quả phản biện xã hội đối với dự thảo Nghị quyết\n{ASKED}"
        "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH\n(ký, đóng dấu)\nHoàng Thị Bích Ngọc\n",
        Author("Hoàng Thị Bích Ngọc", "Phó Chủ tịch", "Ủy ban MTTQ Việt Nam tỉnh"),
    ),
    "a name like an office": (
        f"UBND TỈNH ĐẮK MINH\nSỞ TƯ PHÁP\n{STATE}{BODY}Q. GIÁM ĐỐC\nTô Trường Sơn\n",
        Author("Tô Trường Sơn", "", "Sở Tư pháp"),
    ),
    "authority and office on one line": (
        f"CÔNG TY CỔ PHẦN MÍA ĐƯỜNG SÔNG HINH\n{STATE}{BODY}TUQ. TỔNG GIÁM ĐỐC TRƯỞNG PHÒNG\nLê Văn Thảo\n",
        Author("Lê Văn Thảo", "Trưởng phòng", "Công ty cổ phần Mía Đường Sông Hinh"),
    ),
    "committee of the Party": (
        f"TỈNH ỦY ĐẮK MINH\nBAN NỘI CHÍNH\n*\n{STATE}{BODY}K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nĐại tá Võ Hồng Phúc\n",
        Author("Võ Hồng Phúc", "Phó Trưởng ban", "Ban Nội chính Tỉnh ủy"),
    ),
    "body over the signature alone": (
        f"{BODY}TM. HỢP TÁC XÃ TÂN LẬP\nGIÁM ĐỐC\nHà Văn Thu\n",
        Author("Hà Văn Thu", "Giám đốc", "Hợp tác xã Tân Lập"),
    ),
    "title of a French note": (
        "FONDATION RIVES ET MONTAGNES\nAntenne du Viêt Nam\nNOTE D'ANALYSE\nHanoï, le 4 mars 2026\n"
        f"À l'attention de Madame la directrice des finances\n{ASKED_FR}"
        "Pour la Fondation,\nÉtienne Marchal\nCheffe de bureau\n",
        Author("Étienne Marchal", "Cheffe de bureau", "Fondation Rives et Montagnes"),
    ),
    "title of an English note": (
        f"HIGHLAND ROADS FUND\nCOMMENTS ON THE DRAFT RESOLUTION\n4 March 2026\nDear Madam,\n{ASKED_EN}"
        "Yours faithfully,\nOn behalf of the Fund\nAnna Whitlock\nCountry Director\n",
        Author("Anna Whitlock", "Country Director", "Highland Roads Fund"),
    ),
    "body under an English note": (
        f"POSITION PAPER\nDraft Resolution on irrigation\n4 March 2026\n"
        f"To: Department of Finance\nDear Madam,\n{ASKED_EN}"
        "Yours faithfully,\nFor the Chamber of Irrigation Contractors\nAnna Whitlock, Secretary\n",
        Author("Anna Whitlock", "Secretary", "Chamber of Irrigation Contractors"),
    ),
}


@pytest.mark.parametrize("case", PAPERS)
def test_the_body_of_the_letterhead_speaks_and_a_person_signs(tmp_path: Path, case: str) -> None:
    text, author = PAPERS[case]
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    found = extract(documents.read(path)).opinions
    assert {o.author for o in found} == {author}


@pytest.mark.parametrize(
    ("own", "code", "shown", "listed"),
    [
        ("Hội Phụ nữ tỉnh", "vi", "Hội Phụ nữ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Union des femmes de la province", "fr", "Union des femmes de la province", "Union provinciale des femmes"),
        ("Women's Union of the province", "en", "Women's Union of the province", "Provincial Women's Union"),
        ("Mặt trận tỉnh", "vi", "Ủy ban MTTQ Việt Nam tỉnh", "Ủy ban MTTQ Việt Nam tỉnh"),
        ("Hội LHPN tỉnh", "vi", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Sở Nông nghiệp", "vi", "Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("Ban Nội chính Tỉnh ủy", "vi", "Ban Nội chính Tỉnh ủy", "Ban Nội chính Tỉnh ủy"),
    ],
)
def test_a_full_wording_of_a_body_stays_and_counts_with_the_others(
    own: str, code: str, shown: str, listed: str
) -> None:
    assert organizations.canonical(own, code) == shown
    assert organizations.identity(shown) == organizations.identity(listed)
    assert body_key(shown) == body_key(listed)


def test_the_signature_tells_the_issuer_where_only_its_council_stands_in_bold(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph().add_run("HỘI ĐỒNG NHÂN DÂN TỈNH ĐẮK MINH").bold = True
    for line in f"BAN PHÁP CHẾ\n{STATE}{BODY}TM. BAN PHÁP CHẾ\nTRƯỞNG BAN\nLê Thị Thu".split("\n"):
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "paper.docx"))
    found = extract(documents.read(tmp_path / "paper.docx")).opinions
    assert {o.author for o in found} == {Author("Lê Thị Thu", "Trưởng ban", "Ban Pháp chế HĐND tỉnh")}
