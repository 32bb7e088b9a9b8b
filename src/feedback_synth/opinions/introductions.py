"""Writers who introduce themselves: "I am Ann Field, of the Lake Fund", "Je suis …", "Tôi là …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, layout, lexicon, organizations

_PARAGRAPHS = 4  # below the head in which a writer says who he is
_SENTENCES = 3
_LONGEST = 45  # words of such a sentence
_CLAUSE = re.compile(r",?\s+(?:and\s+(?:i|we)|et\s+(?:je|j['’]|nous)|và\s+(?:tôi|chúng tôi))\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|une?|le|la|l['’]|một)\s+", re.IGNORECASE)
_HEADED = re.compile(  # "directrice de l'Atelier Vert"
    r"(?P<title>[^,]*?)\s(?:of the|of|at|chez|de l['’]|de la|du|des|de|d['’])\s?"
    r"(?P<body>[A-ZĐÀ-Ý][^,]*\s[A-ZĐÀ-Ý][^,]*)$"
)
_MEMBERS = re.compile(r"\d+\s[^,A-ZĐ]*?(?P<body>[A-ZĐÀ-Ý][^,;:()]*)")  # "83 households of the Lake Cooperative"


def completed(author: Author, blocks: Sequence[Block], language: str) -> Author:
    """``author`` with the body, title and name that he tells of himself in his first lines, where they lack."""
    unnamed = any(lexicon.equals(code, "person.body", author.organization) for code in languages.codes())
    if author.organization and not unnamed:
        return author
    told = introduced(blocks, language, author.name)
    if unnamed:  # "Chủ nhiệm Hợp tác xã", who writes for "83 hộ xã viên Hợp tác xã A"
        return replace(author, organization=told.organization or author.organization)
    return Author(author.name or told.name, author.title or told.title, told.organization)


def introduced(blocks: Sequence[Block], language: str, known: str = "") -> Author:
    """Who writes, by the first sentence in which he says so; of the person ``known``, where a name is known."""
    for sentence, code in _first_sentences(blocks, language):
        cue = lexicon.starts(code, "person.introducing", sentence)
        if cue is None or len(sentence.split()) > _LONGEST:
            continue
        told = _told(_CLAUSE.split(sentence[cue.end :], maxsplit=1)[0].strip(" ,.:"), code)
        if told.organization and (not told.name or not known or names.same(told.name, known)):
            return told
    return Author()


def _told(words: str, code: str) -> Author:
    """The author of the words behind "I am"; none for what begins with no name, body, office or calling."""
    plain = _ARTICLE.sub("", words)
    if members := _MEMBERS.match(plain):
        named = members["body"].strip()
        is_body = organizations.is_known(named) or lexicon.find(code, "person.body", named) is not None
        return Author("", "", organizations.canonical(named, code)) if is_body else Author()
    posted = any(lexicon.starts(code, f"person.{name}", plain) for name in ("title", "calling", "honorific"))
    if not (posted or plain != words or plain[:1].isupper()):
        return Author()  # "we are grateful to the Department"
    author = authors.parse(words, code)
    if not (author.name or author.title or plain[:1].isupper()):
        return Author()
    headed = _HEADED.match(author.title) if author.title and not author.organization else None
    if headed:
        return replace(author, title=headed["title"], organization=organizations.canonical(headed["body"], code))
    return author


def _first_sentences(blocks: Sequence[Block], language: str) -> Iterator[tuple[str, str]]:
    body = [b for b in blocks if b.kind not in layout.OUTSIDE and not b.cell]
    for block in body[: 2 * _PARAGRAPHS]:
        code = layout.language_of(block, language)
        for start, end in sentences(block.text, code)[:_SENTENCES]:
            yield block.text[start:end], code
