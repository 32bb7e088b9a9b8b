"""Bodies in short forms: what hasty notes leave of a name ("trg nghề", "Sở TC", "CCTS"), and which body has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from feedback_synth import languages
from feedback_synth.datamodel.document import Document
from feedback_synth.languages import names
from feedback_synth.opinions import organizations, signatures

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[A-ZĐ]{3,8}")
_RUN = re.compile(r"[^\W\d_]+(?:(?:\s|\s[-–&]\s|-|['’]|,\s)[^\W\d_]+)*")


def shortens(short: str, full: str) -> bool:
    """Whether ``short`` says the first words of ``full``: in part letters of theirs, in capitals their initials."""
    said = [(w, names.key(w)) for w in _WORD.findall(short)]
    small = _small_words()
    keys = {key for _, key in said}
    words = [names.key(w) for w in _WORD.findall(full) if w not in small or names.key(w) in keys]
    return bool(said) and _fits(said, [w for w in words if w])


def spelled_out(initials: Iterable[str], documents: Iterable[Document]) -> dict[str, str]:
    """The bodies that the words of the sources write out ("Chi cục Thủy sản") by their initials ("CCTS"), as far as
    one body alone has them. The words are read once, however many ``initials`` there are.
    """
    unknown = [i for i in initials if _INITIALS.fullmatch(i) and not organizations.is_known(i)]
    wanted = {short: names.key(short) for short in unknown}
    begun = {letters[:n] for letters in wanted.values() for n in range(1, len(letters) + 1)}
    found: dict[str, dict[str, str]] = {letters: {} for letters in wanted.values()}
    for block in (b for d in documents for b in d.blocks if begun):
        for letters, body in _bodies(block.text, found.keys(), begun):
            found[letters].setdefault(organizations.identity(body), body)
    alone = {short: list(found[letters].values()) for short, letters in wanted.items()}
    return {short: _canonical(bodies[0]) for short, bodies in alone.items() if len(bodies) == 1}


def _canonical(body: str) -> str:
    return organizations.canonical(body, organizations.language_of(body, "en"))


def _bodies(text: str, wanted: Collection[str], begun: Collection[str]) -> Iterator[tuple[str, str]]:
    """(initials, body) of the runs of words that name a body and whose first letters, small words aside, are
    ``wanted``; ``begun`` are the beginnings of those.
    """
    for run in _RUN.finditer(text):
        words = list(_WORD.finditer(run[0]))
        firsts = [names.key(word[0])[:1] for word in words]
        for n, first in enumerate(words):
            if firsts[n] not in begun or not first[0][0].isupper():
                continue
            for letters, end in _begins(words, firsts, n, begun):
                body = run[0][first.start() : end]
                if letters in wanted and signatures.has_words_for_body(body):
                    yield letters, body


def _begins(
    words: Sequence[re.Match[str]], firsts: Sequence[str], n: int, begun: Collection[str]
) -> Iterator[tuple[str, int]]:
    """The initials of the words from ``n`` on, small ones aside, as far as they are ``begun``, and the words' ends."""
    small = _small_words()
    letters = ""
    for i in range(n, len(words)):
        written = words[i][0]
        if written.lower() in small and not written[0].isupper():
            continue
        letters += firsts[i]
        if letters not in begun:
            return
        if firsts[i]:
            yield letters, words[i].end()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(w for code in languages.codes() for w in languages.get(code).stop_words)


def _fits(said: list[tuple[str, str]], words: list[str]) -> bool:
    if not said or not words:
        return not said
    (written, key), rest = said[0], said[1:]
    if _leaves_out(key, words[0]) and _fits(rest, words[1:]):
        return True
    initials = "".join(w[0] for w in words[: len(key)])
    return written.isupper() and len(key) > 1 and key == initials and _fits(rest, words[len(key) :])


def _leaves_out(key: str, word: str) -> bool:
    """ "trg" is left of "truong": the same first letter, the others in order."""
    letters = iter(word)
    return key[:1] == word[:1] and all(c in letters for c in key)
