"""Comments under web pages of many makes: each text belongs to its writer, and everything else stays the page's."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Document

AN = ("Trần Thị An", "2025-10-12", "Đề nghị bổ sung điểm truy cập ở thôn xa.")
BO = ("Jean Bonnet", "2025-10-13", "Il faudrait une version anglaise du portail.")


def page(folder: Path, body: str) -> Document:
    path = folder / "page.html"
    path.write_text(f"<html><head><title>Consultation</title></head><body>{body}</body></html>", encoding="utf-8")
    return documents.read(path)


def comments(document: Document) -> list[tuple[str, str, str]]:
    return [(b.annotation.author, b.annotation.date, b.text) for b in document.blocks if b.annotation]


SHAPES = {
    "blog": '<h1>T</h1><ol class="comment-list"><li class="comment"><article><footer class="comment-meta">'
    '<b class="fn">{an}</b> <a href="#"><time>12/10/2025 lúc 08:15</time></a></footer><div class="comment-content">'
    '<p>{an_text}</p></div><div class="reply"><a>Reply</a></div></article></li><li class="comment"><article>'
    '<footer class="comment-meta"><b class="fn">{bo}</b> <time>13 octobre 2025</time></footer>'
    '<div class="comment-content"><p>{bo_text}</p></div><div class="reply"><a>Reply</a></div></article></li></ol>'
    '<form class="comment-form"><p>Your name</p><button>Send</button></form>',
    "wrote": "<p>The draft is open for discussion.</p><p>{an} wrote on 12 October 2025:</p><blockquote>{an_text}"
    "</blockquote><p>{bo} a écrit le 13 octobre 2025 :</p><blockquote>{bo_text}</blockquote>",
    "definition list": "<h2>Commentaires (2)</h2><dl><dt>{an}, le 12/10/2025</dt><dd>{an_text}</dd>"
    "<dt>{bo}, le 13/10/2025</dt><dd>{bo_text}</dd></dl>",
    "flat paragraphs": "<h3>Ý kiến của bạn đọc</h3><p><strong>{an}</strong> (12/10/2025)</p><p>{an_text}</p>"
    "<p><strong>{bo}</strong> (13/10/2025)</p><p>{bo_text}</p><h3>Tin liên quan</h3><p>Hội thảo góp ý dự thảo</p>",
    "name and date apart": '<div id="comments"><div><span class="author">{an}</span><div>12-10-2025 14:05</div>'
    "<div>{an_text}</div><div>Thích Trả lời</div></div><div><div class='author'>{bo}</div><div>13-10-2025 09:00</div>"
    "<div>{bo_text}</div></div></div>",
    "signed below": '<section class="avis"><blockquote><p>{an_text}</p><footer>— {an}, 12/10/2025</footer></blockquote>'
    "<blockquote><p>{bo_text}</p><footer>— {bo}, 13/10/2025</footer></blockquote></section>",
    "posted by": "<div><div>Người gửi: {an} - 12/10/2025</div><div>{an_text}</div></div>"
    "<div><div>Posté par {bo} le 13 octobre 2025</div><div>{bo_text}</div></div>",
    "name before the words": "<h2>Bình luận</h2><ul><li><b>{an}</b> (12/10/2025): {an_text}</li>"
    "<li><b>{bo}</b> (13/10/2025): {bo_text}</li></ul>",
}

ROWS = {
    "heading over date and words, links below": '<h2>Ý kiến bạn đọc (3)</h2><div class="c"><h4>Lò Thị Dua</h4>'
    '<span>02/10/2026 20:14</span><p>Xin mở thêm lớp.</p><span>Thích · Trả lời</span></div><div class="c">'
    "<h4>một phụ huynh Mường Tùng</h4><span>03/10/2026 06:02</span><p>Đường còn xấu.</p><span>Thích · Trả lời</span>"
    '</div><div class="c"><h4>song_da82</h4><span>04/10/2026 11:27</span><p>Nên lùi một năm.</p></div>',
    "name and date in one line": '<h2>Ý kiến bạn đọc</h2><div class="k"><b>Lò Thị Dua</b> (giáo viên) <i>02/10/2026</i>'
    "<p>Xin mở thêm lớp.</p></div><div class='k'><b>một phụ huynh Mường Tùng</b> <i>03/10/2026 21:15</i>"
    "<p>Đường còn xấu.</p></div><div class='k'><b>song_da82</b> <i>04/10/2026</i><p>Nên lùi một năm.</p></div>",
}


@pytest.mark.parametrize("shape", ROWS)
def test_where_others_have_names_stands_who_gives_none(tmp_path: Path, shape: str) -> None:
    found = comments(page(tmp_path, ROWS[shape]))
    assert [author.partition(" (")[0] for author, _, _ in found] == [
        "Lò Thị Dua",
        "một phụ huynh Mường Tùng",
        "song_da82",
    ]
    assert [date for _, date, _ in found] == ["2026-10-02", "2026-10-03", "2026-10-04"]
    assert [text for _, _, text in found] == ["Xin mở thêm lớp.", "Đường còn xấu.", "Nên lùi một năm."]


@pytest.mark.parametrize("links", ["Like · Reply", "Thích Trả lời (2)", "J'aime | Répondre"])
def test_links_below_a_comment_are_no_name_and_no_words(tmp_path: Path, links: str) -> None:
    rows = "".join(
        f"<div><h4>{name}</h4><p>12/10/2025</p><p>{text}</p><p>{links}</p></div>" for name, _, text in (AN, BO)
    )
    document = page(tmp_path, f"<h2>Comments</h2>{rows}")
    assert [(author, text) for author, _, text in comments(document)] == [(AN[0], AN[2]), (BO[0], BO[2])]
    assert {b.kind for b in document.blocks if b.text == links} == {"navigation"}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_text_is_a_comment_of_its_writer(tmp_path: Path, shape: str) -> None:
    body = SHAPES[shape].format(an=AN[0], an_text=AN[2], bo=BO[0], bo_text=BO[2])
    document = page(tmp_path, body)
    assert comments(document) == [AN, BO]
    others = " ".join(b.text for b in document.blocks if not b.annotation)
    assert AN[0] in others and "13" in others  # what says who and when stays in the page


def test_replies_belong_to_the_comment_above(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        '<ul class="comments"><li><p class="author">Trần Thị An · 12/10/2025</p><p>Thiếu giáo viên.</p>'
        '<ul class="children"><li><p class="author">Ban biên tập · 13/10/2025</p><p>Xin tiếp thu.</p></li></ul></li>'
        '<li><p class="author">Lê Văn Ba · 14/10/2025</p><p>Cần thêm phòng học.</p></li></ul>',
    )
    first, reply, other = [b for b in document.blocks if b.annotation]
    assert reply.annotation and reply.annotation.reply_to == first.id
    assert other.annotation and other.annotation.reply_to == ""
    assert [b.text for b in (first, reply, other)] == ["Thiếu giáo viên.", "Xin tiếp thu.", "Cần thêm phòng học."]


def test_a_comment_of_several_paragraphs_is_one_and_a_removed_one_is_none(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        '<div class="comment"><p>Trần Thị An, 12/10/2025</p><p>Bổ sung chỉ tiêu.</p><p>Xã còn khó khăn.</p></div>'
        '<div class="comment"><p>13/10/2025</p><p>Bình luận đã bị xóa.</p></div>',
    )
    assert comments(document) == [("Trần Thị An", "2025-10-12", "Bổ sung chỉ tiêu.\nXã còn khó khăn.")]


@pytest.mark.parametrize(
    "body",
    [
        "<article><h1>Hội thảo góp ý</h1><p>Nguyễn Văn A - 12/10/2025</p><p>Sáng 11/10, các đại biểu đề nghị bổ sung "
        "chỉ tiêu và làm rõ nguồn vốn của dự thảo Đề án.</p></article><div>Bình luận (0)</div>",
        "<ul class='news'><li><a>Khai mạc hội thảo lấy ý kiến</a> <span>12/10/2025</span></li>"
        "<li><a>Tỉnh họp bàn về giáo dục</a> <span>13/10/2025</span></li></ul>",
        "<h2>Comments</h2><form><input name='name'><button>Send</button></form><p>Be the first to comment.</p>",
    ],
)
def test_articles_and_lists_of_news_have_no_comments(tmp_path: Path, body: str) -> None:
    assert comments(page(tmp_path, body)) == []


DESCRIBED = {
    "heading and line below": (
        "<h2>Ý kiến bạn đọc (2)</h2><div class='box'><h4>Hồ Văn Tám</h4><span>thợ mộc, xã Đông Hải - 12/10/2025 08:11"
        "</span><p>Mức vay quá thấp.</p></div><div class='box'><h4>Lan Anh 86</h4><span>13/10/2025</span>"
        "<p>Nên kéo dài thời hạn.</p></div>",
        [("Hồ Văn Tám, thợ mộc, xã Đông Hải", "Mức vay quá thấp."), ("Lan Anh 86", "Nên kéo dài thời hạn.")],
    ),
    "card with a paragraph of facts": (
        "<h3>Contributions</h3><article><h5>Sky Walker 7</h5><p>13 October 2025</p>"
        "<p>The fee is too high.</p></article>"
        "<article><h5>Ann Field</h5><p>retired nurse, Upper Town · 14 October 2025</p>"
        "<p>Keep the old form.</p></article>",
        [("Sky Walker 7", "The fee is too high."), ("Ann Field, retired nurse, Upper Town", "Keep the old form.")],
    ),
    "strong name, small facts": (
        "<h2>Vos avis</h2><ul><li><strong>Paule Aubry</strong><div>éleveuse, le 12/10/2025</div><p>La prime est trop"
        " basse.</p></li><li><h6>Tonton Riz 3</h6><div>13/10/2025</div><p>Il faudrait deux guichets.</p></li></ul>",
        [("Paule Aubry, éleveuse", "La prime est trop basse."), ("Tonton Riz 3", "Il faudrait deux guichets.")],
    ),
}


@pytest.mark.parametrize("shape", DESCRIBED)
def test_what_the_writer_is_stands_below_the_name_with_the_date(tmp_path: Path, shape: str) -> None:
    body, expected = DESCRIBED[shape]
    assert [(author, text) for author, _, text in comments(page(tmp_path, body))] == expected


def test_words_around_a_date_are_two_blocks_so_that_each_is_a_quotation(tmp_path: Path) -> None:
    body = "<h2>Comments</h2>" + "".join(
        f"<div class='comment'><p>{first}</p><div>{name}, {day} May 2025</div><p>{second}</p></div>"
        for first, name, day, second in (
            ("The toll is too high.", "Ann Field", 3, "Halve it."),
            ("The bridge is narrow.", "Bo Lind", 4, "Widen it."),
        )
    )
    texts = [text for _, _, text in comments(page(tmp_path, body))]
    assert texts == ["The toll is too high.", "Halve it.", "The bridge is narrow.", "Widen it."]


POSTS = {
    "one line": '<div class="p"><div class="u"><b>{0}</b> <span>{1}</span></div><p>{2}</p><div>Reply</div></div>',
    "two lines": '<div class="p"><div class="n">{0}</div><div class="d">{1}</div><p>{2}</p></div>',
}


@pytest.mark.parametrize("shape", POSTS)
def test_posts_of_a_forum_under_names_of_any_kind(tmp_path: Path, shape: str) -> None:
    told = [
        ("mod_Sue", "4/5/2026 08:10", "This thread is open until 30 May."),
        ("river_rat", "4/5/2026 09:22", "The fee is far too low."),
        ("Kim from the lake", "5/5/2026 22:40", "Who will clear the trails?"),
        ("Hugo_B", "6/5/2026 07:02", "Please drop the permits."),
    ]
    found = comments(page(tmp_path, "<h1>Trails</h1>" + "".join(POSTS[shape].format(*post) for post in told)))
    assert [(author, text) for author, _, text in found] == [(author, text) for author, _, text in told]


def test_dated_news_below_their_titles_are_no_posts(tmp_path: Path) -> None:
    item = (
        "<div><h3>{0}</h3><p class='t'>12/7/2026 0{1}:02</p><p>{0} for the whole district, said the office.</p></div>"
    )
    news = "".join(
        item.format(title, n) for n, title in enumerate(("Rain in the hills", "Coffee is dearer", "Road open"), 1)
    )
    assert comments(page(tmp_path, f"<h1>News</h1>{news}")) == []
