"""Every source is read once, however much is asked of it; told by counting what is done, never by the clock."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.datamodel.document import Block, Document, Locator
from feedback_synth.languages import names
from feedback_synth.opinions import chats, complete, extract, letters, short_bodies, threads
from feedback_synth.opinions.threads import Message

WORDS = ("Council", "of", "the", "Hill", "River", "Water", "Fund", "and", "Office", "sent", "Chi", "cục", "Thủy")
INITIALS = ("HRWC", "CHR", "WRC", "HWF", "CCT", "OHW", "RFO", "CCTX")
QUESTIONS = ("Which rate?", "Who pays?", "When?", "The fee is high.", "Please answer.")


def source(lines: list[str], name: str = "d", quoted: list[int] | None = None) -> Document:
    depths = quoted or [0] * len(lines)
    blocks = tuple(
        Block(f"{name}/b{n}", line, Locator(line=n), quoted=depth)
        for n, (line, depth) in enumerate(zip(lines, depths, strict=True), 1)
    )
    return Document(name, f"{name}.txt", "0" * 64, "notes", "en", blocks)


texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6)


@given(lines=texts, initials=st.lists(st.sampled_from(INITIALS), min_size=1, unique=True))
def test_the_words_are_read_once_for_all_initials(lines: list[str], initials: list[str]) -> None:
    document = source(lines)
    words = sum(len(line.split()) for line in lines)
    with mock.patch.object(short_bodies.names, "key", wraps=names.key) as keys:
        found = short_bodies.spelled_out(initials, iter([document]))
    assert keys.call_count <= words + len(initials)
    alone = {i: body for i in initials for body in short_bodies.spelled_out([i], [document]).values()}
    assert found == alone


def test_bodies_behind_several_initials_at_once() -> None:
    document = source(["The Hill River Water Council and the Office of the Hill Water Fund sent a letter."])
    assert short_bodies.spelled_out(["HRWC", "OHWF", "HRW", "ZZZ"], [document]) == {
        "HRWC": "Hill River Water Council",
        "OHWF": "Office of the Hill Water Fund",
    }


class Counted(dict[str, str]):
    """Answers that count how often somebody goes through them."""

    walks = 0

    def values(self):  # type: ignore[no-untyped-def]
        self.walks += 1
        return super().values()


def message(depth: int, said: list[str], answered: list[str]) -> Message:
    blocks = [Block(f"m/b{n}", text, Locator(line=n)) for n, text in enumerate(said)]
    return Message(depth, blocks=blocks, answers=Counted({f"m/a{n}": text for n, text in enumerate(answered)}))


questions = st.lists(st.sampled_from(QUESTIONS), max_size=5)
mails = st.lists(st.builds(message, st.integers(0, 4), questions, questions), max_size=8)


@given(thread=mails)
def test_what_a_thread_answers_is_gathered_once(thread: list[Message]) -> None:
    replied = threads.answered(thread)
    found = [threads.inquires(m, replied) for m in thread]
    assert [m.answers.walks for m in thread] == [1] * len(thread)
    for asked, told in zip(thread, found, strict=True):
        above = [w for m in thread if m.depth < asked.depth for w in dict(m.answers).values()]
        own = [b.text for b in asked.blocks if b.text in above]
        marks = sum(text.endswith("?") for text in own)
        assert told is (marks >= 2 and 2 * marks >= len(own))


@given(rows=st.lists(st.tuples(st.sampled_from((*QUESTIONS, "From: Ann Field <a@b.example>")), st.integers(0, 3))))
def test_a_letter_gathers_its_answers_once(rows: list[tuple[str, int]]) -> None:
    document = source([text for text, _ in rows], quoted=[depth for _, depth in rows])
    with mock.patch.object(letters.threads, "answered", wraps=threads.answered) as gathered:
        letters.stretches(document)
    assert gathered.call_count == 1


def test_no_source_is_asked_again_whether_it_is_a_chat() -> None:
    lines = [f"[08:3{n}] Loan Diêm Hải: đề nghị mở lớp học nghề ở xã" for n in range(4)]
    sources = [source(lines, "c"), source(["UBND xã Diêm Hải đã gửi báo cáo."], "e")]
    found = [extract(s) for s in sources]
    with mock.patch.object(chats, "is_export", wraps=chats.is_export) as asked:
        first, _ = complete(sources, found)
    assert asked.call_count == 0
    assert {(o.author.name, o.author.organization) for o in first.opinions} == {("Loan", "xã Diêm Hải")}
